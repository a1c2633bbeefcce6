"""Fit the weights of `briefing.group.similarity` on the development part of the gold set.

Usage: python tests/benchmarks/fit_grouping.py

A logistic regression over all pairs of articles, three times over: as they are; without publication
dates, so that the texts alone have to tell the days; and with a background paragraph taken from an
earlier event of the same story, as long reports have one. Pairs from one story count in full, the
easy ones between stories less. Prints the weights to be rounded into the module, and the B-cubed F1
that they give on each version. Reads the development part only. Needs scikit-learn.
"""

from __future__ import annotations

import copy
import zlib
from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from briefing.group.evaluation import GoldSet, read_gold
from briefing.group.events import RULE
from briefing.group.linkage import components, link
from briefing.group.metrics import bcubed
from briefing.group.signals import read_signals
from briefing.group.similarity import FEATURES, features

DEVELOPMENT = Path(__file__).parent.parent / "data" / "events" / "dev.jsonl"
BY_HAND = {"apart": -4.0, "clash": -8.0, "remote": -8.0}
"""Too rare in the development part to be fitted; `similarity` says what they are for."""

EASY = 0.3
VERSIONS = {"as it is": 1.0, "undated": 0.3, "with background": 0.2, "all at one time": 1.0}


def with_background(gold: GoldSet) -> GoldSet:
    """Append to each item the sentences of an item on an earlier event of its story."""
    of_story = defaultdict(list)
    for article in gold.articles:
        of_story[gold.stories[article.id]].append(article)
    articles = []
    for article in gold.articles:
        earlier = [
            other
            for other in of_story[gold.stories[article.id]]
            if gold.events[other.id] != gold.events[article.id]
            and (not article.published or (other.published or "") <= article.published)
        ]
        if earlier:
            chosen = earlier[zlib.crc32(article.id.encode()) % len(earlier)]
            articles.append(replace(article, sentences=article.sentences + chosen.sentences))
        else:
            articles.append(article)
    return replace(gold, name="with background", articles=tuple(articles))


class Pairs:
    """All pairs of a set with their features, labels and weights."""

    def __init__(self, gold: GoldSet) -> None:
        self.gold = gold
        signals = [read_signals(article) for article in gold.articles]
        self.pairs = list(combinations(range(len(signals)), 2))
        self.features = np.array([features(signals[a], signals[b]) for a, b in self.pairs])
        events = [gold.events[article.id] for article in gold.articles]
        stories = [gold.stories[article.id] for article in gold.articles]
        self.same = np.array([events[a] == events[b] for a, b in self.pairs])
        self.close = np.array([stories[a] == stories[b] for a, b in self.pairs])
        self.weights = np.where(self.close, 1.0, EASY)

    def at_one_time(self) -> Pairs:
        """Return the pairs as if all stories were of the same days, as in one day's news."""
        dense = copy.copy(self)
        dense.features = self.features.copy()
        first = FEATURES.index("gap")
        dense.features[np.ix_(~self.close, range(first, len(FEATURES)))] = 0
        return dense

    def f1(self, weights: np.ndarray, bias: float) -> float:
        """Return the B-cubed F1 of clustering with these weights."""
        scores = 1 / (1 + np.exp(-(self.features @ weights + bias)))
        table = dict(zip(self.pairs, scores.tolist(), strict=True))
        edges = [pair for pair, score in table.items() if score >= RULE.join]
        found = {}
        for part in components(range(len(self.gold.articles)), edges):
            own = [pair for pair in edges if pair[0] in part]
            for cluster in link(part, own, lambda a, b: table[min(a, b), max(a, b)], RULE):
                found.update({self.gold.articles[n].id: (part[0], cluster) for n in cluster})
        return bcubed(found, self.gold.events).f1


def main() -> None:
    """Fit, and print weights and scores."""
    gold = read_gold(DEVELOPMENT)
    versions = [Pairs(gold), Pairs(gold.undated()), Pairs(with_background(gold))]
    versions.append(versions[0].at_one_time())
    shares = list(VERSIONS.values())
    matrix = np.vstack([version.features for version in versions])
    fixed = [FEATURES.index(name) for name in BY_HAND]
    matrix[:, fixed] = 0
    model = LogisticRegression(max_iter=5000).fit(
        matrix,
        np.concatenate([version.same for version in versions]),
        sample_weight=np.concatenate(
            [version.weights * share for version, share in zip(versions, shares, strict=True)]
        ),
    )
    weights = model.coef_[0].copy()
    weights[fixed] = list(BY_HAND.values())
    bias = float(model.intercept_[0])
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"{name:15} {weight:6.2f}")
    print(f"{'bias':15} {bias:6.2f}\n")
    for name, version in zip(VERSIONS, versions, strict=True):
        print(f"B-cubed F1, {name}: {version.f1(weights, bias):.3f}")


if __name__ == "__main__":
    main()
