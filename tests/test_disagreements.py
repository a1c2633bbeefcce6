from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.document import Article, Disagreement, Sentence
from briefing.ingest.segment import split_sentences
from briefing.summarise.disagreements import disagreements_of
from briefing.summarise.figures import compatible, figures_of
from briefing.summarise.passages import Collection
from briefing.summarise.words import tokens

DATA = Path(__file__).parent / "data" / "disagreements"


def article(key: str, text: str, outlet: str, published: str | None = "2024-06-15") -> Article:
    sentences = tuple(
        Sentence(f"s{n}", 1, one, f"<{one}>")
        for n, one in enumerate(split_sentences(text), start=1)
    )
    return Article(id=key, sentences=sentences, outlet=outlet, published=published)


def found_in(*texts: str) -> tuple[Disagreement, ...]:
    made = [article(f"a{n}", text, f"Harian {n}") for n, text in enumerate(texts)]
    return disagreements_of(Collection(made))


def load(name: str) -> list[dict]:
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def is_right(found: Disagreement, label: dict | None) -> bool:
    """Say whether a find has the planted kind and every planted value in a claim of its own."""
    if label is None or found.kind != label["kind"]:
        return False
    claims = [set(tokens(claim.value)) for claim in found.claims]
    wanted = [set(tokens(value)) for value in label["values"]]
    return len(claims) == len(wanted) and all(
        any(w & c and (w <= c or c <= w) for c in claims) for w in wanted
    )


@pytest.mark.parametrize("name", ["development", "held-out"])
def test_planted_disagreements_are_found_and_clean_pairs_stay_clean(name):
    right = found = planted = 0
    for record in load(name):
        got = found_in(*(a["text"] for a in record["articles"]))
        hits = [d for d in got if is_right(d, record["disagreement"])]
        right += bool(hits)
        found += len(got)
        planted += record["disagreement"] is not None
    assert right / found >= 0.95
    assert right / planted >= 0.85


def test_a_weekday_that_contradicts_its_date_is_shown_with_both():
    (one,) = found_in(
        "Rombongan berangkat dari Medan pada hari Minggu (11/09/23) dengan bus.",
        "Rombongan tiba di Padang dengan selamat.",
    )
    assert one.kind == "date"
    assert [c.value for c in one.claims] == ["Minggu (11/09/23)"]
    assert one.note
    assert "11 September 2023 was a Monday" in one.note
    assert [(e.article, e.sentence) for c in one.claims for e in c.evidence] == [("a0", "s1")]


def test_every_side_names_its_outlet_and_its_sentence():
    (one,) = found_in(
        "Kebakaran di Pasar Baru menewaskan tiga orang.",
        "Warga berlarian. Sebanyak 5 orang tewas dalam kebakaran di Pasar Baru.",
    )
    assert [(c.value, c.outlets, c.evidence[0].sentence) for c in one.claims] == [
        ("tiga orang", ("Harian 0",), "s1"),
        ("5 orang", ("Harian 1",), "s2"),
    ]


def test_figures_printed_on_different_days_may_be_an_update():
    (one,) = disagreements_of(
        Collection(
            [
                article("a1", "Gempa menewaskan 62 orang.", "A", "2024-06-15"),
                article("a2", "Gempa menewaskan 162 orang.", "B", "2024-06-16"),
            ]
        )
    )
    assert one.note is not None
    assert "2024-06-15 to 2024-06-16" in one.note


def test_one_outlet_does_not_disagree_with_itself_over_an_update():
    made = [
        article("a1", "Gempa menewaskan 62 orang.", "A", "2024-06-15"),
        article("a2", "Gempa menewaskan 162 orang.", "A", "2024-06-16"),
    ]
    assert disagreements_of(Collection(made)) == ()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Vladimir di Solo", "Vladimir di Surakarta"),
        ("Rapat kerja digelar di Jogja", "Rapat kerja digelar di Yogyakarta"),
    ],
)
def test_two_names_of_one_place_agree(one, two):
    assert found_in(f"{one} bersama para kader partai.", f"{two} bersama para kader partai.") == ()


@pytest.mark.parametrize(
    ("one", "two", "agree"),
    [
        ("12 orang tewas", "dua belas orang tewas", True),
        ("13.784 warga mengungsi", "sekitar 13 ribu warga mengungsi", True),
        ("13.784 warga mengungsi", "13 ribu warga mengungsi", True),
        ("162 orang tewas", "lebih dari 100 orang tewas", True),
        ("162 orang tewas", "62 orang tewas", False),
        ("Rp 2,3 miliar", "Rp 2.300.000.000", True),
    ],
)
def test_rounded_and_bounded_figures_agree(one, two, agree):
    (left,), (right,) = figures_of(one), figures_of(two)
    assert left.key == right.key
    assert compatible(left, right) is agree


@pytest.mark.parametrize(
    "text",
    [
        "Tiga di antaranya anak-anak.",
        "Korban bertambah dua orang.",
        "Rapat dimulai pukul 13.21 WIB.",
        "Ia lahir pada 12 Maret 1961.",
    ],
)
def test_parts_additions_times_and_dates_are_no_figures_of_the_event(text):
    assert figures_of(text) == ()
