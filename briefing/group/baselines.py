"""Other ways to group, to measure against: three in use for news, and no grouping at all.

Each returns the number of the group of every article. Thresholds are chosen on a development set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.errors import UsageError
from briefing.group.linkage import components
from briefing.group.metrics import bcubed
from briefing.group.signals import read_signals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from briefing.group.evaluation import GoldSet

    System = Callable[[GoldSet], Mapping[str, int]]

__all__ = ["fit_baselines"]

STEPS = tuple(step / 20 for step in range(1, 20))
"""The thresholds tried on the development set."""


def fit_baselines(development: GoldSet) -> dict[str, System]:
    """Return the baselines by name, their thresholds chosen by B-cubed F1 on `development`.

    Raises `UsageError` where scikit-learn is not installed.
    """
    try:
        import sklearn  # noqa: F401, PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            "the baselines need scikit-learn: pip install 'briefing[test]', or leave them out"
        ) from error
    fitted: dict[str, System] = {"every article alone": _alone}
    for name, make in (
        ("title Jaccard, single linkage", _title_jaccard),
        ("TF-IDF, average linkage", _agglomerative),
    ):
        best = max(STEPS, key=lambda step: (_f1(make(step), development), -step))
        fitted[f"{name}, {best:.2f}"] = make(best)
    fitted["TF-IDF, HDBSCAN, at least 2"] = _hdbscan
    return fitted


def _f1(system: System, gold: GoldSet) -> float:
    return bcubed(system(gold), gold.events).f1


def _alone(gold: GoldSet) -> Mapping[str, int]:
    return {article.id: number for number, article in enumerate(gold.articles)}


def _title_jaccard(threshold: float) -> System:
    """Join what has like titles, as feed readers do (NewsBlur's story clustering)."""

    def system(gold: GoldSet) -> Mapping[str, int]:
        titles = [read_signals(article).title.stems for article in gold.articles]
        edges = [
            (one, two)
            for one in range(len(titles))
            for two in range(one + 1, len(titles))
            if titles[one] | titles[two]
            and len(titles[one] & titles[two]) / len(titles[one] | titles[two]) >= threshold
        ]
        parts = components(range(len(titles)), edges)
        return {gold.articles[n].id: number for number, part in enumerate(parts) for n in part}

    return system


def _agglomerative(threshold: float) -> System:
    """Average linkage on TF-IDF cosine, the baseline of the 2021 shared task on Russian news."""

    def system(gold: GoldSet) -> Mapping[str, int]:
        from sklearn.cluster import (  # noqa: PLC0415 - an extra
            AgglomerativeClustering,
        )

        model = AgglomerativeClustering(
            n_clusters=None, metric="cosine", linkage="average", distance_threshold=threshold
        )
        found = model.fit_predict(_vectors(gold).toarray())
        return {a.id: int(label) for a, label in zip(gold.articles, found, strict=True)}

    return system


def _hdbscan(gold: GoldSet) -> Mapping[str, int]:
    """HDBSCAN (Campello et al. 2013) on TF-IDF cosine; what it calls noise stands alone."""
    from sklearn.cluster import HDBSCAN  # noqa: PLC0415 - an extra
    from sklearn.metrics.pairwise import (  # noqa: PLC0415 - an extra
        cosine_distances,
    )

    distances = cosine_distances(_vectors(gold)).astype("float64")
    found = HDBSCAN(min_cluster_size=2, min_samples=1, metric="precomputed", copy=True).fit_predict(
        distances
    )
    alone = int(max(found, default=-1)) + 1
    return {
        article.id: int(label) if label >= 0 else alone + number
        for number, (article, label) in enumerate(zip(gold.articles, found, strict=True))
    }


def _vectors(gold: GoldSet) -> Any:
    """Return the TF-IDF vectors of titles and texts, a row per article."""
    from sklearn.feature_extraction.text import (  # noqa: PLC0415 - an extra
        TfidfVectorizer,
    )

    texts = [
        " ".join([article.title.id or "", *(sentence.source for sentence in article.sentences)])
        for article in gold.articles
    ]
    return TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
