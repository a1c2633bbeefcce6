"""How well a grouping agrees with the labels: B-cubed and pairwise precision, recall and F1.

B-cubed (Bagga and Baldwin 1998, "Algorithms for Scoring Coreference Chains") asks each item how
much of its group is rightly there and how much of its event is found, and averages over items, so
that singletons count. The pairwise measure asks it of pairs, so that large events count most.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

__all__ = ["Agreement", "bcubed", "pairwise"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision and recall, both from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def bcubed(found: Mapping[str, Hashable], gold: Mapping[str, Hashable]) -> Agreement:
    """Compare two labellings of the same items by B-cubed.

    `found` and `gold` map an item to its group and to its event. Raises `ValueError` where they
    label different items or none.
    """
    _check(found, gold)
    groups, events = Counter(found.values()), Counter(gold.values())
    both = Counter((found[item], gold[item]) for item in gold)
    precision = sum(both[found[item], gold[item]] / groups[found[item]] for item in gold)
    recall = sum(both[found[item], gold[item]] / events[gold[item]] for item in gold)
    return Agreement(precision / len(gold), recall / len(gold))


def pairwise(found: Mapping[str, Hashable], gold: Mapping[str, Hashable]) -> Agreement:
    """Compare two labellings by the pairs of items that they put together.

    Precision is 1 where `found` puts no pair together, recall is 1 where `gold` does. Raises
    `ValueError` as `bcubed` does.
    """
    _check(found, gold)
    together = _pairs(Counter(found.values()))
    wanted = _pairs(Counter(gold.values()))
    right = _pairs(Counter((found[item], gold[item]) for item in gold))
    return Agreement(right / together if together else 1.0, right / wanted if wanted else 1.0)


def _pairs(sizes: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _check(found: Mapping[str, Hashable], gold: Mapping[str, Hashable]) -> None:
    if not gold or found.keys() != gold.keys():
        raise ValueError("the two labellings must cover the same items, and at least one")
