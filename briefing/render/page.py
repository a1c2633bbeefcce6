"""The HTML rendering: one self-contained file, readable without script.

It is made from a template of its own, not from the Markdown rendering through the `markdown`
package: Markdown has no way to write `lang` on a cell, a header for a row, an anchor on a row or a
caption on a table, and those are what screen readers, evidence links and printing need. The house's
prose (how to read this, method) does come from Markdown; see `briefing.render.prose`.

The page carries a content security policy that allows its own style sheet and script by their
hashes and nothing else, so that even a text that slipped through the escaping could not run or load
anything.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from markupsafe import Markup

from briefing.render import picture, prose
from briefing.render.outline import outline
from briefing.render.template import HTML, METHOD, READING, SCRIPT, STYLE, Templates

if TYPE_CHECKING:
    from briefing.document import Briefing
    from briefing.render.renderer import RenderSettings
    from briefing.render.views import Outline

__all__ = ["HtmlRenderer", "heat", "page"]


class HtmlRenderer:
    """Draws `briefing.html`."""

    suffix = "html"

    def render(self, briefing: Briefing, settings: RenderSettings) -> bytes:
        """Return the page in UTF-8."""
        text = page(outline(briefing, settings), Templates(settings.template))
        return text.encode("utf-8")


def page(doc: Outline, templates: Templates) -> str:
    """Return the page for an outline."""
    css = templates.text(STYLE).strip()
    script = templates.text(SCRIPT).strip()
    values = {
        "doc": doc,
        "css": Markup(css),  # noqa: S704 - the house's own file
        "js": Markup(script),  # noqa: S704 - the house's own file
        "csp": _policy(css, script),
        "reading": Markup(prose.to_html(templates.prose(READING, doc))),  # noqa: S704 - the same
        "method": Markup(prose.to_html(templates.prose(METHOD, doc))),  # noqa: S704 - the same
        "picture": _picture(doc),
        "heat": heat,
    }
    return templates.render(HTML, values) + "\n"


def _picture(doc: Outline) -> str:
    if doc.coverage is None or not picture.available():
        return ""
    return Markup(picture.svg(doc.coverage))  # noqa: S704 - drawn here; words are outlines


def heat(count: int, most: int) -> int:
    """Return the shade of a count, 1 to 4: the count itself, or equal steps up to the greatest."""
    return max(1, min(4, -(-4 * count // max(most, 4))))


def _policy(css: str, script: str) -> str:
    """Return the content security policy (CSP level 2: hashes of the inline style and script)."""

    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")

    return (
        f"default-src 'none'; style-src 'sha256-{digest(css)}'; "
        f"script-src 'sha256-{digest(script)}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
