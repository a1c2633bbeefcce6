"""Who speaks: the person and the role in the words beside a quotation.

A speaker phrase is `[role] [title] Name`, `role, Name`, `Name, role`, `Name (role)`, a body
(`Kementerian Luar Negeri Rusia`), an unnamed person (`seorang warga`), or a pronoun. The name is
what is left of the phrase when roles, bodies, places, titles and ages are taken off its front.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.summarise.lexicon import (
    ADMIN_WORDS,
    BODY_HEADS,
    BODY_WORDS,
    HONORIFICS,
    LOCAL_ROLES,
    ROLE_HEADS,
    ROLE_WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["BACK", "Speaker", "read_forward", "read_subject", "words_of"]

_WORD = re.compile(r"[^\W_](?:[\w.'’\-]*[\w])?\.?|[,()|:;\"“”–—]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STOPS = _words(
    """
    dalam di pada saat ketika kepada usai seusai sambil seraya melalui lewat seperti dikutip
    dilansir mengutip melansir ke menanggapi soal tentang terkait sebagaimana dengan setelah
    sebelum tadi kemarin lagi pula yang bahwa oleh karena sejak hingga sampai ihwal perihal
    mengenai merujuk via antara lain juga ini itu tersebut adalah akan telah sudah terhadap jika
    agar supaya sehingga namun tetapi menurut waktu siang malam pagi sore seusainya selepas saja
    senin selasa rabu kamis jumat jum'at sabtu minggu ditemui dihubungi menjawab menambahkan lalu
    kemudian mengatakan menyebut dikonfirmasi berdasarkan memberi memberikan menjelaskan ditulis
    membacakan menyampaikan merespons sembari disela demikian begitu terpisah saksi-saksi
    """
) - {"saksi-saksi"}
_UNNAMED = _words(
    """
    seorang para salah sejumlah beberapa pihak pejabat warga militer media pemerintah polisi
    pria wanita perempuan lelaki laki-laki sumber saksi keluarga analis pakar pengamat kantor
    sesepuh seorang-warga perempuan bocah remaja orang kedua perwira
    """
)
_PRONOUNS = _words("dia ia beliau nya mereka")
_BACK_WORDS = _words("itu ini tersebut")
_PARTICLES = _words("bin binti al el van von de da der den di la le ibn ibnu dan")
_ADVERBS = _words(
    """
    juga kemudian pun sebelumnya lalu sendiri turut kembali lantas hanya bahkan telah sudah sempat
    tetap pernah terus sambil langsung secara tegas masih akhirnya justru malah lebih lanjut ikut
    selanjutnya hari
    """
)
_OPENERS = re.compile(
    r"^(?:sementara itu|namun|selain itu|di sisi lain|sebelumnya|kemudian|lalu|dan|tetapi|sedangkan|"
    r"sementara|lebih lanjut|lebih jauh|di tempat (?:yang sama|terpisah)|terpisah|"
    r"pada kesempatan (?:itu|yang sama|tersebut)|dalam kesempatan (?:itu|yang sama|tersebut)|"
    r"adapun|padahal|meski demikian|oleh karena itu|karena itu)\b[\s,]*",
    re.IGNORECASE,
)
# After these a capital word is an attribute of a role rather than a person: `Jaksa Agung Budi`.
_AGUNG = _words("jaksa mahkamah hakim")
_MAX_NAME = 6


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks. `name` may be a body or an unnamed person; `named` says that it is a name."""

    name: str | None
    role: str | None = None
    named: bool = True


BACK = Speaker(None, None, named=False)
"""A pronoun: the speaker is one named before."""


def words_of(text: str) -> list[str]:
    """Return the words and the punctuation that parts phrases, at most 60 of them."""
    found = []
    for match in _WORD.finditer(text[:800]):
        word = match[0]
        if word.endswith(".") and not _abbreviates(word):
            found += [word[:-1], "."]
        else:
            found.append(word)
        if len(found) >= 60:
            break
    return found


