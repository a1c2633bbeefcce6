from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.document import Article, Bilingual, Quote, Sentence
from briefing.ingest.segment import split_sentences
from briefing.summarise.passages import Collection
from briefing.summarise.quotation import find_spans
from briefing.summarise.quotes import quotes_of
from briefing.summarise.words import tokens

DATA = Path(__file__).parent / "data" / "quotes"
SETS = ("development", "second", "held-out")


def article(*paragraphs: str, key: str = "a1", outlet: str | None = None) -> Article:
    sentences = []
    for number, paragraph in enumerate(paragraphs, start=1):
        for text in split_sentences(paragraph):
            sentences.append(Sentence(f"s{len(sentences) + 1}", number, text, f"<{text}>"))
    return Article(id=key, sentences=tuple(sentences), outlet=outlet, title=Bilingual())


def quotes(*paragraphs: str) -> tuple[Quote, ...]:
    return quotes_of(Collection([article(*paragraphs)]))


def same_words(left: str, right: str) -> bool:
    one, two = set(tokens(left)), set(tokens(right))
    return len(one & two) >= 0.9 * max(len(one), len(two))


def score(records: list[dict]) -> tuple[float, float, float]:
    """Return precision and recall of quotes with their speakers, and the accuracy of roles."""
    right = found = labelled = roles = right_roles = 0
    for record in records:
        left = list(record["quotes"])
        labelled += len(left)
        for quote in quotes(*record["paragraphs"]):
            found += 1
            for label in left:
                if same_words(label["quote"], quote.id) and label["direct"] == quote.direct:
                    left.remove(label)
                    if (label["speaker"] or "").casefold() == (quote.speaker or "").casefold():
                        right += 1
                        roles += bool(label["role"])
                        right_roles += bool(label["role"]) and label["role"] == quote.role
                    break
    return right / found, right / labelled, right_roles / roles


def load(name: str) -> list[dict]:
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", SETS)
def test_the_labelled_quotes_are_found_with_their_speakers(name):
    precision, recall, roles = score(load(name))
    assert precision >= 0.95
    assert recall >= 0.93
    assert roles >= 0.9


def test_the_labelled_set_is_large_enough():
    assert sum(q["direct"] for name in SETS for r in load(name) for q in r["quotes"]) >= 200


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ('"Kami siap membantu," kata Budi Santoso.', "Budi Santoso", None),
        ('"Kami siap membantu," kata Bupati Alor, Budi Santoso.', "Budi Santoso", "Bupati Alor"),
        ('"Kami siap membantu," kata Budi Santoso, ketua RT.', "Budi Santoso", "ketua RT"),
        ('Budi Santoso mengatakan, "Kami siap membantu."', "Budi Santoso", None),
        ('Menurut Budi Santoso, "kami siap membantu kapan saja".', "Budi Santoso", None),
        ('Budi Santoso: "Kami siap membantu."', "Budi Santoso", None),
        ('"Kami siap membantu,"|Budi Santoso (Ketua RT)', "Budi Santoso", "Ketua RT"),
        ("“Kami siap membantu,”|Santoso (Ketua RT)", "Santoso", "Ketua RT"),
        ('"Kami siap membantu." — Budi Santoso', "Budi Santoso", None),
        ("‘Kami siap membantu,’ kata Budi Santoso.", "Budi Santoso", None),
        ('"Kami siap membantu", ujar AKBP Budi Santoso.', "Budi Santoso", None),
        ('"Kami siap membantu," kata seorang warga.', "seorang warga", None),
    ],
)
def test_the_speaker_stands_before_after_or_beside_the_quote(text, speaker, role):
    found = quotes(text)
    assert [(q.speaker, q.role, q.direct) for q in found] == [(speaker, role, True)]


def test_a_quote_in_two_outlets_is_one_quote_with_two_pieces_of_evidence():
    one = article('"Kami akan terus memperkuat kerja sama ini," katanya.', key="a1", outlet="A")
    two = article(
        "“Kami akan terus memperkuat kerja sama ini,”|Ivanov (Jubir Istana)", key="a2", outlet="B"
    )
    found = quotes_of(Collection([one, two]))
    assert [(q.speaker, q.role, len(q.evidence)) for q in found] == [("Ivanov", "Jubir Istana", 2)]


def test_an_attribution_in_the_middle_makes_one_quote():
    (quote,) = quotes('"Air naik cepat," kata Siti Aminah, "dan kami lari ke bukit."')
    assert quote.id == "Air naik cepat … dan kami lari ke bukit."


@pytest.mark.parametrize(
    "text",
    [
        'Film berjudul "Perjalanan Pulang ke Rumah Ibu" tayang pekan ini.',
        'Warga membawa spanduk bertuliskan "Kami Menolak Tambang di Desa Ini".',
        'Moskow menyebut langkah itu "provokasi".',
        "Wali kota meresmikan jembatan baru di atas sungai itu.",
        '"Suara dari Seberang Lautan" menjadi pameran tersukses tahun ini.',
    ],
)
def test_titles_slogans_and_scare_quotes_are_no_quotes(text):
    assert quotes(text) == ()


def test_a_pronoun_after_a_report_means_the_person_reported_on():
    found = quotes(
        "Pelatih Raga FC Damar Wulan Aji kecewa.",
        '"Kami bermain buruk malam ini," katanya.',
    )
    assert found[0].speaker == "Damar Wulan Aji"


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“Satu dua,” kata A.", ["Satu dua,"]),
        ('"Dia bilang "jangan" lalu pergi," kata A.', ['Dia bilang "jangan" lalu pergi,']),
        ('"Satu. "Dua," kata A.', ["Satu.", "Dua,"]),
        ('Satu dua," kata A.', ["Satu dua,"]),
        ("„Satu dua” kata A", ["Satu dua"]),
        ("Hari Jum'at ‘satu’ dan ‘dua’", ["satu", "dua"]),
    ],
)
def test_quotation_marks_of_every_kind_are_paired(text, inner):
    assert [s.inner(text) for s in find_spans(text)] == inner


def test_a_hostile_line_takes_linear_time():
    for text in ('"a" ' * 30_000, '"' * 100_000, "kata " * 20_000, "A" * 100_000, "(" * 100_000):
        quotes_of(Collection([Article(id="x", sentences=(Sentence("s1", 1, text, text),))]))
