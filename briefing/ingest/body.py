"""The body of an article and the foot of its page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Literal

from briefing.document import Dropped
from briefing.ingest.credits import find_wires
from briefing.ingest.dateline import read_dateline
from briefing.ingest.furniture import headline_share, is_sentence_like, words_of
from briefing.ingest.inserts import split_pieces
from briefing.ingest.overlap import shared, vocabulary
from briefing.ingest.segment import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.ingest.lines import Facts, Line

__all__ = [
    "Block",
    "claim_after_sign_off",
    "claim_foot",
    "drop_other_headlines",
    "join_wrapped",
    "make_blocks",
]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or heading of the body, or a caption, with the line that it begins on."""

    text: str
    line: int
    kind: Literal["text", "heading", "caption"] = "text"


NUMBERED = re.compile(r"^(?:\d{1,2}|[IVX]{1,4}|[A-Z])[.)]\s*\S")

_MOST = 0.5  # of the running text, above which a sign-off can be the article's end
_OTHER = 0.2  # share of words below which running text is another report's; see `overlap`

_FOREIGN = 0.1
_QUOTED = re.compile(r"[\"“”]")
# Words by which a sentence goes on from the one before.
_BACK = re.compile(
    r"\b(?:itu|ini|tersebut|ia|dia|beliau|mereka|pihaknya|pihak|menurut\w*|selain|namun|sementara|sedangkan"
    r"|kemudian|selanjutnya|lanjut|juga|kata|ujar\w*|tutur\w*|demikian|akhirnya|hingga|saat|kini|adapun)\b",
    re.IGNORECASE,
)

_SLOGAN = re.compile(
    r"(?:ayo|yuk|mari|salam|merdeka|selamat|dirgahayu|tetap)\b[^\"“”]{3,80}!\s*$", re.IGNORECASE
)
_BULLET = re.compile(r"[-•*–▪●]\s?\S")
_LIST_ITEM = re.compile(r"(?:[-•*–]\s|\d{1,2}[.)]\s)\S|(?=[^\d]{0,80}\d)[^|]{1,80} \| [^|]")
_AUTHOR_END = re.compile(r"(?<=[.!?”\"])\s*\((?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3})\)$")
_SIGNED_END = re.compile(r"[.!?][\"”]?\s*[(\[][^()\[\]]{1,60}[)\]]$")
_LOWER_START = re.compile(r"[a-zà-ÿ,;)]")
_OPEN_END = re.compile(r"[\w,;:–—-][\"”’)]?$")


def claim_after_sign_off(lines: Sequence[Line]) -> None:
    """Drop other reports' teasers below the sign-off (`(Ant/OL-14)`) that ends this one.

    Only where most of the running text stands above it. A paragraph that shares few words with the
    article is no sign by itself, since a third of real second pages do; it must also be set like a
    teaser: cut short, below another report's headline or time stamp, or among nothing but single
    sentences that share next to nothing and refer to nothing above.
    """
    total = sum(len(line.text) for line in lines if line.running)
    seen = 0
    for index, line in enumerate(lines):
        if line.running:
            seen += len(line.text)
        if seen < _MOST * total or not _signs_off(line):
            continue
        words = vocabulary(one.text for one in lines[: index + 1] if one.running)
        _claim_teasers(lines[index:], words)
        return


def _claim_teasers(lines: Sequence[Line], words: set[str]) -> None:
    below = list(takewhile(lambda line: line.rule != "page-number", lines[1:]))
    running = [line for line in below if line.running]
    foreign = all(
        shared(line.text, words) <= _FOREIGN
        and not _QUOTED.search(line.text)
        and not _BACK.search(line.text)
        and len(split_sentences(line.text)) == 1
        for line in running
    )
    for above, line in zip(lines, below, strict=False):
        if line.running and shared(line.text, words) < _OTHER:
            headed = above.free and is_other_headline(above.text)
            boxed = headed or above.rule in {"timestamp", "related", "teaser"}
            if (
                foreign
                or line.text.endswith(("...", "…"))
                or (boxed and not _QUOTED.search(line.text))
            ):
                line.drop("related")


def _signs_off(line: Line) -> bool:
    if not line.running:
        return line.rule == "sign-off" and line.text[0] in "(["
    return any(piece.rule == "sign-off" for piece in split_pieces(line.text[-300:]))


def claim_foot(lines: Sequence[Line], lead: int) -> None:
    """Drop what stands below the last running text; a list that ends the article stays."""
    last = max((i for i, line in enumerate(lines) if line.running and i >= lead), default=-1)
    if last < 0:
        return
    if _SLOGAN.match(lines[last].text):
        lines[last].drop("slogan")
    listed = True
    for line in lines[last + 1 :]:
        if not line.free:
            listed = False
        elif _SLOGAN.match(line.text):
            line.drop("slogan")
        elif listed and _LIST_ITEM.match(line.text) and len(words_of(line.text)) >= 2:
            continue
        else:
            line.drop("foot")


def join_wrapped(lines: Sequence[Line]) -> None:
    """Join lines that a paragraph was broken into, by a fixed width or around a link."""
    wrapped = _is_wrapped(lines)
    previous: Line | None = None
    parts: list[str] = []  # joined at the end of a paragraph: text grows once, not line by line
    between = False
    for index, line in enumerate(lines):
        if line.role is not None:
            # A paragraph goes on below an advertisement, if there are no blank lines around it.
            between = True
            if line.after_blank:
                _joined(previous, parts)
                previous = None
            continue
        last = parts[-1] if parts else ""
        opened = previous is not None and not previous.text[0].islower()  # else a row of tags
        opened = opened and not line.level
        if opened and _is_label(line, lines[index + 1 : index + 2]):
            opened = False  # `zoom-in` below a headline
        if opened and _goes_on(last, line, wrapped=wrapped and not between):
            parts.append(line.text)
            line.drop("joined")
        else:
            _joined(previous, parts)
            previous = line
            parts.append(line.text)
        between = False
    _joined(previous, parts)