def _abbreviates(word: str) -> bool:
    bare = word.rstrip(".").casefold()
    return (
        len(bare) == 1 or "." in bare or bare in HONORIFICS or bare in {"moh", "muh", "abd", "st"}
    )


def read_forward(text: str, places: Callable[[Sequence[str]], int]) -> Speaker | None:
    """Read the speaker at the start of `text`, which follows `kata`, `menurut` or a bar.

    `places` returns how many of the given words name a place, 0 for none. Returns `BACK` for a
    pronoun and `None` where there is no speaker.
    """
    words = words_of(text)
    if not words:
        return None
    if words[0].casefold() in _PRONOUNS:
        return BACK
    phrase, rest = _phrase(words)
    if not phrase:
        return None
    if rest and rest[0].casefold() in _BACK_WORDS and not _has_name(phrase, places):
        return BACK
    role, name = _split(phrase, places)
    bracket, rest = _bracket(rest)
    if name:
        return Speaker(" ".join(name), _join(role) or bracket or _apposition(rest, places))
    if role and rest[:1] == [","]:
        following, _ = _phrase(rest[1:])
        more, name = _split(following, places)
        if name and not more and _is_name(name):
            return Speaker(" ".join(name), _join(role))
    return _unnamed(phrase)


def read_subject(text: str, places: Callable[[Sequence[str]], int]) -> Speaker | None:
    """Read the speaker at the end of `text`, which stands before `mengatakan` or a colon."""
    text = _OPENERS.sub("", text.strip()[-400:]).rstrip(" ,")
    words = words_of(text)
    while words and words[-1].casefold() in _ADVERBS:
        words.pop()
    if not words:
        return None
    parts = _parts(words)
    last = parts[-1]
    bracket = None
    if last and last[-1] == ")" and "(" in last:
        at = len(last) - 1 - last[::-1].index("(")
        bracket = _role_text(last[at + 1 : -1])
        last = last[:at]
        parts[-1] = last
    if not last:
        return None
    if last[0].casefold() in _PRONOUNS and len(last) <= 2:
        return BACK
    if last[-1].casefold() in _BACK_WORDS:
        return BACK
    role, name = _split(last, places)
    if name and not role and _is_name(name):
        before = parts[-2] if len(parts) > 1 else []
        earlier, none = _split(before, places) if before else ([], [])
        if earlier and not none:
            return Speaker(" ".join(name), _join(earlier))
        return Speaker(" ".join(name), bracket)
    if name and _is_name(name):
        return Speaker(" ".join(name), _join(role))
    if role and len(parts) > 1:
        more, person = _split(parts[-2], places)
        if person and _is_name(person) and parts[-2]:
            return Speaker(" ".join(person), _join(more) or " ".join(last))
    return _unnamed(last)


