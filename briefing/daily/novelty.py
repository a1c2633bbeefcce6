"""What a day's articles add to what earlier briefings reported of the same event.

A sentence is new where no earlier sentence holds most of its weighted content terms: the novelty
detection of the TREC 2002-2004 novelty tracks by word overlap, which was hard to beat there (Soboroff
and Harman 2005, "Novelty Detection: The TREC Experience"). A number that the earlier sentence does
not have makes it new whatever the overlap: a risen toll is news although the wording is yesterday's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document import Evidence, SummaryLine
from briefing.summarise.words import containment, terms, vector

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.document import Article, Sentence

__all__ = ["KNOWN", "MIN_TERMS", "news_of"]

KNOWN = 0.7
"""The share of a sentence's weight that one earlier sentence must hold for it to be known."""
MIN_TERMS = 4
"""Fewer content terms say too little to be called news (`"Kami siap," katanya.`)."""


def news_of(
    today: Sequence[Article], earlier: Sequence[Article], *, limit: int
) -> tuple[SummaryLine, ...]:
    """Return the sentences of `today` that add something to `earlier`, in reading order.

    `limit` bounds the lines; the ones with the most that is new are kept. A sentence that several
    articles of today bring is one line with several pieces of evidence.
    """
    known = [weights for article in earlier for _, weights in _weighed(article)]
    taken: list[tuple[dict[str, float], list[Evidence], set[str]]] = []
    lines: list[tuple[float, int, Sentence, list[Evidence], set[str]]] = []
    order = 0
    for article in today:
        for sentence, weights in _weighed(article):
            order += 1
            if len(weights) < MIN_TERMS:
                continue
            here = Evidence(article.id, sentence.id)
            outlet = article.outlet or article.label
            twin = next((t for t in taken if _says(t[0], weights)), None)
            if twin is not None:
                if outlet not in twin[2]:
                    twin[1].append(here)
                    twin[2].add(outlet)
                continue
            if any(_says(old, weights) for old in known):
                continue
            overlap = max((containment(weights, old) for old in known), default=0.0)
            evidence, outlets = [here], {outlet}
            taken.append((weights, evidence, outlets))
            lines.append((1.0 - overlap, order, sentence, evidence, outlets))
    best = sorted(lines, key=lambda line: (-line[0], line[1]))[:limit]
    return tuple(
        SummaryLine(
            id=sentence.source,
            en=sentence.translation,
            evidence=tuple(evidence),
            outlets=len(outlets),
        )
        for _, _, sentence, evidence, outlets in sorted(best, key=lambda line: line[1])
    )


def _says(earlier: dict[str, float], weights: dict[str, float]) -> bool:
    """Tell whether an earlier sentence says what `weights` say, every number included."""
    numbers = {term for term in weights if term[0].isdigit()}
    return numbers <= earlier.keys() and containment(weights, earlier) >= KNOWN


def _weighed(article: Article) -> Iterable[tuple[Sentence, dict[str, float]]]:
    for sentence in article.body:
        yield sentence, vector(terms(sentence.source))
