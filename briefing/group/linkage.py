"""Constrained average linkage over a sparse graph: no chains, no dense matrix.

Single linkage welds a chain of neighbours into one blob, and density methods such as HDBSCAN call
the usual two-article event noise. Here two clusters merge only when the mean of the links between
them reaches `join` and a quorum of the links reaches `floor`. For two small clusters the quorum is
every link, which is complete linkage at a lower level; an event with many articles may have a few
pairs that share nothing.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["Rule", "components", "link"]

SAMPLED = 12
"""Of larger clusters so many articles, evenly spread, stand for all: it bounds the cost of a look
at two clusters at 144 links."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When two clusters may merge; all three are scores or shares between 0 and 1."""

    join: float
    floor: float
    quorum: float

    def allows(self, links: Sequence[float]) -> bool:
        """Say whether clusters with these links between them may merge."""
        if sum(links) / len(links) < self.join:
            return False
        return sum(link >= self.floor for link in links) >= self.quorum * len(links)


def components(items: Iterable[int], edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the connected components of a graph, each sorted, by their smallest item."""
    parent = {item: item for item in items}

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for one, two in edges:
        a, b = root(one), root(two)
        parent[max(a, b)] = min(a, b)
    found: dict[int, list[int]] = {}
    for item in sorted(parent):
        found.setdefault(root(item), []).append(item)
    return [found[first] for first in sorted(found)]


def link(
    items: Sequence[int],
    edges: Iterable[tuple[int, int]],
    score: Callable[[int, int], float],
    rule: Rule,
) -> list[tuple[int, ...]]:
    """Merge items into clusters, best mean link first, until `rule` allows no more.

    `edges` are the pairs of items whose score reaches `rule.join`; two clusters are only tried when
    one runs between them, since no mean can reach it otherwise. `score` is symmetric. Ties go to
    the clusters that hold the smallest items, so the result depends on the numbering alone. Returns
    sorted tuples in the order of their smallest item.
    """
    return _Linkage(items, edges, score, rule).run()


class _Linkage:
    """The clusters while they grow; each is known by its smallest item."""

    def __init__(
        self,
        items: Sequence[int],
        edges: Iterable[tuple[int, int]],
        score: Callable[[int, int], float],
        rule: Rule,
    ) -> None:
        self.score = score
        self.rule = rule
        self.members: dict[int, list[int]] = {item: [item] for item in items}
        self.neighbours: dict[int, set[int]] = {item: set() for item in items}
        self.grown = dict.fromkeys(items, 0)
        self.heap: list[tuple[float, int, int, int, int]] = []
        for one, two in edges:
            self.neighbours[one].add(two)
            self.neighbours[two].add(one)

    def run(self) -> list[tuple[int, ...]]:
        for one in sorted(self.members):
            for two in sorted(self.neighbours[one]):
                if one < two:
                    self.offer(one, two)
        while self.heap:
            _, one, two, first, second = heapq.heappop(self.heap)
            # An offer from before one of the two grew or was swallowed is void.
            if self.grown.get(one) == first and self.grown.get(two) == second:
                self.merge(one, two)
        return [tuple(self.members[name]) for name in sorted(self.members)]

    def offer(self, one: int, two: int) -> None:
        """Put a merger on the heap if the rule allows it."""
        one, two = min(one, two), max(one, two)
        links = [
            self.score(a, b) for a in _spread(self.members[one]) for b in _spread(self.members[two])
        ]
        if self.rule.allows(links):
            mean = sum(links) / len(links)
            heapq.heappush(self.heap, (-mean, one, two, self.grown[one], self.grown[two]))

    def merge(self, one: int, two: int) -> None:
        self.members[one] = sorted(self.members[one] + self.members.pop(two))
        self.grown[one] += 1
        del self.grown[two]
        around = (self.neighbours[one] | self.neighbours.pop(two)) - {one, two}
        self.neighbours[one] = around
        for other in sorted(around):
            self.neighbours[other].discard(two)
            self.neighbours[other].add(one)
            self.offer(one, other)


def _spread(members: Sequence[int]) -> Sequence[int]:
    if len(members) <= SAMPLED:
        return members
    return [members[place * len(members) // SAMPLED] for place in range(SAMPLED)]
