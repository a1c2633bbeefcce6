"""MarianMT and NLLB for real: tiny checkpoints of the real classes, pulled from a hub-like server.

The checkpoints have random weights: what they say means nothing, and both engines must say the same.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from briefing.errors import ModelError, UnknownModel
from briefing.testing import RecordingProgress
from briefing.translate import load
from briefing.translate.batching import BatchTranslator, Decoding
from briefing.translate.conversion import convert, parity_set
from briefing.translate.ct2 import CTranslate2Engine
from briefing.translate.hub import pull
from briefing.translate.models import KNOWN, find, inspect

torch = pytest.importorskip("torch", reason="installed with the extra [torch]")
transformers = pytest.importorskip("transformers", reason="installed with the extra [torch]")

pytestmark = pytest.mark.filterwarnings(
    "ignore:Recommended. pip install sacremoses",  # for languages that are not written here
    "ignore::DeprecationWarning",  # of the optional packages among themselves
)
INDONESIAN = [source for source, _ in parity_set()]
ENGLISH = [target for _, target in parity_set()]
CODES = ["ace_Latn", "eng_Latn", "ind_Latn", "jav_Latn", "zsm_Latn"]
COMMIT = "0123456789abcdef0123456789abcdef01234567"
SMALL = {
    "d_model": 32,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 4,
    "decoder_attention_heads": 4,
    "encoder_ffn_dim": 64,
    "decoder_ffn_dim": 64,
    "max_position_embeddings": 64,
    "scale_embedding": True,
    # Far enough from zero that no two tokens are nearly tied.
    "init_std": 0.6,
}


def train_pieces(lines, path, **settings):
    import sentencepiece

    with path.open("wb") as stream:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines),
            model_writer=stream,
            minloglevel=2,
            hard_vocab_limit=False,
            **settings,
        )


@pytest.fixture(scope="module")
def marian(tmp_path_factory):
    """A MarianMT checkpoint as Helsinki-NLP publishes them: two SentencePiece models."""
    import sentencepiece

    folder = tmp_path_factory.mktemp("marian") / "opus-mt-id-en"
    folder.mkdir()
    pieces = ["</s>", "<unk>"]
    for name, lines in (("source.spm", INDONESIAN), ("target.spm", ENGLISH)):
        train_pieces(lines, folder / name, vocab_size=150, bos_id=-1, eos_id=0, unk_id=1, pad_id=-1)
        model = sentencepiece.SentencePieceProcessor(model_file=str(folder / name))
        pieces += [model.id_to_piece(n) for n in range(model.get_piece_size())]
    pieces = [*dict.fromkeys(pieces), "<pad>"]
    write(folder / "vocab.json", {piece: n for n, piece in enumerate(pieces)})
    write(
        folder / "tokenizer_config.json",
        {"source_lang": "id", "target_lang": "en", "tokenizer_class": "MarianTokenizer"},
    )
    torch.manual_seed(5)
    pad = len(pieces) - 1
    config = transformers.MarianConfig(
        vocab_size=len(pieces),
        pad_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
        decoder_start_token_id=pad,
        activation_function="swish",
        **SMALL,
    )
    transformers.MarianMTModel(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def nllb(tmp_path_factory):
    """An NLLB checkpoint as facebook publishes them, with pickled weights."""
    folder = tmp_path_factory.mktemp("nllb") / "nllb-200-distilled-600M"
    folder.mkdir()
    train_pieces(
        INDONESIAN + ENGLISH,
        folder / "sentencepiece.bpe.model",
        vocab_size=250,
        model_type="bpe",
        bos_id=1,
        eos_id=2,
        unk_id=0,
        pad_id=-1,
    )
    write(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "NllbTokenizer",
            "additional_special_tokens": CODES,
            "src_lang": "eng_Latn",
        },
    )
    tokenizer = transformers.NllbTokenizer.from_pretrained(str(folder), local_files_only=True)
    tokenizer.save_pretrained(str(folder))
    torch.manual_seed(5)
    config = transformers.M2M100Config(
        vocab_size=len(tokenizer),
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        decoder_start_token_id=2,
        **SMALL,
    )
    model = transformers.M2M100ForConditionalGeneration(config)
    model.save_pretrained(folder)
    (folder / "model.safetensors").unlink()
    torch.save(model.state_dict(), folder / "pytorch_model.bin")
    return folder


def write(path, value):
    path.write_text(json.dumps(value), encoding="utf-8")


class Hub(ThreadingHTTPServer):
    """Answers as the hub does: a model's files with hashes, and each file with ranges."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.repos = {}
        self.requests = []
        self.damage = {}  # file name to what is done to its bytes
        self.cut = None  # file name whose first download breaks off half-way

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        hub = self.server
        path = self.path.split("?")[0]
        hub.requests.append((self.command, path, self.headers.get("Range")))
        api = re.fullmatch(r"/api/models/([^/]+/[^/]+)(?:/revision/([^/]+))?", path)
        file = re.fullmatch(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path)
        repo = hub.repos.get((api or file).group(1)) if api or file else None
        if repo is None:
            return self.answer(404, b"{}", {"X-Error-Code": "RepoNotFound"})
        if (api or file).group(2) not in {None, "main", COMMIT, *REVISIONS}:
            return self.answer(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
        if api:
            return self.answer(200, json.dumps(self.listing(api.group(1), repo)).encode())
        content = (repo / file.group(3)).read_bytes()
        headers = {"ETag": f'"{etag(content)}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
        content = hub.damage.get(file.group(3), lambda data: data)(content)
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or "")
        if wanted and int(wanted.group(1)):
            start = int(wanted.group(1))
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            return self.answer(206, content[start:], headers)
        if self.command == "GET" and hub.cut == file.group(3):
            hub.cut = None
            self.answer(200, content, headers, sent=len(content) // 2)
            self.close_connection = True
            return None
        return self.answer(200, content, headers)

    def listing(self, name, repo):
        siblings = []
        for file in sorted(repo.iterdir()):
            content = file.read_bytes()
            entry = {"rfilename": file.name, "size": len(content), "blobId": git_hash(content)}
            if len(content) > 20_000:
                digest = hashlib.sha256(content).hexdigest()
                entry["lfs"] = {"sha256": digest, "size": len(content), "pointerSize": 130}
            siblings.append(entry)
        return {"id": name, "modelId": name, "sha": COMMIT, "siblings": siblings, "tags": []}

    def answer(self, status, content, headers=None, sent=None):
        self.send_response(status)
        for key, value in {"Content-Length": str(len(content)), **(headers or {})}.items():
            self.send_header(key, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content[:sent])


REVISIONS = {model.revision for model in KNOWN.values()} - {None}


def git_hash(content):
    header = f"blob {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def etag(content):
    large = len(content) > 20_000
    return hashlib.sha256(content).hexdigest() if large else git_hash(content)


@pytest.fixture
def hub(marian, nllb, monkeypatch):
    server = Hub()
    server.repos = {"Helsinki-NLP/opus-mt-id-en": marian, "facebook/nllb-200-distilled-600M": nllb}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("HF_HUB_DISABLE_TELEMETRY", "1")
    yield server
    server.shutdown()
    server.server_close()


def both(folder, converted):
    engine = CTranslate2Engine(inspect(converted), compute_type="float32")
    return load(str(folder)), BatchTranslator(engine)


@pytest.mark.parametrize("family", ["marian", "nllb"])
def test_both_engines_say_the_same(family, request, tmp_path):
    folder = request.getfixturevalue(family)
    converted = convert(folder, tmp_path / "ct2", quantization="float32")
    original, fast = both(folder, converted)
    assert original.engine.encode(INDONESIAN) == fast.engine.encode(INDONESIAN)
    for beam in (1, 4):
        first = original.redecode(INDONESIAN, Decoding(beam=beam))
        second = fast.redecode(INDONESIAN, Decoding(beam=beam))
        assert [h.text for h in first] == [h.text for h in second]
        assert [h.truncated for h in first] == [h.truncated for h in second]
        assert [h.score for h in first] == pytest.approx([h.score for h in second], abs=1e-3)


def test_nllb_is_given_its_language_codes(nllb, tmp_path):
    converted = convert(nllb, tmp_path / "ct2", quantization="float32")
    found = inspect(converted)
    assert (found.family, found.prefix, found.target_prefix) == (
        "nllb",
        ("ind_Latn",),
        ("eng_Latn",),
    )
    original, fast = both(nllb, converted)
    vocabulary = json.loads((converted / "shared_vocabulary.json").read_text("utf-8"))
    ids = original.engine._tokenizer.convert_tokens_to_ids(CODES)
    assert [vocabulary[n] for n in ids] == CODES
    # The code steers the decoder: without it the text is another.
    pieces = [*found.prefix, *fast.engine.encode(INDONESIAN[:1])[0], "</s>"]
    free = fast.engine._model.translate_batch([pieces], beam_size=1, max_decoding_length=40)[
        0
    ].hypotheses[0]
    led = fast.redecode(INDONESIAN[:1], Decoding(beam=1))[0].text
    assert fast.engine._text(free) != led
    assert not re.search(r"[a-z]{3}_Latn", " ".join(h.text for h in fast.translate(INDONESIAN)))


@pytest.mark.parametrize("family", ["marian", "nllb"])
def test_length_limits_of_the_checkpoint_are_kept(family, request, tmp_path):
    folder = request.getfixturevalue(family)
    converted = convert(folder, tmp_path / "ct2")
    assert inspect(folder).max_pieces == inspect(converted).max_pieces == 62
    long = " ".join(INDONESIAN)
    for translator in both(folder, converted):
        (made,) = translator.translate([long])
        assert made.text


def test_pulling_installs_a_model_that_translates(hub, tmp_path, monkeypatch):
    progress = RecordingProgress()
    pulled = pull("nllb-600m", endpoint=hub.url, root=tmp_path, progress=progress)
    assert (pulled.licence, pulled.non_commercial) == ("CC-BY-NC-4.0", True)
    assert pulled.revision == COMMIT
    assert pulled.parity.lines == len(INDONESIAN)
    asked = [path for _, path, _ in hub.requests if path.startswith("/api/")]
    assert asked == [
        f"/api/models/facebook/nllb-200-distilled-600M/revision/{KNOWN['nllb-600m'].revision}"
    ]
    (stage, total, done) = progress.stages[0]
    assert (stage, done) == ("download", total)
    assert [p.name for p in tmp_path.iterdir()] == ["nllb-600m"]
    monkeypatch.setattr("briefing.translate.models.installed_models", lambda: tmp_path)
    assert find("nllb-600m") == tmp_path / "nllb-600m"
    identity = load("nllb-600m").identity
    assert (identity.name, identity.engine, identity.licence) == (
        "nllb-600m",
        "ct2",
        "CC-BY-NC-4.0",
    )
    with pytest.raises(ModelError, match="exists already"):
        pull("nllb-600m", endpoint=hub.url, root=tmp_path)


def test_a_model_is_pulled_and_found_by_its_hub_id(hub, tmp_path, monkeypatch):
    monkeypatch.setattr("briefing.translate.models.installed_models", lambda: tmp_path)
    with pytest.raises(UnknownModel, match="models pull Helsinki-NLP/opus-mt-id-en"):
        find("Helsinki-NLP/opus-mt-id-en")
    pulled = pull("Helsinki-NLP/opus-mt-id-en", endpoint=hub.url, root=tmp_path)
    assert pulled.path == tmp_path / "Helsinki-NLP--opus-mt-id-en"
    card = json.loads((pulled.path / "briefing.json").read_text("utf-8"))
    assert (card["hub"], card["revision"]) == ("Helsinki-NLP/opus-mt-id-en", COMMIT)
    assert find("Helsinki-NLP/opus-mt-id-en") == pulled.path


def test_a_broken_download_resumes(hub, tmp_path, monkeypatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 1000)  # 10 MB otherwise
    hub.cut = "model.safetensors"
    pull("opus-mt-id-en", endpoint=hub.url, root=tmp_path)
    ranges = [r for _, path, r in hub.requests if path.endswith("model.safetensors") and r]
    assert any(int(re.match(r"bytes=(\d+)", r).group(1)) > 0 for r in ranges)


def test_a_second_pull_fetches_only_what_is_missing(hub, tmp_path):
    hub.damage["model.safetensors"] = lambda data: data[:-1] + b"x"
    with pytest.raises(ModelError, match=r"model\.safetensors .* does not match its hash"):
        pull("opus-mt-id-en", endpoint=hub.url, root=tmp_path)
    assert not (tmp_path / "opus-mt-id-en").exists()
    hub.damage.clear()
    hub.requests.clear()
    pull("opus-mt-id-en", endpoint=hub.url, root=tmp_path)
    fetched = {path.rsplit("/", 1)[-1] for c, path, _ in hub.requests if c == "GET"}
    assert "model.safetensors" in fetched
    assert not {"config.json", "generation_config.json"} & fetched


def test_a_damaged_small_file_is_found(hub, tmp_path):
    hub.damage["config.json"] = lambda data: data.replace(b"32", b"64", 1)
    with pytest.raises(ModelError, match=r"config\.json .* does not match its hash"):
        pull("opus-mt-id-en", endpoint=hub.url, root=tmp_path)
    assert not (tmp_path / "opus-mt-id-en").exists()


def test_without_a_network_it_says_what_to_copy_where(tmp_path):
    with pytest.raises(ModelError) as caught:
        pull("opus-mt-id-en", endpoint="http://127.0.0.1:9", root=tmp_path)
    message = str(caught.value)
    assert "cannot fetch Helsinki-NLP/opus-mt-id-en from http://127.0.0.1:9" in message
    assert "briefing models convert FOLDER" in message
    assert "\n" not in message
    assert not (tmp_path / "opus-mt-id-en").exists()


def test_a_model_that_is_not_on_the_hub(hub, tmp_path):
    with pytest.raises(ModelError, match="there is no model nobody/nothing"):
        pull("nobody/nothing", endpoint=hub.url, root=tmp_path)
    with pytest.raises(ModelError, match="no such revision"):
        pull("opus-mt-id-en", revision="v9", endpoint=hub.url, root=tmp_path)
    with pytest.raises(UnknownModel, match="opus-mt-id-en"):
        pull("nothing", endpoint=hub.url, root=tmp_path)
    with pytest.raises(ModelError, match="comes with briefing"):
        pull("id-en", endpoint=hub.url, root=tmp_path)


def test_conversion_refuses_what_it_cannot_convert(marian, tmp_path):
    converted = convert(marian, tmp_path / "ct2")
    with pytest.raises(ModelError, match="already a CTranslate2 model"):
        convert(converted, tmp_path / "again")
    with pytest.raises(ModelError, match="exists already"):
        convert(marian, tmp_path / "ct2")
    broken = tmp_path / "broken"
    broken.mkdir()
    for file in marian.iterdir():
        (broken / file.name).write_bytes(file.read_bytes()[: 5000 if "safe" in file.name else None])
    with pytest.raises(ModelError, match="cannot convert"):
        convert(broken, tmp_path / "no")
    assert not (tmp_path / "no").exists()
    with pytest.raises(ModelError, match="cannot load the model"):
        load(str(broken))


def test_loading_a_local_folder_touches_no_network(marian, monkeypatch, tmp_path):
    import socket

    def refuse(*args, **kwargs):
        raise AssertionError("network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    assert load(str(marian)).translate(INDONESIAN[:1])
    convert(marian, tmp_path / "ct2")
