"""Who speaks: the person and the role in the words beside a quotation.

A speaker phrase is `[role] [title] Name`, `role, Name`, `Name, role`, `Name (role)`, a body
(`Kementerian Luar Negeri Rusia`), an unnamed person (`seorang warga`), or a pronoun. The name is
what is left of the phrase when roles, bodies, places, titles and ages are taken off its front.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.summarise.lexicon import (
    ADMIN_WORDS,
    BODY_HEADS,
    BODY_TAILS,
    BODY_WORDS,
    CALENDAR_WORDS,
    CONNECTIVES,
    GENERALS,
    HONORIFICS,
    LOCAL_ROLES,
    NAMED_BODIES,
    RANK_TAILS,
    RANKS,
    ROLE_HEADS,
    ROLE_WORDS,
    SAY_AFTER,
)
from briefing.vocabulary import is_mostly_capital, is_stop, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Places = Callable[[Sequence[str]], int]

__all__ = ["BACK", "Speaker", "read_forward", "read_subject", "split_role"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[^\W_](?:[\w.'’\-/]*\w)?\.?|[,()|:;\"“”–—]")
_MAX_CHARS = 600
_MAX_NAME = 6

# Words that cannot stand inside a speaker phrase: what follows is when, where and to whom.
_STOPS = _words(
    """
    dalam di pada saat ketika kepada usai seusai sambil seraya melalui lewat seperti dikutip
    dilansir mengutip melansir ke menanggapi soal tentang terkait sebagaimana dengan setelah
    sebelum tadi kemarin lagi pula yang bahwa oleh karena sejak hingga sampai ihwal perihal
    mengenai merujuk via antara lain juga ini itu tersebut adalah akan telah sudah terhadap jika
    agar supaya sehingga namun tetapi menurut waktu siang malam pagi sore seusainya selepas saja
    ditemui dihubungi menjawab menambahkan lalu kemudian mengatakan menyebut dikonfirmasi
    berdasarkan memberi memberikan menjelaskan ditulis membacakan menyampaikan merespons sembari
    disela demikian begitu terpisah ialah yakni yaitu misalnya mengakui selaku
    """
) | (CALENDAR_WORDS - {"mei"})
_UNNAMED = _words(
    """
    seorang para salah sejumlah beberapa pihak pejabat warga militer media pemerintah polisi pria
    wanita perempuan lelaki laki-laki sumber saksi keluarga analis pakar pengamat sesepuh bocah
    remaja perwira mereka
    """
)
_PRONOUNS = _words("dia ia beliau nya mereka")
_BACK_WORDS = _words("itu ini tersebut")
_UNTIL_NOW = _words("sejauh saat hari selama kali tahun bulan pekan minggu dewasa")
_PARTICLES = _words("bin binti al el van von de da der den di la le ibn ibnu")
_ADVERBS = _words(
    """
    juga kemudian pun sebelumnya lalu sendiri turut kembali lantas hanya bahkan telah sudah sempat
    tetap pernah terus sambil langsung secara tegas masih akhirnya justru malah lebih lanjut ikut
    selanjutnya hari lagi pernah pula
    """
)
_OPENERS = re.compile(
    r"^(?:sebelum-nya|sesudah-nya|sementara itu|namun|selain itu|di sisi lain|sebelumnya|kemudian|lalu|dan|tetapi|sedangkan|"
    r"sementara|lebih lanjut|lebih jauh|di tempat (?:yang sama|terpisah)|(?:secara )?terpisah|"
    r"pada kesempatan (?:itu|yang sama|tersebut)|dalam kesempatan (?:itu|yang sama|tersebut)|"
    r"adapun|padahal|meski demikian|oleh karena itu|karena itu|terpisah)\b[\s,]*",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"(?:[SMAB]|Sp|Ph|Lc|MBA|MA)\.[A-Za-z][\w.]*|[SM](?:H|Si|M|E|Sc|Pd|Sos|Ag|T|Kom|Hum)\.?|MBA|Lc\.?"
)
_BRANCH = re.compile(r"\s*\(\s*(?:Purn|P|E|T|K|S|Mar|Pnb|TNI|Pol)\.?\s*\)")
_AGENT = re.compile(r"pe[a-z]{4,}(?<!an)")
_VERB = re.compile(r"(?:me|ber|di|ter)[a-z]{4,}|[a-z]+nya")
# After these a capital word is an attribute of a role rather than a person: `Jaksa Agung Budi`.
_AGUNG = _words("jaksa mahkamah hakim")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks.

    `kind` says what `name` is: a person's name, a body's, the description of an unnamed person, or
    words that point `back` to someone named before (`dia`, `pria itu`).
    """

    name: str | None
    role: str | None = None
    kind: Literal["person", "body", "unnamed", "back"] = "person"


