"""Page analysis: from a noisy page, as plain text, to the article on it.

Input is a line per block, as a browser copies a page or an extractor dumps it. Every line that is
not blank ends up in exactly one place: title, body, heading, caption or `dropped`, where the name
of the rule says why. The stages are small passes over the list of lines, each of which looks only
at lines that no earlier pass has claimed:

1. furniture that shows by itself (`furniture`), teasers with the headline below;
2. captions, source lines, bylines, time stamps;
3. the lead, found by its dateline or as the first running text, and above it title and deck
   (`head`);
4. the foot of the page after the last running text, and the body between: paragraphs, headings,
   and furniture inside paragraphs (`body`, `inserts`).

Nothing is taken from outside the page, and what it does not say stays unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.document import Dropped
from briefing.ingest.body import (
    NUMBERED,
    Block,
    claim_after_sign_off,
    claim_foot,
    drop_other_headlines,
    is_other_headline,
    join_wrapped,
    make_blocks,
)
from briefing.ingest.captions import is_caption, is_photo_credit
from briefing.ingest.credits import (
    byline_label,
    byline_of,
    find_wires,
    is_person,
    outlet_in_byline,
    source_line,
)
from briefing.ingest.dateline import find_dateline, read_dateline
from briefing.ingest.dates import PublicationDate, find_dates, publication_date
from briefing.ingest.furniture import is_sentence_like, line_rule, teaser_label, words_of
from briefing.ingest.head import claim_head, find_lead
from briefing.ingest.headline import split_site
from briefing.ingest.inserts import split_pieces
from briefing.ingest.lines import Facts, Line, OutletRank, first_known_outlet, make_lines
from briefing.ingest.outlets import (
    COMMON_WORDS,
    is_outlet_like,
    known_outlet,
    outlet_from_address,
    outlet_key,
    readable_name,
)
from briefing.ingest.stamps import is_stamp, stamp_author, stamp_outlet, trusted_stamps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.ingest.reader import RawArticle

__all__ = ["Block", "Page", "analyse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says, and what of it is not the article.

    `blocks` are the paragraphs and headings in order. `title_line` is 0 where the title is unknown
    or came from the metadata.
    """

    title: str | None
    blocks: tuple[Block, ...]
    captions: tuple[Block, ...]
    dropped: tuple[Dropped, ...]
    published: PublicationDate
    outlet: str | None = None
    byline: str | None = None
    place: str | None = None
    wires: tuple[str, ...] = ()
    title_line: int = 0


_TAIL_RULES = frozenset(("related", "comments"))
_END_RULES = frozenset(("sign-off", "page-number"))
_SKIP = re.compile(
    r"(?:lewati|skip) (?P<name>[^.!?]{2,80}?) (?:dan|and) (?:(?:terus|lanjutkan|lanjut) membaca"
    r"|continue reading)",
    re.IGNORECASE,
)
_SKIP_END = re.compile(r"(?:akhir dari|end of) (?P<name>[^.!?,]{2,80})", re.IGNORECASE)
_SKIPPED = 25  # lines that such a box has at most
_POINTER = re.compile(r"(?:baca|lihat|simak)\s+juga\b", re.IGNORECASE)  # stands inside articles
_LOGO = re.compile(r"logo\s+(?P<name>[\w .&-]{2,40})$", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:copyright|©|hak cipta)\W*(?:\(c\)\W*)?(?:(?:19|20)\d\d(?:\s*-\s*(?:19|20)\d\d)?)?\W*"
    r"(?P<name>[A-Za-z][\w.& -]{1,40})",
    re.IGNORECASE,
)
_PUBLISHED_IN = re.compile(
    r"(?:telah|sudah)\s+(?:di)?(?:tayang|terbit)\w*(?: lebih dulu)?\s+(?:di|pada|oleh)\s+"
    r"(?P<name>[A-Za-z][\w.-]*(?:\s[A-Z][\w.-]*){0,3})",
    re.IGNORECASE,
)
_LEADING_CREDIT = re.compile(
    r"\((?:foto|photo|dok\.?|sumber foto|ilustrasi)\b[^()]{2,120}\)\s*(?=\S)", re.IGNORECASE
)
_SIGNED = re.compile(
    r"[.!?][\"”]?\s*\((?:[A-Z][\w-]+\.(?:com|co\.id|co|id|net)|[A-Z]\w+)/[^()]{2,60}\)\.?$"
)
_STOPS = re.compile(r"[.!?][\"”]?(?=\s|$)")
_CAPITALISED = re.compile(r"[A-Z][\w.]+")
_BARS = re.compile(r"\s*\|\s*:\s*\|\s*")  # `Editor | : | Nama |`, a row of a table
_VIDEO_LABEL = re.compile(r"\bvideo\b", re.IGNORECASE)
_PHOTO_SOURCE = re.compile(r"(?:sumber(?: foto| gambar)?|photo source)\s*[:：]$", re.IGNORECASE)


