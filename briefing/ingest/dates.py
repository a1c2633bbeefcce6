"""An article's publication date, and the publication dates of metadata fields.

Dates in running text are found by `ingest.calendar`. dateparser reads what that grammar does not in
a metadata field, where the whole string is a date, and relative times (`13 menit lalu`), and only
with all parts stated or an explicit reference time. Today's date is never used.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from briefing.ingest.calendar import (
    CONTEXT,
    DAY_NAME,
    WEEKDAYS_EN,
    FoundDate,
    calendar_day,
    english_date,
    find_dates,
    join_notes,
    weekday_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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

_OPEN = re.compile(r"[(\[]\s*(?:\w+[,\s]\s*)?$")
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
    r"\b(?:lahir|kelahiran|didirikan|berdiri|silam|kala itu|saat itu|tempo"
    r"|dulu|perjanjian|proklamasi|sebelumnya)\b",
    re.IGNORECASE,
)
# These are history only right before the date (`sejak 24 Februari`, `sejak hari Kamis, 3 Juni`), or
# without a weekday: `diresmikan Presiden di Kudus, Kamis, 3 Juni` is the news itself.
_SINCE = re.compile(
    r"\b(?:sejak|semenjak)(?:\s+(?:pada|hari|tanggal|tahun|bulan|awal|akhir|pertengahan|pekan)){0,3}"
    r"(?:\s+(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu),?)?[\s(]*$",
    re.IGNORECASE,
)
_DONE = re.compile(r"\b(?:diresmikan|disahkan)\b", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """When an article was published (ISO 8601, `None` if unknown), how that was found, and doubts.

    `date` carries a time where the page gives one, and an offset where it names a zone.
    """

    date: str | None
    source: PublishedFrom
    note: str | None = None


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
    wanted = weekday_number(item.weekday) if item.weekday else None
    latest = reference.year if reference else None

    def fits(year: int) -> bool:
        whole = calendar_day(year, month, day)
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
    after = newest if year is not None else None
    if year is None and latest is not None:
        year = next((y for y in range(latest, max(latest - 12, EARLIEST) - 1, -1) if fits(y)), None)
    if year is None:
        return None, f"{english_date(item.date)} is given without a year"
    day_name = english_date(item.date)
    if wanted is None:
        grounds = "the latest before the page was read"
    elif after is not None:
        grounds = (
            f"the first from {after}, the newest year in the text, in which {day_name} was a "
            f"{WEEKDAYS_EN[wanted]}"
        )
    else:
        grounds = f"the latest in which {day_name} was a {WEEKDAYS_EN[wanted]}"
    return f"{year}-{month:02}-{day:02}", f"the page gives no year; {year} is {grounds}"


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
            return PublicationDate(iso, source, join_notes(doubt, note))  # type: ignore[arg-type]
        doubt = join_notes(doubt, note)
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
        return iso, join_notes(partial[0].note, note)
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
            before = line[max(0, item.start - CONTEXT) : item.start]
            if item.has_year and not _PLANNED.search(before) and not _to_come(line, item):
                years.append(int(item.date[:4]))
    return years


def _to_come(line: str, item: FoundDate) -> bool:
    """Tell whether a date is announced: `akan digelar pada 20 Oktober 2023 mendatang`."""
    if "(" in line[max(0, item.start - 3) : item.start]:
        return False  # the reporting date in brackets, also of an announcement
    before = _clause(line[max(0, item.start - CONTEXT) : item.start], before=True)
    after = line[item.end : item.end + 20]
    return bool(_FUTURE.search(before) or re.match(r"\s*\)?\s*(?:mendatang|nanti|depan)\b", after))


def _clause(text: str, *, before: bool) -> str:
    """Return the part of `text` that belongs to the clause nearest to the date."""
    parts = re.split(
        r"[.;!?][\"”’]?\s|,[\"”’]?\s(?=kata|ujar|ucap|tutur|jelas|tegas|imbuh|tambah|papar|sebut|ungkap|terang)",
        text,
    )
    return parts[-1] if before else parts[0]


def _of_the_past(line: str, item: FoundDate) -> bool:
    """Tell whether a date is history: `sejak 24 Februari 2022`, `lahir pada 17 Agustus 1945`."""
    if "(" in line[max(0, item.start - 3) : item.start]:
        return False
    if item.has_year and int(item.date[:4]) < EARLIEST:
        return True
    before = _clause(line[max(0, item.start - CONTEXT) : item.start], before=True)
    after = line[item.end : item.end + 12]
    if item.weekday is None and _DONE.search(before):
        return True
    return bool(
        _PAST.search(before) or _SINCE.search(before) or re.match(r"\s*\)?\s*silam\b", after)
    )


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
                return iso, join_notes(item.note, note)
    return None, None


def _is_byline(line: str, item: FoundDate) -> bool:
    """Tell whether a line holds a date and little else, such as an author and a time."""
    if len(line) > 160 or line.rstrip().endswith((".", "?", "!", '"', "”")):
        return False
    rest = line[: item.start] + " " + line[item.end :]
    rest = re.sub(DAY_NAME.replace("?P<weekday>", "?:"), " ", _LABELS.sub(" ", rest))
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
                    _OPEN.search(line[max(0, item.start - CONTEXT) : item.start]) is not None
                )
                rank = 2 - bracketed - (item.weekday is not None)
                ranked.append((min(rank, 2) > 1, number, item.start, item))
    notes: list[str | None] = []
    for *_, item in sorted(ranked, key=lambda entry: entry[:3]):
        if item.has_year:
            return item.date, item.note
        iso, note = infer_year(item, years, reference)
        if iso:
            return iso, join_notes(item.note, note)
        notes.append(note)
    return None, notes[0] if notes else None


def _from_path(path: str) -> str | None:
    """Read a date from a file name or address: `2023-09-13-kim.txt`, `/read/2023/09/13/`."""
    for pattern in (_FILE_YMD, _FILE_DMY):
        for match in pattern.finditer(path):
            whole = calendar_day(int(match["year"]), int(match["mon"]), int(match["day"]))
            if whole and whole.year >= EARLIEST:
                return whole.isoformat()
    return None
