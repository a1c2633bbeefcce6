from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.translate.guards import GuardOptions, inspect
from briefing.translate.translator import Hypothesis

DATA = Path(__file__).parent / "data"
SOURCE = "Petugas membagikan beras dan air bersih kepada warga di tenda pengungsian."
GOOD = "Officers distributed rice and clean water to residents in the evacuation tents."


def kinds(source, text, score=None, *, truncated=False, **options):
    hypothesis = Hypothesis(text, score, truncated)
    return [flag.kind for flag in inspect(source, hypothesis, GuardOptions(**options))]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        (SOURCE, GOOD, []),
        (SOURCE, "", ["empty"]),
        (SOURCE, "  ...", ["empty"]),
        ("-", "I don't know.", ["invented"]),
        ("***", "***", []),
        ("...", "", []),
        (SOURCE, "Officers distributed rice.", ["length"]),
        (SOURCE, GOOD + " " + GOOD.replace("rice", "bread"), ["length"]),
        (SOURCE, SOURCE, ["copy"]),
        (SOURCE, "Officers distributed rice dan air bersih kepada warga in the tents.", ["copy"]),
        (SOURCE, "Officers distributed rice and clean water kepada warga in the tents.", ["copy"]),
        (SOURCE, "Officers distributed rice and rice and rice and rice and water here.",
         ["repetition"]),
        (SOURCE, "Officers officers officers distributed rice and clean water in tents.",
         ["repetition"]),
        (SOURCE, "Officers distributed rice and clean clean water to residents in their tents.",
         ["repetition"]),
        (SOURCE, "I'm sorry I'm sorry I'm sorry I'm sorry I'm sorry.", ["repetition"]),
        (SOURCE, "Officers distributed clean water to residents clean water to residents now.",
         ["repetition"]),
        (SOURCE, "Officers handed out hahahahahahaha and clean water to people in the tents.",
         ["repetition"]),
        (SOURCE, "Officers handed out the on-on-on-on-only clean water to people in their tents.",
         ["repetition"]),
        (SOURCE, "Officers handed out rice and water to residents in the tents,,,,,, said.",
         ["repetition"]),
        ("Air surut. Warga pulang.", "The water receded.", ["sentences"]),
        ("Air sudah surut.", "The water went. It did. People left. They slept.", ["sentences"]),
        # Short sources may grow: acronyms are spelt out.
        ("Menlu RI tiba.", "The Indonesian foreign minister arrived.", []),
        # Indonesian reduplication is no loop.
        ("Anak-anak bermain bola di lapangan sekolah.", "Children play ball in the schoolyard.", []),
        # Nor are scores and years.
        ("Hasilnya 0-0 dan 0-0 dan 0-0.", "The results were 0-0 and 0-0 and 0-0.", []),
        # A name in Indonesian is kept.
        ("Ia bekerja di Badan Meteorologi Klimatologi dan Geofisika.",
         "He works at Badan Meteorologi.", ["length"]),
        ("Kredit Usaha Rakyat disalurkan bank itu sejak tahun lalu.",
         "The bank has distributed Kredit Usaha Rakyat since last year.", []),
    ],
)  # fmt: skip
def test_guards(source, text, expected):
    assert kinds(source, text) == expected


def test_scores_and_truncation():
    assert kinds(SOURCE, GOOD, score=-0.4) == []
    assert kinds(SOURCE, GOOD, score=-2.5) == ["low-score"]
    assert kinds(SOURCE, GOOD, score=-2.5, min_score=-3.0) == []
    assert kinds(SOURCE, GOOD, truncated=True) == ["truncated"]


def test_options_are_obeyed():
    short = "Officers distributed rice."
    assert kinds(SOURCE, short, min_ratio=0.2) == []
    two = ("Air surut. Warga pulang.", "The water receded.")
    assert kinds(*two, sentences=False) == []


def test_reasons_are_sentences_for_the_reader():
    (flag,) = inspect(SOURCE, Hypothesis("Officers distributed rice."))
    assert flag.reason == "the translation is only 35% as long as the Indonesian"


def test_faithful_translations_trip_no_guard():
    rows = (DATA / "eval" / "news-id-en.tsv").read_text(encoding="utf-8").splitlines()
    tripped = [row for row in rows if kinds(*row.split("\t")[:2])]
    assert len(rows) >= 300
    assert tripped == []


@given(st.text(max_size=80), st.text(max_size=120))
def test_any_pair_can_be_inspected(source, text):
    found = inspect(source, Hypothesis(text))
    assert len({flag.kind for flag in found}) == len(found)


@pytest.mark.parametrize("unit", ["a ", "yang ", "aa", "1 ", '"', ". ", "A. B "])
def test_hostile_hypotheses_are_inspected(unit):
    long = unit * (100_000 // len(unit))
    for source, text in ((long, long), (SOURCE, long), (long, GOOD)):
        assert isinstance(inspect(source, Hypothesis(text)), tuple)
