"""From a group of articles to an event with its evidence."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.document import Event
from briefing.summarise.disagreements import disagreements_of
from briefing.summarise.exclusives import only_in_of
from briefing.summarise.names import names_of
from briefing.summarise.passages import Collection
from briefing.summarise.quotes import quotes_of
from briefing.summarise.timeline import timeline_of
from briefing.summarise.titles import event_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Article, SummaryLine
    from briefing.group import Group
    from briefing.options import Options
    from briefing.summarise.summariser import Summariser

__all__ = ["describe"]

MAX_BULLETS = 100
"""Bullets of a summary whose length is set in words."""


def describe(group: Group, summariser: Summariser, options: Options) -> Event:
    """Return the event of a group of translated articles, with everything that is said of it.

    `id` is made from the oldest article's, so that an event keeps it while articles join. `place` is
    the place that most articles report from and also speak of, `None` where there is none.
    """
    collection = Collection(group.articles)
    articles = collection.articles
    seen = sorted((a.published for a in articles if a.published), key=lambda p: (p[:10], p))
    return Event(
        id=hashlib.sha256(f"event:{articles[0].id}".encode()).hexdigest()[:12],
        articles=tuple(_condensed(a, summariser, options.article_sentences) for a in articles),
        title=event_title(collection),
        first_seen=seen[0] if seen else None,
        last_seen=seen[-1] if seen else None,
        place=_place(articles),
        outlets=collection.outlets,
        why=group.why,
        summary=_summary(articles, summariser, options),
        timeline=timeline_of(collection),
        quotes=quotes_of(collection),
        disagreements=disagreements_of(collection),
        only_in=only_in_of(collection),
        names=names_of(collection, collection.book),
    )


def _summary(
    articles: Sequence[Article], summariser: Summariser, options: Options
) -> tuple[SummaryLine, ...]:
    if options.summary_words is None:
        return summariser.summarise(articles, sentences=options.summary_sentences)
    # Words decide the length, so the number of bullets is only a bound on nonsense.
    return summariser.summarise(articles, sentences=MAX_BULLETS, words=options.summary_words)


def _condensed(article: Article, summariser: Summariser, sentences: int) -> Article:
    """Return the article with a summary of its own."""
    if not sentences:
        return article
    return replace(article, summary=summariser.summarise([article], sentences=sentences))


def _place(articles: Sequence[Article]) -> str | None:
    """Return the dateline place of most articles, ties to the oldest.

    A newsroom's own city is no place of the event: a dateline counts where a body speaks of it.
    """
    text = "\n".join(s.source for a in articles for s in a.body).casefold()
    votes = Counter(
        a.place.strip() for a in articles if a.place and text.count(a.place.strip().casefold())
    )
    return votes.most_common(1)[0][0] if votes else None
