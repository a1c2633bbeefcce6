"""The timeline of an event: its dated statements in order of the dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.document import TimelineEntry
from briefing.summarise.days import article_day, days_of
from briefing.summarise.quotation import find_spans
from briefing.summarise.support import says_the_same

if TYPE_CHECKING:
    from datetime import date

    from briefing.summarise.days import Day
    from briefing.summarise.passages import Collection

__all__ = ["article_contexts", "dated_lines", "timeline_of"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A line of a collection, by its index, with one day that it names."""

    index: int
    day: Day


def timeline_of(collection: Collection) -> tuple[TimelineEntry, ...]:
    """Return the dated statements, by date and then in reading order.

    Statements that say the same on the same date become one entry with the evidence of each. A
    bare year is background (`sejak 1961`) and makes no entry; nor does a sentence that begins
    inside a quotation, whose opening mark stands in a sentence before.
    """
    rows: list[tuple[str, list[int]]] = []
    inside = _inside_quotations(collection)
    for dated in dated_lines(collection):
        if dated.index in inside:
            continue
        for iso, indexes in rows:
            if iso == dated.day.iso and _repeats(collection, indexes[0], dated.index):
                if dated.index not in indexes:
                    indexes.append(dated.index)
                break
        else:
            rows.append((dated.day.iso, [dated.index]))
    rows.sort(key=lambda row: (row[0], row[1][0]))
    return tuple(_entry(collection, iso, indexes) for iso, indexes in rows)


def dated_lines(collection: Collection) -> list[Dated]:
    """Return every certain day of every line, in reading order."""
    contexts = article_contexts(collection)
    return [
        Dated(index, day)
        for index, line in enumerate(collection.lines)
        for day in days_of(line, contexts[line.article.id])
    ]


def article_contexts(collection: Collection) -> dict[str, date | None]:
    """Return by article the day of publication, or else the first day printed with its year."""
    contexts: dict[str, date | None] = {a.id: article_day(a) for a in collection.articles}
    for line in collection.lines:
        if contexts[line.article.id] is None:
            days = [day for day in days_of(line) if day.is_day]
            contexts[line.article.id] = days[0].as_date() if days else None
    return contexts


def _inside_quotations(collection: Collection) -> set[int]:
    """Return the indexes of the lines that begin inside a quotation."""
    found: set[int] = set()
    index = 0
    for passage in collection.passages:
        spans = find_spans(passage.text)
        for start in passage.starts:
            if any(span.start < start < span.end for span in spans):
                found.add(index)
            index += 1
    return found


def _repeats(collection: Collection, first: int, other: int) -> bool:
    if first == other:
        return True
    one, two = collection.lines[first], collection.lines[other]
    return one.article.id != two.article.id and says_the_same(collection, first, other)


def _entry(collection: Collection, iso: str, indexes: list[int]) -> TimelineEntry:
    first = collection.lines[indexes[0]]
    return TimelineEntry(
        date=iso,
        id=first.source,
        en=first.sentence.translation,
        evidence=tuple(collection.lines[i].evidence for i in indexes),
    )
