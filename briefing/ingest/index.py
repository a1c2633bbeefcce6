"""Index pages: lists of reports with a time stamp each, which are not an article."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.ingest.page import Page

__all__ = ["is_index"]

_ENOUGH = 4  # teasers: fewer may be a report and its sidebar
_SHARE = 0.6  # of the gaps between teasers that hold a time stamp
_TEASER = 45  # words: a teaser is a sentence or two
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\blalu\b|\bago\b", re.IGNORECASE)


def is_index(page: Page) -> bool:
    """Tell whether a page lists several reports: between its paragraphs stand time stamps.

    The front page of an outlet, a rubric, a tag page. An article has one time stamp; the clock times
    of a live report have no date. Headlines between paragraphs prove nothing: many outlets set a
    teaser after each.
    """
    texts = [block for block in page.blocks if block.kind == "text"]
    if len(texts) < _ENOUGH:
        return False
    stamps = [
        one.line for one in page.dropped if one.rule == "timestamp" and _DATED.search(one.text)
    ]
    gaps = list(pairwise(texts))
    parted = sum(
        1 for one, two in gaps if any(one.line < stamp < two.line for stamp in stamps[:200])
    )
    short = sum(1 for block in texts if len(block.text.split()) <= _TEASER)
    return parted >= _SHARE * len(gaps) and short >= 0.8 * len(texts)
