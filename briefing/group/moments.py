"""Days that a text speaks of, as far as it says them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Moment", "distance", "find_moments", "parse_day"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januari jan", "februari feb pebruari", "maret mar", "april apr", "mei", "juni jun",
         "juli jul", "agustus agu agt", "september sep sept", "oktober okt", "november nov nopember",
         "desember des"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DATE = re.compile(
    r"\b(\d{1,2})(?:/(\d{1,2})(?:/(\d{4}|\d{2}))?|\s+("
    + "|".join(_MONTHS)
    + r")\b\.?(?:\s+(\d{4})\b)?)(?![\d/])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that a text names; `year` is `None` where nothing tells it.

    `sentence` counts from 0, the title; `span` are the characters in that sentence.
    """

    year: int | None
    month: int
    day: int
    sentence: int
    span: tuple[int, int]


def parse_day(published: str | None) -> date | None:
    """Return the day of an ISO 8601 date or time, `None` where there is none."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def find_moments(text: str, published: date | None, *, sentence: int) -> list[Moment]:
    """Return the days that a sentence names with day and month, in order of place.

    A missing year is the one that puts the day nearest to `published`.
    """
    moments = []
    for match in _DATE.finditer(text):
        day = int(match[1])
        month = int(match[2]) if match[2] else _MONTHS[match[4].lower()]
        written = match[3] or match[5]
        year = int(written) + (2000 if len(written) == 2 else 0) if written else None
        if year is None and published:
            year = _nearest_year(published, month, day)
        try:
            date(year or 2000, month, day)
        except ValueError:
            continue
        moments.append(Moment(year, month, day, sentence, match.span()))
    return moments


_MONTH = re.compile(
    r"\b(" + "|".join(n for n in _MONTHS if len(n) > 3) + r")\b(?:\s+(\d{4})\b)?", re.IGNORECASE
)


def find_bare_months(text: str, spans: list[tuple[int, int]]) -> set[tuple[int | None, int]]:
    """Return the months that a text names without a day, outside `spans`, as `(year, month)`.

    A report of an event in September says `Selasa (12/9)` or `bulan ini`; `pada September` speaks of
    something that is not the event.
    """
    return {
        (int(match[2]) if match[2] else None, _MONTHS[match[1].lower()])
        for match in _MONTH.finditer(text)
        if not any(start <= match.start() < end for start, end in spans)
    }


def _nearest_year(published: date, month: int, day: int) -> int | None:
    def away(year: int) -> int:
        try:
            return abs((date(year, month, day) - published).days)
        except ValueError:
            return 10_000

    return min(range(published.year - 1, published.year + 2), key=away)


def distance(first: Moment, second: Moment) -> int:
    """Return the days between two moments; without a year, the least that they can be apart."""
    if first.year is not None and second.year is not None:
        return abs((_day(first) - _day(second)).days)
    one = date(2000, first.month, first.day)
    two = date(2000, second.month, second.day)
    days = abs((one - two).days)
    return min(days, 366 - days)


def _day(moment: Moment) -> date:
    return date(moment.year or 2000, moment.month, moment.day)


def within(moments: Iterable[Moment], day: date, days: int) -> bool:
    """Say whether one of the moments is at most `days` away from `day`."""
    own = Moment(day.year, day.month, day.day, 0, (0, 0))
    return any(distance(moment, own) <= days for moment in moments) or days >= timedelta.max.days
