"""Draw a briefing as DOCX, Markdown, HTML and JSON, from the document model alone."""

from __future__ import annotations

from briefing.render.renderer import Renderer, RenderSettings
from briefing.render.saving import FORMATS, check_out, renderer, save

__all__ = ["FORMATS", "RenderSettings", "Renderer", "check_out", "renderer", "save"]
