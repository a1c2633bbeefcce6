from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document import PUBLISHED_FROM
from briefing.ingest.dates import find_dates, infer_year, publication_date, read_metadata

FORMS = Path(__file__).parent / "data" / "dates" / "forms.tsv"
NOON = datetime(2024, 1, 1, 12, 5, tzinfo=UTC)


def forms() -> list[tuple[str, str]]:
    lines = FORMS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(text, expected) for text, expected in rows]


def written(found) -> str:
    """Write a date as in the table: ISO[/until][@weekday][!]."""
    until = f"/{found.until}" if found.until else ""
    weekday = f"@{found.weekday}" if found.weekday else ""
    return found.date + until + weekday + ("!" if found.note else "")


def test_the_table_is_not_shrunk():
    assert len(forms()) >= 150


@pytest.mark.parametrize(("text", "expected"), forms())
def test_forms(text, expected):
    found = find_dates(text)
    assert (" ".join(map(written, found)) or "-") == expected
    assert all(text[item.start : item.end] == item.text for item in found)
    assert all(item.has_year == (not item.date.startswith("-")) for item in found)


def test_a_weekday_that_contradicts_its_date_is_noted_and_the_date_kept():
    (found,) = find_dates("pada hari Minggu, (11/09/23)")
    assert found.date == "2023-09-11"
    assert found.note == ("the page says Minggu (Sunday), but 11 September 2023 was a Monday")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2023-09-13T09:30:00+07:00", "2023-09-13T09:30:00+07:00"),
        ("2023-09-13T09:30:00+0700", "2023-09-13T09:30:00+07:00"),
        ("2023-09-13T02:30:00Z", "2023-09-13T02:30:00+00:00"),
        ("2023-09-13T02:30:00.123Z", "2023-09-13T02:30:00+00:00"),
        ("2023-09-13 09:30:00", "2023-09-13T09:30:00"),
        ("2023-09-13 09:30:00 +0700", "2023-09-13T09:30:00+07:00"),
        ("2023-09-13", "2023-09-13"),
        ("20230913", "2023-09-13"),
        ("2023/09/13 10:11", "2023-09-13T10:11:00"),
        ("Wed, 13 Sep 2023 09:30:00 +0700", "2023-09-13T09:30:00+07:00"),
        ("Wed, 13 Sep 2023 09:30:00 GMT", "2023-09-13T09:30:00+00:00"),
        ("13 Sep 2023 09:30:00 +0700", "2023-09-13T09:30:00+07:00"),
        ("Sep 13, 2023 9:30 AM", "2023-09-13T09:30:00"),
        ("Sep 13, 2023 9:30 PM", "2023-09-13T21:30:00"),
        ("September 13, 2023 12:05 am", "2023-09-13T00:05:00"),
        ("09/13/2023", "2023-09-13"),
        ("13/09/2023 09:30", "2023-09-13T09:30:00"),
        ("Kamis, 5 Oktober 2023 | 14:30 WIB", "2023-10-05T14:30:00+07:00"),
        ("Kamis, 5 Oktober 2023 14.30 WITA", "2023-10-05T14:30:00+08:00"),
        ("Kamis, 5 Oktober 2023, pukul 14.30 WIT", "2023-10-05T14:30:00+09:00"),
        ("Kamis, 5 Oktober 2023 - 14:30", "2023-10-05T14:30:00"),
        ("05 Okt 2023 14:30 WIB", "2023-10-05T14:30:00+07:00"),
        ("14:30 WIB, 5 Oktober 2023", "2023-10-05T14:30:00+07:00"),
        ("Rabu, 13/09/2023 09:30 WIB", "2023-09-13T09:30:00+07:00"),
        ("Diterbitkan 13 Sep 2023, 09:30", "2023-09-13T09:30:00"),
        ("1694574600", "2023-09-13T03:10:00+00:00"),
        ("1694574600000", "2023-09-13T03:10:00+00:00"),
        # Never a guess: what is not stated stays unknown.
        ("2023", None),
        ("September 2023", None),
        ("13 September", None),
        ("13 menit lalu", None),
        ("kemarin", None),
        ("Selasa", None),
        ("09:30", None),
        ("31/02/2023", None),
        ("tidak diketahui", None),
        ("-", None),
        ("0000-00-00 00:00:00", None),
        ("2023-02-31T10:00:00", None),
        ("99999999999999999999", None),
    ],
)
def test_metadata(value, expected):
    iso, note = read_metadata(value)
    assert iso == expected
    assert expected is not None or note


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("13 menit lalu", "2024-01-01T11:52:00+00:00"),
        ("2 jam yang lalu", "2024-01-01T10:05:00+00:00"),
        ("kemarin", "2023-12-31"),
        ("3 hari lalu", "2023-12-29"),
        ("2 hours ago", "2024-01-01T10:05:00+00:00"),
        ("31 Desember", "2023-12-31"),
    ],
)
def test_relative_metadata_needs_an_explicit_reference(value, expected):
    iso, note = read_metadata(value, reference=NOON)
    assert iso == expected
    assert note


