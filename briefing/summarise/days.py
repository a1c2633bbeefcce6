"""Days that a sentence names, resolved to a calendar day only where that is certain.

Certain are: a date with its year; a date without a year whose weekday fits one year near the
article's, or that lies near the article's day of publication; and a bare weekday of the past
(`pada Selasa`) in an article with a day of publication, which by newspaper usage is the last such
day. Everything else stays unresolved and is not used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from briefing.ingest.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.document import Article
    from briefing.ingest.dates import FoundDate
    from briefing.summarise.passages import Line

__all__ = ["WEEKDAYS", "Day", "article_day", "days_of", "english_day"]

WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

NEAR = timedelta(days=120)
"""A date without a year is taken for the one nearest to publication if it is at most this far."""

_WEEKDAY = re.compile(
    r"(?<!\w)(?:pada\s+)?(?:hari\s+)?(?P<day>Senin|Selasa|Rabu|Kamis|Jum['’]?at|Sabtu|Minggu)\b"
    r"(?!\s*(?:,\s*)?[(\d])(?P<after>(?:\s+\w+){0,2})"
)
# What makes a bare weekday point forwards, recur, or belong to a name (`Jumat Agung`, `Minggu`
# as a family name is left out by asking for a preposition before it).
_NOT_PAST = re.compile(
    r"\b(?:akan|bakal|rencana\w*|dijadwalkan|mendatang|depan|nanti|besok|lusa|setiap|tiap|hingga|"
    r"sampai|agung|malam minggu|kliwon|legi|pahing|pon|wage)\b",
    re.IGNORECASE,
)
_PAST_WEEK = re.compile(r"\b(?:lalu|kemarin)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A resolved day (or month, `2023-09`) with the characters that name it.

    `contradiction` is the weekday printed beside a date on which it did not fall.
    """

    iso: str
    start: int
    end: int
    text: str
    contradiction: str | None = None

    @property
    def is_day(self) -> bool:
        """Whether a day is named and not only a month."""
        return len(self.iso) == len("2023-09-13")

    def as_date(self) -> date:
        """Return the day; the first one of a month."""
        return date.fromisoformat(self.iso if self.is_day else f"{self.iso}-01")


def article_day(article: Article) -> date | None:
    """Return the day of publication, `None` where it is not known to the day."""
    try:
        return date.fromisoformat((article.published or "")[:10])
    except ValueError:
        return None


def english_day(name: str) -> str:
    """Return the English name of an Indonesian weekday; `name` itself if it is none."""
    folded = name.casefold().replace("'", "").replace("’", "")
    return _ENGLISH_DAYS[WEEKDAYS.index(folded)] if folded in WEEKDAYS else name


def days_of(line: Line, context: date | None = None) -> list[Day]:
    """Return the certain days of a sentence in order of place.

    `context` stands in for the day of publication where the article has none: a day from the same
    article that was printed with its year.
    """
    published = article_day(line.article) or context
    found = [
        day for one in find_dates(line.source) if (day := _resolve(line.source, one, published))
    ]
    taken = [(day.start, day.end) for day in found]
    if published and article_day(line.article):
        found += [
            day
            for day in _weekdays(line.source, published)
            if not any(start < day.end and day.start < end for start, end in taken)
        ]
    return sorted(found, key=lambda day: day.start)


def _resolve(text: str, found: FoundDate, published: date | None) -> Day | None:
    iso = found.date
    if not found.has_year:
        year = _year_of(iso, found.weekday, published)
        if year is None:
            return None
        iso = f"{year}{iso[1:]}"
    if len(iso) < len("2023-09"):
        return None
    if len(iso) == len("2023-09"):
        return Day(iso, found.start, found.end, found.text)
    start, shown = _with_weekday(text, found)
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return None
    return Day(iso, start, found.end, shown, _contradiction(found.weekday, day))


def _with_weekday(text: str, found: FoundDate) -> tuple[int, str]:
    """Return where a date starts and how it is printed, its weekday included."""
    weekday = found.weekday
    at = text.rfind(weekday, max(0, found.start - 20), found.start) if weekday else -1
    if at < 0:
        return found.start, found.text
    shown = text[at : found.end]
    if "(" in shown and text[found.end : found.end + 1] == ")":
        shown += ")"
    return at, shown


def _contradiction(weekday: str | None, day: date) -> str | None:
    """Return the printed weekday where `day` fell on another."""
    if not weekday:
        return None
    folded = weekday.casefold().replace("'", "").replace("’", "")
    folded = {"ahad": "minggu"}.get(folded, folded)
    wrong = folded in WEEKDAYS and WEEKDAYS.index(folded) != day.weekday()
    return weekday if wrong else None


def _year_of(iso: str, weekday: str | None, published: date | None) -> int | None:
    """Return the year of `--09-13` or `--09` where only one will do."""
    if published is None or len(iso) != len("--09-13"):
        return None
    month, day = int(iso[2:4]), int(iso[5:7])
    near = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            one = date(year, month, day)
        except ValueError:
            continue
        if abs(one - published) <= NEAR and not _contradiction(weekday, one):
            near.append(year)
    return near[0] if len(near) == 1 else None


def _weekdays(text: str, published: date) -> Iterator[Day]:
    for match in _WEEKDAY.finditer(text):
        name = match["day"].casefold().replace("'", "").replace("’", "")
        named = match[0].casefold().startswith(("pada", "hari")) or match["after"].strip()[:4] in (
            *("pagi", "sian", "sore", "mala", "lalu", "kema", "waktu"),
            *("dini",),
        )
        clause = text[max(0, match.start() - 60) : match.end()]
        if not named or _NOT_PAST.search(clause):
            continue
        back = (published.weekday() - WEEKDAYS.index(name)) % 7
        if back == 0 and _PAST_WEEK.search(match["after"]):
            back = 7
        day = published - timedelta(days=back)
        end = match.start("after")
        yield Day(day.isoformat(), match.start(), end, text[match.start() : end])
