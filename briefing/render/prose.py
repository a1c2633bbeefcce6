"""The explanatory prose, written once in Markdown, for the three formats.

`templates/reading.md` and `templates/method.md` are the only texts that go through the `markdown`
package: they are the house's own. Articles never do: their text is not markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import markdown
from lxml import etree, html

__all__ = ["Block", "Words", "blocks", "to_html"]


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text and how it is set: "" or `strong`, `em`, `code`."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list item (`kind` is `p` or `li`) as runs."""

    kind: str
    runs: tuple[Words, ...]


def to_html(text: str) -> str:
    """Return Markdown as an HTML fragment."""
    return markdown.markdown(text, output_format="html")


def blocks(text: str) -> tuple[Block, ...]:
    """Return Markdown as paragraphs and list items, for a format that has styles of its own."""
    tree = html.fragment_fromstring(to_html(text), create_parent="div")
    return tuple(
        Block("li" if element.tag == "li" else "p", tuple(_runs(element, "")))
        for element in tree.iter("p", "li", "h1", "h2", "h3", "h4")
        if not (element.tag == "li" and element.find("p") is not None)
    )


def _runs(element: etree._Element, style: str) -> list[Words]:
    runs = _words(element.text, style)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("ul", "ol"):
            own = child.tag if child.tag in ("strong", "em", "code") else style
            runs.extend(_runs(child, own))
        runs.extend(_words(child.tail, style))
    return runs


def _words(text: str | None, style: str) -> list[Words]:
    joined = re.sub(r"\s+", " ", text or "")
    return [Words(joined, style)] if joined else []