@pytest.mark.parametrize(
    ("text", "named", "reference", "expected"),
    [
        ("Rabu (13 September)", [2018, 2019], None, "2023-09-13"),
        ("Rabu (13 September)", [2023], None, "2023-09-13"),
        ("Rabu (13 September)", [], date(2023, 10, 1), "2023-09-13"),
        ("Rabu (13 September)", [], date(2024, 3, 1), "2023-09-13"),
        ("Rabu (13 September)", [2019], date(2024, 3, 1), "2023-09-13"),
        # The first fitting year after 2023 is not out yet, so the newest one before is meant.
        ("Rabu (13 September)", [2024], date(2024, 3, 1), "2023-09-13"),
        ("Kamis (29/2)", [2023], None, "2024-02-29"),
        ("(13/9)", [], date(2024, 3, 1), "2023-09-13"),
        ("(13/9)", [2023], None, None),  # no weekday: any year would fit
        ("Rabu (13 September)", [], None, None),
        ("Rabu (13 September)", [1945, 1961], None, None),  # history says nothing
    ],
)
def test_a_missing_year(text, named, reference, expected):
    (found,) = find_dates(text)
    iso, note = infer_year(found, named, reference)
    assert iso == expected
    assert note


PAGES = [
    (
        "metadata first",
        "2023-09-14",
        ["Judul", "Rabu, 13 September 2023 | 10:00 WIB"],
        None,
        ("2023-09-14", "metadata"),
    ),
    (
        "bad metadata falls through",
        "entah",
        ["Judul", "Rabu, 13 September 2023 | 10:00 WIB"],
        None,
        ("2023-09-13T10:00:00+07:00", "dateline"),
    ),
    (
        "byline and date",
        None,
        [
            "Judul",
            "Budi Hartono - Kabar Nusa",
            "Rabu, 13 Sep 2023 08:15 WIB",
            "Menteri tiba pada Senin (11/9/2023).",
        ],
        None,
        ("2023-09-13T08:15:00+07:00", "dateline"),
    ),
    (
        "agency dateline",
        None,
        ["Judul", "Jakarta, 12/9/2023 (ANTARA) - Menteri tiba di Bali."],
        None,
        ("2023-09-12", "dateline"),
    ),
    (
        "the lead",
        None,
        [
            "Judul",
            "Menteri tiba pada Senin (11/9/2023) pagi.",
            "Ia pulang pada Selasa (12/9/2023).",
        ],
        None,
        ("2023-09-11", "text"),
    ),
    (
        "not an announced date",
        None,
        [
            "Judul",
            "Konser akan digelar pada 20 Oktober 2023 di Solo.",
            "Hal itu dikatakan panitia, Kamis (12/10/2023).",
        ],
        None,
        ("2023-10-12", "text"),
    ),
    (
        "nor a bare announced date",
        None,
        [
            "Judul",
            "Pemungutan suara dijadwalkan pada Rabu, 14 Februari 2024.",
            "Ketua panitia mengatakannya pada Kamis, 5 Oktober 2023.",
        ],
        None,
        ("2023-10-05", "text"),
    ),
    (
        "an announcement alone",
        None,
        ["Konser akan digelar pada 20 Oktober 2023."],
        None,
        (None, "unknown"),
    ),
    (
        "not history",
        None,
        [
            "Perang pecah sejak 24 Februari 2022 di Ukraina.",
            "Kremlin membantahnya, Selasa (12/9/2023).",
        ],
        None,
        ("2023-09-12", "text"),
    ),
    (
        "nor a birthday",
        None,
        ["Tokoh itu lahir pada 17 Agustus 1945 di Blitar."],
        None,
        (None, "unknown"),
    ),
    (
        "brackets before prose",
        None,
        ["Aturan 3 Mei 2023 dicabut.", "Demikian kata menteri, Rabu (13/9/2023)."],
        None,
        ("2023-09-13", "text"),
    ),
    (
        "year by weekday",
        None,
        ["Kim bertemu Putin pada Rabu (13 September).", "Keduanya bertemu pada 2019."],
        None,
        ("2023-09-13", "text"),
    ),
    (
        "a planned year does not count",
        None,
        [
            "Kim bertemu Putin pada Rabu (13 September).",
            "Sukseskan Pemilu 2024!",
            "Keduanya bertemu pada 2019.",
        ],
        None,
        ("2023-09-13", "text"),
    ),
    (
        "no year, no reference",
        None,
        ["Kim bertemu Putin pada Rabu (13 September)."],
        None,
        (None, "unknown"),
    ),
    (
        "file name",
        None,
        ["Judul", "Isi tanpa tanggal."],
        "arsip/2023-09-13-kim.txt",
        ("2023-09-13", "file"),
    ),
    ("compact file name", None, [], "20230913_kim.html", ("2023-09-13", "file")),
    (
        "stamp in an address",
        None,
        [],
        "https://contoh.id/news/20230913103045-4-472101/kim",
        ("2023-09-13", "file"),
    ),
    (
        "folders of an address",
        None,
        [],
        "https://contoh.id/read/2023/09/13/kim",
        ("2023-09-13", "file"),
    ),
    ("day first file name", None, [], "13-09-2023.txt", ("2023-09-13", "file")),
    ("no date in a number", None, [], "000_a42f9c03f31d7000.txt", (None, "unknown")),
    ("nor in an impossible one", None, [], "20231345.txt", (None, "unknown")),
    (
        "a photo's date is not a dateline",
        None,
        ["Foto: Warga menonton pada 3 Mei 2020 di Solo."],
        None,
        ("2020-05-03", "text"),
    ),
    ("nothing", None, [], None, (None, "unknown")),
]


