"""Key people, places and organisations of an event, in both spellings.

The English spelling is looked for in the translations of the sentences that hold the name: the same
letters, a known English form (`Tiongkok`, China), or a capitalised form of nearly the same letters
(`Moskow`, Moscow). Where none is found it is the Indonesian one; it is never made up.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from briefing.document import Name
from briefing.summarise.lexicon import (
    ADMIN_WORDS,
    BODY_HEADS,
    BODY_WORDS,
    CALENDAR_WORDS,
    ENGLISH_FORMS,
    HONORIFICS,
    LISTED_BODY,
    PRESS,
    RANK_TAILS,
    ROLE_HEADS,
    ROLE_WORDS,
    SAY_BEFORE,
)
from briefing.summarise.namebook import countries
from briefing.summarise.speakers import split_role
from briefing.vocabulary import idf, is_mostly_capital, stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.document import Evidence
    from briefing.summarise.namebook import NameBook
    from briefing.summarise.passages import Collection, Line

    Kind = Literal["person", "place", "organisation", "other"]

__all__ = ["MAX_NAMES", "Mention", "mentions_of", "names_of", "titled_persons"]

MAX_NAMES = 30
"""Names listed for an event: what fits beside its summary."""

TITLE_CASE = 0.7
"""Share of capitalised words from which a line is a headline."""

NO_NAMES = frozenset(
    """
    rp us usd idr m sr awas siaga waspada normal level ii iii iv vi vii viii ix xi xii covid
    posko nama waktu total rupiah dolar dollar
    """.split()  # noqa: SIM905 - a list of words is easier to read and to amend as text
)
"""Capitalised words that name nobody and nothing: currencies, numerals, levels of alert."""

ALIKE = 0.75
"""Ratio of common letters from which an English form is the Indonesian name."""

_TOKEN = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?|\d+|[^\w\s]")
_IN_BRACKETS = re.compile(r"\s*\(([A-Z]{2,12})\)")
_PARTICLES = frozenset(
    ["bin", "binti", "al", "el", "van", "von", "de", "da", "der", "den", "la", "le", "ibn"]
)
_CAPITAL_RUN = re.compile(
    r"[A-Z][\w'’.-]*(?:\s+(?:(?:of|the|and|for|al|bin|van|de)\s+)?[A-Z][\w'’-]*){0,6}"
)
_PLATFORMS = frozenset(
    [
        "instagram",
        "facebook",
        "twitter",
        "x",
        "youtube",
        "tiktok",
        "whatsapp",
        "telegram",
        "internet",
    ]
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a line: its form and what its surroundings say that it is."""

    form: str
    kind: Kind
    line: Line


@dataclass(slots=True)
class _Entry:
    kinds: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    lines: list[Line] = field(default_factory=list)


def names_of(collection: Collection, book: NameBook) -> tuple[Name, ...]:
    """Return the names of the event, most mentioned first, at most `MAX_NAMES`.

    `book` has learned the full names of the speakers. A name mentioned once is listed if it is a
    person, a place or an organisation for certain.
    """
    mentions = collection.mentions
    for mention in mentions:
        if mention.kind == "person":
            book.learn(mention.form, sure=False)
    acronyms = _acronyms(collection)
    entries: dict[str, _Entry] = {}
    for mention in mentions:
        form = book.full(mention.form) if mention.kind in {"person", "other"} else mention.form
        form = acronyms.get(form.casefold(), form)
        entry = entries.setdefault(form.casefold(), _Entry())
        known = mention.kind in {"person", "other"} and book.is_person(form)
        entry.kinds["person" if known else mention.kind] += 1
        entry.forms[form] += 1
        entry.lines.append(mention.line)
    ranked = sorted(entries.values(), key=lambda e: -len(e.lines))
    return tuple(name for entry in ranked if (name := _name(entry)) is not None)[:MAX_NAMES]