def analyse(raw: RawArticle, *, path: str | None = None) -> Page:
    """Take a page apart.

    Args:
        raw: The page's text and whatever metadata came with it.
        path: A file name or address that may carry a date (`/read/2023/09/13/`).

    Returns:
        The article and what is not part of it. `blocks` is empty where there is no running text.
    """
    lines = make_lines(raw.text)
    facts = Facts()
    _from_metadata(raw, facts)
    for line in lines:
        rule = line_rule(_BARS.sub(": ", line.text).rstrip(" |") if "|" in line.text else line.text)
        if rule is not None:
            _learn(line.text, rule, facts)
            line.drop(rule)
    _claim_skipped(lines)
    _claim_below_labels(lines, facts)
    _split_glued_captions(lines)
    _claim_credits(lines, facts)
    _claim_related(lines)
    join_wrapped(lines)
    lead = find_lead(lines, facts)
    _release_signed(lines[lead:])
    claim_head(lines, lead, facts, titled=raw.is_body)
    claim_after_sign_off(lines[lead:])
    claim_foot(lines, lead)
    drop_other_headlines(lines[lead:])
    blocks, inserts = make_blocks(lines, lead, facts, _learn)
    return _page(raw, path, lines, facts, (blocks, inserts))


def _from_metadata(raw: RawArticle, facts: Facts) -> None:
    if raw.title and raw.title.strip():
        headline, site = split_site(" ".join(raw.title.split()), raw.outlet)
        facts.title = headline or None
        facts.outlet(OutletRank.TITLE, site)
    if raw.outlet and raw.outlet.strip():
        name = " ".join(raw.outlet.split())
        facts.outlet(OutletRank.STATED, known_outlet(name) or name)
    if raw.url:
        facts.outlet(OutletRank.ADDRESS, outlet_from_address(raw.url))
    if raw.byline and raw.byline.strip():
        byline = " ".join(raw.byline.split())
        facts.byline = None if known_outlet(byline) else byline
    facts.wires += raw.wires


# --- furniture and credits -----------------------------------------------------------------------


def _learn(text: str, rule: str, facts: Facts) -> None:
    """Take from furniture what it says about the article."""
    if rule == "logo" and (match := _LOGO.match(text)):
        facts.outlet(OutletRank.MASTHEAD, known_outlet(match["name"]) or match["name"].strip())
    elif rule == "masthead":
        facts.outlet(OutletRank.MASTHEAD, known_outlet(text))
    elif rule == "url":
        facts.outlet(OutletRank.FOOT, outlet_from_address(text))
    elif rule == "disclaimer" and (match := _COPYRIGHT.search(text)):
        holder = match["name"].split(".")[0].strip(" -|")
        printed = holder if is_outlet_like(holder) else None
        facts.outlet(OutletRank.FOOT, first_known_outlet(match["name"]) or printed)
    elif rule == "teaser" and (match := _PUBLISHED_IN.search(text)):
        facts.outlet(OutletRank.REPRINT, first_known_outlet(match["name"]))
    elif rule == "follow":
        facts.outlet(OutletRank.REPRINT, _named_outlet(text))
    elif rule == "sign-off":
        facts.wires += find_wires(f". {text}")
        facts.signers.add(outlet_key(text.rpartition(":")[2]))
    elif rule == "credit" and (names := source_line(text)):
        facts.wires += names


