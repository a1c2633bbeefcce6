"""Stems and their document frequency in Indonesian news: how much a shared word tells.

Two articles about one event in a small folder share words that are common in the folder and rare in
the language. Weights from the folder alone would make those words worthless, so the weights come
from a fixed background count (`vocabulary.tsv`). It also makes the score of a pair of articles
independent of every other article, on which order independence and `EventGrouper.update` rest.

Stems are those of the Snowball stemmer for Indonesian (Tala 2003, "A Study of Stemming Effects on
Information Retrieval in Bahasa Indonesia"), with the consonant put back that `mem-` and `men-` take
from the root (`menewaskan`, `tewas`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["idf", "is_listed_name", "is_mostly_capital", "is_stop", "stem", "total_idf"]

BLOCKS = 11_650
"""Blocks of text behind `vocabulary.tsv`; a block is about as long as a news article."""

UNSEEN = math.log(BLOCKS / 4)
"""The idf of a stem that the table does not list: its floor is 8 blocks."""

STOP = -math.log(0.12)
"""Stems in more than 12 per cent of all blocks say nothing about the event."""


CAPITAL = 75
"""Per cent of a stem's uses within sentences with a capital, from which it is a name."""


class _Weights(dict[str, float]):
    """The idf of the stems; one that is not listed has that of the unseen."""

    def __missing__(self, term: str) -> float:
        return UNSEEN


@dataclass(frozen=True, slots=True)
class _Table:
    idf: _Weights
    capital: Mapping[str, int]


@cache
def _table() -> _Table:
    weights = _Weights()
    capital: dict[str, int] = {}
    text = (resources.files("briefing") / "vocabulary.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        term, blocks, share = line.split("\t")
        weights[term] = math.log(BLOCKS / int(blocks))
        capital[term] = int(share)
    return _Table(weights, capital)


@cache
def _stemmer() -> Callable[[str], str]:
    import snowballstemmer  # noqa: PLC0415 - only where a stem is asked for

    stem_word: Callable[[str], str] = snowballstemmer.stemmer("indonesian").stemWord
    return stem_word


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a lower-case Indonesian word; a name comes back stripped as well."""
    if len(word) > 60 or not word.isascii():
        return word
    root = _stemmer()(word)
    if word[:3] in ("mem", "men", "pem", "pen") and root[:1] in "aeiou" and word[3:4] == root[:1]:
        return ("p" if word[2] == "m" else "t") + root
    return root


def idf(term: str) -> float:
    """Return the inverse document frequency of a stem: 0 for one in every block, 8 if unseen."""
    return _table().idf[term]


def total_idf(terms: Iterable[str]) -> float:
    """Return the sum of the idf of stems, the same to the last bit in any order."""
    return math.fsum(map(_table().idf.__getitem__, terms))


def is_stop(term: str) -> bool:
    """Say whether a stem is too common to tell one event from another."""
    return idf(term) < STOP


def is_mostly_capital(term: str) -> bool:
    """Say whether a stem is written with a capital in running text: a name, or unknown."""
    return _table().capital.get(term, 100) >= CAPITAL


def is_listed_name(term: str) -> bool:
    """Say whether the table lists a stem, and with a capital in running text: `moskow`."""
    return _table().capital.get(term, 0) >= CAPITAL
