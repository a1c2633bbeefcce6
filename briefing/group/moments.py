"""Days that an article speaks of, as far as it and its publication date tell them.

`briefing.ingest.dates` finds what is written as a date. Added here are the days that straight news
names by their weekday alone (`Senin malam`), which only the publication date can place, and the
distance between days of which one may lack a year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.ingest.dates import find_dates

__all__ = ["Moment", "Timing", "distance", "parse_day", "read_timing"]

_WEEKDAYS = {
    name: number
    for number, name in enumerate(("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"))
} | {"Jum'at": 4, "Ahad": 6}

# Capitalised, since `minggu` is a week. What follows must not turn the day into another week's.
_WEEKDAY = re.compile(
    r"\b(" + "|".join(_WEEKDAYS) + r")\b(?!\s+(?:pekan|minggu)?\s*(?:depan|mendatang|berikutnya))"
)
_NEXT = re.compile(
    r"\b(?:akan|bakal|dijadwalkan|direncanakan|rencananya|menjelang|jelang|besok|mendatang|depan)\b"
    r"[^.]{0,80}$",
    re.IGNORECASE,
)
_NEAR_WORDS = {"hari ini": 0, "malam ini": 0, "kemarin": -1, "semalam": -1, "besok": 1}
_NEAR = re.compile(r"\b(" + "|".join(_NEAR_WORDS) + r")\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that a text names; `year` is `None` where nothing tells it.

    `sentence` counts from 0, the title. `written` is true where the text gives day and month, and
    false where only a weekday or a word such as `kemarin` stands there.
    """

    year: int | None
    month: int
    day: int
    sentence: int
    written: bool


@dataclass(frozen=True, slots=True)
class Timing:
    """The dates of one sentence.

    `moments` are its days, in order of place. `months` are the `(year or None, month)` named
    without a day. `spans` are the characters of all dates, so that they are not read as numbers.
    """

    moments: tuple[Moment, ...]
    months: frozenset[tuple[int | None, int]]
    spans: tuple[tuple[int, int], ...]


def parse_day(published: str | None) -> date | None:
    """Return the day of an ISO 8601 date or time, `None` where there is none."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def read_timing(text: str, published: date | None, *, sentence: int) -> Timing:
    """Return the dates of a sentence.

    A missing year is the one that puts the day nearest to `published`; a bare weekday is the last
    one up to `published`, or the next after a word of the future.
    """
    placed: list[tuple[int, Moment]] = []
    months: set[tuple[int | None, int]] = set()
    spans: list[tuple[int, int]] = []
    for found in find_dates(text):
        spans.append((found.start, found.end))
        for written in filter(None, (found.date, found.until)):
            year, month, day = _parts(written)
            if day and month:
                moment = _moment(year, month, day, published, sentence)
                if moment:
                    placed.append((found.start, moment))
            elif month:
                months.add((year, month))
    if published:
        placed += _relative(text, published, spans, sentence)
    placed.sort(key=lambda item: item[0])
    return Timing(tuple(moment for _, moment in placed), frozenset(months), tuple(sorted(spans)))


def _parts(written: str) -> tuple[int | None, int | None, int | None]:
    """Split `2023-09-13`, `2023-09`, `2023`, `--09-13` and `--09`."""
    year, rest = (
        (None, written[2:]) if written.startswith("--") else (int(written[:4]), written[5:])
    )
    fields = [int(field) for field in rest.split("-") if field]
    return year, fields[0] if fields else None, fields[1] if len(fields) > 1 else None


def _moment(
    year: int | None, month: int, day: int, published: date | None, sentence: int
) -> Moment | None:
    if year is None and published:
        year = min(
            range(published.year - 1, published.year + 2),
            key=lambda y: abs((_date(y, month, day) - published).days),
        )
    if _date(year or 2000, month, day) == date.min:
        return None
    return Moment(year, month, day, sentence, written=True)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return date.min


def _relative(
    text: str, published: date, spans: list[tuple[int, int]], sentence: int
) -> list[tuple[int, Moment]]:
    """Place the weekdays and near days of a sentence that no written date stands beside."""
    placed = []
    for match in _WEEKDAY.finditer(text):
        # `Selasa (12/9/2023)`, `Selasa malam, 12 September`: the written date says it better.
        if any(
            0 <= start - match.end() <= 24 or start <= match.start() < end for start, end in spans
        ):
            continue
        back = (published.weekday() - _WEEKDAYS[match[1]]) % 7
        ahead = (
            -back % 7 if _NEXT.search(text[max(0, match.start() - 120) : match.start()]) else None
        )
        day = published + timedelta(days=ahead if ahead is not None else -back)
        placed.append(
            (match.start(), Moment(day.year, day.month, day.day, sentence, written=False))
        )
    for match in _NEAR.finditer(text):
        if any(abs(start - match.end()) <= 12 for start, _ in spans):
            continue
        day = published + timedelta(days=_NEAR_WORDS[match[1].lower()])
        placed.append(
            (match.start(), Moment(day.year, day.month, day.day, sentence, written=False))
        )
    return placed


def distance(first: Moment, second: Moment) -> int:
    """Return the days between two moments; without a year, the least that they can be apart."""
    if first.year is not None and second.year is not None:
        one = date(first.year, first.month, first.day)
        return abs((one - date(second.year, second.month, second.day)).days)
    days = abs((date(2000, first.month, first.day) - date(2000, second.month, second.day)).days)
    return min(days, 366 - days)
