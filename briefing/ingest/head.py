"""The head of a page: where the article begins, and title, deck and time stamps above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document import Dropped
from briefing.ingest.credits import is_person
from briefing.ingest.dateline import Dateline, read_dateline
from briefing.ingest.furniture import is_section_trail, is_sentence_like, words_of
from briefing.ingest.headline import choose_title, same_headline, split_site
from briefing.ingest.lines import OutletRank
from briefing.ingest.outlets import known_outlet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.ingest.lines import Facts, Line

__all__ = ["claim_head", "find_lead"]

_ANCHORS = frozenset(("timestamp", "byline", "breadcrumb"))
# How much of the running text may stand above a time stamp for it to be the article's own: decks
# and cookie notices do, an article does not.
_ABOVE = 0.2


def find_lead(lines: list[Line], facts: Facts) -> int:
    """Return the index of the first line of the body; `len(lines)` where there is none.

    That is the line with the dateline, where one of the first lines of running text has it, else
    the first running text, below time stamp and byline where the page has them above.
    """
    seen = 0
    for index, line in enumerate(lines):
        if not line.free:
            continue
        found = read_dateline(line.text)
        if found is not None and len(words_of(line.text[found.end :])) >= 5:
            _take_dateline(line, found, facts)
            return index
        if found is None and index + 1 < len(lines) and _is_dateline_alone(line, facts):
            return index + 1
        if line.running:
            seen += 1
            if seen > 3:  # a dateline further down belongs to a second report
                break
    first = next((i for i, line in enumerate(lines) if line.running), len(lines))
    below = next((i for i, line in enumerate(lines) if line.running and i > _anchor(lines)), first)
    return max(first, below)


def _is_dateline_alone(line: Line, facts: Facts) -> bool:
    """Take a dateline that has a line of its own: `Jakarta, CNN Indonesia --`."""
    dashed = line.text.endswith(("-", "–", "—"))
    found = read_dateline(f"{line.text} X" if dashed else f"{line.text} - X")
    if found is None or (not dashed and not (found.place and found.outlet)):
        return False
    if not dashed and known_outlet(found.outlet or "") is None:
        return False
    _note_dateline(line, found, facts)
    line.drop("dateline")
    return True


def _take_dateline(line: Line, found: Dateline, facts: Facts) -> None:
    _note_dateline(line, found, facts)
    line.pieces.append(Dropped(found.text, "dateline", line.number))
    line.text = line.text[found.end :].strip()


def _note_dateline(line: Line, found: Dateline, facts: Facts) -> None:
    facts.place = found.place
    if found.outlet:
        facts.outlet(OutletRank.DATELINE, known_outlet(found.outlet) or found.outlet)
    facts.dateline = line.text


def _anchor(lines: Sequence[Line]) -> int:
    """Return the index of the last time stamp, byline or trail that stands above the article."""
    total = sum(len(line.text) for line in lines if line.running)
    above, anchor = 0, -1
    for index, line in enumerate(lines):
        if line.running:
            above += len(line.text)
            if above > _ABOVE * total:
                break
        elif line.rule in _ANCHORS:
            anchor = index
    return anchor


def claim_head(lines: list[Line], lead: int, facts: Facts, *, titled: bool = False) -> None:
    """Find title, deck and captions above the lead; what is left there is navigation.

    `titled` says that no headline is to be looked for in the text.
    """
    head = lines[:lead]
    if facts.title:
        for line in lines[: lead + 1]:
            if line.role in {None, "caption"} and same_headline(line.text, facts.title):
                line.drop("repeated-title")
    _claim_above_trail(head)
    _claim_repeats(head, lines[lead:], has_title=facts.title is not None)
    for line in head:
        if line.free and is_section_trail(line.text):
            line.drop("breadcrumb")
    candidates = [line for line in head if line.free]
    if facts.title is None and not titled:
        _claim_title(candidates, lines[lead:], facts)
    _claim_captions(head)
    _claim_rest([line for line in candidates if line.free], head, facts)


def _claim_above_trail(head: Sequence[Line]) -> None:
    """Drop what stands above the breadcrumbs, where a headline stands below them."""
    trail = max((i for i, line in enumerate(head) if line.rule == "breadcrumb"), default=-1)
    if any(line.free and len(words_of(line.text)) >= 4 for line in head[trail + 1 :]):
        for line in head[: max(trail, 0)]:
            if line.free or line.role == "caption":
                line.drop("navigation")


def _claim_title(candidates: Sequence[Line], below: Sequence[Line], facts: Facts) -> None:
    body = " ".join(line.text for line in below if line.free)[:20_000]
    top = [line.level == 1 for line in candidates]
    chosen = choose_title([line.text for line in candidates], body, top)
    if chosen is None:
        return
    line = candidates[chosen]
    headline, site = split_site(line.text)
    facts.title, facts.title_line = headline, line.number
    facts.outlet(OutletRank.TITLE, site)
    line.role = "title"
    left = line.text[len(headline) :].strip()
    if left:
        line.pieces.append(Dropped(left, "site-name", line.number))
    for other in candidates:
        if other.free and same_headline(other.text, headline):
            other.drop("repeated-title")


def _claim_repeats(head: Sequence[Line], below: Sequence[Line], *, has_title: bool) -> None:
    """Keep apart lines that stand twice: a picture's text and its caption, a deck and its copy."""
    later = {line.key for line in below if line.running}
    free = [line for line in head if line.role in {None, "caption"}]
    seen: dict[str, Line] = {}
    for index, line in enumerate(free):
        key = line.key
        if key in later and line.running:
            line.drop("repeated-line")
        elif key in seen:
            first = seen[key]
            titled = has_title or any(
                one.free and one.key != key and len(words_of(one.text)) >= 4
                for one in free[: free.index(first)]
            )
            if first.role == "caption":
                line.drop("repeated-caption")
            elif first.role is None and titled and free[index - 1].key == key:
                first.role = "caption"
                line.drop("repeated-caption")
        else:
            seen[key] = line


