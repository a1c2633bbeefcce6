"""The word list of the name check and the copy guard.

`translated_words.txt` is made by `models/recipe/translated_words.py` from the counts of the
training corpora; a `*` marks words that English text does not hold, a `~` names that English writes
otherwise.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["indonesian_words", "rewritten_names", "translated_words"]


@cache
def _rows() -> tuple[str, ...]:
    text = (files(__package__) / "translated_words.txt").read_text(encoding="utf-8")
    return tuple(text.split())


@cache
def translated_words() -> frozenset[str]:
    """Return Indonesian words, in small letters, that English does not keep when capitalised."""
    return frozenset(row.rstrip("*~") for row in _rows())


@cache
def indonesian_words() -> frozenset[str]:
    """Return Indonesian words, in small letters, that are no English words."""
    return frozenset(row.rstrip("*~") for row in _rows() if "*" in row)


@cache
def rewritten_names() -> frozenset[str]:
    """Return names, in small letters, that English writes otherwise: `inggris`, `timur`."""
    return frozenset(row.rstrip("*~") for row in _rows() if row.endswith("~"))
