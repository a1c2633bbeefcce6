"""The renderer interface: a briefing in, the bytes of one file out."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from briefing.errors import UsageError, choices

if TYPE_CHECKING:
    from briefing.document import Briefing

__all__ = ["CHOICES", "RenderSettings", "Renderer"]

CHOICES: dict[str, tuple[str, ...]] = {
    "rows": ("sentence", "paragraph"),
    "layout": ("full", "brief", "table"),
    "languages": ("both", "en", "id"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderSettings:
    """How a briefing is drawn. The same document model serves every combination.

    Attributes:
        title: Title of the briefing; a plain one by default.
        rows: What one row of a side-by-side table holds.
        layout: `full`; `brief` leaves the articles' text out; `table` is the articles' text with
            as little round it as can be.
        languages: Columns to draw: Indonesian (`id`), English (`en`) or both. Labels are English.
        template: A house's own `.docx`, whose styles, page and letterhead the DOCX takes, or a
            folder that holds any of the shipped templates as the house has edited them.
    """

    title: str | None = None
    rows: Literal["sentence", "paragraph"] = "sentence"
    layout: Literal["full", "brief", "table"] = "full"
    languages: Literal["both", "en", "id"] = "both"
    template: Path | None = None

    @classmethod
    def checked(cls, settings: dict[str, Any]) -> RenderSettings:
        """Return the settings; raise `UsageError` for an unknown name or value."""
        known = [one.name for one in fields(cls)]
        for name, value in settings.items():
            if name not in known:
                raise UsageError(f"unknown setting {name!r}; choose from {choices(known)}")
            if name in CHOICES and value not in CHOICES[name]:
                raise UsageError(f"{name}: {value!r} is not one of {choices(CHOICES[name])}")
        template = settings.get("template")
        return cls(**{**settings, "template": Path(template) if template else None})


class Renderer(Protocol):
    """One file format."""

    suffix: str

    def render(self, briefing: Briefing, settings: RenderSettings) -> bytes:
        """Return the file's bytes: the same for the same briefing and settings.

        Nothing that the articles say is trusted: every text is escaped for the format.
        """
        ...
