"""How much a translation is doubted: the guards' and checks' flags, weighed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from briefing.translate import checks, guards

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.document import Flag
    from briefing.translate.glossary import Glossary
    from briefing.translate.translator import Hypothesis

__all__ = ["SEARCHED", "SPLIT", "Examiner", "weight"]

# Worst first: no text, then text that is not a translation of the whole, then a wrong detail, then
# the model's own uncertainty. Only the order matters: a second hypothesis is kept when it weighs
# less than the first.
WEIGHTS = {
    "empty": 16,
    "invented": 16,
    "repetition": 8,
    "copy": 8,
    "truncated": 6,
    "length": 6,
    "sentences": 4,
    "number": 3,
    "negation": 3,
    "low-score": 1,
    "number-repaired": 0,
}
# What another search may mend, and what a split may: the model loses less of a shorter segment. A
# name that the model cannot spell is lost again, and a low score alone says nothing of what is wrong.
SEARCHED = frozenset({"empty", "repetition", "copy", "length"})
SPLIT = frozenset({"empty", "repetition", "truncated", "length", "sentences", "number", "negation"})


def weight(flags: Iterable[Flag]) -> int:
    """Return the sum of the flags' weights; a kind without one weighs 2."""
    return sum(WEIGHTS.get(flag.kind, 2) for flag in flags)


@dataclass(frozen=True, slots=True)
class Examiner:
    """Guards, repair and checks in the order in which a row gets them.

    With `glossary`, a term of the segment that has no accepted wording is flagged.
    """

    options: guards.GuardOptions = field(default_factory=guards.GuardOptions)
    glossary: Glossary | None = None

    def examine(self, segment: str, hypothesis: Hypothesis) -> tuple[str, tuple[Flag, ...]]:
        """Return the translation with its figures put right, and every flag of the row."""
        tripped = guards.inspect(segment, hypothesis, self.options)
        text, repaired = checks.repair_numbers(segment, hypothesis.text)
        terms = {t.source: t.accepted for t in self.glossary.find(segment)} if self.glossary else {}
        return text, (*tripped, *repaired, *checks.check(segment, text, terms))

    def kinds(self, segment: str, hypothesis: Hypothesis) -> frozenset[str]:
        """Return the kinds of the row's flags."""
        return frozenset(flag.kind for flag in self.examine(segment, hypothesis)[1])

    def weigh(self, segment: str, hypothesis: Hypothesis) -> int:
        """Return how much the hypothesis is doubted."""
        return weight(self.examine(segment, hypothesis)[1])

    def weigh_text(self, segment: str, hypothesis: Hypothesis) -> int:
        """Return how much the text is doubted, whatever the model thought of it."""
        return self.weigh(segment, replace(hypothesis, score=None))