def _claim_captions(head: Sequence[Line]) -> None:
    """Take the line beside a picture's credit for its caption."""
    for index, line in enumerate(head):
        if line.rule not in {"photo-credit", "photo-source"}:
            continue
        before = head[index - 1] if index else None
        after = head[index + 1] if index + 1 < len(head) else None
        near = before if line.rule == "photo-source" else after
        if near is not None and near.free and len(words_of(near.text)) >= 3:
            near.role = "caption"


def _claim_rest(free: Sequence[Line], head: Sequence[Line], facts: Facts) -> None:
    """Sort what is left above the lead: the deck right below the title, captions, navigation."""
    stamps = (
        line.number
        for line in head
        if line.rule in {"timestamp", "byline"} and line.number > facts.title_line
    )
    stamped = max(stamps, default=10**9)
    deck = False
    for line in free:
        words = len(words_of(line.text))
        if line.number < facts.title_line or words < 4 or line.text[:1] in "|>•":
            if not _claim_author(line, head, facts):
                line.drop("navigation")
        elif is_sentence_like(line.text) or (not deck and line.number < stamped):
            line.role, deck = "deck", True
        else:
            # Below the byline and above the lead stands the picture.
            line.role = "caption"


def _claim_author(line: Line, head: Sequence[Line], facts: Facts) -> bool:
    """Take a bare name beside the time stamp for the byline."""
    if not is_person(line.text) or not 2 <= len(line.text.split()) <= 4:
        return False
    if line.number < facts.title_line:
        return False
    index = head.index(line)
    beside = [*head[max(0, index - 1) : index], *head[index + 1 : index + 2]]
    if not any(other.rule == "timestamp" for other in beside):
        return False
    facts.byline = facts.byline or line.text
    line.drop("byline")
    return True