def _named_outlet(text: str) -> str | None:
    """Return the first known outlet that a prompt names: `Follow Berita Okezone di Google News`."""
    for match in _CAPITALISED.finditer(text):
        word = match.group()
        name = known_outlet(word) if word.casefold() not in COMMON_WORDS else None
        if name is not None:
            return name
    return None


def _claim_skipped(lines: Sequence[Line]) -> None:
    """Drop what a page offers to skip: `Lewati X dan lanjutkan membaca` to `Akhir dari X`."""
    for index, line in enumerate(lines):
        opening = _SKIP.fullmatch(line.text)
        if opening is None:
            continue
        line.drop("skipped")
        key = outlet_key(opening["name"])
        for end, late in enumerate(lines[index + 1 : index + 1 + _SKIPPED], start=index + 1):
            closing = _SKIP_END.fullmatch(late.text)
            if closing is not None and outlet_key(closing["name"]) == key:
                for inside in lines[index + 1 : end + 1]:
                    inside.drop("skipped")
                break
    for line in lines:
        if line.free and len(words_of(line.text)) <= 9 and _SKIP_END.fullmatch(line.text):
            line.drop("skipped")


def _claim_below_labels(lines: Sequence[Line], facts: Facts) -> None:
    """Claim what belongs to the label on the line above: headlines, tags, names, advertisements."""
    for index, line in enumerate(lines):
        below = lines[index + 1 : index + 14]
        if line.free:
            label = byline_label(line.text)
            if label and below and below[0].free and is_person(below[0].text):
                if label == "byline":
                    facts.byline = facts.byline or below[0].text
                line.drop(label)
                below[0].drop(label)
            elif _PHOTO_SOURCE.fullmatch(line.text) and below and below[0].free:
                line.drop("photo-source")
                below[0].drop("photo-credit")
        elif line.rule in {"teaser", "related"}:
            _claim_headlines(line, below)
        elif line.rule == "tags" and line.text.rstrip(" :：").isalpha():
            _claim_tags(below)
        elif line.rule == "advertisement":
            _claim_slogan(line, below)
        elif line.rule == "author-bio" and below and below[0].free and _is_name_line(below[0].text):
            facts.byline = facts.byline or below[0].text
            below[0].drop("byline")


def _claim_headlines(label: Line, below: Sequence[Line]) -> None:
    """Drop the headlines below a label.

    In the head of a page the label may be an item of the menu; so `claim_head` may still take one
    of these lines for the title.
    """
    bare = _is_bare_label(label)
    if bare and label.rule == "teaser" and _VIDEO_LABEL.search(label.text):
        return  # the player is gone, and what follows may be a heading
    for taken, line in enumerate(below):
        tight = not line.after_blank
        if not line.free or not _looks_like_headline(line.text):
            return
        if bare:
            # Below the first headline, a short line may be a heading of the body.
            if taken and not (tight or len(words_of(line.text)) >= 7):
                return
        elif not (tight and is_other_headline(line.text)):
            return
        line.drop("teaser")


def _is_bare_label(line: Line) -> bool:
    if line.rule == "related":
        return True
    found = teaser_label(line.text)
    return (found is not None and not found[1]) or line.text.endswith(":")


def _looks_like_headline(text: str) -> bool:
    return (
        2 <= len(words_of(text)) <= 22
        and not text.endswith((".", ",", ";", ":", ".”", '."'))
        and read_dateline(text) is None
        and not NUMBERED.match(text)
        and not is_stamp(text)
    )