@pytest.mark.parametrize(
    ("metadata", "lines", "path", "expected"),
    [page[1:] for page in PAGES],
    ids=[p[0] for p in PAGES],
)
def test_publication(metadata, lines, path, expected):
    found = publication_date(metadata=metadata, lines=lines, path=path)
    assert (found.date, found.source) == expected
    assert found.source in PUBLISHED_FROM


def test_publication_notes_say_what_was_inferred():
    inferred = publication_date(lines=["Rabu (13 September)", "pada 2019"])
    assert inferred.note == (
        "the page gives no year; 2023 is the first from 2019, the newest year in the text, in which "
        "13 September was a Wednesday"
    )
    read = publication_date(lines=["Rabu (13 September)"], reference=date(2024, 3, 1))
    assert read.note == (
        "the page gives no year; 2023 is the latest in which 13 September was a Wednesday"
    )
    missing = publication_date(lines=["Rabu (13 September)"])
    assert missing.note == "13 September is given without a year"
    relative = publication_date(metadata="13 menit lalu")
    assert relative.date is None
    assert "relative" in (relative.note or "")
    reference = publication_date(metadata="13 menit lalu", reference=NOON)
    assert (reference.date, reference.source) == ("2024-01-01T11:52:00+00:00", "metadata")


@given(st.text(alphabet=st.sampled_from("0123456789/-.() SelasaRbuMei,Okt:WIB'"), max_size=80))
def test_any_text_gives_calendar_dates_at_their_place(text):
    last = 0
    for item in find_dates(text):
        assert item.start >= last
        assert text[item.start : item.end] == item.text
        last = item.end
        if item.has_year and item.has_day:
            date.fromisoformat(item.date)


@given(st.text(max_size=60))
def test_any_metadata_is_read_or_refused(value):
    iso, _note = read_metadata(value)
    assert iso is None or datetime.fromisoformat(iso)


@given(st.dates(date(1995, 1, 1), date(2035, 12, 31)), st.integers(0, 5))
def test_dates_written_in_every_form_come_back(day, form):
    months = (
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
    )
    weekdays = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
    month, weekday = months.split()[day.month - 1], weekdays[day.weekday()]
    text = [
        f"{weekday} ({day.day}/{day.month}/{day.year})",
        f"{weekday}, {day.day} {month} {day.year}",
        f"{day.day:02}/{day.month:02}/{day.year % 100:02}",
        f"{day.day} {month[:3]} {day.year}",
        day.isoformat(),
        f"{weekday} ({day.day} {month} {day.year}) malam",
    ][form]
    (found,) = find_dates(f"Kata dia, {text}.")
    assert found.date == day.isoformat()
    assert found.note is None


@pytest.mark.parametrize(
    "unit", ["1/", "12 ", "1 Mei ", "Selasa ", "2019, ", "(", "pada 2019 dan "]
)
def test_hostile_lines_are_read(unit):
    text = unit * (100_000 // len(unit))
    found = publication_date(metadata=text, lines=[text], path=text)
    assert found.source in PUBLISHED_FROM


@pytest.mark.parametrize(
    "sentence",
    [
        '"Kami menunggu sejak subuh," ujar Rusdi, Kamis, 3 Juni 2021.',
        "Warga yang menunggu sejak subuh pulang dengan kecewa, Kamis, 3 Juni 2021.",
        "Jembatan itu diresmikan Bupati di Kudus, Kamis, 3 Juni 2021.",
    ],
)
def test_since_elsewhere_in_the_sentence_is_no_history(sentence):
    assert publication_date(lines=[sentence]).date == "2021-06-03"


@pytest.mark.parametrize(
    "sentence",
    [
        "Pasar itu ditutup sejak Kamis, 3 Juni 2021.",
        "Pasar itu ditutup sejak hari Kamis, 3 Juni 2021.",
        "Masjid itu diresmikan pada 3 Juni 2021.",
    ],
)
def test_since_right_before_the_date_is_history(sentence):
    assert publication_date(lines=[sentence]).date is None
