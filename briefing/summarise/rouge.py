"""ROUGE for summaries in Indonesian (Lin 2004, "ROUGE: A Package for Automatic Evaluation").

F1 of the overlap of unigrams, of bigrams, and of the longest common subsequence of the whole texts
(ROUGE-L as in `rouge-score`, not ROUGE-Lsum). Own code, because `rouge-score` tokenises for English
with an English stemmer and asks for NLTK; the figures are the same on the same tokens, which the
tests pin. Tokens are casefolded words and numbers, not stemmed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.summarise.words import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Rouge", "rouge"]


@dataclass(frozen=True, slots=True)
class Rouge:
    """F1 values from 0 to 1."""

    one: float
    two: float
    longest: float


def rouge(candidate: str, reference: str) -> Rouge:
    """Return ROUGE-1, ROUGE-2 and ROUGE-L of a candidate against one reference."""
    left, right = tokens(candidate), tokens(reference)
    common = _longest_common(left, right)
    return Rouge(
        one=_overlap(left, right, 1),
        two=_overlap(left, right, 2),
        longest=_f1(common, len(left), len(right)),
    )


def _overlap(left: Sequence[str], right: Sequence[str], size: int) -> float:
    one, two = _ngrams(left, size), _ngrams(right, size)
    return _f1((one & two).total(), one.total(), two.total())


def _ngrams(words: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1))


def _f1(common: int, left: int, right: int) -> float:
    return 2 * common / (left + right) if common else 0.0


def _longest_common(left: Sequence[str], right: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(right) + 1)
    for one in left:
        before = 0
        for at, two in enumerate(right, start=1):
            kept = row[at]
            row[at] = before + 1 if one == two else max(row[at], row[at - 1])
            before = kept
    return row[-1]