def _claim_tags(below: Sequence[Line]) -> None:
    for line in below:
        if not line.free or len(words_of(line.text)) > 6 or is_sentence_like(line.text):
            return
        line.drop("tags")


def _claim_slogan(label: Line, below: Sequence[Line]) -> None:
    """Drop the words of an advertisement that stand right below its label."""
    if not label.text.upper().startswith(("ADVERT", "IKLAN", "SPONSOR", "PARIWARA")) or not below:
        return
    line = below[0]
    if line.free and not line.after_blank and not is_sentence_like(line.text):
        words = len(words_of(line.text))
        follower = below[1] if len(below) > 1 else None
        boxed = follower is None or follower.after_blank
        if words >= 4 and boxed and read_dateline(line.text) is None:
            line.drop("advertisement")


def _is_name_line(text: str) -> bool:
    return len(words_of(text)) <= 6 and not text.endswith((".", ":")) and text[:1].isupper()


def _split_glued_captions(lines: list[Line]) -> None:
    """Cut a caption off the sentence that its line goes on with.

    `Foto: AP|PropertiRUSIA, KUPANG TIMES - ...` before the dateline, `(Foto: Istimewa) Warga ...`
    behind the brackets.
    """
    for index, line in enumerate(lines[:60]):
        if not line.free or read_dateline(line.text) is not None:
            continue
        credit = _LEADING_CREDIT.match(line.text)
        if credit is not None and is_sentence_like(line.text[credit.end() :]):
            rest = line.text[credit.end() :]
            line.text = credit.group().strip()
            line.drop("photo-credit")
            lines.insert(index + 1, Line(line.number, rest, after_blank=False))
            return
        found = find_dateline(line.text)
        if found is None or found[0] == 0:
            continue
        head, rest = line.text[: found[0]].strip(), line.text[found[0] :]
        if is_photo_credit(head):
            line.drop("photo-credit")
        elif is_caption(head):
            line.role = "caption"
        elif not is_stamp(head):
            continue
        line.text = head
        lines.insert(index + 1, Line(line.number, rest, after_blank=False))
        return


def _claim_credits(lines: Sequence[Line], facts: Facts) -> None:
    for index, line in enumerate(lines):
        if not line.free:
            continue
        names = source_line(_BARS.sub(": ", line.text).rstrip(" |"))
        if names is not None and index and lines[index - 1].rule == "media":
            line.drop("photo-credit")  # below `Lihat foto`
        elif names is not None and not is_sentence_like(line.text.rstrip(").")):
            facts.wires += names
            line.drop("source")
        elif is_stamp(line.text):
            facts.stamps.append((line.number, line.text))
            facts.byline = facts.byline or stamp_author(line.text)
            facts.outlet(OutletRank.MASTHEAD, stamp_outlet(line.text))
            line.drop("timestamp")
        elif is_photo_credit(line.text):
            line.drop("photo-credit")
        elif is_caption(line.text):
            line.role = "caption"
        elif not line.running and (name := byline_of(line.text)) is not None:
            facts.byline = facts.byline or name
            facts.outlet(OutletRank.MASTHEAD, outlet_in_byline(line.text))
            if find_dates(line.text):
                facts.stamps.append((line.number, line.text))
            line.drop("byline")


def _release_signed(below: Sequence[Line]) -> None:
    """Give back to the body what was taken for a caption only by the name behind its full stop.

    `Kapal bersandar, Senin (16/10/2023). (KOMPAS.com/NAMA)` is a caption above the lead or between
    paragraphs; behind the last paragraph the same brackets sign the report.
    """
    last = max((i for i, line in enumerate(below) if line.running), default=-1)
    for index, line in enumerate(below):
        if line.role == "caption" and _SIGNED.search(line.text, max(0, len(line.text) - 120)):
            several = len(_STOPS.findall(line.text)) > 2
            if index > last or several:
                line.role = None