BACK = Speaker(None, kind="back")
"""A pronoun: the speaker is one named before."""


def read_forward(text: str, places: Places, *, fronted: bool = False) -> Speaker | None:
    """Read the speaker at the start of `text`, which follows `kata`, `menurut` or a bar.

    `places` returns how many of the given words name a place, 0 for none. `fronted` says that the
    statement follows (`Menurut Budi, ...`), so that a comma need not bring a role. Returns `BACK`
    for a pronoun and `None` where there is no speaker.
    """
    words = _words_of(text)
    if not words:
        return None
    if words[0].casefold() in _PRONOUNS:
        return BACK
    phrase, rest = _listed(*_phrase(words))
    if not phrase:
        return None
    if (
        rest
        and rest[0].casefold() in _BACK_WORDS
        and not (phrase[0][0].isupper() and _is_name(phrase))
    ):
        person = _person_after_comma(rest[2:], places) if rest[1:2] == [","] else []
        if person:
            return Speaker(" ".join(person), _clean([*phrase, rest[0]]))
        return Speaker(_clean([*phrase, rest[0]]), kind="back")
    role, name = split_role(phrase, places)
    if _opens_role(phrase) and rest[:1] == [","]:
        following = _person_after_comma(rest[1:], places)
        if following:
            return Speaker(" ".join(following), _clean(phrase))
    bracket, rest = _bracket(rest)
    if name and _is_name(name):
        return _speaker(name, _join(role) or bracket or _apposition(rest, places, fronted=fronted))
    return _unnamed(phrase)


def _speaker(name: Sequence[str], role: str | None) -> Speaker:
    """Return a person, or a body where the name is an acronym or begins like one or like a place."""
    first = name[0].casefold()
    acronym = any(len(w) > 2 and w.isupper() and "." not in w for w in name)
    if acronym or first in BODY_HEADS or first in ADMIN_WORDS - HONORIFICS:
        return Speaker(" ".join(name), role, kind="body")
    return Speaker(" ".join(name), role)


def _listed(phrase: list[str], rest: list[str]) -> tuple[list[str], list[str]]:
    """Join a role that lists its fields: `Direktur Pelayanan, Penyuluhan, dan Humas Ditjen Pajak`."""
    if not _opens_role(phrase) or rest[:1] != [","]:
        return phrase, rest
    joined, left = list(phrase), list(rest)
    for _ in range(4):
        if left[:1] != [","]:
            break
        more, after = _phrase(left[1:])
        if more and more[0] == "dan":
            return [*joined, *more], after
        if len(more) > 3 or not more or is_mostly_capital(stem(more[0].casefold())):
            break
        joined, left = [*joined, *more], after
    return phrase, rest


