"""Dates in Indonesian newspaper prose, and an article's publication date.

Own grammar for dates in running text, because what is needed is what dateparser does not give: the
place of each date, the parts that it states and no others (dateparser fills a missing year or day
from today's date, and its search takes `2-1` and `1,5` for dates). dateparser reads what the
grammar does not in a metadata field, where the whole string is a date, and relative times
(`13 menit lalu`), and only with all parts stated or an explicit reference time.

Numeric dates are day first, as Indonesian papers write. Today's date is never used.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.document import PublishedFrom

__all__ = [
    "EARLIEST",
    "ZONES",
    "FoundDate",
    "PublicationDate",
    "find_dates",
    "infer_year",
    "publication_date",
    "read_metadata",
]

EARLIEST = 1995
"""The year before the first Indonesian newspaper on the web. Older years in a text are history and
say nothing about when it was published."""

ZONES = {"WIB": 7, "WITA": 8, "WIT": 9, "GMT": 0, "UTC": 0}
"""Hours east of Greenwich by the abbreviation on the page."""

_WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
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
_DAY_NAME = r"(?P<weekday>Senin|Selasa|Rabu|Kamis|Jum['’`]?at|Sabtu|Minggu|Ahad)"
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
    rf"\b{_DAY_NAME}{_PART_OF_DAY}\s*[,/|]?\s*[(\[]?\s*(?:pada\s+)?(?:tanggal|tgl\.?)?\s*$"
)
_WEEKDAY_AFTER = re.compile(
    rf"\s*(?:\(\s*{_DAY_NAME}\s*\)|,\s*{_DAY_NAME.replace('weekday', 'w2')}\b)"
)
_OPEN = re.compile(r"[(\[]\s*(?:\w+[,\s]\s*)?$")
_AGENCY_AFTER = re.compile(r"\s*\(\s*(?:ANTARA|Antara)")
_DAY_CUE = re.compile(r"\b(?:tanggal|tgl\.?)\s*$", re.IGNORECASE)

_CLOCK = re.compile(
    r"[\s,|–—@/•·-]*(?:(?:pukul|jam|pkl\.?|at|[Tt])\s*)?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)"
    r"(?:[:.](?P<second>[0-5]\d))?(?:\.\d+)?(?!\d)\s*(?P<half>[AaPp]\.?[Mm]\b\.?)?"
    r"\s*(?:\(?(?P<zone>WIB|WITA|WIT|GMT|UTC)\b\)?)?(?P<offset>Z\b|[+-]\d{2}:?\d{2}\b)?"
)

# Words before or after a date that make it one to come or long past, not the day of reporting.
_FUTURE = re.compile(
    r"\b(?:akan|bakal|mendatang|rencana\w*|direncanakan|dijadwalkan|jadwal\w*|menjelang|hendak"
    r"|besok|lusa|nanti\w*|paling lambat|hingga|sampai|tenggat|target\w*|mulai berlaku|depan)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:sejak|lahir|kelahiran|didirikan|berdiri|diresmikan|silam|kala itu|saat itu|tempo"
    r"|dulu|perjanjian|proklamasi|disahkan|sebelumnya)\b",
    re.IGNORECASE,
)
# A year after these names an occasion or a plan, often one to come: `Pemilu 2024`, `hingga 2045`.
_PLANNED = re.compile(
    r"\b(?:pemilu|pilpres|pilkada|pileg|olimpiade|piala\s+\w+|apbn\w*|apbd\w*|rapbn|visi|emas"
    r"|hingga|sampai|menjelang|target\w*|mendatang|akan|bakal|rencana\w*|musim)\s+(?:tahun\s+)?$",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"\b(?:oleh|penulis|editor|reporter|redaksi|diterbitkan|dipublikasikan|terbit|tayang|diperbarui"
    r"|update[d]?|publish(?:ed)?|posted|on|tanggal|tgl|pukul|jam|pkl|wib|wita|wit|gmt|am|pm|pada"
    r"|hari|terakhir|by|date|last|pagi|siang|sore|malam|dibaca|kali|views?|menit|baca)\b\.?",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\s*(?:sekitar\s+)?(?:(?:\d{1,3}|se)\s*(?:detik|menit|jam|hari|minggu|pekan|bulan|tahun)\s+"
    r"(?:yang\s+)?lalu|kemarin|hari ini|baru saja|barusan"
    r"|(?:\d{1,3}|an?)\s+(?:second|minute|hour|day|week|month|year)s?\s+ago|yesterday|today)"
    r"(?:\s*[,|]?\s*\d{1,2}[:.]\d\d(?:\s*WI(?:B|TA|T))?)?\s*",
    re.IGNORECASE,
)
_FILE_YMD = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[-_./]?)(?P<mon>[01]\d)(?P=sep)(?P<day>[0-3]\d)"
    r"(?:(?:[T_-]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d))"
)
_FILE_DMY = re.compile(
    r"(?<!\d)(?P<day>[0-3]\d)(?P<sep>[-_.])(?P<mon>[01]\d)(?P=sep)(?P<year>20\d\d)(?!\d)"
)

# Datelines and the lines of authors and dates stand in the head of a page; 15 lines let a menu pass.
_HEAD_LINES = 15
_BYLINE_WORDS = 8
_CONTEXT = 60


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


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """When an article was published (ISO 8601, `None` if unknown), how that was found, and doubts.

    `date` carries a time where the page gives one, and an offset where it names a zone.
    """

    date: str | None
    source: PublishedFrom
    note: str | None = None


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
    before = text[max(0, match.start() - _CONTEXT) : match.start()]
    if _DAY_CUE.search(before) and match["sep"] == "/":
        return True
    if _WEEKDAY_BEFORE.search(before):
        return match["sep"] in "/-"
    if _AGENCY_AFTER.match(text, match.end()):
        return match["sep"] == "/"
    after = text[match.end() : match.end() + _CONTEXT]
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
        whole = _calendar(year or 2000, month, day)  # 2000 is a leap year: 29 February may pass
    if whole is None or (year is not None and not 1000 <= year <= 2200):
        return None
    tail = f"{month:02}" if day is None else f"{month:02}-{day:02}"
    return f"{year}-{tail}" if year else f"--{tail}"


def _calendar(year: int, month: int, day: int) -> date | None:
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
            whole = _calendar(int(other.date[:4]), int(one.date[2:4]), int(one.date[5:7]))
            if whole:
                result[index] = replace(one, date=whole.isoformat(), has_year=True)
    return result


def _weekday(text: str, item: FoundDate) -> FoundDate:
    """Add the weekday that stands beside a day, and a note where the calendar has another."""
    if not item.has_day:
        return item
    match = _WEEKDAY_BEFORE.search(text[max(0, item.start - _CONTEXT) : item.start])
    named = match["weekday"] if match else None
    if named is None and (after := _WEEKDAY_AFTER.match(text, item.end)):
        named = after["weekday"] or after["w2"]
    if named is None:
        return item
    weekday = _WEEKDAYS[_weekday_number(named)]
    return replace(item, weekday=weekday, note=_join(item.note, _contradiction(item.date, weekday)))


def _weekday_number(name: str) -> int:
    plain = re.sub(r"['’`]", "", name)
    return _WEEKDAYS.index("Minggu" if plain == "Ahad" else plain)


def _contradiction(iso: str, weekday: str) -> str | None:
    """Say that a full date falls on another weekday than the page's."""
    if iso.startswith("--"):
        return None
    day = date.fromisoformat(iso)
    said = _weekday_number(weekday)
    if day.weekday() == said:
        return None
    return (
        f"the page says {weekday} ({_WEEKDAYS_EN[said]}), but {_english(iso)} was a "
        f"{_WEEKDAYS_EN[day.weekday()]}"
    )


