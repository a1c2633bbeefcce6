"""Which sentences can stand alone as a bullet.

A bullet is read, and quoted, without the sentence before it. So it must name what it speaks of, be
a whole sentence, and be the outlet's own statement: the words of a speaker are never shown as fact.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING

from briefing.summarise.lexicon import CONNECTIVES
from briefing.summarise.quotation import find_spans, quoted_share
from briefing.summarise.words import tokens

if TYPE_CHECKING:
    from briefing.summarise.passages import Passage

__all__ = ["Fitness", "passage_fitness", "sentence_fitness"]

MIN_WORDS = 4
MAX_WORDS = 45
"""Longer sentences are chosen only where nothing shorter is left: a bullet is for reading."""

OPENING = 5
"""First words, in which a demonstrative points to the sentence before."""

CLAUSE = 8
"""First words, in which `juga`, `kemudian` and a pronoun do."""

MAX_QUOTED = 0.4
"""A sentence with a larger share of its characters inside quotation marks is speech."""


class Fitness(IntEnum):
    """How well a sentence stands alone."""

    SPEECH = 0  # a speaker's words: never a bullet
    PART = 1  # a fragment, or it leans on the sentence before
    LAST_RESORT = 2  # whole, but too long, too short, or without its full stop
    FIT = 3


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PRONOUNS = _words(
    """
    ia dia mereka beliau dirinya keduanya ketiganya keempatnya semuanya pihaknya itu ini tersebut
    sana sini situ antaranya diantaranya salah-satunya
    """
)
_FIRST_PERSON = _words("saya kami kita aku gue kalian anda")
_DEMONSTRATIVES = _words("itu ini tersebut demikian begitu sama tadi")
# `hari ini` points to the day of publication, which stands beside the bullet, not to a sentence.
_DEICTIC = _words(
    "hari pekan minggu bulan tahun pagi siang sore malam kali selama saat musim abad dekade"
)
# A verb or adjective made a noun (`Naiknya harga beras`), or an adverb: points to nothing.
_FREE_NYA = _words(
    """
    hanya tanya bertanya punya sedikitnya setidaknya setidak-tidaknya sekurangnya
    sekurang-kurangnya adanya tiadanya naiknya turunnya meningkatnya menurunnya melonjaknya
    anjloknya jatuhnya runtuhnya ambruknya robohnya tewasnya meninggalnya wafatnya hilangnya
    terjadinya munculnya masuknya keluarnya pecahnya meletusnya terbakarnya terbaliknya
    tenggelamnya banyaknya tingginya rendahnya besarnya kecilnya kurangnya minimnya maraknya
    lambatnya cepatnya lamanya bertambahnya berkurangnya berakhirnya dimulainya dibukanya
    ditutupnya ditangkapnya ditemukannya terbitnya kembalinya gagalnya suksesnya
    """
)
# Without a comma there is no main clause behind these: `Untuk menghadiri pertemuan puncak.`
_SUBORDINATORS = _words(
    """
    untuk setelah karena agar supaya guna demi sehingga dengan tanpa sambil seraya meski meskipun
    walau walaupun kendati ketika saat sebelum usai seusai sejak jika bila apabila kalau
    seperti sebagai menurut berdasarkan melalui
    """
)
_PREPOSITIONS = _words("di ke dari pada dalam atas sebagai oleh bagi untuk dengan")
# `Budi juga ...`, `keduanya kemudian ...`: one thing more, or what came next.
_ADDING = _words("juga pun kemudian lalu lagi selanjutnya lantas")
_PREDICATES = _words(
    """
    dapat bisa akan telah sudah sedang masih belum tidak bukan tak terjadi termasuk kata ujar tutur
    ucap ungkap jelas tegas imbuh tambah papar terang lanjut sebut adalah merupakan menjadi ada
    harus mesti perlu boleh hendak ingin mau antara
    """
)
_ACTIVE_VERB = re.compile(r"(?:me(?:ng|ny|m|n|r|l|w|y)?|ber)[a-z]{3,}")
# Words that start like a verb with `me-` or `ber-` and are none.
_NOT_VERBS = _words(
    """
    menteri media menara mesin mesir meja medan medali mei meksiko melayu mentawai merapi merak
    meter metro meteran mendiang mentan mendagri menlu menkeu menko menpan menkes menag menhub
    menhan berita berlin berbagai beras bermuda berkas beberapa berau bersama berat
    """
)
_TERMINAL = re.compile(r"[.…][\"”»')\]]*$")
_PROMPT = re.compile(r"(?:baca juga|simak juga|lihat juga|klik|ikuti kami|gabung)\b", re.IGNORECASE)


def passage_fitness(passage: Passage) -> list[Fitness]:
    """Return the fitness of each line of a paragraph, which tells what is inside a quotation."""
    spans = find_spans(passage.text)
    found = []
    for line, start in zip(passage.lines, passage.starts, strict=True):
        end = start + len(line.source)
        speech = (
            quoted_share(passage.text, spans, start, end) > MAX_QUOTED
            or any(s.start < start < s.end for s in spans)
            or "|" in line.source
        )
        found.append(Fitness.SPEECH if speech else sentence_fitness(line.source))
    return found


def sentence_fitness(text: str) -> Fitness:
    """Return the fitness of a sentence by itself."""
    text = text.strip()
    words = tokens(text)
    if not _FIRST_PERSON.isdisjoint(_outside_marks(text)):
        return Fitness.SPEECH  # a quotation that has lost its marks
    if text.endswith(("?", "!", ":")) or _PROMPT.match(text):
        return Fitness.PART
    if not words or not text[0].isalnum() or text[0].islower() or _dangles(words, text):
        return Fitness.PART
    if not MIN_WORDS <= len(words) <= MAX_WORDS or not _TERMINAL.search(text):
        return Fitness.LAST_RESORT
    return Fitness.FIT


def _outside_marks(text: str) -> set[str]:
    kept, at = [], 0
    for span in find_spans(text):
        kept.append(text[at : span.start])
        at = span.end
    return set(tokens(" ".join([*kept, text[at:]])))


def _dangles(words: list[str], text: str) -> bool:
    """Say whether a sentence points back, or is a part of one, by its first words."""
    first = words[0]
    has_comma = "," in text
    if first in CONNECTIVES or first in _PRONOUNS or first in _PREDICATES:
        return True
    if first.endswith("nya") and first not in _FREE_NYA:
        return True
    if first in _SUBORDINATORS and not has_comma:
        return True
    if _ACTIVE_VERB.fullmatch(first) and first not in _NOT_VERBS and not has_comma:
        return text.split(maxsplit=1)[0].islower() or not text.split(maxsplit=1)[0].isupper()
    clause = tokens(text.partition(",")[0])[:CLAUSE]
    opening = clause[:OPENING]
    if words[0] in _PREPOSITIONS and len(words) > 1 and words[1].endswith("nya"):
        return True
    if any(
        word in _ADDING and (at == 0 or clause[at - 1] not in {"yang", "dan", "tetapi", "atau"})
        for at, word in enumerate(clause)
    ):
        return True
    return any(
        word in _DEMONSTRATIVES and (at == 0 or opening[at - 1] not in _DEICTIC)
        for at, word in enumerate(opening)
    ) or any(word in _PRONOUNS - _DEMONSTRATIVES for word in words[:CLAUSE])
