"""Days that a text speaks of: written, by weekday, by month."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.group.moments import Moment, distance, parse_day, read_timing

WEDNESDAY = date(2024, 3, 13)


def days(text, published=WEDNESDAY):
    return [
        f"{m.year or '----'}-{m.month:02}-{m.day:02}"
        for m in read_timing(text, published, sentence=1).moments
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gempa terjadi Selasa (12/3/2024) malam.", ["2024-03-12"]),
        ("Gempa terjadi Selasa (12/3) malam.", ["2024-03-12"]),
        ("Rapat berlangsung 11-13 Maret 2024.", ["2024-03-11", "2024-03-13"]),
        # A year that is not written is the nearest: January reports of December.
        ("Kapal karam pada 30 Desember.", ["2023-12-30"]),
        # A weekday is the last one up to the publication, also the day itself.
        ("Kapal karam pada Senin malam.", ["2024-03-11"]),
        ("Ia berkata pada Rabu.", ["2024-03-13"]),
        ("Ia berkata pada Kamis.", ["2024-03-07"]),
        # After a word of the future it is the next one.
        ("Mereka akan bertemu pada Jumat.", ["2024-03-15"]),
        ("Mereka dijadwalkan bertemu di Bali, Rabu.", ["2024-03-13"]),
        ("Sidang dilanjutkan Senin pekan depan.", []),
        ("Kemarin ia tiba, besok ia pergi.", ["2024-03-12", "2024-03-14"]),
        # `minggu` is a week, `Minggu` a Sunday.
        ("Tiga minggu lalu ia pergi, Minggu ia pulang.", ["2024-03-10"]),
        # A weekday beside a written date is no second day.
        ("Selasa malam, 12 Maret 2024, ia tiba.", ["2024-03-12"]),
        ("Tanggal 31/2/2024 tidak ada.", []),
    ],
)
def test_days(text, expected):
    assert days(text) == expected


def test_without_a_publication_date_nothing_is_guessed():
    assert days("Pada Senin ia tiba; kemarin ia pergi.", None) == []
    assert days("Rabu (13 September) ia tiba.", None) == ["-----09-13"]
    assert days("Rabu (13/9/2023) ia tiba.", None) == ["2023-09-13"]


def test_months_without_a_day():
    timing = read_timing("Ia pergi pada September dan kembali Juni 2020.", None, sentence=1)
    assert timing.moments == ()
    assert timing.months == {(None, 9), (2020, 6)}


def test_dates_are_marked_so_that_they_are_not_numbers():
    text = "Selasa (12/3/2024) ada 12 orang."
    (span,) = read_timing(text, None, sentence=1).spans
    assert text[slice(*span)] == "12/3/2024"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((2024, 3, 12), (2024, 3, 12), 0),
        ((2023, 12, 31), (2024, 1, 2), 2),
        ((2023, 9, 13), (2024, 9, 13), 366),
        # One of them lacks the year: the least that they can be apart.
        ((None, 9, 13), (2023, 9, 12), 1),
        ((None, 12, 31), (2024, 1, 2), 2),
        ((None, 2, 29), (None, 3, 1), 1),
    ],
)
def test_distance(first, second, expected):
    one, two = (Moment(*parts, 1, written=True) for parts in (first, second))
    assert distance(one, two) == distance(two, one) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-03-12", date(2024, 3, 12)),
        ("2024-03-12T09:30:00+07:00", date(2024, 3, 12)),
        ("2024-03", None),
        ("kemarin", None),
        ("", None),
        (None, None),
    ],
)
def test_parse_day(written, expected):
    assert parse_day(written) == expected


@given(st.text(max_size=200), st.dates(date(1995, 1, 1), date(2100, 1, 1)))
def test_any_text_is_read(text, published):
    for moment in read_timing(text, published, sentence=0).moments:
        assert date(moment.year or 2000, moment.month, moment.day)


def test_leap_day_without_a_year():
    # The 29th of February exists in one of the three years around the publication, or in none.
    assert days("Pada 29 Februari ia lahir.", date(2024, 5, 1)) == ["2024-02-29"]
    assert days("Pada 29 Februari ia lahir.", date(2022, 5, 1)) == []