def _acronyms(collection: Collection) -> dict[str, str]:
    """Return the acronyms that the text puts in brackets behind a body's full name, by that name."""
    found: dict[str, str] = {}
    for mention in collection.mentions:
        if mention.kind != "organisation" or " " not in mention.form:
            continue
        at = mention.line.source.find(f"{mention.form} (")
        match = _IN_BRACKETS.match(mention.line.source, at + len(mention.form)) if at >= 0 else None
        if match:
            found.setdefault(mention.form.casefold(), match[1])
    return found


def _name(entry: _Entry) -> Name | None:
    kinds = {k: n for k, n in entry.kinds.items() if k != "other"}
    kind = max(kinds, key=lambda k: (kinds[k], k)) if kinds else "other"
    if kind == "other" and len(entry.lines) < 2:
        return None
    form = min(entry.forms, key=lambda f: (-entry.forms[f], f))
    if kind == "other" and " " not in form and not is_mostly_capital(stem(form.casefold())):
        return None  # a common noun that is a part of some proper name
    english, where = _english(form, entry.lines)
    evidence: dict[Evidence, None] = {entry.lines[0].evidence: None}
    if where is not None:
        evidence[where.evidence] = None
    return Name(
        id=form,
        en=english,
        kind=kind,  # type: ignore[arg-type]  # a key of the counter, which holds kinds only
        mentions=len(entry.lines),
        evidence=tuple(evidence),
    )


def _english(form: str, lines: list[Line]) -> tuple[str, Line | None]:
    """Return the English spelling and the line whose translation has it."""
    folded = form.casefold()
    known = (
        *ENGLISH_FORMS.get(folded, ()),
        *((countries()[folded],) if folded in countries() else ()),
    )
    for wanted in (form, *known):
        pattern = re.compile(
            rf"(?<!\w){re.escape(wanted)}(?!\w)",
            re.IGNORECASE if wanted == form and not form.isupper() else 0,
        )
        for line in lines:
            match = pattern.search(line.sentence.translation)
            if match and (wanted != form or match[0] != folded):
                return match[0], line
    best: tuple[float, str, Line | None] = (ALIKE, form, None)
    for line in lines[:20]:
        for candidate in _candidates(line.sentence.translation, len(form.split())):
            if candidate.casefold() in line.source.casefold():
                continue
            ratio = SequenceMatcher(None, folded, candidate.casefold()).ratio()
            if ratio > best[0] and candidate[0].casefold() == folded[0]:
                best = (ratio, candidate, line)
    return best[1], best[2]


def _candidates(text: str, size: int) -> Iterator[str]:
    """Yield the runs of `size` capitalised words of an English text."""
    for match in _CAPITAL_RUN.finditer(text[:2_000]):
        words = match[0].split()
        for at in range(len(words) - size + 1):
            yield " ".join(words[at : at + size])


def mentions_of(collection: Collection) -> Iterator[Mention]:
    """Yield the names of every line in reading order."""
    inner: set[str] = set()
    for line in collection.lines:
        words = _TOKEN.findall(line.source)
        if not _is_title_case(words):
            inner.update(
                w for at, w in enumerate(words) if w[0].isupper() and not _opens(words, at)
            )
    book = collection.book
    for line in collection.lines:
        yield from _line_mentions(line, inner, book)


def _is_title_case(words: list[str]) -> bool:
    """Say whether a line is written like a headline, so that its capitals tell nothing."""
    letters = [w for w in words if w[0].isalpha()]
    if words and words[-1] == ".":
        return False
    return len(letters) > 3 and sum(w[0].isupper() for w in letters) > TITLE_CASE * len(letters)


def _line_mentions(line: Line, inner: set[str], book: NameBook) -> Iterator[Mention]:
    source = line.source
    for match in LISTED_BODY.finditer(source):
        yield Mention(match["acronym"], "organisation", line)
    words = _TOKEN.findall(LISTED_BODY.sub(", ", source))
    if _is_title_case(words):
        return
    at = 0
    while at < len(words):
        if not _is_capital(words, at, inner):
            at += 1
            continue
        end = at + 1
        while end < len(words) and (
            _is_capital(words, end, inner)
            or (
                words[end].casefold() in _PARTICLES
                and end + 1 < len(words)
                and _is_capital(words, end + 1, inner)
            )
        ):
            end += 1
        yield from _run_mentions(words, at, end, line, book)
        at = end


