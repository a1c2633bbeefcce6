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
from briefing.summarise.figures import figures_of
from briefing.summarise.passages import Collection
from briefing.summarise.support import looks_ahead, support_of
from briefing.summarise.words import cosine, tokens, vector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Article
    from briefing.summarise.passages import Line

__all__ = ["ExtractiveSummariser"]

POSITION_WEIGHT = 0.4
CENTRALITY_WEIGHT = 0.4
FIGURES_WEIGHT = 0.1
"""Shares of the salience: place in the article (times how central the article is), LexRank, and
figures of the event (the dead, the loss, a vote). Set on the development events only."""

STALE = 0.5
"""What is left of the salience of a sentence about what is to come, once a later article of the
event looks back on it."""

NOVELTY = 0.4
"""How much a sentence loses for repeating a chosen one, times their cosine."""

TOO_SIMILAR = 0.7
"""A sentence with this cosine to a chosen one says the same and is never added."""

MAX_LINES = 1_500
"""Sentences compared with each other; of a larger event only the first of every article are."""

HEAD_LINES = 3
"""Sentences of an article's beginning that say what it is about."""

DAMPING = 0.85
MIN_EDGE = 0.1
"""Cosines below this are no edge, as in LexRank."""


class ExtractiveSummariser:
    """Condenses an event to sentences of its own articles."""

    def summarise(
        self, articles: Sequence[Article], *, sentences: int = 3, words: int | None = None
    ) -> tuple[SummaryLine, ...]:
        """Return at most `sentences` bullets, each with evidence in `articles`.

        `words`, if given, bounds the Indonesian words of all bullets together; the most salient
        bullet is there even if it is longer. The first piece of evidence is the chosen sentence; the others are sentences of other
        outlets that say the same. The result does not depend on the order of the articles.
        """
        collection = Collection(articles)
        return tuple(_bullet(collection, index) for index in choose(collection, sentences, words))


def choose(collection: Collection, sentences: int, words: int | None = None) -> list[int]:
    """Return the indexes into `collection.lines` of the chosen sentences, in reading order.

    See `ExtractiveSummariser.summarise`.
    """
    candidates = _candidates(collection)
    if not candidates or sentences < 1:
        return []
    salience = _salience(collection, candidates)
    vectors = collection.vectors
    chosen: list[int] = []
    room = words
    left = list(candidates)
    while left and len(chosen) < sentences:
        worth = {
            i: salience[i]
            - NOVELTY * max((cosine(vectors[i], vectors[c]) for c in chosen), default=0.0)
            for i in left
        }
        best = max(left, key=lambda i: (worth[i], -i))
        chosen.append(best)
        room = None if room is None else room - len(tokens(collection.lines[best].source))
        left = [
            i
            for i in left
            if i != best
            and cosine(vectors[i], vectors[best]) < TOO_SIMILAR
            and (room is None or len(tokens(collection.lines[i].source)) <= room)
        ]
    return sorted(chosen)


def _candidates(collection: Collection) -> list[int]:
    """Return the sentences that stand alone; the next best kind only where there is none.

    The last resort is the first sentence of an article: there is none before it to lean on.
    """
    fitness = [f for passage in collection.passages for f in passage_fitness(passage)]
    for level in (Fitness.FIT, Fitness.LAST_RESORT):
        found = [i for i, f in enumerate(fitness) if f >= level and collection.vectors[i]]
        if found:
            depth = max(3, MAX_LINES // max(1, len(collection.articles)))
            return [i for i in found if collection.lines[i].position < depth][:MAX_LINES]
    return [
        i
        for i, f in enumerate(fitness)
        if f is Fitness.PART and collection.lines[i].position == 0 and collection.vectors[i]
    ]


def _salience(collection: Collection, candidates: list[int]) -> dict[int, float]:
    ranks = _lexrank([collection.vectors[i] for i in candidates])
    top = max(ranks)
    articles = _article_weights(collection)
    looked_back = _looked_back(collection)
    salience = {}
    for i, rank in zip(candidates, ranks, strict=True):
        line = collection.lines[i]
        worth = (
            POSITION_WEIGHT * _lead(line) * articles[line.article.id]
            + CENTRALITY_WEIGHT * rank / top
            + FIGURES_WEIGHT * min(1.0, len(figures_of(line.source)) / 2)
        )
        stale = looks_ahead(line.source) and (line.article.published or "9") < looked_back
        salience[i] = worth * STALE if stale else worth
    return salience


def _article_weights(collection: Collection) -> dict[str, float]:
    """Return how central each article's beginning is among those of the others (0 to 1)."""
    heads: dict[str, list[str]] = {}
    for line in collection.lines:
        if line.position < HEAD_LINES:
            heads.setdefault(line.article.id, []).extend(line.terms)
    vectors = {key: vector(found) for key, found in heads.items()}
    if len(vectors) < 2:
        return dict.fromkeys(vectors, 1.0)
    sums = {
        key: sum(cosine(own, other) for name, other in vectors.items() if name != key)
        for key, own in vectors.items()
    }
    top = max(sums.values()) or 1.0
    return {key: value / top for key, value in sums.items()}


def _looked_back(collection: Collection) -> str:
    """Return the latest day on which an article began with what had happened, "" if none did."""
    return max(
        (
            line.article.published or ""
            for line in collection.lines
            if line.position == 0 and not looks_ahead(line.source)
        ),
        default="",
    )


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
    for i, own in enumerate(vectors):
        row: dict[int, float] = {}
        for term, weight in own.items():
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
