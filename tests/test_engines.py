"""The engines on the bundled model: what goes in, what comes out, and in which order."""

from __future__ import annotations

import socket

import pytest

from briefing.errors import ModelError, UsageError
from briefing.resources import bundled_model
from briefing.testing import FakeTranslator
from briefing.translate import Hypothesis, load
from briefing.translate.batching import BatchTranslator, Decoded, Decoding, split_to_fit
from briefing.translate.translator import ModelIdentity

SENTENCES = [
    "Presiden tiba di Jakarta pada hari Rabu.",
    "Harga beras naik.",
    "Menteri Luar Negeri Korea Utara bertemu dengan mitranya dari Rusia di Moskow.",
    "Banjir merendam ratusan rumah warga di tiga kecamatan.",
    "Gempa itu tidak berpotensi tsunami, kata juru bicara badan meteorologi.",
]


class WordEngine:
    """Cuts text at spaces and answers in upper case; notes what it was given."""

    max_pieces = 8
    workers = 1

    def __init__(self):
        self.batches = []

    @property
    def identity(self):
        return ModelIdentity(
            name="w", engine="w", sha256="", source="id", target="en", licence=None, versions={}
        )

    def encode(self, texts):
        return [text.split() for text in texts]

    def decode(self, batch, decoding):  # noqa: ARG002 - the protocol's
        self.batches.append([list(pieces) for pieces in batch])
        return [Decoded(" ".join(p).upper(), -float(len(p)), len(p)) for p in batch]


@pytest.fixture(scope="module")
def translator():
    return load("id-en", threads=1)


def test_order_and_repeats_are_kept(translator):
    shuffled = [*SENTENCES[::-1], SENTENCES[2], *SENTENCES]
    alone = {text: translator.translate([text])[0].text for text in SENTENCES}
    assert all(alone.values())
    assert [h.text for h in translator.translate(shuffled)] == [alone[text] for text in shuffled]


def test_neighbours_and_batch_size_change_no_bit(translator):
    # Padding made the last digits of the score, and one text in 600, depend on the neighbours.
    tails = ["", "lagi", "kemarin", "di kota itu", "menurut warga", "sejak pagi hari tadi"]
    texts = [f"{text[:-1]} {tail}.".replace(" .", ".") for text in SENTENCES for tail in tails]
    together = translator.translate(texts)
    assert load("id-en", threads=2, batch_tokens=64).translate(texts) == together
    assert [translator.translate([text])[0] for text in texts] == together


@pytest.mark.parametrize("text", ["", "   ", "***", "-", "2-1", "1.234,5", "(…)", "https://x.id/a"])
def test_nothing_to_translate_is_copied_and_never_reaches_the_model(text):
    engine = WordEngine()
    assert BatchTranslator(engine).translate([text]) == [Hypothesis(text.strip())]
    assert engine.batches == []


def test_a_segment_is_decoded_once():
    engine = WordEngine()
    BatchTranslator(engine).translate(["a b", "c", "a b", "c", "a b"])
    assert engine.batches == [[["a", "b"], ["c"]]]


def test_windows_bound_what_the_engine_holds():
    engine = WordEngine()
    texts = [f"kata {n}" for n in range(3000)]
    made = BatchTranslator(engine).translate(texts)
    assert [h.text for h in made] == [t.upper() for t in texts]
    assert max(len(batch) for batch in engine.batches) <= 1024


def test_long_segments_are_cut_at_a_clause_and_joined():
    engine = WordEngine()
    text = "satu dua tiga empat; lima enam, tujuh delapan, tetapi sembilan sepuluh"
    (made,) = BatchTranslator(engine).translate([text])
    assert made.text == text.upper()
    assert not made.truncated
    (batch,) = engine.batches
    assert batch[0] == ["satu", "dua", "tiga", "empat;"]
    assert all(len(pieces) <= engine.max_pieces for pieces in batch)


def test_score_of_a_cut_segment_is_weighted_by_length():
    (made,) = BatchTranslator(WordEngine()).translate(["a b c d e f; g h i"])
    assert made.score == pytest.approx((-6 * 6 + -3 * 3) / 9, abs=1e-4)


def test_only_an_endless_word_is_truncated(translator):
    long = ", ".join(SENTENCES * 20)
    made = translator.translate([long, "A" * 5000])
    assert not made[0].truncated
    assert made[1].truncated


@pytest.mark.parametrize(
    "text",
    [
        "kata " * 5000,
        "a" * 100_000,
        "," * 50_000 + "a",
        "; - ," * 20_000 + "x",
        "\n" * 50_000 + "y",
    ],
)
def test_hostile_lengths_are_cut_in_bounded_time(text):
    parts = split_to_fit(text, lambda part: len(part.split()), 50)
    assert all(len(part.split()) <= 50 for part in parts)
    assert "".join(" ".join(parts).split()) == "".join(text.split())


def test_search_options_reach_the_engine(translator):
    wide = translator.redecode(SENTENCES, Decoding(beam=4))
    greedy = translator.redecode(SENTENCES, Decoding(beam=1))
    assert [h.text for h in wide] == [h.text for h in translator.translate(SENTENCES)]
    assert [h.score for h in wide] != [h.score for h in greedy]


def test_score_is_a_mean_log_probability_whatever_the_length_penalty(translator):
    plain = translator.redecode(SENTENCES[:1], Decoding(beam=1))
    penalised = translator.redecode(SENTENCES[:1], Decoding(beam=1, length_penalty=0.5))
    assert plain[0].text == penalised[0].text
    assert plain[0].score == pytest.approx(penalised[0].score, abs=1e-3)
    assert -5 < plain[0].score < 0


def test_the_fake_engine_is_chosen_by_name():
    fake = load("anything", engine="fake")
    assert isinstance(fake, FakeTranslator)
    assert fake.translate(["Halo dunia", "***"])[0].text == "[en] Halo dunia"


def test_an_unknown_engine_lists_the_valid_ones():
    with pytest.raises(UsageError, match="auto, ct2, transformers or fake"):
        load("id-en", engine="marian")


def test_a_model_for_another_engine_is_named():
    with pytest.raises(ModelError, match="engine ct2, not transformers"):
        load("id-en", engine="transformers")


def test_identity_is_enough_to_reproduce(translator):
    identity = translator.identity
    assert (identity.name, identity.source, identity.target) == ("id-en", "id", "en")
    assert len(identity.sha256) == 64
    assert set(identity.versions) == {"ctranslate2", "sentencepiece"}
    assert load(str(bundled_model("id-en"))).identity == identity


def test_the_default_path_touches_no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert load("id-en", threads=1).translate(SENTENCES[:1])[0].text
