"""Group articles by the event that they report."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from briefing.group.explanation import explain
from briefing.group.grouper import Group
from briefing.group.linkage import Rule, link
from briefing.group.reprints import fold_reprints
from briefing.group.signals import read_signals
from briefing.group.similarity import similarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Article

__all__ = ["EventGrouper"]

RULE = Rule(join=0.38, floor=0.3)


class EventGrouper:
    """Groups articles by event; see the package docstring for the method."""

    def group(self, articles: Sequence[Article]) -> list[Group]:
        """Return groups that hold every article once, reprints folded, oldest article first.

        The result does not depend on the order of `articles`. Groups with more outlets come first,
        then those with more articles, then the newest, then by id.
        """
        kept = fold_reprints(articles)
        signals = [read_signals(article) for article in kept]

        @cache
        def score(one: int, two: int) -> float:
            return similarity(signals[one], signals[two])

        edges = [
            (one, two)
            for one in range(len(kept))
            for two in range(one + 1, len(kept))
            if score(one, two) >= RULE.join
        ]
        clusters = link(
            [(number,) for number in range(len(kept))],
            edges,
            lambda one, two: score(min(one, two), max(one, two)),
            RULE,
        )
        groups = []
        for cluster in clusters:
            members = sorted(cluster, key=lambda n: (kept[n].published or "9999", kept[n].id))
            groups.append(
                Group(
                    articles=tuple(kept[n] for n in members),
                    why=explain([signals[n] for n in members], similarity),
                )
            )
        return sorted(groups, key=_rank)


def _rank(group: Group) -> tuple[int, int, tuple[int, ...], str]:
    outlets = {article.outlet for article in group.articles}
    outlets |= {reprint.outlet for article in group.articles for reprint in article.reprints}
    newest = max((article.published or "" for article in group.articles), default="")
    newest_first = (*(-ord(character) for character in newest), 0)
    size = len(group.articles) + sum(len(article.reprints) for article in group.articles)
    return (-len(outlets - {None}), -size, newest_first, min(a.id for a in group.articles))