def _english(iso: str) -> str:
    """Write `2023-09-13` or `--09-13` for a reader: `13 September 2023`, `13 September`."""
    year, month, day = ("", iso[2:4], iso[5:7]) if iso.startswith("--") else iso[:10].split("-")
    return f"{int(day)} {_MONTHS_EN[int(month) - 1]} {year}".strip()


def _join(*notes: str | None) -> str | None:
    return "; ".join(dict.fromkeys(filter(None, notes))) or None


def infer_year(
    item: FoundDate, named: Iterable[int] = (), reference: date | None = None
) -> tuple[str | None, str | None]:
    """Complete a day without a year; return the ISO date (or `None`) and a note for the reader.

    `named` are the years that the text states; those before `EARLIEST` do not count. The year is
    the first at or after the newest of them, and not after `reference`, in which the day falls on
    the weekday that the page names; failing that the latest such year up to `reference`. Without a
    weekday any year would fit, so only `reference` decides. With neither, the year stays unknown.
    """
    month, day = int(item.date[2:4]), int(item.date[5:7])
    newest = max((year for year in named if year >= EARLIEST), default=None)
    wanted = _weekday_number(item.weekday) if item.weekday else None
    latest = reference.year if reference else None

    def fits(year: int) -> bool:
        whole = _calendar(year, month, day)
        return (
            whole is not None
            and (wanted is None or whole.weekday() == wanted)
            and (reference is None or whole <= reference)
        )

    year: int | None = None
    if newest is not None and wanted is not None:
        # A weekday returns to a date within 11 years, 29 February apart (40 at a century's end).
        year = next(
            (y for y in range(newest, min(newest + 12, latest or 9999) + 1) if fits(y)), None
        )
    if year is None and latest is not None:
        year = next((y for y in range(latest, max(latest - 12, EARLIEST) - 1, -1) if fits(y)), None)
    if year is None:
        return None, f"{_english(item.date)} is given without a year"
    grounds = "the weekday" if wanted is not None else "the time of reading"
    return f"{year}-{month:02}-{day:02}", f"the year {year} is inferred from {grounds}"