def _is_capital(words: list[str], at: int, inner: set[str]) -> bool:
    word = words[at]
    if not word[0].isupper():
        return False
    if not _opens(words, at) or word in inner:
        return True
    term = stem(word.casefold())
    if idf(term) >= idf("") and at + 1 < len(words) and words[at + 1][0].isupper():
        return words[at + 1] not in inner  # `Lawatan Putin`: an unknown word before a known name
    return is_mostly_capital(term)


def _opens(words: list[str], at: int) -> bool:
    """Say whether a capital at `at` may only mark the beginning of a sentence."""
    return at == 0 or not (words[at - 1][0].isalnum() or words[at - 1] in ",-–(")


def _run_mentions(
    words: list[str], start: int, end: int, line: Line, book: NameBook
) -> Iterator[Mention]:
    """Part a run of capitalised words into roles, bodies, places and persons."""
    at = start
    role, apposed = _before(words, start)
    while at < end:
        folded = words[at].casefold()
        if folded in CALENDAR_WORDS:
            at += 1
        elif folded in ADMIN_WORDS - HONORIFICS and (size := book.places(words[at + 1 : end])):
            yield Mention(" ".join(words[at : at + 1 + size]), "place", line)
            at += 1 + size
        elif folded in BODY_HEADS and at + 1 < end:
            size = _body_size(words, at, end, book)
            if size > 1:
                yield Mention(" ".join(words[at : at + size]), "organisation", line)
            at += size
        elif folded in ROLE_HEADS and at + 1 < end:
            titles, name = split_role(words[at:end], book.places)
            size = max(1, len(titles))
            yield from _places_in(words[at : at + size], line, book)
            if name:
                yield Mention(" ".join(name), "other" if apposed else "person", line)
                return
            role = True
            at += size
        elif (
            folded in HONORIFICS
            or folded in ROLE_HEADS
            or (role and folded in ROLE_WORDS | RANK_TAILS)
        ):
            role = True
            at += 1
        elif size := book.places(words[at:end]):
            marked = at > 0 and words[at - 1].casefold() in ADMIN_WORDS
            kind: Kind = "place" if size > 1 or marked or book.is_known(words[at]) else "other"
            yield Mention(" ".join(words[at : at + size]), kind, line)
            at += size
        elif folded in ADMIN_WORDS and at + 1 < end:
            size = 1 + max(1, book.places(words[at + 1 : end]))
            yield Mention(" ".join(words[at : at + size]), "place", line)
            at += size
        elif _is_acronym(words[at]):
            if words[at].casefold() not in NO_NAMES:
                yield Mention(words[at], "organisation", line)
            at += 1
        elif at + 1 < end and not role and not is_mostly_capital(stem(folded)):
            at += 1  # `Kunjungan Kim Jong Un`: a common noun at the head of its sentence
        else:
            size = _person_size(words, at, end, book)
            form = " ".join(words[at : at + size])
            kind = _kind(words, at, at + size, form, role=role and not apposed)
            if form.casefold() not in NO_NAMES and not any(c.isdigit() for c in form):
                yield Mention(form, kind, line)
            role = False
            at += size


def _places_in(words: list[str], line: Line, book: NameBook) -> Iterator[Mention]:
    """Yield the places and the acronyms of a role: `Kepala BPBD Garut`."""
    at = 0
    while at < len(words):
        size = book.places(words[at:])
        if size:
            first = at - 1 if at and words[at - 1].casefold() in ADMIN_WORDS - HONORIFICS else at
            yield Mention(" ".join(words[first : at + size]), "place", line)
        elif _is_acronym(words[at]):
            yield Mention(words[at], "organisation", line)
        at += max(1, size)


