"""The renderer interface: a briefing in, the bytes of one file out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.document import Briefing

__all__ = ["RenderSettings", "Renderer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderSettings:
    """How a briefing is drawn. The same document model serves every combination."""

    title: str | None = None
    rows: Literal["sentence", "paragraph"] = "sentence"
    layout: Literal["full", "brief", "table"] = "full"
    languages: Literal["both", "en", "id"] = "both"
    template: Path | None = None


class Renderer(Protocol):
    """One file format."""

    suffix: str

    def render(self, briefing: Briefing, settings: RenderSettings) -> bytes:
        """Return the file's bytes: the same for the same briefing and settings.

        Nothing that the articles say is trusted: every text is escaped for the format.
        """
        ...
