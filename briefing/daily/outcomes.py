"""How the sources did in one run, for the briefing, `status` and `sources check`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.document import Refusal

__all__ = ["Collected", "Outcome"]


@dataclass(slots=True)
class Outcome:
    """How a source did: entries offered, pages fetched, articles stored, and what went wrong.

    `old` entries were published before what is briefed; `left` were over the source's `limit`.
    `newest` is the newest date that the source states (ISO 8601).
    """

    source: str
    kind: str
    place: str
    entries: int = 0
    old: int = 0
    left: int = 0
    fetched: int = 0
    unchanged: int = 0
    extracted: int = 0
    stored: int = 0
    newest: str | None = None
    error: str | None = None
    refused: list[Refusal] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the counts for reports."""
        return {
            "source": self.source,
            "kind": self.kind,
            "place": self.place,
            "entries": self.entries,
            "old": self.old,
            "left": self.left,
            "fetched": self.fetched,
            "unchanged": self.unchanged,
            "extracted": self.extracted,
            "stored": self.stored,
            "newest": self.newest,
            "error": self.error,
            "refused": len(self.refused),
        }


@dataclass(frozen=True, slots=True)
class Collected:
    """What all sources gave together, in the order of the configuration."""

    outcomes: tuple[Outcome, ...] = ()

    @property
    def fetched(self) -> int:
        """Return how many pages came over the network."""
        return sum(outcome.fetched for outcome in self.outcomes)

    @property
    def stored(self) -> int:
        """Return how many articles the store did not have before."""
        return sum(outcome.stored for outcome in self.outcomes)