def read_subject(text: str, places: Places) -> Speaker | None:
    """Read the speaker at the end of `text`, which stands before `mengatakan` or a colon."""
    words = _words_of(_OPENERS.sub("", text.strip()[-_MAX_CHARS:]))
    while words and (words[-1].casefold() in _ADVERBS or words[-1] in ",;"):
        words.pop()
    parts = _parts(words)
    while len(parts) > 1 and _is_aside(parts[-1]):
        parts.pop()
    if not parts:
        return None
    if parts[-1][0] in {"dan", "serta", "tetapi", "namun"} and len(parts[-1]) > 1:
        parts[-1] = parts[-1][1:]
    while len(parts[-1]) > 1 and parts[-1][0].casefold() in SAY_AFTER:
        parts[-1] = parts[-1][1:]
    last = _without_bracket(parts[-1])
    bracket = _bracket(parts[-1][len(last) :])[0]
    if not last:
        return None
    if last[0].casefold() in _PRONOUNS:
        return BACK
    if last[-1].casefold() in _BACK_WORDS and not (len(last) > 1 and last[-2] in _UNTIL_NOW):
        return Speaker(_clean(last), kind="back")
    before = _without_bracket(parts[-2]) if len(parts) > 1 else []
    if _is_person(last, places) and _opens_role(before):
        return Speaker(" ".join(_untitled(last)), _clean(parts[-2]))
    if _opens_role(last) and before:
        more, person = split_role(before, places)
        whole = all(w[0].isupper() or w in _PARTICLES or w in more for w in before)
        if _is_person(before, places) or (whole and _is_name(person) and not _is_common(person)):
            titled = all(w.casefold().rstrip(".") in HONORIFICS for w in more)
            return Speaker(" ".join(person), _clean(last) if titled else _clean(more))
    phrase, _ = _phrase(last)
    role, name = split_role(phrase, places)
    if name and _is_name(name) and not _is_common(name):
        return _speaker(name, _join(role) or bracket)
    return _unnamed(phrase) if phrase else None


def _is_aside(part: Sequence[str]) -> bool:
    """Say whether a part between commas is no name and no role: when, where, a degree, a mood."""
    first = part[0]
    if first.casefold() in _STOPS or _DEGREE.fullmatch(first) or first.isdigit():
        return True
    return all(w.islower() for w in part) and not _is_role_noun(first)


def _is_role_noun(word: str) -> bool:
    """Say whether a common noun names what a person does: a known one, or one with `pe-`."""
    folded = word.casefold()
    return folded in ROLE_HEADS or folded in BODY_HEADS or bool(_AGENT.fullmatch(folded))


def _words_of(text: str) -> list[str]:
    """Return the words and the punctuation that parts phrases, at most 60 of them."""
    found: list[str] = []
    for match in _WORD.finditer(_BRANCH.sub(" ", text[:_MAX_CHARS])):
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
    if len(bare) == 1 or "." in bare:
        return True
    return bare in HONORIFICS or bare in RANK_TAILS or bare in {"moh", "muh", "abd", "st"}


def _parts(words: list[str]) -> list[list[str]]:
    """Split at commas outside brackets; empty parts are left out."""
    parts: list[list[str]] = [[]]
    depth = 0
    for word in words:
        depth += (word == "(") - (word == ")")
        if word in {",", ";", "–", "—", "|", ":", "."} and depth <= 0:
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _without_bracket(words: Sequence[str]) -> list[str]:
    """Return the words before a bracket at the end; an acronym in the middle stays."""
    if words and words[-1] == ")" and "(" in words:
        return list(words[: len(words) - 1 - list(reversed(words)).index("(")])
    return list(words)


