"""How many of its words a line shares with the article around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.ingest.furniture import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["shared", "vocabulary"]

_SHORT = 4  # letters: shorter words are mostly function words, which all texts share


def vocabulary(texts: Iterable[str]) -> set[str]:
    """Return the words of `texts` that say something, in lower case."""
    return {word.casefold() for text in texts for word in words_of(text) if len(word) > _SHORT}


def shared(text: str, words: set[str]) -> float:
    """Return the share of the words of `text` that are among `words`, 1 where it has none.

    Measured on Indonesian news, two sentences of the same report against the ten before share 0.26
    in the median and less than 0.1 in one case of ten; of another report, 0.08, and less than 0.2
    in nine of ten. So a low share is a sign only beside others.
    """
    own = vocabulary([text])
    return len(own & words) / len(own) if own else 1.0
