"""The summariser interface: an event's articles in, evidenced bullets out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Article, SummaryLine

__all__ = ["Summariser"]


class Summariser(Protocol):
    """A way to condense the articles of one event."""

    def summarise(
        self, articles: Sequence[Article], *, sentences: int, words: int | None = None
    ) -> tuple[SummaryLine, ...]:
        """Return at most `sentences` bullets, each with evidence in `articles`.

        `words`, if given, bounds the Indonesian words of all bullets together.
        The articles are translated already. The result does not depend on their order.
        """
        ...
