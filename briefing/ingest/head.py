"""The head of a page: where the article begins, and title, deck and time stamps above it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Dropped
from briefing.ingest.credits import is_person
from briefing.ingest.dateline import Dateline, read_dateline
from briefing.ingest.furniture import is_section_trail, is_sentence_like, teaser_label, words_of
from briefing.ingest.headline import choose_title, same_headline, split_site
from briefing.ingest.lines import OutletRank
from briefing.ingest.outlets import known_outlet
from briefing.ingest.overlap import shared, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.ingest.lines import Facts, Line

__all__ = ["claim_head", "find_lead"]

_CAPITAL_LEAD = re.compile(r"[A-Z]{5,} [a-zA-Z][a-z]+ [\w-]+ ")
_KIND = re.compile(r"(?:VIDEO|INFOGRAFIS|Video|Infografis)\s?: \S")
_UNRELATED = 0.12  # share of words with the body below which a sentence above it is no deck

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
    first = _capital_lead(lines) or first
    below = next((i for i, line in enumerate(lines) if line.running and i > _anchor(lines)), first)
    return max(first, below)


def _capital_lead(lines: Sequence[Line]) -> int | None:
    """Return the index of a lead that is set with its first word in capitals: `WARGA desa ...`.

    That is how some outlets open a report, where the page has other sentences above: the teaser of
    another report, a deck. Abbreviations are shorter or stand elsewhere too.
    """
    running = [(i, line) for i, line in enumerate(lines) if line.running][:4]
    for place, (index, line) in enumerate(running):
        match = _CAPITAL_LEAD.match(line.text)
        if match is None:
            continue
        gap = place > 0 and any(
            not one.free or not one.running for one in lines[running[0][0] : index]
        )
        return index if gap else None
    return None


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
    for line in head:
        if line.free and is_section_trail(line.text):
            line.drop("breadcrumb")
    candidates = [line for line in head if line.free]
    if facts.title is None and not titled:
        _claim_title(candidates, head, lines[lead:], facts)
    _claim_repeats(head, lines[lead:], facts)
    _claim_captions(head)
    words = vocabulary(line.text for line in lines[lead:] if line.running)
    _claim_rest([line for line in candidates if line.free], head, facts, words)


def _claim_above_trail(head: Sequence[Line]) -> None:
    """Drop what stands above the breadcrumbs, where a headline stands below them."""
    trail = max((i for i, line in enumerate(head) if line.rule == "breadcrumb"), default=-1)
    if any(line.free and len(words_of(line.text)) >= 4 for line in head[trail + 1 :]):
        for line in head[: max(trail, 0)]:
            if line.free or line.role == "caption":
                line.drop("navigation")


def _claim_title(
    candidates: Sequence[Line], head: Sequence[Line], below: Sequence[Line], facts: Facts
) -> None:
    body = " ".join(line.text for line in below if line.free)[:20_000]
    # What stands below `Terkini` in a menu may be the headline; see `choose_title`.
    menu = [
        line
        for line in head
        if line.rule == "teaser" and line.role == "dropped" and teaser_label(line.text) is None
    ]
    candidates = sorted([*candidates, *menu], key=lambda line: line.number)
    top = [line.level == 1 for line in candidates]
    # A line that stands again further down is the title; twice running, it may be a caption.
    again = {
        line.key
        for index, line in enumerate(head)
        if line.free
        and any(one.key == line.key for one in head[max(0, index - 41) : max(0, index - 1)])
    }
    marked = [mark or line.key in again for mark, line in zip(top, candidates, strict=True)]
    doubtful = [not line.free for line in candidates]
    chosen = choose_title([line.text for line in candidates], body, marked, doubtful)
    if chosen is None:
        # A report in pictures has its kind before the headline, like the teaser of one.
        kinds = [line for line in head if line.rule == "teaser" and _KIND.match(line.text)]
        if len(kinds) != 1:
            return
    line = candidates[chosen] if chosen is not None else kinds[0]
    headline, site = split_site(line.text)
    facts.title, facts.title_line = headline, line.number
    facts.outlet(OutletRank.TITLE, site)
    line.role, line.rule = "title", ""
    left = line.text[len(headline) :].strip()
    if left:
        line.pieces.append(Dropped(left, "site-name", line.number))
    for other in candidates:
        if other.free and same_headline(other.text, headline):
            other.drop("repeated-title")


def _claim_repeats(head: Sequence[Line], below: Sequence[Line], facts: Facts) -> None:
    """Keep apart lines that stand twice: a picture's text and its caption, a deck and its copy.

    A caption stands below the title; what repeats above it is navigation.
    """
    later = {line.key for line in below if line.running}
    free = [line for line in head if line.role in {None, "caption"}]
    seen: dict[str, Line] = {}
    for index, line in enumerate(free):
        key = line.key
        first = seen.setdefault(key, line)
        if key in later and line.running:
            line.drop("repeated-line")
        elif first is line:
            continue
        elif first.role == "caption":
            line.drop("repeated-caption")
        elif _is_pair(first, line, free[index - 1], facts):
            first.role = "caption"
            line.drop("repeated-caption")


def _is_pair(first: Line, second: Line, above: Line, facts: Facts) -> bool:
    below_title = facts.title is not None and first.number > facts.title_line
    return first.free and below_title and above is first and len(words_of(second.text)) >= 3


def _claim_captions(head: Sequence[Line]) -> None:
    """Take the line beside a picture's credit for its caption."""
    for index, line in enumerate(head):
        if line.rule == "media" and index + 1 < len(head):
            # Below `zoom-in` stands the picture's text, and its credit or its caption below that.
            text, below = head[index + 1], head[index + 2 : index + 3]
            credited = any(one.role == "caption" or one.rule == "photo-credit" for one in below)
            if text.free and credited and len(words_of(text.text)) >= 3:
                text.role = "caption"
        if line.rule not in {"photo-credit", "photo-source"}:
            continue
        before = head[index - 1] if index else None
        after = head[index + 1] if index + 1 < len(head) else None
        near = before if line.rule == "photo-source" else after
        if near is not None and near.free and len(words_of(near.text)) >= 3:
            near.role = "caption"


