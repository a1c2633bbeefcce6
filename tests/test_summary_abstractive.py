from __future__ import annotations

import pytest

from briefing.document import Article, Sentence
from briefing.errors import ModelError
from briefing.summarise.abstractive import AbstractiveSummariser, Seq2SeqWriter, supporting_line
from briefing.summarise.passages import Collection
from briefing.testing import FakeTranslator

SOURCES = (
    "Banjir bandang merendam lima desa di Kabupaten Sintang sejak Senin malam.",
    "Sebanyak 1.200 warga mengungsi ke sekolah dan gereja di Serawai.",
    "Pemerintah kabupaten belum menetapkan status tanggap darurat.",
    '"Jembatan gantung akan kami bangun lagi," kata Bupati Jarot Winarno.',
)


def article() -> Article:
    sentences = tuple(Sentence(f"s{n}", n, t, f"<{t}>") for n, t in enumerate(SOURCES, start=1))
    return Article(id="a1", sentences=sentences, outlet="Kabar Hulu")


class Says:
    """A writer that always says the same."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.read = ""

    def write(self, text: str) -> str:
        self.read = text
        return self.text


def summarise(text: str, **length):
    return AbstractiveSummariser(Says(text), FakeTranslator()).summarise([article()], **length)


def test_supported_sentences_are_marked_translated_and_traced():
    (line,) = summarise("Banjir merendam lima desa di Sintang.")
    assert line.machine_written
    assert line.en == "[en] Banjir merendam lima desa di Sintang."
    assert [e.sentence for e in line.evidence] == ["s1"]


@pytest.mark.parametrize(
    "text",
    [
        "Banjir merendam tujuh belas desa di Kabupaten Ketapang.",  # another place
        "Sebanyak 2.100 warga mengungsi ke sekolah dan gereja.",  # another figure
        "Pemerintah kabupaten menetapkan status tanggap darurat.",  # the denial is gone
        "Banjir akan merendam lima desa di Sintang.",  # to come, not done
        "Jembatan gantung dibangun lagi di Serawai.",  # words of a speaker
        "Presiden mengunjungi korban banjir bersama gubernur.",  # nowhere
        "Ia mengungsi ke sekolah dan gereja.",  # cannot stand alone
    ],
)
def test_what_no_sentence_supports_is_dropped(text):
    assert supporting_line(Collection([article()]), text) is None
    assert not any(line.machine_written for line in summarise(text))


def test_if_nothing_is_supported_the_summary_is_extractive():
    lines = summarise("Presiden mengunjungi korban banjir bersama gubernur.", sentences=2)
    assert [line.id for line in lines] == [SOURCES[0], SOURCES[1]]


def test_the_length_is_kept():
    text = "Banjir merendam lima desa di Sintang. Sebanyak 1.200 warga mengungsi ke sekolah dan gereja."
    assert len(summarise(text, sentences=1)) == 1
    assert len(summarise(text, sentences=5)) == 2
    assert len(summarise(text, sentences=5, words=8)) == 1


def test_a_missing_model_is_a_model_error(tmp_path):
    pytest.importorskip("transformers")
    with pytest.raises(ModelError, match="cannot load the model"):
        Seq2SeqWriter(tmp_path)


def test_a_tiny_checkpoint_writes_through_the_transformers_engine(tmp_path):
    """An untrained model writes nonsense: every sentence of it must be dropped."""
    pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    tokenizers = pytest.importorskip("tokenizers")

    pad, end, unknown = "<pad>", "</s>", "<unk>"
    vocabulary = {pad: 0, end: 1, unknown: 2}
    for word in " ".join(SOURCES).replace(".", " .").replace(",", " ,").split():
        vocabulary.setdefault(word, len(vocabulary))
    core = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token=unknown))
    core.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=core, pad_token=pad, eos_token=end, unk_token=unknown
    )
    tokenizer.save_pretrained(tmp_path)
    config = transformers.T5Config(
        vocab_size=len(vocabulary),
        d_model=16,
        d_kv=4,
        d_ff=32,
        num_layers=1,
        num_heads=2,
        decoder_start_token_id=0,
        pad_token_id=0,
        eos_token_id=1,
    )
    transformers.T5ForConditionalGeneration(config).save_pretrained(tmp_path)

    writer = Seq2SeqWriter(tmp_path, beam=2, max_target=12)
    assert writer.write(SOURCES[0]) == writer.write(SOURCES[0])
    lines = AbstractiveSummariser(writer, FakeTranslator()).summarise([article()], sentences=2)
    assert lines
    assert not any(line.machine_written for line in lines)
