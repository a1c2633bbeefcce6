"""The grouper interface: articles in, groups of articles about one event out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from briefing.document import Why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Article

__all__ = ["Group", "Grouper"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The articles of one event, with near-duplicates folded into `Article.reprints`."""

    articles: tuple[Article, ...]
    why: Why = field(default_factory=Why)


class Grouper(Protocol):
    """A way to decide which articles report the same event."""

    def group(self, articles: Sequence[Article]) -> list[Group]:
        """Return groups that hold every article once; a lone article is a group of its own.

        The result does not depend on the order of `articles`. Works on the Indonesian side only,
        so that grouping does not change with the translation model.
        """
        ...
