"""Constrained average linkage over a sparse graph: no chains, no dense matrix.

Single linkage welds a chain of neighbours into one blob, and density methods such as HDBSCAN call
the usual two-article event noise. Here two clusters merge only when the mean of the links between
them reaches `join`, a quorum of those links reaches it as well, and none falls below `floor`: the
last condition is complete linkage at a lower level.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["Rule", "link"]


@dataclass(frozen=True, slots=True)
class Rule:
    """When two clusters may merge; all three are scores or shares between 0 and 1."""

    join: float
    floor: float
    quorum: float = 0.5

    def allows(self, links: Sequence[float]) -> bool:
        """Say whether clusters with these links between them may merge."""
        if min(links) < self.floor or sum(links) / len(links) < self.join:
            return False
        return sum(link >= self.join for link in links) >= self.quorum * len(links)


def link(
    clusters: Sequence[tuple[int, ...]],
    edges: Iterable[tuple[int, int]],
    score: Callable[[int, int], float],
    rule: Rule,
) -> list[tuple[int, ...]]:
    """Merge clusters of items, best mean link first, until `rule` allows no more.

    `clusters` are disjoint tuples of item numbers; `edges` are pairs of items worth a look, and two
    clusters are only tried when an edge runs between them. `score` is symmetric. Ties go to the
    clusters that hold the smallest items, so the result depends on the numbering alone. Returns
    sorted tuples in the order of their smallest item.
    """
    members = {min(cluster): tuple(sorted(cluster)) for cluster in clusters}
    home = {item: name for name, cluster in members.items() for item in cluster}
    neighbours: dict[int, set[int]] = {name: set() for name in members}
    for one, two in edges:
        a, b = home[one], home[two]
        if a != b:
            neighbours[a].add(b)
            neighbours[b].add(a)
    links: dict[tuple[int, int], tuple[float, ...]] = {}

    def between(a: int, b: int) -> tuple[float, ...]:
        key = (min(a, b), max(a, b))
        if key not in links:
            links[key] = tuple(score(one, two) for one in members[a] for two in members[b])
        return links[key]

    heap: list[tuple[float, int, int]] = []

    def offer(a: int, b: int) -> None:
        values = between(a, b)
        if rule.allows(values):
            heapq.heappush(heap, (-sum(values) / len(values), min(a, b), max(a, b)))

    for a in sorted(neighbours):
        for b in sorted(neighbours[a]):
            if a < b:
                offer(a, b)
    version = dict.fromkeys(members, 1)
    sizes = {name: len(cluster) for name, cluster in members.items()}
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in members or b not in members:
            continue
        values = between(a, b)
        if -sum(values) / len(values) != negative:
            continue  # an offer from before one of the two grew
        members[a] = tuple(sorted(members[a] + members.pop(b)))
        sizes[a] = len(members[a])
        version[a] += 1
        around = (neighbours.pop(b) | neighbours[a]) - {a, b}
        for c in around:
            first, second = links.pop(_key(a, c), None), links.pop(_key(b, c), None)
            neighbours[c].discard(b)
            neighbours[c].add(a)
            if first is not None and second is not None:
                links[_key(a, c)] = first + second
        neighbours[a] = around
        for c in sorted(around):
            offer(a, c)
    return [members[name] for name in sorted(members)]


def _key(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