def _claim_rest(free: Sequence[Line], head: Sequence[Line], facts: Facts, words: set[str]) -> None:
    """Sort what is left above the lead: the deck right below the title, captions, navigation."""
    stamps = (
        line.number
        for line in head
        if line.rule in {"timestamp", "byline"} and line.number > facts.title_line
    )
    stamped = max(stamps, default=10**9)
    deck = False
    for line in free:
        count = len(words_of(line.text))
        if line.number < facts.title_line or count < 4 or line.text[:1] in "|>•":
            if not _claim_author(line, head, facts):
                _learn_masthead(line, facts)
                line.drop("navigation")
        elif is_sentence_like(line.text) and shared(line.text, words) < _UNRELATED:
            line.drop("teaser")
        elif is_sentence_like(line.text) or (not deck and line.number < stamped):
            line.role, deck = "deck", True
        else:
            # Below the byline and above the lead stands the picture.
            line.role = "caption"


def _learn_masthead(line: Line, facts: Facts) -> None:
    """Take the name above the title for the outlet that the dateline abbreviates: `MANADO, ST -- `."""
    initials = "".join(word[0] for word in words_of(line.text)).upper()
    for index, (rank, name) in enumerate(facts.outlets):
        if rank == OutletRank.DATELINE and len(name) > 1 and name == initials:
            facts.outlets[index] = (rank, line.text)


def _claim_author(line: Line, head: Sequence[Line], facts: Facts) -> bool:
    """Take a bare name beside the time stamp for the byline."""
    if not is_person(line.text) or not 2 <= len(line.text.split()) <= 4:
        return False
    if line.number < facts.title_line:
        return False
    index = head.index(line)
    beside = [*head[max(0, index - 1) : index], *head[index + 1 : index + 2]]
    if line.key not in facts.signers and not any(one.rule == "timestamp" for one in beside):
        return False
    facts.byline = facts.byline or line.text
    line.drop("byline")
    return True
