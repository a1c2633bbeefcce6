"""Words of Indonesian text: tokens, content terms, and how much of their weight two texts share.

Stems and background frequencies are those of `briefing.vocabulary`: weights from the event
alone would make the words that its outlets share worthless.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

from briefing.vocabulary import idf, is_stop, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["containment", "cosine", "normalised", "terms", "tokens", "vector"]

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Some papers split clitics off with a hyphen: `di-jadwalkan`, `nama-nya`.
_SPLIT_PREFIX = re.compile(r"^(?:di|ke|ber|me|meng|ter|se)-(?=[a-z]{3})")
_SPLIT_SUFFIX = re.compile(r"-(?:nya|ku|mu|lah|kah|pun)$")


def tokens(text: str) -> list[str]:
    """Return the words and numbers of `text` in order, casefolded, clitics joined or cut."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match[0].casefold().replace("’", "'")
        if "-" in word:
            word = _SPLIT_PREFIX.sub(lambda m: m[0][:-1], word)
            word = _SPLIT_SUFFIX.sub("", word)
            half, _, rest = word.partition("-")
            word = half if half == rest else word  # a reduplication counts as its half
        found.append(word)
    return found


def terms(text: str) -> list[str]:
    """Return the stems of the content words of `text`, and its numbers, in order."""
    found = []
    for word in tokens(text):
        if word[0].isdigit():
            found.append(word)
            continue
        term = stem(word)
        if len(term) > 1 and not is_stop(term):
            found.append(term)
    return found


def vector(text: Iterable[str]) -> dict[str, float]:
    """Return the TF-IDF vector of a list of terms, of length 1; empty for no terms."""
    counts = Counter(text)
    return normalised({term: (1.0 + math.log(n)) * idf(term) for term, n in counts.items()})


def normalised(weights: Mapping[str, float]) -> dict[str, float]:
    """Return a vector of length 1 in the direction of `weights`; empty where there is none."""
    norm = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / norm for term, weight in weights.items()} if norm else {}


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the cosine of two vectors of length 1 (0 to 1)."""
    if len(left) > len(right):
        left, right = right, left
    return sum(weight * right.get(term, 0.0) for term, weight in left.items())


def containment(part: Mapping[str, float], whole: Mapping[str, float]) -> float:
    """Return the share of the squared weight of `part` whose terms `whole` has too (0 to 1)."""
    total = sum(weight * weight for weight in part.values())
    if not total:
        return 0.0
    return sum(weight * weight for term, weight in part.items() if term in whole) / total
