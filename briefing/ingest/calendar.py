"""Dates in Indonesian newspaper prose.

Own grammar for dates in running text, because what is needed is what dateparser does not give: the
place of each date, the parts that it states and no others (dateparser fills a missing year or day
from today's date, and its search takes `2-1` and `1,5` for dates).

Numeric dates are day first, as Indonesian papers write. Today's date is never used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "CONTEXT",
    "DAY_NAME",
    "WEEKDAYS_EN",
    "FoundDate",
    "calendar_day",
    "english_date",
    "find_dates",
    "join_notes",
    "weekday_number",
]

_WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari pebruari february feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agt agst agu ags aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}

_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
DAY_NAME = r"(?P<weekday>Senin|Selasa|Rabu|Kamis|Jum['’`]?at|Sabtu|Minggu|Ahad)"
_PART_OF_DAY = r"(?:\s+(?:pagi|siang|sore|petang|malam|dini\s+hari|lalu|kemarin|ini|besok))*"
_JOIN = r"\s*(?:-|–|—|/|dan|hingga|sampai(?:\s+dengan)?|s\.?d\.?|s/d)\s*"

_ISO = re.compile(
    r"(?<![\d/-])(?P<year>\d{4})(?P<sep>[-/])(?P<mon>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d/-])"
)
_NUMERIC = re.compile(
    r"(?<![\d/.,-])(?P<day>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<mon>\d{1,2})"
    r"(?:\s?(?P=sep)\s?(?P<year>\d{4}|\d{2}))?(?![\d/]|[.,-]\d)"
)
_NAMED = re.compile(
    rf"(?<![\w/])(?<!\d[-–.,])(?P<day>\d{{1,2}})(?:{_JOIN}(?P<until>\d{{1,2}}))?[\s-]*{_MONTH}"
    r"(?:(?:\s*,\s*|\s+|-)(?:tahun\s+)?(?P<year>\d{4}\b|'?\d{2}(?=\s*(?:$|[|),]|\d{1,2}[:.]\d\d))))?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<year>\d{{4}})\b",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(
    rf"\b{_MONTH}\s*,?\s*(?:tahun\s+)?(?P<year>(?:1[89]|20)\d\d)\b", re.IGNORECASE
)
_MONTH_ALONE = re.compile(
    rf"\b(?:pada|bulan|sejak|hingga|sampai|awal|akhir|pertengahan|selama)\s+(?:bulan\s+)?{_MONTH}"
    r"(?!\s*\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?:tahun|pada|sejak|hingga|sampai|selama|sepanjang|awal|akhir|pertengahan|per)\s+"
    r"(?:tahun\s+)?(?P<year>(?:1[89]|20)\d\d)\b(?![.,]\d|\s*(?:H\b|orang|unit|ton|hektare|kilo|"
    r"meter|rumah|warga|kasus|jiwa|personel|ekor|butir|paket|dolar|rupiah|persen))",
    re.IGNORECASE,
)
_YEAR_CHAIN = re.compile(
    r"(?:\s*,\s*(?:dan\s+)?|\s+dan\s+|\s*[-–/]\s*|\s+hingga\s+|\s+sampai\s+)"
    r"(?P<year>(?:1[89]|20)\d\d)\b(?![.,]\d)"
)

_WEEKDAY_BEFORE = re.compile(
    rf"\b{DAY_NAME}{_PART_OF_DAY}\s*[,/|]?\s*[(\[]?\s*(?:pada\s+)?(?:tanggal|tgl\.?)?\s*$"
)
_WEEKDAY_AFTER = re.compile(
    rf"\s*(?:\(\s*{DAY_NAME}\s*\)|,\s*{DAY_NAME.replace('weekday', 'w2')}\b)"
)
_AGENCY_AFTER = re.compile(r"\s*\(\s*(?:ANTARA|Antara)")
_DAY_CUE = re.compile(r"\b(?:tanggal|tgl\.?)\s*$", re.IGNORECASE)

CONTEXT = 60
"""How many characters before and after a date are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date in a text: characters `start` to `end`, and what it states.

    `date` is ISO 8601: `2023-09-13`, `2023-09`, `2023`, or without a year `--09-13` and `--09`.
    `until` is the last day of a range in the same form. `weekday` is the Indonesian name beside the
    date. `note` says in English what is odd, such as a weekday that contradicts the date.
    """

    start: int
    end: int
    text: str
    date: str
    has_year: bool
    weekday: str | None = None
    until: str | None = None
    note: str | None = None

    @property
    def has_day(self) -> bool:
        """Whether it names a day and not only a month or a year."""
        return len(self.date) == (10 if self.has_year else 7)


def find_dates(text: str) -> list[FoundDate]:
    """Find every date of the Gregorian calendar that `text` (Indonesian, one or more lines) states.

    Returns them in order of place, without overlaps; a date that the calendar does not have
    (`31/02/2023`) is left out. Relative days (`kemarin`, `Selasa lalu`) are not dates.
    """
    found: list[FoundDate] = []
    taken = bytearray(len(text))
    for candidate in _candidates(text):
        if not any(taken[candidate.start : candidate.end]):
            taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
            found.append(candidate)
    found.sort(key=lambda item: item.start)
    return [_weekday(text, item) for item in _complete(text, found)]


def _candidates(text: str) -> Iterator[FoundDate]:
    """Yield readings of `text`, the fullest first; they may overlap."""
    for match in _ISO.finditer(text):
        yield from _found(match, match["year"], match["mon"], match["day"])
    for match in _NUMERIC.finditer(text):
        # Two dots and no century may be a clock.
        stated = match["year"] and (match["sep"] != "." or len(match["year"]) == 4)
        if stated or (not match["year"] and _is_day_month(text, match)):
            yield from _numeric(match)
    for match in _NAMED.finditer(text):
        yield from _found(match, match["year"], match["month"], match["day"], match["until"])
    for match in _MONTH_FIRST.finditer(text):
        yield from _found(match, match["year"], match["month"], match["day"])
    for pattern in (_MONTH_YEAR, _MONTH_ALONE):
        for match in pattern.finditer(text):
            named = match.start("month") if pattern is _MONTH_ALONE else match.start()
            if text[named].isupper():  # `mei` and `mar` are also other words
                year = match.groupdict().get("year")
                yield from _found(match, year, match["month"], None, start=named)
    for match in _YEAR.finditer(text):
        yield from _found(match, match["year"], None, None, start=match.start("year"))
        chained = _YEAR_CHAIN.match(text, match.end())
        while chained:
            yield from _found(chained, chained["year"], None, None, start=chained.start("year"))
            chained = _YEAR_CHAIN.match(text, chained.end())


def _found(
    match: re.Match[str],
    year: str | None,
    month: str | None,
    day: str | None,
    until: str | None = None,
    *,
    start: int | None = None,
    note: str | None = None,
) -> Iterator[FoundDate]:
    """Yield the date of a match if the calendar has it."""
    number = _month_number(month) if month else None
    full_year = _full_year(year) if year else None
    iso = _iso(full_year, number, int(day) if day else None)
    if iso is None:
        return
    begin = match.start() if start is None else start
    piece = match.string[begin : match.end()].rstrip(" ,")
    yield FoundDate(
        start=begin,
        end=begin + len(piece),
        text=piece,
        date=iso,
        has_year=full_year is not None,
        until=_iso(full_year, number, int(until))
        if until and day and int(until) > int(day)
        else None,
        note=note,
    )


def _numeric(match: re.Match[str]) -> Iterator[FoundDate]:
    """Yield a date in digits: day first, or month first where only that is possible."""
    day, month = match["day"], match["mon"]
    if int(month) > 12 >= int(day) and match["year"]:
        note = f"{match.group()} was read in US order, month first"
        yield from _found(match, match["year"], day, month, note=note)
    else:
        yield from _found(match, match["year"], month, day)


def _is_day_month(text: str, match: re.Match[str]) -> bool:
    """Tell whether two numbers are a day and a month, and not a fraction, score or section."""
    before = text[max(0, match.start() - CONTEXT) : match.start()]
    if _DAY_CUE.search(before) and match["sep"] == "/":
        return True
    if _WEEKDAY_BEFORE.search(before):
        return match["sep"] in "/-"
    if _AGENCY_AFTER.match(text, match.end()):
        return match["sep"] == "/"
    after = text[match.end() : match.end() + CONTEXT]
    return bool(
        match["sep"] == "/"
        and re.search(r"[(\[]\s*$", before)
        and re.match(r"\s*(?:(?:pagi|siang|sore|petang|malam|dini hari|lalu|WIB)\s*)*[)\],]", after)
    )


def _month_number(month: str) -> int:
    return int(month) if month.isdigit() else _MONTHS[month.lower().rstrip(".")]


def _full_year(year: str) -> int:
    """Read `23` as 2023 and `98` as 1998: no newspaper abbreviates a year of another age."""
    number = int(year.lstrip("'"))
    if number >= 100:
        return number
    # `'45` and `'65` are names of history.
    return number + (2000 if number < (30 if year.startswith("'") else 70) else 1900)


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    """Write the parts that are known in ISO 8601, or return `None` for an impossible date."""
    if month is None:
        return str(year)
    if day is None:
        whole = date(year or 2000, month, 1) if 1 <= month <= 12 else None
    else:
        whole = calendar_day(year or 2000, month, day)  # 2000 is a leap year: 29 February may pass
    if whole is None or (year is not None and not 1000 <= year <= 2200):
        return None
    tail = f"{month:02}" if day is None else f"{month:02}-{day:02}"
    return f"{year}-{tail}" if year else f"--{tail}"


def calendar_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or `None` if the calendar does not have it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _complete(text: str, found: Sequence[FoundDate]) -> list[FoundDate]:
    """Give `30 September` of `30 September-2 Oktober 2023` the year of its range."""
    result = list(found)
    for index in range(len(result) - 2, -1, -1):
        one, other = result[index], result[index + 1]
        gap = text[one.end : other.start]
        if one.has_year or not (one.has_day and other.has_day and other.has_year):
            continue
        if len(gap) < 20 and re.fullmatch(_JOIN, gap) and one.date[2:] <= other.date[5:]:
            whole = calendar_day(int(other.date[:4]), int(one.date[2:4]), int(one.date[5:7]))
            if whole:
                result[index] = replace(one, date=whole.isoformat(), has_year=True)
    return result


def _weekday(text: str, item: FoundDate) -> FoundDate:
    """Add the weekday that stands beside a day, and a note where the calendar has another."""
    if not item.has_day:
        return item
    match = _WEEKDAY_BEFORE.search(text[max(0, item.start - CONTEXT) : item.start])
    named = match["weekday"] if match else None
    if named is None and (after := _WEEKDAY_AFTER.match(text, item.end)):
        named = after["weekday"] or after["w2"]
    if named is None:
        return item
    weekday = _WEEKDAYS[weekday_number(named)]
    return replace(
        item, weekday=weekday, note=join_notes(item.note, _contradiction(item.date, weekday))
    )


def weekday_number(name: str) -> int:
    """Return the number of an Indonesian weekday as Python counts: `Senin` is 0."""
    plain = re.sub(r"['’`]", "", name)
    return _WEEKDAYS.index("Minggu" if plain == "Ahad" else plain)


def _contradiction(iso: str, weekday: str) -> str | None:
    """Say that a full date falls on another weekday than the page's."""
    if iso.startswith("--"):
        return None
    day = date.fromisoformat(iso)
    said = weekday_number(weekday)
    if day.weekday() == said:
        return None
    return (
        f"the page says {weekday} ({WEEKDAYS_EN[said]}), but {english_date(iso)} was a "
        f"{WEEKDAYS_EN[day.weekday()]}"
    )


def english_date(iso: str) -> str:
    """Write `2023-09-13` or `--09-13` for a reader: `13 September 2023`, `13 September`."""
    year, month, day = ("", iso[2:4], iso[5:7]) if iso.startswith("--") else iso[:10].split("-")
    return f"{int(day)} {_MONTHS_EN[int(month) - 1]} {year}".strip()


def join_notes(*notes: str | None) -> str | None:
    """Join what notes there are, each once."""
    return "; ".join(dict.fromkeys(filter(None, notes))) or None