def publication_date(
    *,
    metadata: str | None = None,
    lines: Sequence[str] = (),
    path: str | None = None,
    reference: date | datetime | None = None,
) -> PublicationDate:
    """Find when an article was published, by the best source that gives a day.

    In this order: `metadata` (the date field of a record or page, any form), a dateline or line of
    author and date in the head of `lines` (the page's text, with the title), a date of reporting in
    the text nearest to the lead, and the file name or address `path`. Dates to come and dates of
    history are passed over. `reference`, the time at which the page was fetched, completes missing
    years and relative times; without it they stay unknown.
    """
    day = reference.date() if isinstance(reference, datetime) else reference
    doubt: str | None = None
    if metadata and metadata.strip():
        iso, note = read_metadata(metadata, reference=reference)
        if iso:
            return PublicationDate(iso, "metadata", note)
        doubt = note
    pages = [line.strip() for line in lines if line.strip()]
    years = _named_years(pages)
    for source, finder in (("dateline", _from_head), ("text", _from_text)):
        iso, note = finder(pages, years, day)
        if iso:
            return PublicationDate(iso, source, _join(doubt, note))  # type: ignore[arg-type]
        doubt = _join(doubt, note)
    iso = _from_path(path or "")
    return PublicationDate(iso, "file" if iso else "unknown", doubt)


def read_metadata(
    value: str, *, reference: date | datetime | None = None
) -> tuple[str | None, str | None]:
    """Read a field that holds one date in any form; return ISO 8601 (or `None`) and a note."""
    value = " ".join(value.split())[:200]
    for reader in (_read_standard, _read_epoch, _read_prose):
        read = reader(value)
        if read:
            return read
    if _RELATIVE.fullmatch(value):
        return _read_relative(value, reference)
    if "19" in value or "20" in value:
        parsed = _dateparser(value, {"REQUIRE_PARTS": ["day", "month", "year"]})
        if parsed:
            return _stamp(parsed, timed=":" in value), None
    partial = [item for item in find_dates(value) if item.has_day]
    if partial:
        day = reference.date() if isinstance(reference, datetime) else reference
        iso, note = infer_year(partial[0], (), day)
        return iso, _join(partial[0].note, note)
    return None, f"the page's date {value!r} could not be read"


