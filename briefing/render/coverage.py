"""The coverage picture: which outlet printed how many articles on which day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from briefing.render.text import UNKNOWN, day_of, format_date, plain, plural
from briefing.render.views import Coverage, CoverageLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.document import Article

__all__ = ["coverage"]

# What fits across an A4 page beside the outlets' names, with dates that can still be read.
_MOST_PERIODS = 10
_MOST_OUTLETS = 15
_UNITS = (("day", 10), ("month", 7), ("year", 4))
"""The unit and how much of an ISO date it keeps."""


def coverage(articles: Iterable[Article]) -> Coverage | None:
    """Return outlets by day, or `None` where that says nothing: fewer than two dated articles.

    Days without an article are left out. Where more than ten days have one, months are counted, and
    then years. Outlets after the fifteenth are summed up in one line, articles without a date stand
    in the last column.
    """
    listed = list(articles)
    days = {a.published for a in listed if day_of(a.published)}
    if len(listed) < 2 or not days:
        return None
    unit, kept = next(
        (u for u in _UNITS if len({_key(d, u[1]) for d in days}) <= _MOST_PERIODS), _UNITS[-1]
    )
    keys = sorted({_key(d, kept) for d in days})[-_MOST_PERIODS * 2 :]
    columns = [*keys, ""] if any(not day_of(a.published) for a in listed) else keys
    cells: dict[str, Counter[str]] = {}
    for article in listed:
        outlet = plain(article.outlet) if article.outlet else UNKNOWN
        key = _key(article.published, kept) if day_of(article.published) else ""
        cells.setdefault(outlet, Counter())[key] += 1
    ranked = sorted(cells, key=lambda name: (-cells[name].total(), name.casefold(), name))
    rest = ranked[_MOST_OUTLETS:]
    if rest:
        others = f"{plural(len(rest), 'other outlet')}"
        cells[others] = sum((cells[name] for name in rest), Counter())
        ranked = [*ranked[:_MOST_OUTLETS], others]
    lines = tuple(
        CoverageLine(name, tuple(cells[name][k] for k in columns), cells[name].total())
        for name in ranked
    )
    periods = tuple(format_date(k) if k else "no date" for k in columns)
    return Coverage(
        unit=unit,
        periods=periods,
        lines=lines,
        most=max(max(line.counts) for line in lines),
        alt=_alt(unit, periods, lines),
    )


def _key(iso: str | None, kept: int) -> str:
    day = day_of(iso)
    return day.isoformat()[:kept] if day else ""


def _alt(unit: str, periods: tuple[str, ...], lines: tuple[CoverageLine, ...]) -> str:
    """Return the picture in words, for those who cannot see it."""
    told = "; ".join(
        f"{line.outlet}: "
        + ", ".join(
            f"{count} on {period}" if unit == "day" else f"{count} in {period}"
            for period, count in zip(periods, line.counts, strict=True)
            if count
        )
        for line in lines
    )
    return f"Articles by outlet and {unit}. {told}."