def _parts(words: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    depth = 0
    for word in words:
        depth += (word == "(") - (word == ")")
        if word in {",", ";", "–", "—", "|", ":"} and depth <= 0:
            parts.append([])
        else:
            parts[-1].append(word)
    return [p for p in parts if p] or [[]]


def _phrase(words: list[str]) -> tuple[list[str], list[str]]:
    """Split at the first word or mark that cannot be in a speaker phrase."""
    for at, word in enumerate(words):
        folded = word.casefold()
        if not word[0].isalnum() or word[0].isdigit():
            if word == "(" and _is_acronym_bracket(words, at):
                continue
            if word == ")" and at >= 2 and words[at - 2] == "(" and words[at - 1].isupper():
                continue
            return words[:at], words[at:]
        if folded in _STOPS and not (
            folded == "lalu" and at and words[at + 1 : at + 2] == ["lintas"]
        ):
            if (
                folded in {"dalam", "sosial"}
                and words[at + 1 : at + 2]
                and words[at + 1].casefold() == "negeri"
            ):
                continue
            return words[:at], words[at:]
    return words, []


def _is_acronym_bracket(words: list[str], at: int) -> bool:
    inner = words[at + 1 : at + 3]
    return (
        at > 1 and len(inner) == 2 and inner[0].isupper() and len(inner[0]) > 1 and inner[1] == ")"
    )


def _split(
    phrase: Sequence[str], places: Callable[[Sequence[str]], int]
) -> tuple[list[str], list[str]]:
    """Split a phrase into role and name; one of them may be empty."""
    if not phrase:
        return [], []
    at = 0
    while at < len(phrase):
        taken = _role_step(phrase, at, places)
        if not taken:
            break
        at += taken
    role = list(phrase[:at])
    name = [w for w in phrase[at:] if w not in "()"]
    while name and name[0].casefold().rstrip(".") in HONORIFICS:
        name = name[1:]
    return role, name[:_MAX_NAME]


def _role_step(phrase: Sequence[str], at: int, places: Callable[[Sequence[str]], int]) -> int:
    word = phrase[at]
    folded = word.casefold().rstrip(".")
    opened = at > 0
    if word in "()":
        return 1
    if folded == "agung":
        return int(opened and phrase[at - 1].casefold() in _AGUNG)
    if folded in HONORIFICS and folded not in ROLE_HEADS:
        return 0
    if (
        folded in ROLE_HEADS
        or folded in BODY_HEADS
        or (word[0].islower() and folded not in _PARTICLES)
    ):
        return 1
    if not opened:
        return 0
    if folded in ROLE_WORDS or folded in BODY_WORDS or folded in ADMIN_WORDS:
        return 1
    if len(word) > 1 and word.isupper() and "." not in word:
        return 1
    known = places(phrase[at:])
    if known:
        return known
    before = phrase[at - 1].casefold()
    if (before in LOCAL_ROLES or before in ADMIN_WORDS) and len(phrase) - at > 2:
        return 1
    return 0


def _has_name(phrase: Sequence[str], places: Callable[[Sequence[str]], int]) -> bool:
    return bool(_split(phrase, places)[1])


def _is_name(name: Sequence[str]) -> bool:
    """Say whether all words are capitalised, particles apart."""
    return bool(name) and all(w[0].isupper() or w.casefold() in _PARTICLES for w in name)


def _bracket(rest: list[str]) -> tuple[str | None, list[str]]:
    """Read `(Jubir Kremlin)` after a name; an age or a date in brackets is passed over."""
    if rest[:1] != ["("] or ")" not in rest:
        return None, rest
    end = rest.index(")")
    return _role_text(rest[1:end]), rest[end + 1 :]


def _role_text(words: Sequence[str]) -> str | None:
    if not words or not words[0][0].isalpha():
        return None
    return _clean(words)


def _clean(words: Sequence[str]) -> str:
    return re.sub(r"\(\s*(.*?)\s*\)", r"(\1)", " ".join(words)).replace(" ,", ",")


def _join(words: Sequence[str]) -> str | None:
    return _clean(words) if words else None


def _apposition(rest: list[str], places: Callable[[Sequence[str]], int]) -> str | None:
    """Read the role of `Budi, Kepala BPBD Garut, ...` or `Budi selaku ketua panitia`."""
    if rest[:1] and rest[0].casefold() in {"selaku", "sebagai"}:
        rest = [",", *rest[1:]]
    if len(rest) < 2 or rest[0] != "," or rest[1].casefold() not in ROLE_HEADS:
        return None
    phrase, _ = _phrase(rest[1:])
    role, name = _split(phrase, places)
    return _join([*role, *name]) if role else None


def _unnamed(phrase: Sequence[str]) -> Speaker | None:
    first = phrase[0].casefold()
    if first in _UNNAMED or first in ROLE_HEADS or first in BODY_HEADS:
        return Speaker(_clean(phrase[:12]), None, named=False)
    return None