def _read_standard(value: str) -> tuple[str, str | None] | None:
    """Read ISO 8601 (RFC 3339) and RFC 5322 (RFC 2822), the forms of page metadata and feeds."""
    if re.match(r"\d{4}-?\d\d-?\d\d(?:$|[T ]\d\d)", value):
        try:
            parsed = datetime.fromisoformat(value.replace(" +", "+").replace(" Z", "Z"))
        except ValueError:
            return None
        return (_stamp(parsed, timed=":" in value or "T" in value), None)
    if re.match(r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s[A-Za-z]{3}\s\d{4}\s\d\d?:\d\d", value):
        try:
            parsed = parsedate_to_datetime(value)
        except ValueError:
            return None
        return (_stamp(parsed, timed=True), None) if not value.endswith(tuple(ZONES)) else None
    return None


def _read_epoch(value: str) -> tuple[str, str | None] | None:
    """Read seconds or milliseconds since 1970, as in data exports."""
    if not re.fullmatch(r"\d{10}(?:\d{3})?", value):
        return None
    if re.fullmatch(r"(?:19|20)\d{8}", value) and _FILE_YMD.match(value):
        return None  # 2023091312 is a date with an hour
    moment = datetime.fromtimestamp(int(value[:10]), UTC)
    return moment.isoformat(), None


def _read_prose(value: str) -> tuple[str, str | None] | None:
    """Read the first full date of a line such as `Kamis, 5 Oktober 2023 | 14:30 WIB`."""
    for item in find_dates(value):
        if item.has_day and item.has_year:
            return _with_clock(value, item), item.note
    return None


def _with_clock(text: str, item: FoundDate) -> str:
    """Return the date with the time that follows it (or stands before it), if one does."""
    clock = _CLOCK.match(text, item.end)
    if clock is None and (before := _CLOCK.match(text)) and before.end() <= item.start:
        clock = (
            before if re.fullmatch(r"[\s,|–—(@/•·-]*", text[before.end() : item.start]) else None
        )
    if clock is None:
        return item.date
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"][0] in "Pp" else 0)
    zone = None
    if clock["zone"]:
        zone = timezone(timedelta(hours=ZONES[clock["zone"]]))
    elif clock["offset"]:
        zone = datetime.fromisoformat(f"2000-01-01T00:00{clock['offset']}").tzinfo  # type: ignore[assignment]
    year, month, day = map(int, item.date.split("-"))
    second = int(clock["second"] or 0)
    return datetime(year, month, day, hour, int(clock["minute"]), second, tzinfo=zone).isoformat()


def _stamp(moment: datetime, *, timed: bool) -> str:
    return moment.replace(microsecond=0).isoformat() if timed else moment.date().isoformat()


def _read_relative(value: str, reference: date | datetime | None) -> tuple[str | None, str | None]:
    """Read `13 menit lalu` and the like against an explicit reference, and never without one."""
    if reference is None:
        return None, f"the page's date {value!r} is relative, and the time of reading is not known"
    exact = isinstance(reference, datetime)
    base = reference if isinstance(reference, datetime) else _midnight(reference)
    parsed = _dateparser(value, {"RELATIVE_BASE": base.replace(tzinfo=None)})
    if parsed is None:
        return None, f"the page's date {value!r} could not be read"
    fine = re.search(r"detik|menit|jam|second|minute|hour", value, re.IGNORECASE)
    moment = parsed.replace(tzinfo=base.tzinfo)
    note = f"counted back from {base.isoformat(timespec='minutes')}: {value}"
    return _stamp(moment, timed=bool(exact and fine)), note


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone


def _dateparser(value: str, settings: dict[str, object]) -> datetime | None:
    """Ask dateparser, in Indonesian and English, day first."""
    import dateparser  # type: ignore[import-untyped] # noqa: PLC0415 - no stubs; slow to import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of its own use of strptime without a year
        parsed: datetime | None = dateparser.parse(
            value, languages=["id", "en"], settings={"DATE_ORDER": "DMY", **settings}
        )
    return parsed


def _named_years(lines: Sequence[str]) -> list[int]:
    """List the years that the text states, but for those of plans and occasions to come."""
    years = []
    for line in lines:
        for item in find_dates(line):
            before = line[max(0, item.start - _CONTEXT) : item.start]
            if item.has_year and not _PLANNED.search(before) and not _to_come(line, item):
                years.append(int(item.date[:4]))
    return years


def _to_come(line: str, item: FoundDate) -> bool:
    """Tell whether a date is announced: `akan digelar pada 20 Oktober 2023 mendatang`."""
    if "(" in line[max(0, item.start - 3) : item.start]:
        return False  # the reporting date in brackets, also of an announcement
    before = _clause(line[max(0, item.start - _CONTEXT) : item.start], before=True)
    after = line[item.end : item.end + 20]
    return bool(_FUTURE.search(before) or re.match(r"\s*\)?\s*(?:mendatang|nanti|depan)\b", after))


def _clause(text: str, *, before: bool) -> str:
    """Return the part of `text` that belongs to the clause nearest to the date."""
    parts = re.split(r"[.;!?]\s|,\s(?=kata|ujar|ucap|tutur)", text)
    return parts[-1] if before else parts[0]


def _of_the_past(line: str, item: FoundDate) -> bool:
    """Tell whether a date is history: `sejak 24 Februari 2022`, `lahir pada 17 Agustus 1945`."""
    if "(" in line[max(0, item.start - 3) : item.start]:
        return False
    if item.has_year and int(item.date[:4]) < EARLIEST:
        return True
    before = _clause(line[max(0, item.start - _CONTEXT) : item.start], before=True)
    after = line[item.end : item.end + 12]
    return bool(_PAST.search(before) or re.match(r"\s*\)?\s*silam\b", after))


def _from_head(
    lines: Sequence[str], years: Sequence[int], reference: date | None
) -> tuple[str | None, str | None]:
    """Read a line of author and date, or the dateline of the lead, in the head of a page."""
    for line in lines[:_HEAD_LINES]:
        for item in find_dates(line[:300]):
            if not item.has_day or not (_is_byline(line, item) or _is_dateline(line, item)):
                continue
            if item.has_year:
                return _with_clock(line, item), item.note
            iso, note = infer_year(item, years, reference)
            if iso:
                return iso, _join(item.note, note)
    return None, None


def _is_byline(line: str, item: FoundDate) -> bool:
    """Tell whether a line holds a date and little else, such as an author and a time."""
    if len(line) > 160 or line.rstrip().endswith((".", "?", "!", '"', "”")):
        return False
    rest = line[: item.start] + " " + line[item.end :]
    rest = re.sub(_DAY_NAME.replace("?P<weekday>", "?:"), " ", _LABELS.sub(" ", rest))
    words = re.findall(r"[^\W\d_]{2,}", rest)
    if item.weekday is None and not item.has_year:
        return False
    if any(word.islower() for word in words):
        return False  # prose: a name or a label has capitals
    return len(words) <= _BYLINE_WORDS


def _is_dateline(line: str, item: FoundDate) -> bool:
    """Tell whether a date stands before the dash of `Jakarta, 12/9 (ANTARA) - ...`."""
    dash = re.search(r"\s[-–—]{1,2}\s|\)\s?[-–—]{1,2}", line[:120])
    return dash is not None and item.end <= dash.end() and len(line[: item.start].split()) <= 6


def _from_text(
    lines: Sequence[str], years: Sequence[int], reference: date | None
) -> tuple[str | None, str | None]:
    """Read the date of reporting nearest to the lead.

    `Selasa (12/9/2023)` and other dates in brackets or with a weekday are how Indonesian papers
    give it; a bare date counts only where the text has none of these.
    """
    ranked = []
    for number, line in enumerate(lines):
        for item in find_dates(line):
            if item.has_day and not _to_come(line, item) and not _of_the_past(line, item):
                bracketed = (
                    _OPEN.search(line[max(0, item.start - _CONTEXT) : item.start]) is not None
                )
                rank = 2 - bracketed - (item.weekday is not None)
                ranked.append((min(rank, 2) > 1, number, item.start, item))
    notes: list[str | None] = []
    for *_, item in sorted(ranked, key=lambda entry: entry[:3]):
        if item.has_year:
            return item.date, item.note
        iso, note = infer_year(item, years, reference)
        if iso:
            return iso, _join(item.note, note)
        notes.append(note)
    return None, notes[0] if notes else None


def _from_path(path: str) -> str | None:
    """Read a date from a file name or address: `2023-09-13-kim.txt`, `/read/2023/09/13/`."""
    for pattern in (_FILE_YMD, _FILE_DMY):
        for match in pattern.finditer(path):
            whole = _calendar(int(match["year"]), int(match["mon"]), int(match["day"]))
            if whole and whole.year >= EARLIEST:
                return whole.isoformat()
    return None