def _claim_related(lines: Sequence[Line]) -> None:
    """Drop everything below `Berita Terkait` or the comments where no body follows.

    Such a box also stands in the middle of pages; so only what follows most of the running text
    counts as the foot, and in the middle only the headlines right below the label go.
    """
    total = sum(len(line.text) for line in lines if line.running)
    seen = 0
    for index, line in enumerate(lines):
        if line.running:
            seen += len(line.text)
        if line.rule not in _TAIL_RULES or not seen or seen < 0.6 * total:
            continue
        if _POINTER.match(line.text) or _is_signed_below(lines[index + 1 :]):
            continue
        rest = [late for late in lines[index + 1 :] if late.free]
        if line.rule == "related" and _continues(rest):
            continue
        for late in rest:
            late.drop(line.rule)
        return


def _is_signed_below(below: Sequence[Line]) -> bool:
    """Tell whether running text follows, and below it the signs of an article's end."""
    running = next((i for i, line in enumerate(below) if line.running), None)
    if running is None:
        return False
    return any(line.rule in _END_RULES for line in below[running:]) or any(
        piece.rule == "sign-off"
        for line in below[running:]
        if line.running
        for piece in split_pieces(line.text[-300:])
    )


def _continues(rest: Sequence[Line]) -> bool:
    """Tell whether the article goes on below a box: mostly running text follows."""
    running = sum(1 for line in rest if line.running and not line.text.endswith(("...", "…")))
    return running > 0.6 * len(rest)


# --- the result ----------------------------------------------------------------------------------


def _page(
    raw: RawArticle,
    path: str | None,
    lines: Sequence[Line],
    facts: Facts,
    body: tuple[list[Block], list[Dropped]],
) -> Page:
    blocks, inserts = body
    dropped = [
        *(
            Dropped(line.text, line.rule, line.number)
            for line in lines
            if line.role == "dropped" and line.rule != "joined"
        ),
        *(piece for line in lines if line.role == "title" for piece in line.pieces),
        *inserts,
        *raw.dropped,
    ]
    captions = [
        *(Block(text, 0, "caption") for text in raw.captions),
        *(Block(line.text, line.number, "caption") for line in lines if line.role == "caption"),
    ]
    kept = list(_distinct(captions, dropped))
    outlet = facts.best_outlet()
    if outlet is not None and not (raw.outlet and raw.outlet.strip()):
        outlet = readable_name(outlet, (line.text for line in lines))
    own = outlet_key(outlet or "")
    return Page(
        title=facts.title,
        title_line=facts.title_line,
        blocks=tuple(blocks),
        captions=tuple(kept),
        dropped=tuple(sorted(dropped, key=lambda one: one.line)),
        published=publication_date(
            metadata=raw.published, lines=_dated_lines(facts, blocks), path=path or raw.url
        ),
        outlet=outlet,
        byline=facts.byline,
        place=facts.place,
        wires=tuple(dict.fromkeys(wire for wire in facts.wires if outlet_key(wire) != own)),
    )


def _distinct(captions: Sequence[Block], dropped: list[Dropped]) -> Iterator[Block]:
    """Yield each caption once; the copies are dropped by name."""
    seen: set[str] = set()
    for caption in captions:
        key = outlet_key(caption.text)
        if key in seen:
            if caption.line:
                dropped.append(Dropped(caption.text, "repeated-caption", caption.line))
            continue
        seen.add(key)
        yield caption


def _dated_lines(facts: Facts, blocks: Sequence[Block]) -> list[str]:
    """Return the lines in which the date is looked for, the most trusted first."""
    texts = [block.text for block in blocks]
    head = []
    if facts.dateline:
        head = [facts.dateline]
        if texts and facts.dateline.endswith(texts[0]):
            texts = texts[1:]
    return [*trusted_stamps(facts.stamps, facts.title_line, texts), *head, *texts]
