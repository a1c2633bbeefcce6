"""Which sentences of other outlets say the same as a given one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.summarise.words import containment, cosine

if TYPE_CHECKING:
    from briefing.summarise.passages import Collection

__all__ = ["SAME", "figures_in", "looks_ahead", "says_the_same", "support_of"]

SAME = 0.42
"""Cosine from which two sentences of one event say the same."""

CONTAINED = 0.7
"""A sentence that holds this share of the other one's weight says it too, and more."""

# What is to come does not bear out what has happened, and the other way round.
_AHEAD = re.compile(
    r"\b(?:akan|bakal|dijadwalkan|berencana|diperkirakan|direncanakan)\b", re.IGNORECASE
)
_FIGURE = re.compile(r"\d[\d.,:/]*\d|\d")


def support_of(collection: Collection, index: int) -> list[int]:
    """Return the best sentence of each other article that bears out sentence `index`.

    The indexes are those of `collection.lines`, in reading order.
    """
    own = collection.lines[index].article.id
    best: dict[str, tuple[float, int]] = {}
    for other, line in enumerate(collection.lines):
        if line.article.id == own or not says_the_same(collection, index, other):
            continue
        score = cosine(collection.contrasts[index], collection.contrasts[other])
        if line.article.id not in best or score > best[line.article.id][0]:
            best[line.article.id] = (score, other)
    return sorted(i for _, i in best.values())


def says_the_same(collection: Collection, index: int, other: int) -> bool:
    """Say whether sentence `other` bears out sentence `index`.

    Figures decide against: two sentences that give different ones do not say the same.
    """
    one, two = collection.contrasts[index], collection.contrasts[other]
    alike = cosine(one, two)
    if alike < SAME and not (alike > SAME / 2 and containment(one, two) >= CONTAINED):
        return False
    if looks_ahead(collection.lines[index].source) != looks_ahead(collection.lines[other].source):
        return False
    left = figures_in(collection.lines[index].source)
    right = figures_in(collection.lines[other].source)
    return not left or not right or not left.isdisjoint(right)


def figures_in(text: str) -> set[str]:
    """Return the figures of a text as printed."""
    return set(_FIGURE.findall(text))


def looks_ahead(text: str) -> bool:
    """Say whether a sentence speaks of what is to come."""
    return bool(_AHEAD.search(text))