def _is_label(line: Line, below: Sequence[Line]) -> bool:
    """Tell whether a line is a bare word that no sentence goes on from: the label of a button."""
    bare = line.text.islower() and len(line.text.split()) == 1 and line.text[-1].isalpha()
    return bare and not (below and below[0].free and _LOWER_START.match(below[0].text))


def _joined(line: Line | None, parts: list[str]) -> None:
    """End the paragraph that begins with `line`."""
    if line is not None:
        line.text = " ".join(parts)
    parts.clear()


def _goes_on(previous: str, line: Line, *, wrapped: bool) -> bool:
    if not _OPEN_END.search(previous, max(0, len(previous) - 3)) or NUMBERED.match(line.text):
        return False
    if _SIGNED_END.search(previous, max(0, len(previous) - 80)) or read_dateline(line.text):
        return False
    if _LOWER_START.match(line.text):
        tight = not line.after_blank or previous[-1] in ",–"
        return tight or len(words_of(line.text)) < 3
    return wrapped and not line.after_blank and len(previous) >= 45


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Tell whether paragraphs are broken at a fixed width: most tight line ends are open."""
    tight = [
        (one, two) for one, two in pairwise(lines) if one.free and two.free and not two.after_blank
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


# --- headlines of other reports ------------------------------------------------------------------


def drop_other_headlines(lines: Sequence[Line]) -> None:
    """Drop headlines of other reports that stand in the body without a label.

    Three in a row are a box. A single one is told from a heading by its length, its letter case,
    and that it shares no word with the article.
    """
    free = [line for line in lines if line.free]
    running = [line for line in free if line.running]
    if not running:
        return
    words = vocabulary(line.text for line in running)
    run: list[Line] = []
    above = ""
    for line in [*free, None]:
        if line is not None and is_other_headline(line.text):
            run.append(line)
            continue
        box = len(run) >= 3 and not _is_list(run, above)
        for one in run:
            if box or (len(run) < 3 and shared(one.text, words) <= _OTHER):
                one.drop("teaser")
        run = []
        above = line.text if line is not None else ""


def _is_list(run: Sequence[Line], above: str) -> bool:
    """Tell whether lines in headline case are a list of the article: ministers, prices, fixtures."""
    if above.endswith(":") or "berikut" in above.casefold():
        return True
    labelled = sum(1 for line in run if ":" in line.text or " - " in line.text)
    first = [line.text.split()[0] for line in run]
    alike = max(first.count(word) for word in first)
    return 2 * max(labelled, alike) > len(run)


def is_other_headline(text: str) -> bool:
    """Tell whether a line has the form of a headline rather than a heading or a list item."""
    words = words_of(text)
    if not 6 <= len(words) <= 20 or is_sentence_like(text) or NUMBERED.match(text):
        return False
    if text.endswith((".", ":", ";", ",")) or text[0] in '-•*–"“#':
        return False
    return headline_share(text) >= 0.75


# --- blocks --------------------------------------------------------------------------------------


def make_blocks(
    lines: Sequence[Line], lead: int, facts: Facts, learn: Callable[[str, str, Facts], None]
) -> tuple[list[Block], list[Dropped]]:
    """Return the paragraphs and headings, and what was set into them.

    `learn` is given each piece that is dropped from inside a paragraph, with its rule.
    """
    blocks: list[Block] = []
    dropped: list[Dropped] = []
    for line in lines[:lead]:
        if line.role == "deck":
            prose = is_sentence_like(line.text)
            blocks.append(Block(line.text, line.number, "text" if prose else "heading"))
    free = [line for line in lines[lead:] if line.free]
    last = max((i for i, line in enumerate(free) if line.running), default=-1)
    for index, line in enumerate(free):
        dropped += line.pieces
        texts: list[str] = []
        for piece in split_pieces(line.text):
            if piece.rule is None:
                texts.append(piece.text)
            else:
                dropped.append(Dropped(piece.text, piece.rule, line.number))
                learn(piece.text, piece.rule, facts)
        text = " ".join(texts)
        if not text:
            continue
        if index == last and (signed := _AUTHOR_END.search(text)) is not None:
            dropped.append(Dropped(text[signed.start("name") - 1 :], "sign-off", line.number))
            facts.byline = facts.byline or signed["name"]
            text = text[: signed.start("name") - 1].strip()
        signed_off = len(text) < len(line.text) and is_sentence_like(text)
        # The last item of a list is none, though a paragraph follows.
        listed = index > 0 and bool(NUMBERED.match(text) and NUMBERED.match(free[index - 1].text))
        heading = (
            index < last
            and free[index + 1].running
            and not (signed_off or listed)
            and _is_heading(line)
        )
        blocks.append(Block(text, line.number, "heading" if heading else "text"))
        facts.wires += find_wires(text)
    return blocks, dropped


def _is_heading(line: Line) -> bool:
    text = line.text
    count = len(words_of(text))
    if line.level and count <= 30:
        return True
    if (
        count > 16
        or " | " in text
        or _BULLET.match(text)
        or text.endswith((".", ",", ";", ":"))
        or text[:1].islower()
    ):
        return False
    return bool(NUMBERED.match(text)) or not is_sentence_like(text)
