"""What one outlet alone reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document import OnlyIn
from briefing.summarise.eligibility import Fitness, passage_fitness
from briefing.summarise.words import containment

if TYPE_CHECKING:
    from briefing.summarise.passages import Collection

__all__ = ["only_in_of"]

NOVEL = 0.25
"""A sentence whose best cosine with another outlet's is below this says something of its own."""

TOLD = 0.5
"""A sentence of which another outlet's holds this share of the weight is told there."""

MAX_PER_OUTLET = 5


def only_in_of(collection: Collection) -> tuple[OnlyIn, ...]:
    """Return the statements that one outlet alone carries, none where there is one outlet only."""
    if len({line.outlet for line in collection.lines}) < 2:
        return ()
    fitness = [f for passage in collection.passages for f in passage_fitness(passage)]
    found: list[OnlyIn] = []
    counts: dict[str, int] = {}
    for index, line in enumerate(collection.lines):
        outlet = line.article.outlet
        if (
            outlet is None
            or fitness[index] < Fitness.FIT
            or counts.get(outlet, 0) >= MAX_PER_OUTLET
        ):
            continue
        if _is_told_elsewhere(collection, index):
            continue
        counts[outlet] = counts.get(outlet, 0) + 1
        found.append(
            OnlyIn(
                outlet=outlet,
                id=line.source,
                en=line.sentence.translation,
                evidence=(line.evidence,),
            )
        )
    return tuple(found)


def _is_told_elsewhere(collection: Collection, index: int) -> bool:
    own, line = collection.vectors[index], collection.lines[index]
    return any(
        alike >= NOVEL or containment(own, collection.vectors[other]) >= TOLD
        for other, alike in collection.similar(index).items()
        if collection.lines[other].outlet != line.outlet
    )