def _phrase(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split at the first word or mark that cannot be in a speaker phrase."""
    for at, word in enumerate(words):
        folded = word.casefold()
        if word == "(" and _is_acronym_bracket(words, at):
            continue
        if word == ")" and at >= 2 and words[at - 2] == "(":
            continue
        if word.isdigit() and len(word) < 4 and at and _opens_role(words):
            continue  # `Kepala SDN 3 Wonosari`
        if not word[0].isalpha():
            return list(words[:at]), list(words[at:])
        following = words[at + 1].casefold() if at + 1 < len(words) else ""
        if (folded, following) in {("dalam", "negeri"), ("lalu", "lintas")}:
            continue
        if folded in _STOPS and (word.islower() or folded in CALENDAR_WORDS):
            return list(words[:at]), list(words[at:])
    return list(words), []


def _is_acronym_bracket(words: Sequence[str], at: int) -> bool:
    inner = words[at + 1 : at + 3]
    return (
        at > 1 and len(inner) == 2 and inner[0].isupper() and len(inner[0]) > 1 and inner[1] == ")"
    )


def _opens_role(phrase: Sequence[str]) -> bool:
    if not phrase:
        return False
    first = phrase[0].casefold()
    if first in ROLE_HEADS or first in BODY_HEADS or first in {"salah", "seorang"}:
        return True
    if first in _STOPS or first in _ADVERBS or first in CONNECTIVES:
        return False
    if all(word.islower() and word.isalpha() for word in phrase):
        return _is_role_noun(first) or first.endswith("nya")  # `lawannya, Budi Santoso`
    common = not is_mostly_capital(stem(first)) and not is_stop(stem(first))
    return common and not _VERB.fullmatch(first)


def _person_after_comma(rest: Sequence[str], places: Places) -> list[str]:
    """Return the name in `Kepala BPBD Garut, Budi Santoso, ...`; empty if there is none."""
    phrase, _ = _phrase(rest)
    if _is_common(phrase):
        return []
    return _untitled(phrase) if _is_person(phrase, places) else []


def _is_person(phrase: Sequence[str], places: Places) -> bool:
    """Say whether a whole phrase is the name of a person, titles apart."""
    name = _untitled(phrase)
    return (
        bool(name)
        and len(name) <= _MAX_NAME
        and _is_name(name)
        and name[0].casefold() not in ROLE_HEADS | BODY_HEADS | ADMIN_WORDS
        and not _is_common(name)
        and places(name) != len(name)
        and not any(len(w) > 2 and w.isupper() and "." not in w for w in name)
    )


def _untitled(phrase: Sequence[str]) -> list[str]:
    """Take titles, ranks and degrees off a name."""
    name = [w for w in phrase if w not in {"(", ")"} and not _DEGREE.fullmatch(w)]
    ranked = False
    while len(name) > 1:
        folded = name[0].casefold().rstrip(".")
        if (folded not in HONORIFICS or name[0] in {"MS", "MR"}) and not (
            ranked and folded in RANK_TAILS
        ):
            break
        ranked = True
        name = name[1:]
    return name


def split_role(phrase: Sequence[str], places: Places) -> tuple[list[str], list[str]]:
    """Split a phrase into role and name; one of them may be empty."""
    if not phrase:
        return [], []
    tail = max((k for k, w in enumerate(phrase[:-1]) if w.casefold() in BODY_TAILS), default=0)
    if tail:
        at = tail + 1
    elif ")" in phrase[:-1]:
        at = len(phrase) - list(reversed(phrase)).index(")")
    else:
        at = _rank_at(phrase)
        while not at or at < len(phrase):
            taken = _role_step(phrase, at, places)
            if not taken:
                break
            at += taken
            if at >= len(phrase):
                break
    role = list(phrase[:at])
    while role and role[-1].casefold().rstrip(".") in RANKS and _rank_at(role) == len(role) - 1:
        role.pop()
    name = _untitled(phrase[at:])
    if not role and _heads_sentence(name):
        name = name[1:]  # `Kunjungan Kim Jong Un`: the head of the sentence, not of the name
    end = next((k for k, w in enumerate(name) if w[0].islower() and w not in _PARTICLES), len(name))
    return role, name[: min(end, _MAX_NAME)]


def _heads_sentence(name: Sequence[str]) -> bool:
    """Say whether a name starts with a common noun; of two words, only with a derived one."""
    first = name[0].casefold() if name else ""
    if len(name) < 2 or is_mostly_capital(stem(first)):
        return False
    derived = first.endswith("an") and stem(first) != first
    return len(name) > 2 or derived or is_stop(stem(first))


def _rank_at(phrase: Sequence[str]) -> int:
    """Return where a rank or title ends the role of a phrase, 0 where none does."""
    for at, word in enumerate(phrase):
        folded = word.casefold().rstrip(".")
        if at and folded in RANKS and phrase[at - 1].casefold() not in GENERALS:
            return at
    return 0


def _role_step(phrase: Sequence[str], at: int, places: Places) -> int:
    """Return how many words at `at` belong to the role, 0 where the name begins."""
    word = phrase[at]
    folded = word.casefold().rstrip(".")
    opened = at > 0
    left = len(phrase) - at
    before = phrase[at - 1].casefold() if opened else ""
    if word in {"(", ")"} or (opened and word.isdigit()):
        return 1
    if folded == "agung":
        return int(before in _AGUNG)
    if folded == "jenderal" and before in GENERALS:
        return 1
    if folded in HONORIFICS and folded not in ROLE_HEADS:
        return 0
    if (
        folded in ROLE_HEADS
        or folded in BODY_HEADS
        or (word[0].islower() and folded not in _PARTICLES)
    ):
        return 1
    if not opened:
        return int(folded in _UNNAMED)
    if folded in ROLE_WORDS or folded in BODY_WORDS or folded in ADMIN_WORDS:
        return 1
    if len(word) > 1 and word.isupper() and "." not in word and not (len(word) == 2 and left == 2):
        return 1
    known = places(phrase[at:])
    if known:
        return known
    if before in NAMED_BODIES and left > 2:
        return 1
    if left > 2 and not is_mostly_capital(stem(folded)):
        return 1  # a common noun, so still the body: `PLN Energi Hijau`
    return int((before in LOCAL_ROLES or before in ADMIN_WORDS) and left > 2)


def _is_common(name: Sequence[str]) -> bool:
    """Say whether a name is one common noun with a capital: `Pekan lalu, ...`."""
    if len(name) != 1:
        return False
    folded = name[0].casefold()
    return folded.endswith("nya") or folded in CONNECTIVES or not is_mostly_capital(stem(folded))


def _is_name(name: Sequence[str]) -> bool:
    """Say whether all words are capitalised, particles apart."""
    return bool(name) and all(w[0].isupper() or w.casefold() in _PARTICLES for w in name)


def _bracket(rest: Sequence[str]) -> tuple[str | None, list[str]]:
    """Read `(Jubir Kremlin)` after a name; an age or a date in brackets is passed over."""
    if rest[:1] != ["("] or ")" not in rest:
        return None, list(rest)
    end = list(rest).index(")")
    inner = rest[1:end]
    role = _clean(inner) if inner and inner[0][0].isalpha() else None
    return role, list(rest[end + 1 :])


def _apposition(rest: Sequence[str], places: Places, *, fronted: bool) -> str | None:
    """Read the role of `Budi, Kepala BPBD Garut, ...` or `Budi selaku ketua panitia`."""
    if rest[:1] and rest[0].casefold() in {"selaku", "sebagai"}:
        rest = [",", *rest[1:]]
    if rest[:1] == [","] and rest[1:2] and rest[1].isdigit():  # an age
        rest = rest[3:] if rest[2:3] == ["tahun"] else rest[2:]
    if len(rest) < 2 or rest[0] != "," or not _describes(rest[1]):
        return None
    phrase, after = _phrase(rest[1:])
    if fronted and (after[:1] != [","] or not _is_role_noun(phrase[0])):
        return None
    role, name = split_role(phrase, places)
    return _join([*role, *name]) if role else None


def _describes(word: str) -> bool:
    """Say whether a word after `Budi,` begins what Budi is: a role, or any common noun."""
    folded = word.casefold()
    if _is_role_noun(word):
        return True
    return (
        word.islower() and word.isalpha() and folded not in _STOPS and not _VERB.fullmatch(folded)
    )


def _unnamed(phrase: Sequence[str]) -> Speaker | None:
    first = phrase[0].casefold()
    if first in BODY_HEADS and len(phrase) > 1:
        return Speaker(_clean(phrase[:12]), kind="body")
    if first in _UNNAMED or _is_role_noun(first):
        return Speaker(_clean(phrase[:12]), kind="unnamed")
    return None


def _join(words: Sequence[str]) -> str | None:
    return _clean(words) if words else None


def _clean(words: Sequence[str]) -> str:
    return re.sub(r"\(\s*(.*?)\s*\)", r"(\1)", " ".join(words)).replace(" ,", ",")
