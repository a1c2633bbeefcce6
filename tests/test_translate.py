"""The translation stage on articles, and what the model is given."""

from __future__ import annotations

import pytest

from briefing.document import Article, Bilingual, Sentence
from briefing.testing import FakeTranslator, RecordingProgress
from briefing.translate import translate_articles
from briefing.translate.normalisation import LEVELS, clauses, copies, model_input


def article(*sources, title=None, captions=()):
    return Article(
        id="a" * 12,
        title=Bilingual(title),
        sentences=tuple(Sentence(f"s{n}", 1, text) for n, text in enumerate(sources, 1)),
        captions=tuple(
            Sentence(f"c{n}", 0, text, kind="caption") for n, text in enumerate(captions, 1)
        ),
    )


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("“Kami siap,” katanya", '"Kami siap," katanya'),
        ("Jum’at \u2018lalu\u2019", "Jum'at 'lalu'"),
        ("Jakarta\u00a0–\u00a0Bandung", "Jakarta - Bandung"),
        ("Rusia—Ukraina", "Rusia - Ukraina"),
        ("2019–2023", "2019-2023"),
        ("tunggu…", "tunggu..."),
        ("zero\u200bwidth\u00ad", "zerowidth"),
        ("a\tb\n c", "a b c"),
        ("''kutipan''", "'kutipan'"),
        ("di-jadwalkan pekan depan", "dijadwalkan pekan depan"),
        ("Di-lanjutkan", "Dilanjutkan"),
        ("di-PHK ke-2 se-kabupaten anti-korupsi", "di-PHK ke-2 se-kabupaten anti-korupsi"),
        ("kapal-kapal me-review", "kapal-kapal me-review"),
        ("e\u0301", "\u00e9"),
        ("bel\x07l", "bel l"),
    ],
)
def test_model_input(page, given):
    assert model_input(page) == given
    assert model_input(given) == given


@pytest.mark.parametrize("text", ["a" * 100_000, "di-" * 30_000, "– " * 50_000, "'" * 100_000])
def test_model_input_of_hostile_text_is_linear(text):
    assert len(model_input(text)) <= len(text) * 2


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("***", True),
        ("", True),
        ("3-0", True),
        ("www.x.co.id", True),
        ("ya", False),
        ("5 km", False),
    ],
)
def test_copies(text, copied):
    assert copies(text) is copied


@pytest.mark.parametrize("level", range(LEVELS))
def test_clauses_lose_nothing(level):
    text = "Ia datang; lalu pergi, tetapi kembali - kata Budi: besok, atau lusa, dan yang lain"
    assert " ".join(clauses(text, level)) == text


def test_every_place_is_filled_and_the_source_stays_as_it_was():
    fake = FakeTranslator({'"Siap," katanya': '"Ready," he said'})
    given = article("“Siap,” katanya", "***", title="Judul", captions=["Foto Budi"])
    (made,) = translate_articles([given], fake)
    assert made.title == Bilingual("Judul", "[en] Judul")
    assert [s.source for s in made.sentences] == ["“Siap,” katanya", "***"]
    assert [s.translation for s in made.sentences] == ['"Ready," he said', "***"]
    assert made.captions[0].translation == "[en] Foto Budi"
    assert made.sentences[0].score == -0.5
    assert made.sentences[1].flags == ()


def test_a_segment_of_two_articles_is_asked_for_once():
    fake = FakeTranslator()
    translate_articles([article("Satu.", "Dua."), article("Dua.", "“Tiga”", '"Tiga"')], fake)
    assert [text for call in fake.calls for text in call] == ["Satu.", "Dua.", '"Tiga"']


def test_progress_counts_distinct_segments():
    progress = RecordingProgress()
    translate_articles([article("a", "b", "a", title="c")], FakeTranslator(), progress=progress)
    assert progress.stages == [("translate", 3, 3)]


def test_no_articles_and_an_article_without_title():
    assert translate_articles([], FakeTranslator()) == ()
    (made,) = translate_articles([article("a")], FakeTranslator())
    assert made.title == Bilingual()


LONG = "Menteri itu mengatakan bahwa harga beras akan turun pada bulan depan"


@pytest.mark.parametrize(
    ("translation", "kind"),
    [
        ("", "empty"),
        (LONG, "copy"),
        ("The minister.", "length"),
        ("The price of rice, the price of rice, the price of rice will fall next", "repetition"),
    ],
)
def test_doubts_are_flagged_with_their_kind(translation, kind):
    (made,) = translate_articles([article(LONG)], FakeTranslator({LONG: translation}))
    assert kind in [flag.kind for flag in made.sentences[0].flags]


def test_a_good_translation_has_no_flag():
    answer = "The minister said that the price of rice would fall next month"
    (made,) = translate_articles([article(LONG)], FakeTranslator({LONG: answer}))
    assert made.sentences[0].flags == ()


def test_a_low_score_is_flagged():
    (made,) = translate_articles([article("Satu dua tiga")], FakeTranslator(score=-3.0))
    assert "low-score" in [flag.kind for flag in made.sentences[0].flags]
