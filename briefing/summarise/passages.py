"""An event's articles as the evidence modules see them: sentences with terms, in passages.

A `Passage` is one paragraph, whose text is its sentences joined by one space, so that a quote that
runs over several sentences can be found and pointed back to each of them.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from briefing.document import Evidence
from briefing.summarise.namebook import NameBook
from briefing.summarise.words import normalised, terms, vector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Article, Sentence
    from briefing.summarise.names import Mention

__all__ = ["Collection", "Line", "Passage", "sort_articles"]

# A hostile page may be one sentence of 200,000 characters; what a line means is in its beginning.
_MAX_TERMS = 400


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A body sentence with its article, its position in the body (from 0) and its content terms."""

    article: Article
    sentence: Sentence
    position: int
    terms: tuple[str, ...]

    @property
    def evidence(self) -> Evidence:
        """The pointer to this sentence."""
        return Evidence(self.article.id, self.sentence.id)

    @property
    def source(self) -> str:
        """The page's own wording."""
        return self.sentence.source

    @property
    def outlet(self) -> str:
        """The outlet, or a name that no outlet has where the page gives none."""
        return self.article.outlet or f"?{self.article.id}"


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A paragraph: its lines, their joined text, and where each line starts in that text."""

    lines: tuple[Line, ...]
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Passage:
        """Join `lines`, which are of one paragraph."""
        starts, at = [], 0
        for line in lines:
            starts.append(at)
            at += len(line.source) + 1
        return cls(tuple(lines), " ".join(line.source for line in lines), tuple(starts))

    @property
    def article(self) -> Article:
        """The article of the paragraph."""
        return self.lines[0].article

    def lines_of(self, start: int, end: int) -> tuple[Line, ...]:
        """Return the lines that the characters `start` to `end` of the text touch."""
        return tuple(
            line
            for line, at in zip(self.lines, self.starts, strict=True)
            if at < end and start < at + len(line.source)
        )


class Collection:
    """The articles of one event, oldest first, with everything that is computed once from them."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = sort_articles(articles)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every body sentence, headings and captions left out, in reading order."""
        return tuple(
            Line(article, sentence, position, tuple(terms(sentence.source)[:_MAX_TERMS]))
            for article in self.articles
            for position, sentence in enumerate(article.body)
        )

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every paragraph of the bodies, in reading order."""
        return tuple(
            Passage.of(list(lines))
            for _, lines in groupby(self.lines, lambda n: (n.article.id, n.sentence.paragraph))
        )

    @cached_property
    def vectors(self) -> tuple[dict[str, float], ...]:
        """The TF-IDF vector of each of `lines`."""
        return tuple(vector(line.terms) for line in self.lines)

    @cached_property
    def _postings(self) -> dict[str, list[tuple[int, float]]]:
        postings: dict[str, list[tuple[int, float]]] = {}
        for index, own in enumerate(self.vectors):
            for term, weight in own.items():
                postings.setdefault(term, []).append((index, weight))
        return postings

    def similar(self, index: int) -> dict[int, float]:
        """Return the cosine of a line's vector with that of each line that shares a term."""
        found: dict[int, float] = {}
        for term, weight in self.vectors[index].items():
            for other, its_weight in self._postings[term]:
                found[other] = found.get(other, 0.0) + weight * its_weight
        return found

    @cached_property
    def contrasts(self) -> tuple[dict[str, float], ...]:
        """The vectors of what each of `lines` says beyond the event's topic.

        What every sentence of the event names (its actors) weighs little here, or any two of them
        would say the same.
        """
        counts = Counter(term for line in self.lines for term in set(line.terms))
        size = len(self.lines)
        return tuple(
            normalised({t: w * math.log((1 + size) / counts[t]) for t, w in vector.items()})
            for vector in self.vectors
        )

    @cached_property
    def book(self) -> NameBook:
        """What the event's text tells about its names."""
        return NameBook(self.lines)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every name in every line, in reading order."""
        from briefing.summarise.names import mentions_of  # noqa: PLC0415 - it reads collections

        return tuple(mentions_of(self))

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """The known outlets in the order of first publication."""
        return tuple(dict.fromkeys(a.outlet for a in self.articles if a.outlet))


def sort_articles(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return the articles oldest first, undated ones last, ties by id; one of each id."""
    unique = {article.id: article for article in articles}
    return tuple(
        sorted(
            unique.values(),
            key=lambda a: (a.published is None, (a.published or "")[:10], a.published or "", a.id),
        )
    )
