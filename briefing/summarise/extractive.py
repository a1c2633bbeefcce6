"""The default summariser: sentences of the articles, chosen for salience and novelty.

Salience is LexRank (Erkan and Radev 2004: PageRank over the sentences' cosine graph) taken together
with the place of a sentence in its article, since Indonesian straight news puts the news first
(Lead-2 is within 1.4 ROUGE-1 points of the best extractive model on Liputan6, Koto et al. 2020).
Novelty is maximal marginal relevance (Carbonell and Goldstein 1998). Everything is decided on the
Indonesian side; the translation comes along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document import SummaryLine
from briefing.summarise.eligibility import Fitness, passage_fitness
from briefing.summarise.passages import Collection
from briefing.summarise.support import support_of
from briefing.summarise.words import cosine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Article
    from briefing.summarise.passages import Line

__all__ = ["ExtractiveSummariser"]

POSITION_WEIGHT = 0.5
"""Share of the lead position in the salience; the rest is centrality."""

NOVELTY = 0.6
"""How much a sentence loses for repeating a chosen one, times their cosine."""

TOO_SIMILAR = 0.6
"""A sentence with this cosine to a chosen one says the same and is never added."""

MAX_LINES = 1_500
"""Sentences compared with each other; of a larger event only the first of every article are."""

DAMPING = 0.85
MIN_EDGE = 0.1
"""Cosines below this are no edge, as in LexRank."""


class ExtractiveSummariser:
    """Condenses an event to sentences of its own articles."""

    def summarise(
        self, articles: Sequence[Article], *, sentences: int = 3
    ) -> tuple[SummaryLine, ...]:
        """Return at most `sentences` bullets, each with evidence in `articles`.

        The first piece of evidence is the chosen sentence; the others are sentences of other
        outlets that say the same. The result does not depend on the order of the articles.
        """
        return summarise_collection(Collection(articles), sentences)


def summarise_collection(collection: Collection, sentences: int) -> tuple[SummaryLine, ...]:
    """Condense a prepared collection; see `ExtractiveSummariser.summarise`."""
    return tuple(_bullet(collection, index) for index in choose(collection, sentences))


def choose(collection: Collection, sentences: int) -> list[int]:
    """Return the indexes into `collection.lines` of the chosen sentences, best first."""
    candidates = _candidates(collection)
    if not candidates or sentences < 1:
        return []
    salience = _salience(collection, candidates)
    vectors = collection.vectors
    chosen: list[int] = []
    left = list(candidates)
    while left and len(chosen) < sentences:
        worth = {
            i: salience[i]
            - NOVELTY * max((cosine(vectors[i], vectors[c]) for c in chosen), default=0.0)
            for i in left
        }
        best = max(left, key=lambda i: (worth[i], -i))
        chosen.append(best)
        left = [i for i in left if i != best and cosine(vectors[i], vectors[best]) < TOO_SIMILAR]
    return chosen


def _candidates(collection: Collection) -> list[int]:
    """Return the sentences that stand alone; the next best kind only where there is none."""
    fitness = [f for passage in collection.passages for f in passage_fitness(passage)]
    for level in (Fitness.FIT, Fitness.LAST_RESORT, Fitness.PART):
        found = [i for i, f in enumerate(fitness) if f >= level and collection.vectors[i]]
        if found:
            depth = max(3, MAX_LINES // max(1, len(collection.articles)))
            return [i for i in found if collection.lines[i].position < depth][:MAX_LINES]
    return []


def _salience(collection: Collection, candidates: list[int]) -> dict[int, float]:
    ranks = _lexrank([collection.vectors[i] for i in candidates])
    top = max(ranks)
    return {
        i: POSITION_WEIGHT * _lead(collection.lines[i]) + (1 - POSITION_WEIGHT) * rank / top
        for i, rank in zip(candidates, ranks, strict=True)
    }


def _lead(line: Line) -> float:
    """Return 1 for the first sentence of an article, falling towards 0."""
    return 1.0 / (1.0 + 0.5 * line.position)


def _lexrank(vectors: list[dict[str, float]]) -> list[float]:
    """Return the stationary probabilities of a walk over similar sentences (they add up to 1)."""
    size = len(vectors)
    edges = _edges(vectors)
    totals = [sum(row.values()) for row in edges]
    ranks = [1.0 / size] * size
    for _ in range(50):
        flow = [(1.0 - DAMPING) / size] * size
        for i, row in enumerate(edges):
            if not totals[i]:
                flow[i] += DAMPING * ranks[i]
            for j, weight in row.items():
                flow[j] += DAMPING * ranks[i] * weight / totals[i]
        change = max(abs(a - b) for a, b in zip(flow, ranks, strict=True))
        ranks = flow
        if change < 1e-9:
            break
    return ranks


def _edges(vectors: list[dict[str, float]]) -> list[dict[int, float]]:
    """Return the cosine graph as sparse rows, by way of the terms that sentences share."""
    postings: dict[str, list[tuple[int, float]]] = {}
    edges: list[dict[int, float]] = [{} for _ in vectors]
    for i, vector in enumerate(vectors):
        row: dict[int, float] = {}
        for term, weight in vector.items():
            for j, other in postings.get(term, ()):
                row[j] = row.get(j, 0.0) + weight * other
            postings.setdefault(term, []).append((i, weight))
        for j, value in row.items():
            if value >= MIN_EDGE:
                edges[i][j] = edges[j][i] = value
    return edges


def _bullet(collection: Collection, index: int) -> SummaryLine:
    line = collection.lines[index]
    supporting = support_of(collection, index)
    outlets = {collection.lines[i].article.outlet for i in (index, *supporting)} - {None}
    return SummaryLine(
        id=line.source,
        en=line.sentence.translation,
        evidence=tuple(collection.lines[i].evidence for i in (index, *supporting)),
        outlets=max(1, len(outlets)),
    )
