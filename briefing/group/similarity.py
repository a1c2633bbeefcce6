"""How likely it is that two articles report the same event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.group.moments import distance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.group.signals import Signals

__all__ = ["similarity"]


def similarity(one: Signals, two: Signals) -> float:
    """Return a score from 0 to 1, the same in both directions."""
    first, second = _coverage(one.lead, two.terms), _coverage(two.lead, one.terms)
    score = 0.4 * max(first, second) + 0.2 * min(first, second) + 0.4 * _cosine(one, two)
    score += min(0.09, 0.02 * sum(one.numbers[key] for key in one.numbers if key in two.numbers))
    score += 0.1 * _dates(one, two)
    return max(0.0, min(1.0, score))


def _cosine(one: Signals, two: Signals) -> float:
    small, large = sorted((one.terms, two.terms), key=len)
    return sum(weight * large[term] for term, weight in small.items() if term in large)


def _coverage(part: Mapping[str, float], whole: Mapping[str, float]) -> float:
    total = sum(part.values())
    return sum(weight for term, weight in part.items() if term in whole) / total if total else 0.0


def _dates(one: Signals, two: Signals) -> float:
    """Return 1 where the articles name the same day, -2 where they cannot, 0 where none is told."""
    if one.anchor and two.anchor and distance(one.anchor, two.anchor) <= 1:
        return 1.0
    if any(_away(one, two)) or any(_away(two, one)):
        return -2.0
    if one.anchor and two.anchor:
        near = min(distance(a, b) for a in one.moments for b in two.moments)
        return 0.5 if near == 0 else -1.0 if near < 10 else -2.0
    return 0.0


def _away(one: Signals, two: Signals) -> list[bool]:
    """Tell for the anchor of `one` whether `two` speaks of its month from a distance."""
    anchor = one.anchor
    if anchor is None or any(moment.month == anchor.month for moment in two.moments):
        return []
    return [
        month == anchor.month and (year is None or anchor.year in (None, year))
        for year, month in two.bare_months
    ]
