"""Whether the names of the source are in the translation, and its terms as the glossary has them.

A capitalised Indonesian word is a name that must survive unless `translated_words.txt` lists it:
ordinary words, and names that English writes otherwise, counted over the training corpora by
`models/recipe/translated_words.py`. A survivor may differ by a letter or so (`Suriname`,
`Mohammad` for `Muhammad`), so that only a name that is lost or another is flagged.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING

from briefing.document import Flag
from briefing.translate.checks.lexicon import rewritten_names, translated_words
from briefing.translate.checks.terms import accepted_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["MARKS", "begins_sentence", "check", "lost", "name_starts"]

_WORD = re.compile(r"[^\W\d_]+(?:['’`-][^\W\d_]+)*")
# Long enough to be sure of without knowing the stem; `Semeru` and `Kertajati` begin like `se-`, `ke-`.
_VERBAL = re.compile(
    r"(?:meng|meny|mem|men|ber|ter|peng|peny|pem|pen|di)\w{4,}$|\w{4,}(?:kan|nya|lah)$"
)
# Prefixes, and what each may have swallowed of its stem: `memukul` of `pukul`.
_PREFIXES = {
    "meng": "k", "peng": "k", "meny": "s", "peny": "s", "mem": "p", "pem": "p", "men": "t", "pen": "t",
    "me": "", "pe": "", "per": "", "ber": "", "be": "", "ter": "", "te": "", "di": "", "ke": "",
    "se": "", "memper": "", "diper": "", "keber": "", "pember": "",
}  # fmt: skip
_SUFFIXES = ("", "kan", "an", "i", "nya", "lah", "annya", "kannya", "inya")
# What bears the name that follows: `Pulau Pari`, `Pelabuhan Merak`.
_PLACES = frozenset(
    """
    Pulau Gunung Pelabuhan Tanjung Sungai Kali Selat Teluk Danau Waduk Bukit Kecamatan Kelurahan
    Nagari Dusun Distrik Stasiun Terminal Bandara Pasar
    """.split()  # noqa: SIM905 - the same
)
_VERB = re.compile(r"(?:me|ber|di|ter)[a-z]{4,}|pada|juga|pun|sendiri|sebelumnya|akan|telah|yang")
MARKS = frozenset(
    """
    Rp US USD SGD No WIB WITA WIT Senin Selasa Rabu Kamis Jumat Sabtu Minggu Ahad Januari Februari
    Maret April Mei Juni Juli Agustus September Oktober November Desember
    """.split()  # noqa: SIM905 - a block of words reads better than a list of strings
)
"""Currencies, zones and the calendar: words with a capital that have checks of their own."""
_ROMAN = re.compile(r"[IVXLC]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:|\"“‘(\[]|[-–—]\s)\s*$")

# What English makes of country names beside their own form: `tentara Prancis`, `French troops`.
_DEMONYMS = {
    "france": "french", "spain": "spanish spaniard", "netherlands": "dutch holland",
    "united kingdom": "british britain uk u.k england english", "britain": "british uk",
    "england": "english british britain uk", "germany": "german", "philippines": "filipino philippine",
    "switzerland": "swiss", "thailand": "thai", "turkey": "turkish türkiye turkiye turk",
    "türkiye": "turkey turkish turk turkiye", "denmark": "danish dane", "greece": "greek",
    "ireland": "irish", "china": "chinese", "poland": "polish pole", "sweden": "swedish swede",
    "finland": "finnish finn", "cyprus": "cypriot", "norway": "norwegian", "wales": "welsh",
    "scotland": "scottish scot", "portugal": "portuguese", "belgium": "belgian", "peru": "peruvian",
    "united states": "us u.s american america usa", "us": "american america united u.s usa",
    "united states of america": "us u.s american america", "united arab emirates": "uae emirati",
    "saudi arabia": "saudi", "myanmar": "burma burmese", "laos": "lao laotian", "czechia": "czech",
    "iceland": "icelandic", "new zealand": "kiwi", "kazakhstan": "kazakh", "uzbekistan": "uzbek",
    "afghanistan": "afghan", "united nations": "un u.n", "un": "united u.n", "european union": "eu",
    "timor-leste": "east timor timorese", "lebanon": "lebanese", "japan": "japanese",
}  # fmt: skip


def check(
    source: str, translation: str, glossary: Mapping[str, Sequence[str]] | None = None
) -> tuple[Flag, ...]:
    """Flag names of an Indonesian `source` that `translation` lost (`name`), and terms (`term`).

    `glossary` maps an Indonesian term to its accepted English ones. A term that stands in the
    source, in its capitals, must have one of them in the translation or a form derived from it.
    """
    english = _Words(translation)
    flags, lost, covered = _terms(source, english, glossary or {})
    missing = lost + [
        f"“{match.group()}”"
        for match in _names(source)
        if not covered[match.start()] and not english.has(match.group())
    ]
    if missing:
        listed = " and ".join(dict.fromkeys(missing))
        flags.insert(0, Flag("name", f"{listed} of the Indonesian is not in the English"))
    return tuple(flags)


def lost(
    source: str, translation: str, glossary: Mapping[str, Sequence[str]] | None = None
) -> tuple[tuple[int, int], ...]:
    """Return where in `source` the names stand that `translation` lost: start and end characters.

    Words of one name are one span: `Joko Widodo`. Terms, ours and those of `glossary`, are left
    out: they are not copied but translated.
    """
    english = _Words(translation)
    covered = _terms(source, english, glossary or {})[2]
    spans: list[tuple[int, int]] = []
    for match in _names(source):
        if covered[match.start()]:
            continue
        start, end = match.span()
        if spans and source[spans[-1][1] : start] == " ":
            start = spans.pop()[0]
        spans.append((start, end))
    return tuple(
        (start, end)
        for start, end in spans
        if not all(english.has(word) for word in source[start:end].split())
    )


def name_starts(source: str) -> frozenset[int]:
    """Return where in `source` the words begin that are names."""
    return frozenset(match.start() for match in _names(source))


def begins_sentence(source: str, position: int) -> bool:
    """Tell whether the place demands a capital: the start, or behind a stop, colon or quote."""
    return bool(_SENTENCE_START.search(source[max(0, position - 4) : position]))


class _Words:
    """The words of a translation, to be asked for a name."""

    def __init__(self, text: str) -> None:
        self.text = _plain(re.sub(r"['’]s\b", " ", text))
        self.words = sorted({*re.findall(r"\w+", self.text)})
        self.joined = re.sub(r"[\W_]+", "", self.text)

    @cached_property
    def respelt(self) -> set[str]:
        """The words in one spelling; few translations are asked for it."""
        return {_respelt(word) for word in self.words}

    def has(self, name: str) -> bool:
        """Tell whether a name or a near spelling of it stands in the text."""
        plain = _plain(name)
        parts = re.findall(r"\w+", plain)
        joined = "".join(parts)
        return all(map(self._has, parts)) or (len(joined) > 5 and joined in self.joined)

    def _has(self, part: str) -> bool:
        if part in self.words or (len(part) > 5 and part in self.joined):
            return True
        if len(part) > 3 and any(w.startswith(part) and len(w) < len(part) + 4 for w in self.words):
            return True  # `Tibetan`
        if part.endswith("nya") and len(part) > 5 and self._has(part[:-3]):
            return True
        return len(part) > 3 and _respelt(part) in self.respelt

    def has_term(self, terms: Sequence[str]) -> bool:
        """Tell whether one of the English terms, or a form derived from it, stands in the text."""
        return any(self._has_term(_plain(term)) for term in terms)

    def _has_term(self, term: str) -> bool:
        if not term or re.search(rf"(?<!\w){re.escape(term)}", self.text):
            return True
        if any(
            re.search(rf"\b{re.escape(form)}", self.text)
            for form in _DEMONYMS.get(term, "").split()
        ):
            return True
        if len(term.split()) > 1:
            # Word order and articles are free: `minister of foreign affairs`.
            return all(
                self._stem(part)
                for part in re.findall(r"\w{3,}", term)
                if part not in {"the", "for", "and"}
            )
        return self._stem(term)

    def _stem(self, word: str) -> bool:
        stem = word[: max(4, len(word) - 2)]
        return any(other.startswith(stem) for other in self.words)


def _names(source: str) -> Iterator[re.Match[str]]:
    """Yield the capitalised words of the source that are names."""
    known = translated_words()
    words = list(_WORD.finditer(source))
    title = _is_title(words) or source.isupper()
    for index, match in enumerate(words):
        word = match.group()
        if not word[0].isupper() or len(word) < 2 or word in MARKS:
            continue
        if not title and index and _of_a_place(words[index - 1].group(), word, known):
            yield match
            continue
        if _plain(word) in known:
            continue
        if word.isupper() and not source.isupper():
            if len(word) <= 6 and not _ROMAN.fullmatch(word):
                yield match
            continue
        parts = re.split(r"[-'’`]", word)
        if any(_known(part, known) for part in parts) or _clitic(word, known):
            continue
        if title and (_affixed(_plain(word), known) or len(word) < 4):
            continue
        if not title and begins_sentence(source, match.start()):
            # The place demands the capital: a name only before a surname or a verb.
            following = words[index + 1].group() if index + 1 < len(words) else ""
            surname = following[:1].isupper() and _plain(following) not in known
            if _affixed(_plain(word), known) or not (surname or _VERB.fullmatch(following)):
                continue
        yield match


def _known(part: str, known: frozenset[str]) -> bool:
    """Tell whether a part of a compound is an ordinary word; `Un` of `Jong-Un` is too short."""
    return (len(part) > 2 and _plain(part) in known) or part in MARKS


def _is_title(words: Sequence[re.Match[str]]) -> bool:
    """Tell whether a line is set in capitals like a headline, where they say nothing."""
    long = [match.group() for match in words if len(match.group()) > 3]
    return len(long) > 2 and sum(word[0].isupper() for word in long) > 0.8 * len(long)


def _of_a_place(before: str, word: str, known: frozenset[str]) -> bool:
    """Tell whether an ordinary word is the name of the place that stands before it."""
    plain = _plain(word)
    return before in _PLACES and plain in known and len(word) > 3 and plain not in rewritten_names()


def _affixed(plain: str, known: frozenset[str]) -> bool:
    """Tell whether a word is a known stem with Indonesian affixes: `Meluncur` of `luncur`."""
    if _VERBAL.match(plain):
        return True
    for suffix in _SUFFIXES:
        if not plain.endswith(suffix):
            continue
        stem = plain.removesuffix(suffix)
        if len(stem) > 2 and stem in known:
            return True
        for prefix, swallowed in _PREFIXES.items():
            rest = stem.removeprefix(prefix)
            if rest != stem and len(rest) > 2 and (rest in known or swallowed + rest in known):
                return True
    return False


def _clitic(word: str, known: frozenset[str]) -> bool:
    """Tell whether a word is a known one with an ending: `Pemerintahlah`."""
    plain = _plain(word)
    endings = ("nya", "lah", "kah", "pun", "ku", "mu", "an", "kan", "i")
    return any(plain.endswith(end) and plain[: -len(end)] in known for end in endings)


def _terms(
    source: str, english: _Words, glossary: Mapping[str, Sequence[str]]
) -> tuple[list[Flag], list[str], bytearray]:
    """Check terms, the longest first; return flags, lost names, and what the terms cover.

    A term of the glossary is a demand; one of our own only says which names are not lost.
    """
    covered = bytearray(len(source) + 1)
    flags: list[Flag] = []
    lost: list[str] = []
    known = {**accepted_terms(), **glossary}
    for term in sorted((t for t in known if t in source), key=lambda t: (-len(t), t)):
        wanted = known[term]
        # Asked once: a term may stand in a segment a thousand times.
        there = (
            term in MARKS
            or english.has_term(wanted)
            or (term not in glossary and english.has(term))
        )
        for match in re.finditer(rf"(?<!\w){re.escape(term)}(?!\w)", source):
            if any(covered[match.start() : match.end()]):
                continue
            covered[match.start() : match.end()] = b"\1" * len(match.group())
            if there:
                continue
            if term in glossary:
                flags.append(Flag("term", f"“{term}” should be “{wanted[0]}” in the English"))
            else:
                lost.append(f"“{term}”" + (f" ({wanted[0]})" if wanted[0] != term else ""))
    return list(dict.fromkeys(flags)), lost, covered


def _plain(text: str) -> str:
    """Fold case, accents and apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"['’‘`ʼ]", "", "".join(c for c in decomposed if not unicodedata.combining(c)))


# In this order; doubled letters count once.
_SPELLINGS = (
    ("kh", "h"), ("ph", "f"), ("sy", "sh"), ("ch", "c"), ("oe", "o"), ("u", "o"), ("tj", "c"), ("dj", "j"),
    ("q", "k"), ("c", "k"), ("y", "i"), ("v", "f"), ("z", "s"), ("ae", "ai"), ("x", "ks"),
)  # fmt: skip


def _respelt(word: str) -> str:
    """Fold what Indonesian and English spell otherwise in one name: `Vatikan`, `Zelenskyy`.

    A name with another letter wrong is another name: a model that wrote `Riwan` for `Ridwan` was
    once let through as a near spelling.
    """
    for one, other in _SPELLINGS:
        word = word.replace(one, other)
    return re.sub(r"(.)\1+", r"\1", word)
