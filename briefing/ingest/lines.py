"""The lines of a page on their way through the analysis, and what is learnt on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from briefing.ingest.furniture import is_sentence_like
from briefing.ingest.outlets import COMMON_WORDS, known_outlet, outlet_key

if TYPE_CHECKING:
    from briefing.document import Dropped

__all__ = ["Facts", "Line", "OutletRank", "Role", "first_known_outlet", "make_lines"]

Role = Literal["caption", "title", "deck", "dropped"]

_SPACE = re.compile(r"\s+")
_MARK = re.compile(r"(?P<level>#{1,6})(?:\s+|$)")


@dataclass(slots=True)
class Line:
    """One line; `role` is `None` until a pass claims it, and what nobody claims is the body.

    `number` counts from 1 through the page's text. `after_blank` says that a blank line stands
    before it. `level` is that of a heading the page marks as such (`## ...` is 2), 0 for all else.
    `pieces` are parts that were taken off it, such as the dateline.
    """

    number: int
    text: str
    after_blank: bool
    level: int = 0
    role: Role | None = None
    rule: str = ""
    pieces: list[Dropped] = field(default_factory=list)

    def drop(self, rule: str) -> None:
        """Claim the line as no part of the article."""
        self.role, self.rule = "dropped", rule

    @property
    def free(self) -> bool:
        """Whether no pass has claimed the line."""
        return self.role is None

    @property
    def running(self) -> bool:
        """Whether it is unclaimed running text."""
        return self.role is None and is_sentence_like(self.text)

    @property
    def key(self) -> str:
        """What two printings of one line share."""
        return outlet_key(self.text)


class OutletRank:
    """How far a sign of the outlet is trusted: the lowest number wins."""

    STATED = 0  # a record's field, or the page's own metadata
    DATELINE = 1
    TITLE = 2  # the site's name behind the headline
    MASTHEAD = 3  # logo, byline, time stamp
    ADDRESS = 4
    FOOT = 5  # copyright line, bare address
    REPRINT = 6  # `Artikel ini telah tayang di ...`: often itself, sometimes the source


@dataclass(slots=True)
class Facts:
    """What the passes learn about the article."""

    title: str | None = None
    title_line: int = 0
    outlets: list[tuple[int, str]] = field(default_factory=list)
    byline: str | None = None
    place: str | None = None
    wires: list[str] = field(default_factory=list)
    stamps: list[tuple[int, str]] = field(default_factory=list)
    dateline: str | None = None
    signers: set[str] = field(default_factory=set)

    def outlet(self, rank: int, name: str | None) -> None:
        """Note a sign of the outlet."""
        if name:
            self.outlets.append((rank, name))

    def best_outlet(self) -> str | None:
        """Return the outlet with the strongest sign, in its fullest form.

        `(CNBC)` in the dateline and `cnbcindonesia.com` at the foot are one outlet, CNBC Indonesia.
        """
        if not self.outlets:
            return None
        rank, best = min(self.outlets, key=lambda one: one[0])
        if rank == OutletRank.STATED:
            return best
        for _, other in sorted(self.outlets, key=lambda one: one[0]):
            longer = outlet_key(other).startswith(outlet_key(best)) and len(other) > len(best)
            if longer and known_outlet(other):
                return other
        return best


def make_lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not blank, with single spaces."""
    lines = []
    blank = True
    for number, raw in enumerate(text.split("\n"), start=1):
        line = _SPACE.sub(" ", raw).strip()
        mark = _MARK.match(line)
        level = len(mark["level"]) if mark is not None else 0
        line = line[mark.end() :] if mark is not None else line
        if line:
            lines.append(Line(number, line, blank, level))
        blank = not line
    return lines


def first_known_outlet(text: str) -> str | None:
    """Return the known outlet whose name `text` begins with."""
    words = text.split()[:4]
    for count in range(len(words), 0, -1):
        head = " ".join(words[:count]).strip(" .,-|")
        name = known_outlet(head)
        more = count < len(words) and words[count][:1].isupper()
        if name is not None and not (more and head.casefold() in COMMON_WORDS):
            return name
    return None