def _before(words: list[str], start: int) -> tuple[bool, bool]:
    """Say whether a role stands before a run of capitals, and whether that only adds to a name.

    In `Budi Santoso, koordinator Posko Tangguh` what follows the role is no second person.
    """
    at, role = start - 1, False
    while at >= 0 and start - at < 8 and words[at].islower() and words[at].isalpha():
        folded = words[at]
        role = role or folded in ROLE_HEADS or folded in HONORIFICS
        if not role and folded not in ROLE_WORDS:
            return False, False
        if role and folded not in ROLE_HEADS | HONORIFICS | ROLE_WORDS:
            break
        at -= 1
    named = at > 0 and words[at] == "," and (words[at - 1][0].isupper() or words[at - 1] == ")")
    if at >= 0 and words[at][0].isupper() and words[at].casefold() in ROLE_HEADS:
        role = True
    return role, named


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and word.isalpha()


def _body_size(words: list[str], at: int, end: int, book: NameBook) -> int:
    """Return how many words the body at `at` is named by."""
    size = 1
    while at + size < end:
        word = words[at + size]
        folded = word.casefold()
        left = end - at - size
        known = book.places(words[at + size : end])
        if known and folded not in BODY_WORDS:
            size += known
            continue
        if _is_acronym(word):
            return size + 1
        if folded in BODY_WORDS or folded in BODY_HEADS:
            size += 1
        elif size == 1 and folded not in ROLE_HEADS and (left > 2 or left == 1):
            size += 1  # `Universitas Padjadjaran`, `Bank Mandiri`: the body's own name
        elif left > 2 and not is_mostly_capital(stem(folded)):
            size += 1
        else:
            break
    return size


def _person_size(words: list[str], at: int, end: int, book: NameBook) -> int:
    size = 1
    while at + size < end and size < 5:
        word = words[at + size]
        if word.casefold() in BODY_HEADS | ROLE_HEADS | CALENDAR_WORDS or _is_acronym(word):
            break
        if book.places(words[at + size : end]) and book.places(words[at:end]) == 0 and size > 1:
            break
        size += 1
    return size


def _kind(words: list[str], start: int, end: int, form: str, *, role: bool) -> Kind:
    before = words[start - 1].casefold() if start else ""
    after = words[end].casefold() if end < len(words) else ""
    if form.casefold() in _PLATFORMS or PRESS.search(form):
        return "organisation"
    if before in ADMIN_WORDS - HONORIFICS and not (end - start > 1 and role):
        return "place"
    if role or (before in {"bernama", "kata", "ujar", "tutur", "oleh"} and " " in form):
        return "person"
    if after in SAY_BEFORE or before in {"kata", "ujar", "tutur", "ucap", "ungkap", "jelas"}:
        return "person"
    if (
        after == "("
        and end + 1 < len(words)
        and words[end + 1].isdigit()
        and int(words[end + 1][:4]) < 110
    ):
        return "person"
    if before in {"di", "ke"} or before in ADMIN_WORDS:
        return "place"
    return "other"


def titled_persons(collection: Collection) -> Iterator[tuple[Line, str, str]]:
    """Yield the persons that stand behind a role (`Bupati Alor Budi Santoso`): line, role, name."""
    for line in collection.lines:
        words = _TOKEN.findall(line.source)[:400]
        for at, word in enumerate(words):
            if word.casefold() not in ROLE_HEADS or (at and words[at - 1].casefold() in ROLE_HEADS):
                continue
            end = at + 1
            while end < len(words) and end - at < 14 and words[end][0].isalnum():
                end += 1
            role, name = split_role(words[at:end], collection.book.places)
            if role and name and name[0][0].isupper():
                yield line, " ".join(role), " ".join(name)
            elif role and words[end : end + 1] == [","]:
                stop = end + 1
                while stop < len(words) and words[stop][0].isupper() and words[stop].isalpha():
                    stop += 1
                person = split_role(words[end + 1 : stop], collection.book.places)
                if len(person[1]) > 1 and not person[0]:
                    yield line, " ".join(role), " ".join(person[1])
