"""Where a text is inside quotation marks.

Newspapers mix typographic and straight marks, nest them, lose one of a pair, and leave the closing
mark off where a quotation goes on in the next paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["OPENING", "Span", "find_spans", "quoted_share"]

OPENING = "“„«"
_CLOSING = "”»"
_EITHER = '"‟＂'
# Single marks count where there are no double ones; an apostrophe stands between letters.
_SINGLE = re.compile(r"(?<!\w)‘[^‘]{1,2000}?’(?!\w)")
_MARKS = frozenset(OPENING + _CLOSING + _EITHER)


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `start` to `end` of a text, marks included.

    `opened` and `closed` say whether the mark is there; a quotation without its opening mark
    starts with the text, and one without its closing mark ends with it.
    """

    start: int
    end: int
    opened: bool = True
    closed: bool = True

    def inner(self, text: str) -> str:
        """Return what is between the marks."""
        return text[self.start + self.opened : self.end - self.closed].strip()


def find_spans(text: str) -> list[Span]:
    """Return the quotations of one paragraph in order; nested ones belong to the outer one."""
    if not _MARKS.intersection(text):
        return [Span(m.start(), m.end()) for m in _SINGLE.finditer(text)]
    spans: list[Span] = []
    start: int | None = None
    depth = 0
    for at, char in enumerate(text):
        if char not in _MARKS:
            continue
        opens = _opens(text, at, inside=start is not None)
        if opens and start is None:
            start, depth = at, 1
        elif opens and start is not None:
            if _nested(text, at):
                depth += 1
            else:  # the mark that should have closed the first quotation is missing
                spans.append(Span(start, at, closed=False))
                start, depth = at, 1
        elif start is not None:
            depth -= 1
            if depth == 0:
                spans.append(Span(start, at + 1))
                start = None
        elif not spans:
            spans.append(Span(0, at + 1, opened=False))
    if start is not None:
        spans.append(Span(start, len(text), closed=False))
    return spans


def quoted_share(text: str, spans: list[Span], start: int, end: int) -> float:
    """Return the share of the characters `start` to `end` that stand inside `spans` (0 to 1)."""
    if end <= start:
        return 0.0
    inside = sum(max(0, min(end, s.end) - max(start, s.start)) for s in spans)
    return min(1.0, inside / (end - start)) if text[start:end].strip() else 0.0


def _opens(text: str, at: int, *, inside: bool) -> bool:
    """Say whether the mark at `at` opens a quotation: by its form, else by what stands around it."""
    char = text[at]
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    free_before = before.isspace() or before in "([|:–—-/"
    free_after = after.isspace() or not after.isalnum()
    if char in OPENING:
        return True
    if char in _CLOSING:
        # Typed in the wrong direction: `”Kami siap,”`.
        return not inside and free_before and not free_after
    if inside:
        return free_before and not free_after
    return free_before or not free_after


def _nested(text: str, at: int) -> bool:
    """Say whether the mark at `at`, which opens inside a quotation, has a partner of its own.

    True where two closing marks follow before the next opening one.
    """
    closing = 0
    for place in range(at + 1, min(len(text), at + 600)):
        if text[place] in _MARKS:
            if _opens(text, place, inside=True):
                return False
            closing += 1
            if closing == 2:
                return True
    return False
