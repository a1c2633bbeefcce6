"""Page analysis: from a noisy page, as plain text, to the article on it.

Input is a line per block, as a browser copies a page or an extractor dumps it. Every line that is
not blank ends up in exactly one place: title, body, heading, caption or `dropped`, where the name
of the rule says why. The stages are small passes over the list of lines, each of which looks only
at lines that no earlier pass has claimed:

1. furniture that shows by itself (`briefing.ingest.furniture`), teasers with the headline below;
2. captions, source lines, bylines, time stamps;
3. the lead, found by its dateline or as the first running text, and above it title and deck;
4. the foot of the page after the last running text;
5. the body between: paragraphs, headings, and furniture inside paragraphs.

Nothing is taken from outside the page, and what it does not say stays unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from briefing.document import Dropped
from briefing.ingest.credits import (
    byline_of,
    find_wires,
    is_caption,
    outlet_in_byline,
    source_line,
)
from briefing.ingest.dateline import Dateline, find_dateline, read_dateline
from briefing.ingest.dates import PublicationDate, find_dates, publication_date
from briefing.ingest.furniture import (
    is_sentence_like,
    line_rule,
    split_pieces,
    teaser_label,
    words_of,
)
from briefing.ingest.headline import choose_title, same_headline, split_site
from briefing.ingest.outlets import DOMAIN_RE, known_outlet, outlet_from_address, outlet_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.ingest.reader import RawArticle

__all__ = ["Block", "Page", "analyse"]

Role = Literal["body", "heading", "caption", "title", "deck", "dropped"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or heading of the body, or a caption, with the line that it begins on."""

    text: str
    line: int
    kind: Literal["text", "heading", "caption"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says, and what of it is not the article."""

    title: str | None
    blocks: tuple[Block, ...]
    captions: tuple[Block, ...]
    dropped: tuple[Dropped, ...]
    published: PublicationDate
    outlet: str | None = None
    byline: str | None = None
    place: str | None = None
    wires: tuple[str, ...] = ()
    title_line: int | None = None


@dataclass(slots=True)
class _Line:
    """A line on its way through the passes; `role` is `None` until a pass claims it."""

    number: int
    text: str
    after_blank: bool
    role: Role | None = None
    rule: str = ""
    pieces: list[Dropped] = field(default_factory=list)

    def drop(self, rule: str) -> None:
        self.role, self.rule = "dropped", rule

    @property
    def free(self) -> bool:
        return self.role is None

    @property
    def running(self) -> bool:
        return self.role is None and is_sentence_like(self.text)


@dataclass(slots=True)
class _Facts:
    """What the passes learn about the page on their way."""

    title: str | None = None
    title_line: int | None = None
    outlets: list[tuple[int, str]] = field(default_factory=list)
    byline: str | None = None
    place: str | None = None
    wires: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    dateline: str | None = None

    def outlet(self, rank: int, name: str | None) -> None:
        """Note an outlet; the lowest rank wins."""
        if name:
            self.outlets.append((rank, name))


_SPACE = re.compile(r"\s+")
_MARKDOWN_HEAD = re.compile(r"^#{1,6}\s+")
_NUMBERED = re.compile(r"^(?:\d{1,2}|[IVX]{1,4}|[A-Z])[.)]\s*\S")
_TAIL_RULES = frozenset(("related", "comments"))
_EDITOR = re.compile(r"\b(?:editor|penyunting|redaktur|uploader)\b", re.IGNORECASE)
_STAMP_WORDS = re.compile(
    r"\b(?:wib|wita|wit|gmt|utc|am|pm|pukul|jam|diterbitkan|dipublikasikan|diperbarui|diperbaharui|diupdate|"
    r"terbit|tayang|update[d]?|last|posted|published|publish|on|by|oleh|pada|dirilis|rilis|tanggal|date|"
    r"senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"terakhir|waktu|news|berita|nasional|internasional|the|at|in|dibuat|created|modified|yang lalu|lalu|"
    r"menit|jam|hari|detik|baru saja|kemarin|januari|februari|maret|april|mei|juni|juli|agustus|september|"
    r"oktober|november|desember)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?:sekitar )?\d{1,2}\s+(?:detik|menit|jam|hari|minggu|bulan)(?: yang)? (?:lalu|ago)|baru saja",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\b")
_SLOGAN = re.compile(
    r"(?:ayo|yuk|mari|salam|merdeka|selamat|dirgahayu|tetap)\b[^\"“”]{3,80}!\s*$", re.I
)
_LOGO = re.compile(r"logo\s+(?P<name>[\w .&-]{2,40})$", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:copyright|©|hak cipta)\W*(?:\(c\)\W*)?(?:(?:19|20)\d\d(?:\s*-\s*(?:19|20)\d\d)?)?\W*(?P<name>[A-Za-z][\w.& -]{1,40})",
    re.IGNORECASE,
)
_TAYANG = re.compile(
    r"(?:telah|sudah)\s+(?:di)?(?:tayang|terbit)\w*(?: lebih dulu)?\s+(?:di|pada|oleh)\s+"
    r"(?P<name>[A-Za-z][\w.-]*(?:\s[A-Z][\w.-]*){0,3})",
    re.IGNORECASE,
)
_UPPER_NAME = re.compile(r"^[A-Z][A-Z.'’ -]{2,50}$")


def analyse(raw: RawArticle, *, path: str | None = None) -> Page:
    """Take a page apart.

    Args:
        raw: The page's text and whatever metadata came with it.
        path: A file name or address that may carry a date (`/read/2023/09/13/`).

    Returns:
        The article and what is not part of it. `blocks` is empty where there is no running text.
    """
    lines = _lines(raw.text)
    facts = _Facts()
    _from_metadata(raw, facts)
    _claim_furniture(lines, facts)
    _claim_teasers(lines)
    _split_glued_captions(lines)
    _claim_credits(lines, facts)
    _claim_related(lines)
    lead = _find_lead(lines, facts)
    _claim_head(lines, lead, facts, raw)
    _claim_foot(lines, lead, facts)
    _join_wrapped(lines, lead)
    blocks, inline = _body(lines, lead, facts)
    return _page(raw, path, lines, facts, blocks, inline)


# --- lines ---------------------------------------------------------------------------------------


def _lines(text: str) -> list[_Line]:
    lines = []
    blank = True
    for number, line in enumerate(text.split("\n"), start=1):
        line = _SPACE.sub(" ", line).strip()
        if line:
            lines.append(_Line(number, line, blank))
        blank = not line
    return lines


def _from_metadata(raw: RawArticle, facts: _Facts) -> None:
    if raw.title:
        headline, site = split_site(_SPACE.sub(" ", raw.title).strip())
        facts.title = headline or None
        facts.outlet(2, site)
    if raw.outlet and raw.outlet.strip():
        name = raw.outlet.strip()
        facts.outlet(0, known_outlet(name) or name)
    if raw.url:
        facts.outlet(4, outlet_from_address(raw.url))
    if raw.byline and raw.byline.strip():
        facts.byline = _SPACE.sub(" ", raw.byline).strip()
    facts.wires += raw.wires


# --- furniture, teasers, credits -----------------------------------------------------------------


def _claim_furniture(lines: list[_Line], facts: _Facts) -> None:
    for line in lines:
        rule = line_rule(line.text)
        if rule is None:
            continue
        if rule in {"sign-off", "disclaimer", "teaser", "logo", "masthead", "url"}:
            _learn(line.text, rule, facts)
        line.drop(rule)


def _learn(text: str, rule: str, facts: _Facts) -> None:
    """Take from furniture what it says about the article."""
    if rule == "logo" and (match := _LOGO.match(text)):
        facts.outlet(3, known_outlet(match["name"]) or match["name"].strip())
    elif rule == "masthead":
        facts.outlet(3, known_outlet(text))
    elif rule == "url":
        facts.outlet(5, outlet_from_address(text))
    elif rule == "disclaimer" and (match := _COPYRIGHT.search(text)):
        facts.outlet(5, known_outlet(match["name"].strip()) or _first_known(match["name"]))
    elif rule == "teaser" and (match := _TAYANG.search(text)):
        facts.outlet(6, known_outlet(match["name"]) or _first_known(match["name"]))
    elif rule == "sign-off" and _EDITOR.search(text) is None:
        facts.wires += find_wires(f". {text}")


def _first_known(text: str) -> str | None:
    words = text.split()
    for count in range(min(4, len(words)), 0, -1):
        name = known_outlet(" ".join(words[:count]))
        if name is not None:
            return name
    return None


def _claim_teasers(lines: list[_Line]) -> None:
    """Drop the headlines that stand below a label without one (`Baca juga:`)."""
    for index, line in enumerate(lines):
        if line.rule not in {"teaser", "related"} or not _is_bare_label(line):
            continue
        taken = 0
        for follower in lines[index + 1 : index + 12]:
            if not follower.free or not _looks_like_headline(follower.text):
                break
            # Below the first headline, a short line may be a heading of the body.
            tight = not follower.after_blank
            if taken and not (tight or len(words_of(follower.text)) >= 7):
                break
            follower.drop("teaser")
            taken += 1


def _is_bare_label(line: _Line) -> bool:
    if line.rule == "related":
        return True
    found = teaser_label(line.text)
    return (found is not None and not found[1]) or line.text.endswith(":")


def _looks_like_headline(text: str) -> bool:
    count = len(words_of(text))
    return (
        2 <= count <= 22
        and not text.endswith((".", ",", ";", ":"))
        and not (is_sentence_like(text) and text.endswith((".", "”", '"')))
        and read_dateline(text) is None
        and not _NUMBERED.match(text)
    )


def _split_glued_captions(lines: list[_Line]) -> None:
    """Cut `Foto: AP|PropertiRUSIA, KUPANG TIMES - ...` before the dateline."""
    for index, line in enumerate(lines):
        if not line.free or not is_caption(line.text[:120]):
            continue
        found = find_dateline(line.text)
        if found is not None and found[0] > 0:
            head, rest = line.text[: found[0]].strip(), line.text[found[0] :]
            line.text = head
            line.role = "caption"
            lines.insert(index + 1, _Line(line.number, rest, after_blank=False))
            return


def _claim_credits(lines: list[_Line], facts: _Facts) -> None:
    for index, line in enumerate(lines):
        if not line.free:
            continue
        names = source_line(line.text)
        if names is not None and not is_sentence_like(line.text.rstrip(").")):
            facts.wires += names
            line.drop("source")
        elif _is_stamp(line.text):
            facts.stamps.append(line.text)
            facts.outlet(3, outlet_in_byline(f"- {line.text}") or _stamp_outlet(line.text))
            line.drop("timestamp")
        elif is_caption(line.text):
            line.role = "caption"
        elif (name := byline_of(line.text)) is not None and not line.running:
            facts.byline = facts.byline or name
            facts.outlet(3, outlet_in_byline(line.text))
            if find_dates(line.text):
                facts.stamps.append(line.text)
            line.drop("byline")
        elif index and _is_writer(lines, index):
            facts.byline = facts.byline or line.text
            line.drop("byline")


def _is_writer(lines: Sequence[_Line], index: int) -> bool:
    """Tell whether a name stands right below `Verified Writer` or `Tentang Penulis`."""
    return (
        lines[index - 1].rule == "author-bio"
        and len(words_of(lines[index].text)) <= 6
        and not lines[index].text.endswith((".", ":"))
        and lines[index].text[:1].isupper()
    )


def _is_stamp(text: str) -> bool:
    """Tell whether a line says when it was published and hardly anything else."""
    if len(text) > 140 or text.endswith(("?", "!", '"', "”")):
        return False
    dates = find_dates(text)
    relative = _RELATIVE.search(text)
    if not dates and not relative and not _CLOCK.search(text):
        return False
    left = text
    for found in reversed(dates):
        left = f"{left[: found.start]} {left[found.end :]}"
    left = _CLOCK.sub(" ", _RELATIVE.sub(" ", left))
    left = DOMAIN_RE.sub(" ", left)
    rest = words_of(_STAMP_WORDS.sub(" ", left))
    if not dates and not relative:
        return not rest and len(words_of(text)) >= 2
    named = bool(rest) and all(word[:1].isupper() or word.isdigit() for word in rest)
    separated = any(mark in text for mark in "|-–—/•·,")
    return not rest or (named and len(rest) <= (6 if separated else 2) and not text.endswith("."))


def _stamp_outlet(text: str) -> str | None:
    match = DOMAIN_RE.search(text)
    if match is not None:
        return outlet_from_address(match.group())
    return _first_known(re.split(r"\s*[-–—|,•·]\s*", text)[0])


def _claim_related(lines: list[_Line]) -> None:
    """Drop everything below `Berita Terkait` or the comments where no body follows.

    Such a box also stands in the middle of pages; so only what follows the last long paragraph
    counts as the foot, and in the middle only the headlines right below the label go, which
    `_claim_teasers` has done.
    """
    total = sum(len(line.text) for line in lines if line.running)
    seen = 0
    for index, line in enumerate(lines):
        if line.running:
            seen += len(line.text)
        if line.rule not in _TAIL_RULES or seen < 0.6 * total or not seen:
            continue
        rest = [late for late in lines[index + 1 :] if late.free]
        prose = sum(len(late.text) for late in rest if late.running)
        if prose > 0.4 * seen:
            continue
        if line.rule == "related" and _continues(rest):
            continue
        for late in rest:
            late.drop("related" if line.rule == "related" else "comments")
        return


def _continues(rest: Sequence[_Line]) -> bool:
    """Tell whether the article goes on below a box: mostly running text follows."""
    running = sum(1 for line in rest if line.running)
    return running >= 2 and running > 0.6 * len(rest)


# --- lead and head -------------------------------------------------------------------------------


def _find_lead(lines: list[_Line], facts: _Facts) -> int:
    """Return the index of the first line of the body; `len(lines)` where there is none."""
    first = next((i for i, line in enumerate(lines) if line.running), len(lines))
    seen = 0
    for index, line in enumerate(lines):
        if not line.free:
            continue
        found = read_dateline(line.text)
        if found is not None and len(words_of(line.text[found.end :])) >= 5:
            _take_dateline(line, found, facts)
            return index
        if found is None and line.text.endswith(("-", "–", "—")):
            alone = read_dateline(f"{line.text} X")
            if alone is not None and index + 1 < len(lines):
                _take_dateline(line, alone, facts)
                return index + 1
        if line.running:
            seen += 1
            if seen > 3:  # a dateline further down belongs to a second report
                break
    return first


def _take_dateline(line: _Line, found: Dateline, facts: _Facts) -> None:
    facts.place = found.place
    facts.outlet(1, (found.outlet and (known_outlet(found.outlet) or found.outlet)))
    facts.dateline = line.text
    line.pieces.append(Dropped(found.text, "dateline", line.number))
    line.text = line.text[found.end :].strip() if found.end < len(line.text) else ""
    if not line.text:
        line.drop("dateline")
        line.text = found.text
        line.pieces.clear()


def _claim_head(lines: list[_Line], lead: int, facts: _Facts, raw: RawArticle) -> None:
    """Find title and deck above the lead; captions that repeat; the rest is navigation."""
    head = lines[:lead]
    if facts.title:
        for line in lines[: lead + 1]:
            if line.role in {None, "caption"} and same_headline(line.text, facts.title):
                line.drop("repeated-title")
    _repeated_captions(head, has_title=facts.title is not None)
    candidates = [line for line in head if line.free]
    if facts.title is None and not raw.is_body:
        body = " ".join(line.text for line in lines[lead:] if line.free)[:20_000]
        chosen = choose_title([line.text for line in candidates], body)
        if chosen is not None:
            _set_title(candidates[chosen], facts)
    position = facts.title_line or 0
    deck = False
    for line in candidates:
        if not line.free:
            continue
        if facts.title and same_headline(line.text, facts.title):
            line.drop("repeated-title")
        elif line.number > position and not deck and _is_deck(line.text):
            line.role, deck = "deck", True
        elif is_sentence_like(line.text) and line.number > position:
            line.role = "deck"
        else:
            line.drop("navigation")


def _set_title(line: _Line, facts: _Facts) -> None:
    headline, site = split_site(_MARKDOWN_HEAD.sub("", line.text))
    facts.title, facts.title_line = headline, line.number
    facts.outlet(2, site)
    line.role = "title"


def _is_deck(text: str) -> bool:
    return len(words_of(text)) >= 4 and text[:1] not in "#|>" and len(text) <= 400


def _repeated_captions(head: list[_Line], *, has_title: bool) -> None:
    """Keep apart a line that stands twice running: a picture's text and its caption."""
    free = [line for line in head if line.role in {None, "caption"}]
    for index in range(1, len(free)):
        one, two = free[index - 1], free[index]
        if outlet_key(one.text) != outlet_key(two.text):
            continue
        titled = has_title or any(
            line.free and len(words_of(line.text)) >= 3 for line in free[: index - 1]
        )
        if titled or one.role == "caption":
            one.role = "caption"
            two.drop("repeated-caption")


# --- foot and body -------------------------------------------------------------------------------


def _claim_foot(lines: list[_Line], lead: int, facts: _Facts) -> None:
    """Drop what stands below the last running text."""
    last = max((i for i, line in enumerate(lines) if line.running and i >= lead), default=-1)
    if last < 0:
        return
    for line in lines[last + 1 :]:
        if not line.free:
            continue
        if facts.byline is None and _UPPER_NAME.match(line.text) and len(line.text.split()) <= 5:
            line.drop("foot")
        elif _SLOGAN.match(line.text):
            line.drop("slogan")
        elif _is_list_item(line.text):
            continue
        else:
            line.drop("foot")
    for line in lines[lead : last + 1]:
        if line.free and _SLOGAN.match(line.text) and line is lines[last]:
            line.drop("slogan")


def _is_list_item(text: str) -> bool:
    """Tell whether a line below the last sentence is the end of a list in the article."""
    return bool(re.match(r"(?:[-•*–]\s|\d{1,2}[.)]\s)\S", text)) and len(words_of(text)) >= 2


_LOWER_START = re.compile(r"[a-zà-ÿ,;)]")
_OPEN_END = re.compile(r"[\w,;:–—-][\"”’)]?$")


def _join_wrapped(lines: list[_Line], lead: int) -> None:
    """Join lines that a paragraph was broken into, by a fixed width or around a link."""
    previous: _Line | None = None
    wrapped = _is_wrapped(lines[lead:])
    for line in lines[lead:]:
        if line.role is not None:
            if line.role != "caption":
                previous = None if line.after_blank else previous
            continue
        if previous is not None and _goes_on(previous, line, wrapped=wrapped):
            previous.text = f"{previous.text} {line.text}"
            previous.pieces += line.pieces
            line.drop("joined")
            continue
        previous = line


def _goes_on(previous: _Line, line: _Line, *, wrapped: bool) -> bool:
    if not _OPEN_END.search(previous.text) or _NUMBERED.match(line.text):
        return False
    if _LOWER_START.match(line.text):
        return not line.after_blank or previous.text[-1] in ",–" or len(words_of(line.text)) < 3
    return wrapped and not line.after_blank and len(previous.text) >= 45


def _is_wrapped(lines: Sequence[_Line]) -> bool:
    """Tell whether paragraphs are broken at a fixed width: most tight line ends are open."""
    tight = [
        (one, two)
        for one, two in zip(lines, lines[1:], strict=False)
        if one.role is None and two.role is None and not two.after_blank
    ]
    if len(tight) < 3:
        return False
    lengths = sorted(len(one.text) for one, _ in tight)
    widest = lengths[int(0.9 * (len(lengths) - 1))]
    if not 40 <= widest <= 130:
        return False
    lower = sum(
        1 for one, two in tight if _OPEN_END.search(one.text) and _LOWER_START.match(two.text)
    )
    return lower >= 0.3 * len(tight)


def _body(lines: list[_Line], lead: int, facts: _Facts) -> tuple[list[Block], list[Dropped]]:
    blocks: list[Block] = []
    inline: list[Dropped] = []
    for line in lines[:lead]:
        if line.role == "deck":
            kind: Literal["text", "heading"] = "text" if _is_prose(line.text) else "heading"
            blocks.append(Block(line.text, line.number, kind))
    free = [line for line in lines[lead:] if line.free]
    _drop_runs(free)
    free = [line for line in free if line.free]
    for index, line in enumerate(free):
        inline += line.pieces
        texts: list[str] = []
        for piece in split_pieces(line.text):
            if piece.rule is None:
                texts.append(piece.text)
            else:
                inline.append(Dropped(piece.text, piece.rule, line.number))
                _learn(piece.text, piece.rule, facts)
        text = _MARKDOWN_HEAD.sub("", " ".join(texts))
        if not text:
            continue
        below = any(later.running for later in free[index + 1 : index + 4])
        heading = _is_heading(line.text, last=not below)
        blocks.append(Block(text, line.number, "heading" if heading else "text"))
        facts.wires += find_wires(text)
    return blocks, inline


def _is_prose(text: str) -> bool:
    return is_sentence_like(text) and text.endswith((".", "”", '"'))


def _is_heading(text: str, *, last: bool) -> bool:
    if _MARKDOWN_HEAD.match(text):
        return True
    if (
        last
        or is_sentence_like(text)
        and not (_NUMBERED.match(text) and len(words_of(text)) <= 16 and not text.endswith("."))
    ):
        return False
    return (
        len(words_of(text)) <= 16
        and not text.endswith((".", ",", ";", ":"))
        and not text[:1].islower()
    )


def _drop_runs(free: list[_Line]) -> None:
    """Drop three or more headlines in a row inside the body: a box of other reports."""
    run: list[_Line] = []
    for line in [*free, None]:
        if line is not None and _is_other_headline(line.text):
            run.append(line)
            continue
        if len(run) >= 3:
            for one in run:
                one.drop("teaser")
        run = []


def _is_other_headline(text: str) -> bool:
    words = words_of(text)
    if not 6 <= len(words) <= 20 or is_sentence_like(text) or _NUMBERED.match(text):
        return False
    big = sum(1 for word in words if word[:1].isupper())
    return big >= 0.6 * len(words) and not text.endswith((".", ":", ";", ","))


# --- the result ----------------------------------------------------------------------------------


def _page(
    raw: RawArticle,
    path: str | None,
    lines: list[_Line],
    facts: _Facts,
    blocks: list[Block],
    inline: list[Dropped],
) -> Page:
    dropped = [
        *(
            Dropped(line.text, line.rule, line.number)
            for line in lines
            if line.role == "dropped" and line.rule != "joined"
        ),
        *inline,
        *raw.dropped,
    ]
    captions = [
        *(Block(text, 0, "caption") for text in raw.captions),
        *(Block(line.text, line.number, "caption") for line in lines if line.role == "caption"),
    ]
    return Page(
        title=facts.title,
        title_line=facts.title_line,
        blocks=tuple(blocks),
        captions=tuple(_distinct(captions)),
        dropped=tuple(sorted(dropped, key=lambda one: one.line)),
        published=publication_date(
            metadata=raw.published, lines=_dated_lines(facts, blocks), path=path or raw.url
        ),
        outlet=_outlet(facts),
        byline=facts.byline,
        place=facts.place,
        wires=_wires(facts),
    )


def _distinct(captions: Sequence[Block]) -> Iterator[Block]:
    seen: set[str] = set()
    for caption in captions:
        key = outlet_key(caption.text)
        if key not in seen:
            seen.add(key)
            yield caption


def _dated_lines(facts: _Facts, blocks: Sequence[Block]) -> list[str]:
    """Return the lines in which the date is looked for, the most trusted first."""
    head = [facts.dateline] if facts.dateline else []
    skip = 1 if facts.dateline and blocks and facts.dateline.endswith(blocks[0].text) else 0
    return [*facts.stamps, *head, *(block.text for block in blocks[skip:])]


def _outlet(facts: _Facts) -> str | None:
    """Return the outlet with the strongest evidence, in its fullest form.

    `(CNBC)` in the dateline and `cnbcindonesia.com` at the foot are one outlet, CNBC Indonesia.
    """
    if not facts.outlets:
        return None
    ranked = sorted(facts.outlets, key=lambda one: one[0])
    rank, best = ranked[0]
    if rank == 0:
        return best
    key = outlet_key(best)
    for _, other in ranked[1:]:
        if outlet_key(other).startswith(key) and len(other) > len(best) and known_outlet(other):
            return other
    return best


def _wires(facts: _Facts) -> tuple[str, ...]:
    own = outlet_key(_outlet(facts) or "")
    return tuple(dict.fromkeys(wire for wire in facts.wires if outlet_key(wire) != own))
