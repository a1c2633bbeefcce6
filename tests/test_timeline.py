from __future__ import annotations

import pytest

from briefing.document import Article, Sentence
from briefing.ingest.segment import split_sentences
from briefing.summarise.days import days_of
from briefing.summarise.passages import Collection
from briefing.summarise.timeline import timeline_of


def article(text: str, key: str = "a1", published: str | None = None, outlet: str = "A") -> Article:
    sentences = tuple(
        Sentence(f"s{n}", 1, one, f"<{one}>")
        for n, one in enumerate(split_sentences(text), start=1)
    )
    return Article(id=key, sentences=sentences, published=published, outlet=outlet)


def dates(text: str, published: str | None = None) -> list[str]:
    return [row.date for row in timeline_of(Collection([article(text, published=published)]))]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Rapat digelar Selasa (12/9/2023) di Jakarta.", None, ["2023-09-12"]),
        ("Rapat digelar pada Rabu (13 September) di Jakarta.", "2023-09-14", ["2023-09-13"]),
        ("Rapat digelar pada 30 Desember di Jakarta.", "2024-01-02", ["2023-12-30"]),
        # A bare weekday of the past is the last such day.
        ("Rapat digelar pada Selasa di Jakarta.", "2023-09-13", ["2023-09-12"]),
        ("Rapat digelar pada Rabu pagi di Jakarta.", "2023-09-13", ["2023-09-13"]),
        ("Rapat digelar pada hari Senin lalu di Jakarta.", "2023-09-13", ["2023-09-11"]),
        # Without a day of publication, or about the future, it is not certain.
        ("Rapat digelar pada Selasa di Jakarta.", None, []),
        ("Rapat akan digelar pada Selasa di Jakarta.", "2023-09-13", []),
        ("Rapat digelar setiap hari Selasa di Jakarta.", "2023-09-13", []),
        ("Rapat digelar pada 13 September di Jakarta.", None, []),
        # The weekday decides between years: 13 September was a Wednesday in 2023 only.
        ("Rapat digelar Jumat (13 September) di Jakarta.", "2023-09-14", []),
        # A bare year is background, a month with its year is not.
        ("Perjanjian itu berlaku sejak tahun 1961.", "2023-09-13", []),
        ("Pabrik itu dibuka pada Maret 2019 di Bekasi.", "2023-09-13", ["2019-03"]),
        ("Minggu depan rapat digelar lagi.", "2023-09-13", []),
    ],
)
def test_only_certain_dates_make_an_entry(text, published, expected):
    assert dates(text, published) == expected


def test_entries_are_in_order_of_dates_and_keep_their_sentences():
    one = article(
        "Rombongan tiba pada Selasa (12/9/2023). Pertemuan disiapkan sejak Senin (4/9/2023).",
        published="2023-09-12",
    )
    rows = timeline_of(Collection([one]))
    assert [(r.date, r.evidence[0].sentence) for r in rows] == [
        ("2023-09-04", "s2"),
        ("2023-09-12", "s1"),
    ]
    assert rows[0].en == f"<{rows[0].id}>"


def test_two_outlets_that_say_the_same_of_a_day_are_one_entry():
    one = article(
        "Kapal feri Tirta tenggelam di Selat Bali pada Rabu (5/3/2025).", "a1", outlet="A"
    )
    two = article(
        "Kapal feri Tirta tenggelam di Selat Bali, Rabu (5/3/2025) malam. Cuaca buruk.",
        "a2",
        outlet="B",
    )
    three = article("Pelabuhan Ketapang ditutup pada Rabu (5/3/2025).", "a3", outlet="C")
    rows = timeline_of(Collection([one, two, three]))
    assert [len(r.evidence) for r in rows] == [2, 1]


def test_the_middle_of_a_quotation_is_no_statement():
    text = '"Kami berangkat pagi. Pada 12 September 2023 kami tiba di kota," kata Budi.'
    assert dates(text) == []


def test_a_printed_weekday_that_is_wrong_is_noted():
    (line,) = Collection([article("Ia pergi pada hari Minggu (11/09/23) dengan kereta.")]).lines
    (day,) = days_of(line)
    assert (day.iso, day.contradiction, day.text) == ("2023-09-11", "Minggu", "Minggu (11/09/23)")
