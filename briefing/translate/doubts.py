"""How much a translation is doubted: the guards' and checks' flags, weighed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from briefing.document import Flag
from briefing.translate.normalisation import copies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.translate.translator import Hypothesis

__all__ = ["WEIGHTS", "inspect", "weight"]

# Worst first: no text, then text that is not a translation of the whole, then a wrong detail, then
# the model's own uncertainty. Only the order matters: a second hypothesis is kept when it weighs
# less than the first.
WEIGHTS = {
    "empty": 16,
    "repetition": 8,
    "copy": 8,
    "truncated": 6,
    "length": 6,
    "sentence-count": 4,
    "number": 3,
    "negation": 3,
    "low-score": 1,
}


def weight(flags: Iterable[Flag]) -> int:
    """Return the sum of the flags' weights; a kind without one weighs 2."""
    return sum(WEIGHTS.get(flag.kind, 2) for flag in flags)


def inspect(source: str, hypothesis: Hypothesis) -> tuple[Flag, ...]:
    """Return the guards' flags of a hypothesis for `source` (model input, BCP 47 `id`)."""
    text = hypothesis.text
    if copies(source):
        return ()
    if not text.strip():
        return (Flag("empty", "the model gave no translation"),)
    flags = []
    words = source.split()
    if hypothesis.truncated:
        flags.append(Flag("truncated", "the sentence was too long and may be cut"))
    if _loops([word.strip('.,;:!?"').casefold() for word in text.split()]):
        flags.append(Flag("repetition", "the translation repeats itself"))
    if len(words) >= 4 and text.casefold() == source.casefold():
        flags.append(Flag("copy", "the sentence was left in Indonesian"))
    if len(words) >= 6 and not 0.5 <= len(text) / len(source) <= 2.0:
        short = len(text) < len(source)
        flags.append(Flag("length", f"the translation is unusually {'short' if short else 'long'}"))
    if hypothesis.score is not None and hypothesis.score < -1.5:
        flags.append(Flag("low-score", "the model itself is unsure of this sentence"))
    return tuple(flags)


def _loops(words: Sequence[str]) -> bool:
    """Say whether some three words stand three times in the translation."""
    threes = Counter(zip(words, words[1:], words[2:], strict=False))
    return bool(threes) and max(threes.values()) >= 3
