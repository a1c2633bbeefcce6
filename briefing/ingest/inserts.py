"""What was set into the running text: teasers, players, prompts and sign-offs inside a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.ingest.furniture import SMALL_WORDS, headline_share, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Piece", "split_pieces"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: running text where `rule` is `None`, else what the rule drops."""

    text: str
    rule: str | None = None


_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_AFTER_SENTENCE = r"(?:(?<=[.!?…])|(?<=[.!?…][\"”’')])|(?<=,[\"”])|(?<=\)))"
_TEASER = re.compile(
    rf"(?:{_AFTER_SENTENCE}\s*|^)[\[(*]{{0,2}}"
    r"(?:(?:Baca|BACA|Lihat|LIHAT|Simak|SIMAK|Tonton|TONTON)\s+(?:juga|Juga|JUGA|artikel|Artikel"
    r"|[Ss]elengkapnya|SELENGKAPNYA|[Vv]ideo|VIDEO|pula|[Bb]erita)(?:\s+[Vv]ideo)?"
    r"|Pilihan Editor|Pilihan Redaksi|(?:Berita|Artikel) [Tt]erkait|BERITA TERKAIT|Baca|BACA|Terkait"
    r"|TERKAIT)\s*:\s*"
)
_PUBLISHED_IN = re.compile(
    rf"{_AFTER_SENTENCE}\s*(?:Artikel|Berita|Tulisan) ini (?:telah|sudah) "
    r"(?:tayang|terbit|ditayangkan|diterbitkan)(?: lebih dulu| sebelumnya)? (?:di|oleh) "
)
_PLAYER = re.compile(
    r"\s*\[\s*(?:[Gg]ambas|GAMBAS|[Vv]ideo|[Gg]allery|[Ee]mbed)\s*:[^\]\n]{0,200}\]\s*"
)
_PROMPT = re.compile(
    r"\s*(?:SCROLL TO (?:CONTINUE|RESUME) (?:WITH )?CONTENT|SCROLL UNTUK MELANJUTKAN MEMBACA"
    r"|Scroll to [Cc]ontinue [Ww]ith [Cc]ontent|ADVERTISEMENTS?(?![A-Za-z]))\s*"
)
_HERE = re.compile(
    r"^(?:Baca|Simak|Lihat|Cek|Klik)(?: \w{1,20}){0,4} (?:di sini|disini)\s*[.!](?=\s*[A-Z])"
)
_SIGN = re.compile(
    rf"{_AFTER_SENTENCE}\s*(?:[\(\[](?:[a-z]{{2,4}}|[A-Za-z]{{1,6}}(?:\s?/\s?[A-Za-z0-9-]{{1,8}}){{1,12}}|[a-z]{{2,4}}-[a-z]{{2,4}}"
    r"|[Rr]ed(?:aksi)?|[Aa]nt(?:ara)?|ANT|ANTARA|[A-Z]{1,3}-?\d{1,3}|\*{1,3})[\)\]]|\*{2,3})\s*\.?$"
)
_BYLINES = re.compile(
    rf"{_AFTER_SENTENCE}\s*(?:\((?:[A-Z][\w-]{{1,25}}\.(?:com|co\.id|co|id|net)|[A-Z][A-Za-z]{{2,20}})"
    r"/[^()]{2,60}\)\s*){1,5}$"
)
_STOP = re.compile(r"[.!?][\"”’')]*\s*(?=[\"“‘(]*[A-Z])")
_END = re.compile(r"[.!?…][\"”’»)\]]*$")


def split_pieces(text: str) -> Iterator[Piece]:
    """Cut one line of running text into what the article says and what was set into it.

    Found inside lines are teasers (`... katanya. Baca juga: Judul Lain`), embedded players
    (`[Gambas:Video 20detik]`), ad prompts and, at the end, sign-offs (`(rds/has)`). The pieces in
    order hold every character of the line but white space at the cuts.
    """
    cuts: list[tuple[int, int, str]] = []
    if "[" in text:
        cuts += [(m.start(), m.end(), "media") for m in _PLAYER.finditer(text)]
    if "SCROLL" in text or "croll" in text or "ADVERT" in text:
        cuts += [(m.start(), m.end(), "advertisement") for m in _PROMPT.finditer(text)]
    if ":" in text:
        cuts += [
            (m.start(), end, "teaser")
            for m in _TEASER.finditer(text)
            if (end := _teaser_end(text, m.end())) > m.end()
        ]
    if " ini " in text:
        cuts += [(m.start(), len(text), "teaser") for m in _PUBLISHED_IN.finditer(text)]
    here = _HERE.match(text)
    if here is not None:
        cuts.append((0, here.end(), "teaser"))
    for pattern in (_SIGN, _BYLINES):
        sign = pattern.search(text, max(0, len(text) - 200))
        if sign is not None:
            cuts.append((sign.start(), len(text), "sign-off"))
    yield from _cut(text, cuts)


def _cut(text: str, cuts: list[tuple[int, int, str]]) -> Iterator[Piece]:
    position = 0
    for start, end, rule in sorted(cuts):
        if start < position:
            continue
        if text[position:start].strip():
            yield Piece(text[position:start].strip())
        if text[start:end].strip():
            yield Piece(text[start:end].strip(), rule)
        position = end
    if text[position:].strip():
        yield Piece(text[position:].strip())


def _teaser_end(text: str, start: int) -> int:
    """Return where the headline of a teaser ends that stands inside a paragraph.

    A headline has no full stop, so what follows one after a stop is the article again. Where the
    line ends with a stop and no other is in it, headline and sentence share it with nothing between
    them, and only letter case tells where the sentence begins.
    """
    stop = _STOP.search(text, start)
    if stop is not None and _is_headline(text[start : stop.start()]):
        return stop.end()
    if stop is None and not _END.search(text):
        return len(text)
    return _capital_run(text, start)


def _is_headline(text: str) -> bool:
    return len(words_of(text)) <= 25 and headline_share(text) >= 0.8


def _capital_run(text: str, start: int) -> int:
    """Return the end of the headline that begins at `start`, by letter case.

    The first word that a headline would have capitalised ends it, and the capitalised word before
    begins the sentence: `Baca juga: Harga Beras Naik Polisi menangkap ...` is cut before `Polisi`.
    A headline in sentence case cannot be told from the sentence behind it; then nothing is cut off
    the article but the label.
    """
    last_big = start
    big = 0
    for match in _WORD.finditer(text, start):
        word = match.group()
        if word[0].isupper() or word[0].isdigit():
            last_big = match.start()
            big += 1
        elif word not in SMALL_WORDS:
            return last_big if big >= 4 else start
    return len(text)
