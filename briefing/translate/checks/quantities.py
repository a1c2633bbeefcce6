"""A quantity as a text states it: where it stands and every value that it may mean."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Clock", "Quantity", "Value"]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, in minutes since midnight: never equal to a number."""

    minutes: int


Value = Decimal | Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number or clock time: characters `start` to `end` of its text, and what it may mean.

    `values` are the readings between which the text leaves open (`2-3 juta` begins with 2 or with
    2,000,000). `digits` says that it is written in figures. `required` says that a translation must
    state it: not so for `se-` and `pertama`, which translate freely. `mantissa` is the end of the
    figures, before a multiplier such as `juta`. `other` is the value of the figures if points and
    commas were those of the other language.
    """

    start: int
    end: int
    text: str
    values: frozenset[Value]
    digits: bool
    required: bool = True
    mantissa: int = 0
    scale: Decimal = Decimal(1)
    other: Decimal | None = None

    def matches(self, other: Quantity) -> bool:
        """Tell whether both can mean the same."""
        return not self.values.isdisjoint(other.values)
