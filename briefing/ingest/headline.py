"""Headlines: which line is the title, and what of it is the site's own name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.ingest.furniture import words_of
from briefing.ingest.lexicon import word_set
from briefing.ingest.outlets import is_outlet_like, known_outlet, outlet_key

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["choose_title", "same_headline", "split_site"]

_SITE = re.compile(r"\s+(?:[|•·»]|[-–—]{1,2}|::)\s+|\s*\|\s*")
_SECTION = re.compile(
    r"(?:halaman|page|hal)\s*\d+(?:\s*(?:dari|of)\s*\d+)?|halaman (?:all|semua)|all", re.IGNORECASE
)
_SECTIONS = word_set(
    "news nasional internasional dunia global ekonomi bisnis market makro mikro politik hukum kriminal daerah regional "
    "olahraga bola sepakbola sport tekno teknologi sains otomotif hiburan seleb entertainment lifestyle gaya hidup kesehatan "
    "travel wisata opini kolom editorial peristiwa megapolitan metropolitan nusantara pendidikan edukasi properti "
    "money finance keuangan energi health food kuliner religi khazanah foto video infografis home beranda berita "
    "terkini terbaru populer indeks parlemen pemilu asia eropa amerika timur tengah"
)


def split_site(title: str, outlet: str | None = None) -> tuple[str, str | None]:
    """Split a page title into headline and outlet: `Judul - Kompas.com` gives both.

    A part after a dash or bar goes only where it is an outlet, a section or a page number, so that
    `Rusia - Korut Sepakat` stays whole. `outlet` is its name where that is known from elsewhere.
    The outlet is `None` where none is named.
    """
    parts = _SITE.split(title)
    marks = _SITE.findall(title)
    site: str | None = None
    while len(parts) > 1:
        last = parts[-1].strip()
        named = outlet is not None and outlet_key(last) == outlet_key(outlet) != ""
        if (named or _is_site(last)) and len(words_of(" ".join(parts[:-1]))) >= 2:
            site = known_outlet(last) or (last if is_outlet_like(last) else None) or site
        elif _SECTION.fullmatch(last) or (last and set(last.lower().split()) <= _SECTIONS):
            pass
        else:
            break
        parts.pop()
        marks.pop()
    headline = parts[0]
    for mark, part in zip(marks, parts[1:], strict=True):
        headline += mark + part
    return headline.strip(), site


def _is_site(text: str) -> bool:
    return bool(text) and len(text) <= 40 and len(text.split()) <= 5 and is_outlet_like(text)


def same_headline(line: str, title: str) -> bool:
    """Tell whether a line repeats the title, with or without the site's name behind it."""
    one, two = outlet_key(line), outlet_key(title)
    if not one or not two:
        return False
    return one == two or (len(line) <= len(title) + 60 and outlet_key(split_site(line)[0]) == two)


def choose_title(
    candidates: Sequence[str],
    body: str,
    marked: Sequence[bool] | None = None,
    doubtful: Sequence[bool] | None = None,
) -> int | None:
    """Return the index of the headline among the lines above the lead, or `None`.

    A headline has four words or more, or shares words with the body; the first of those that stand
    out wins, since decks and captions follow it. `marked` says which lines the page itself sets
    apart, as its first heading or by repeating them; `doubtful`, which stand below the label of a
    list of other reports.
    """
    vocabulary = {word.casefold() for word in words_of(body) if len(word) > 3}
    best: tuple[float, int] | None = None
    for index, text in enumerate(candidates):
        score = _score(text, vocabulary)
        if score is None:
            continue
        if marked is not None and marked[index]:
            score += 1.0
        if doubtful is not None and doubtful[index]:
            score -= 0.6
        # Earlier lines are preferred, unless a later one is clearly more of a headline.
        score -= min(0.15 * index, 0.3)
        if best is None or score > best[0]:
            best = (score, index)
    return best[1] if best is not None else None


def _score(text: str, vocabulary: set[str]) -> float | None:
    words = words_of(split_site(text)[0])
    count = len(words)
    if count < 2 or count > 40 or len(text) > 300:
        return None
    if text[:1] in "|>/[(" or text.endswith((":", ";", ",")):
        return None
    if {word.casefold() for word in words} <= _SECTIONS:
        return None
    content = [word.casefold() for word in words if len(word) > 3]
    shared = sum(1 for word in content if word in vocabulary)
    overlap = shared / len(content) if content else 0.0
    if overlap < 0.25 and count < 5:
        return None
    if overlap == 0.0 and count < 7:
        return None
    score = 2.0 * overlap + (1.0 if 5 <= count <= 20 else 0.3 if count >= 4 else 0.0)
    if text.endswith("."):
        score -= 1.0
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "“\"'‘"):
        score -= 1.0
    return score
