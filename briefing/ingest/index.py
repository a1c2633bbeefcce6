"""Index pages: lists of headlines and teasers, which are not an article."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.ingest.body import is_other_headline

if TYPE_CHECKING:
    from briefing.ingest.page import Page

__all__ = ["is_index"]

_ENOUGH = 3  # teasers: two reports on a page may still be a report and its sidebar
_SHARE = 0.6  # of the gaps between teasers that hold a time stamp or another headline
_TEASER = 45  # words: a teaser is a sentence or two


def is_index(page: Page) -> bool:
    """Tell whether a page lists several reports: between its paragraphs stand headlines or times.

    The front page of an outlet, a rubric, a tag page. Each teaser is short and has a headline of its
    own or a time stamp above it; an article has one of each.
    """
    texts = [block for block in page.blocks if block.kind == "text"]
    if len(texts) < _ENOUGH:
        return False
    marks = sorted(
        [one.line for one in page.dropped if one.rule == "timestamp"]
        + [
            block.line
            for block in page.blocks
            if block.kind == "heading" and is_other_headline(block.text)
        ]
        + [one.line for one in page.dropped if one.rule == "teaser" and is_other_headline(one.text)]
    )
    gaps = list(pairwise(texts))
    parted = sum(1 for one, two in gaps if any(one.line < mark < two.line for mark in marks))
    short = sum(1 for block in texts if len(block.text.split()) <= _TEASER)
    return parted >= _SHARE * len(gaps) and short >= 0.8 * len(texts)
