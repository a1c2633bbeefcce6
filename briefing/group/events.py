"""Group articles by the event that they report."""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

from briefing.group.candidates import Index
from briefing.group.explanation import explain
from briefing.group.grouper import Group
from briefing.group.linkage import Rule, components, link
from briefing.group.reprints import fold_reprints
from briefing.group.signals import read_forms, read_signals
from briefing.group.similarity import similarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.document import Article
    from briefing.group.signals import Signals

    _Key = tuple[str, str | None, str | None]

__all__ = ["RULE", "EventGrouper"]

RULE = Rule(join=0.35, floor=0.02, quorum=0.9)
"""Tuned on the development part of the gold set, together with the weights of `similarity`. Two
unrelated reports of one day score 0.03, so the floor blocks what speaks against each other."""

WEAKEST_AMONG = 40
"""The weakest pair of larger groups is looked for among this many articles, evenly spread."""


class EventGrouper:
    """Groups articles by event; the package docstring tells the method.

    An instance remembers the signals of the articles of its last call, so `update()` on a
    long-lived one reads new articles only.
    """

    def __init__(self, rule: Rule = RULE) -> None:
        self.rule = rule
        self._seen: dict[_Key, Signals] = {}

    def group(self, articles: Sequence[Article]) -> list[Group]:
        """Return groups that hold every article once, reprints folded, oldest article first.

        The result does not depend on the order of `articles`. Groups with more outlets come first,
        then those with more articles, then the newest, then by id. Articles of one id count once.
        """
        pool = self._pool(fold_reprints(_unique(articles)))
        return sorted(map(pool.describe, pool.clusters(range(len(pool.articles)))), key=_rank)

    def update(self, groups: Sequence[Group], articles: Sequence[Article]) -> list[Group]:
        """Return `groups` with new articles joined or as events of their own.

        Only what new articles touch is worked out again: the groups that share a likely pair with
        them, directly or through others. All other groups come back unchanged. Neither the order of
        `groups` nor that of `articles` matters, and the result is that of `group()` over all of
        them, however they were divided, but for two limits: a reprint that was folded has lost its
        text and stays with its article, and where a term is in fashion (more holders than
        `candidates.CROWD`), fewer pairs are compared in a larger collection.
        """
        before = {
            article.id: place for place, group in enumerate(groups) for article in group.articles
        }
        known = list(chain.from_iterable(group.articles for group in groups))
        kept = fold_reprints(_unique([*known, *articles]))
        pool = self._pool(kept)
        unchanged = {article.id: article for article in known}
        fresh = [n for n, article in enumerate(kept) if unchanged.get(article.id) != article]
        left = {article.id for article in kept}
        broken = {place for known_id, place in before.items() if known_id not in left}
        fresh += [n for n, article in enumerate(kept) if before.get(article.id) in broken]
        touched = pool.reach(fresh)
        redone = {before[kept[n].id] for n in touched if kept[n].id in before}
        touched |= {n for n, article in enumerate(kept) if before.get(article.id) in redone}
        result = [group for place, group in enumerate(groups) if place not in redone | broken]
        as_before = {group.articles: group for group in groups}
        for cluster in pool.clusters(sorted(touched)):
            members = pool.members(cluster)
            result.append(as_before.get(members) or pool.describe(cluster))
        return sorted(result, key=_rank)

    def _pool(self, articles: Sequence[Article]) -> _Pool:
        seen: dict[_Key, Signals] = {}
        for article in articles:
            # What the signals are read from besides the content, which the id stands for.
            key = (article.id, article.published, article.place)
            seen[key] = self._seen.get(key) or read_signals(article)
        self._seen = seen
        return _Pool(articles, list(seen.values()), self.rule)


class _Pool:
    """Articles by number, in the order of their ids, with the scores worked out so far."""

    def __init__(self, articles: Sequence[Article], signals: Sequence[Signals], rule: Rule) -> None:
        self.articles = articles
        self.signals = signals
        self.rule = rule
        self._index = Index(self.signals)
        self._scores: dict[int, float] = {}

    def score(self, one: int, two: int) -> float:
        """Return the similarity of two articles, worked out once."""
        if one > two:
            one, two = two, one
        key = one * len(self.articles) + two
        if key not in self._scores:
            self._scores[key] = similarity(self.signals[one], self.signals[two])
        return self._scores[key]

    def likely(self, number: int) -> list[int]:
        """Return the articles that alone would be joined with this one."""
        return [n for n in self._index.near(number) if self.score(number, n) >= self.rule.join]

    def reach(self, numbers: Iterable[int]) -> set[int]:
        """Return the articles that likely pairs connect with these, themselves included."""
        found = set(numbers)
        open_ = sorted(found)
        while open_:
            new = [n for n in self.likely(open_.pop()) if n not in found]
            found.update(new)
            open_ += new
        return found

    def clusters(self, numbers: Sequence[int]) -> list[tuple[int, ...]]:
        """Return the clusters of these articles, which likely pairs must not lead out of."""
        edges = [(one, two) for one in numbers for two in self.likely(one) if one < two]
        of_item = {}
        parts = components(numbers, edges)
        for place, part in enumerate(parts):
            of_item.update(dict.fromkeys(part, place))
        inside: list[list[tuple[int, int]]] = [[] for _ in parts]
        for one, two in edges:
            inside[of_item[one]].append((one, two))
        return [
            cluster
            for part, own in zip(parts, inside, strict=True)
            for cluster in link(part, own, self.score, self.rule)
        ]

    def members(self, cluster: Sequence[int]) -> tuple[Article, ...]:
        """Return the articles of a cluster, the oldest first and what has no date last."""
        return tuple(sorted((self.articles[n] for n in cluster), key=_age))

    def describe(self, cluster: Sequence[int]) -> Group:
        """Make the group of a cluster, with its reasons."""
        articles = self.members(cluster)
        if len(cluster) < 2:
            return Group(articles=articles)
        sample = cluster
        if len(cluster) > WEAKEST_AMONG:
            sample = [cluster[k * len(cluster) // WEAKEST_AMONG] for k in range(WEAKEST_AMONG)]
        weakest = min(self.score(one, two) for one, two in combinations(sample, 2))
        return Group(articles=articles, why=explain([read_forms(a) for a in articles], weakest))


def _unique(articles: Iterable[Article]) -> list[Article]:
    """Return one article per id; of copies the one with the smallest path stays."""
    chosen: dict[str, Article] = {}
    for article in articles:
        other = chosen.get(article.id)
        if other is None or (article.path or "", article.url or "") < (
            other.path or "",
            other.url or "",
        ):
            chosen[article.id] = article
    return list(chosen.values())


def _age(article: Article) -> tuple[str, str]:
    return article.published or "9999", article.id


def _rank(group: Group) -> tuple[int, int, tuple[int, ...], str]:
    outlets = {article.outlet for article in group.articles}
    outlets |= {reprint.outlet for article in group.articles for reprint in article.reprints}
    newest = max((article.published or "" for article in group.articles), default="")
    newest_first = (*(-ord(character) for character in newest), 0)
    size = len(group.articles) + sum(len(article.reprints) for article in group.articles)
    return (-len(outlets - {None}), -size, newest_first, min(a.id for a in group.articles))
