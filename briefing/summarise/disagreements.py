"""Where outlets give different facts, and where one contradicts the calendar.

A pair of statements is shown only where it is the same fact for certain: the same figure of the
event (the dead, the magnitude), or sentences that say the same but for the one detail. A wrong
entry costs the reader more than a missing one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from briefing.document import Bilingual, Claim, Disagreement
from briefing.summarise.days import article_day, english_day
from briefing.summarise.figures import Figure, compatible, figures_of
from briefing.summarise.lexicon import CALENDAR_WORDS, SAY_AFTER, SAY_BEFORE
from briefing.summarise.names import titled_persons
from briefing.summarise.quotation import find_spans
from briefing.summarise.support import looks_ahead, same_act
from briefing.summarise.timeline import dated_lines
from briefing.summarise.words import cosine, normalised, terms, tokens
from briefing.vocabulary import stem

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from briefing.summarise.days import Day
    from briefing.summarise.passages import Collection, Line
    from briefing.summarise.timeline import Dated

__all__ = ["disagreements_of"]

ALIKE = 0.5
"""Cosine from which two sentences are one statement but for a detail, which is left out of it."""

ALIKE_BEYOND = 0.35
"""The same over what the event's sentences do not share anyway."""

FAR = 10
"""Figures of alike sentences further apart than this factor are of two things (a delivery, a stock)."""

MISSPELT = 0.7
"""Ratio of common letters of one name in two spellings (`Harsono`, `Harsana`)."""

MAX_ROWS = 20
"""Disagreements listed for an event; more is a sign of two events in one group."""

_SPOKEN = re.compile(
    r"\b(?:" + "|".join(sorted(SAY_AFTER | SAY_BEFORE)) + r")(?:nya)?\b[^.;]{0,90}$", re.IGNORECASE
)
_PLACE = re.compile(
    r"\bdi\s+(?P<mark>(?:[Dd]esa|[Kk]ecamatan|[Kk]elurahan|[Kk]abupaten|[Kk]ota|[Kk]ampung|[Dd]usun|"
    r"[Jj]alan|[Pp]rovinsi|[Hh]otel|[Gg]edung|[Ss]tadion|[Pp]asar|[Rr]umah [Ss]akit|RSUD|[Pp]antai|"
    r"[Pp]ulau|[Pp]elabuhan|[Bb]andara|[Ss]tasiun)\s+)?"
    r"(?P<name>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,3})"
)
_HISTORY = re.compile(r"\b(?:pada|tahun|sejak)\s+(?:tahun\s+)?(1\d{3}|20\d\d)\b", re.IGNORECASE)
# One of several things of a kind: `calon nomor dua`, `tahap kedua`, `kilometer 92`.
_WHICH = re.compile(
    r"\b(?:nomor|tahap|seri|kelas|lantai|putaran|babak|jilid|hari|kloter|gelombang|komisi|jilid)\s+"
    r"(?:urut\s+)?(\w+)|\b(pertama|kedua|ketiga|keempat|kelima|terakhir)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<=[\w,]\s)[A-Z][\w'’-]+")
# Two names of one place.
_SAME_PLACES = (
    frozenset({"solo", "surakarta"}),
    frozenset({"jogja", "yogya", "yogyakarta", "jogjakarta"}),
    frozenset({"makassar", "ujung pandang"}),
    frozenset({"moskow", "moskwa"}),
    frozenset({"bandar lampung", "bandarlampung", "tanjungkarang"}),
    frozenset({"palangka raya", "palangkaraya"}),
    frozenset({"pangkalpinang", "pangkal pinang"}),
    frozenset({"tiongkok", "china", "cina"}),
    frozenset({"teheran", "tehran"}),
    frozenset({"kiev", "kyiv"}),
    frozenset({"amerika serikat", "as", "amerika"}),
)
_ROLES_ONE_HOLDS = re.compile(
    r"^(?:presiden|wakil presiden|perdana menteri|menteri|gubernur|wakil gubernur|bupati|wakil bupati|"
    r"wali ?kota|kapol\w+|camat|lurah|kepala|direktur utama|rektor|ketua umum|ketua|komandan|dandim|"
    r"danramil|kasat\w*|sekretaris jenderal|panglima|kanselir|raja|kapolri)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A disagreement with the place of its first sentence, for the order."""

    at: int
    found: Disagreement


def disagreements_of(collection: Collection) -> tuple[Disagreement, ...]:
    """Return the facts on which outlets differ, and dates that contradict the calendar.

    In the order of their first sentences, at most `MAX_ROWS`.
    """
    rows = [*_calendar(collection)]
    if len({line.outlet for line in collection.lines}) > 1:
        rows += _figures(collection)
        rows += _days(collection)
        rows += _places(collection)
        rows += _names(collection)
    rows.sort(key=lambda row: row.at)
    return tuple(row.found for row in rows[:MAX_ROWS])


def _calendar(collection: Collection) -> list[_Row]:
    """Return the dates whose printed weekday is wrong, one row a date."""
    wrong: dict[tuple[str, str], list[tuple[int, Day]]] = defaultdict(list)
    for dated in dated_lines(collection):
        if dated.day.contradiction:
            wrong[dated.day.iso, dated.day.contradiction].append((dated.index, dated.day))
    rows = []
    for (_, weekday), found in wrong.items():
        day = found[0][1].as_date()
        claim = _claim(collection, found[0][1].text, [index for index, _ in found])
        note = (
            f"{weekday} is {english_day(weekday)}, but {day.day} {day:%B %Y} was a "
            f"{day:%A}; which of the two is meant is not known"
        )
        rows.append(_row(collection, "date", [claim], [found[0][0]], note))
    return rows


@dataclass(frozen=True, slots=True)
class _Stated:
    """A value in a line: `shown` as printed, `value` to compare."""

    index: int
    shown: str
    figure: Figure


def _figures(collection: Collection) -> list[_Row]:
    stated = [
        _Stated(index, figure.text, figure)
        for index, line in enumerate(collection.lines)
        if not _is_history(line)
        for figure in figures_of(line.source)
    ]
    keyed: dict[Hashable, list[_Stated]] = defaultdict(list)
    for one in stated:
        keyed[one.figure.key].append(one)
    rows = []
    for group in keyed.values():
        if group[0].figure.general:
            rows += _general(collection, group)
        else:
            rows += _alike_figures(collection, group)
    return rows


def _general(collection: Collection, group: list[_Stated]) -> list[_Row]:
    """Compare a figure of the whole event: outlets differ if none of their values agree."""
    by_outlet: dict[str, list[_Stated]] = defaultdict(list)
    for one in group:
        by_outlet[collection.lines[one.index].outlet].append(one)
    outlets = list(by_outlet)
    differing: list[_Stated] = []
    for at, left in enumerate(outlets):
        for right in outlets[at + 1 :]:
            if any(_agree(collection, a, b) for a in by_outlet[left] for b in by_outlet[right]):
                continue
            differing += [by_outlet[left][0], by_outlet[right][0]]
    return _value_rows(collection, differing, group)


def _agree(collection: Collection, one: _Stated, two: _Stated) -> bool:
    """Say whether two figures agree, or count different things by the places they name."""
    if compatible(one.figure, two.figure):
        return True
    left, right = (
        _place_words(collection.lines[one.index]),
        _place_words(collection.lines[two.index]),
    )
    return bool(left) and bool(right) and left.isdisjoint(right)


def _alike_figures(collection: Collection, group: list[_Stated]) -> list[_Row]:
    """Compare figures of sentences that are alike but for the figure."""
    rows: list[_Row] = []
    done: set[int] = set()
    for at, one in enumerate(group):
        for two in group[at + 1 :]:
            if one.index in done or two.index in done or compatible(one.figure, two.figure):
                continue
            if not _one_statement(collection, one.index, two.index):
                continue
            if not one.figure.context & two.figure.context or _is_far(one.figure, two.figure):
                continue
            if any(compatible(one.figure, f) for f in _same_key(collection, two)) or any(
                compatible(two.figure, f) for f in _same_key(collection, one)
            ):
                continue
            done |= {one.index, two.index}
            rows += _value_rows(collection, [one, two], [one, two])
    return rows


def _is_far(one: Figure, two: Figure) -> bool:
    """Say whether two figures are so far apart that they count different things."""
    low, high = sorted((abs(one.value), abs(two.value)))
    return high > FAR * low


def _same_key(collection: Collection, one: _Stated) -> list[Figure]:
    found = figures_of(collection.lines[one.index].source)
    return [f for f in found if f.key == one.figure.key]


def _value_rows(
    collection: Collection, differing: list[_Stated], group: list[_Stated]
) -> list[_Row]:
    """Return one row with a claim for each value, or none where there are not two."""
    outlets = {collection.lines[one.index].outlet for one in differing}
    values: dict[object, list[_Stated]] = {}
    for one in group:
        if collection.lines[one.index].outlet in outlets:
            values.setdefault(one.figure.value, []).append(one)
    if len(values) < 2 or not differing:
        return []
    ordered = sorted(values.values(), key=lambda v: v[0].index)
    claims = [_claim(collection, v[0].shown, [one.index for one in v]) for v in ordered]
    first = [v[0].index for v in ordered]
    return [_row(collection, "number", claims, first, _update_note(collection, first))]


def _days(collection: Collection) -> list[_Row]:
    """Compare the days of sentences that are alike but for the day."""
    dated = [
        d
        for d in dated_lines(collection)
        if d.day.is_day and not _SPOKEN.search(collection.lines[d.index].source[: d.day.start])
    ]
    counts: dict[int, int] = defaultdict(int)
    for d in dated:
        counts[d.index] += 1
    rows: list[_Row] = []
    done: set[int] = set()
    for at, one in enumerate(dated):
        for two in dated[at + 1 :]:
            if one.day.iso == two.day.iso or {one.index, two.index} & done:
                continue
            if counts[one.index] > 1 or counts[two.index] > 1:
                continue
            if not _one_statement(collection, one.index, two.index):
                continue
            if _says_day(dated, collection, one.index, two.day.iso) or _says_day(
                dated, collection, two.index, one.day.iso
            ):
                continue
            done |= {one.index, two.index}
            claims = [_claim(collection, d.day.text, [d.index]) for d in (one, two)]
            rows.append(_row(collection, "date", claims, [one.index, two.index], None))
    return rows


def _says_day(dated: Sequence[Dated], collection: Collection, index: int, iso: str) -> bool:
    """Say whether the outlet of line `index` has the other day too, in an alike sentence."""
    outlet = collection.lines[index].outlet
    return any(
        d.day.iso == iso
        and collection.lines[d.index].outlet == outlet
        and cosine(collection.contrasts[index], collection.contrasts[d.index]) >= ALIKE / 2
        for d in dated
    )


def _places(collection: Collection) -> list[_Row]:
    """Compare the places of sentences that are alike but for the place."""
    stated: list[tuple[int, str, str]] = []
    for index, line in enumerate(collection.lines):
        places = [
            ((m["mark"] or "").strip().casefold(), m["name"])
            for m in _PLACE.finditer(line.source)
            if m["mark"] or collection.book.is_known(m["name"])
        ]
        stated += [(index, mark, name) for mark, name in places]
    texts = _texts(collection)
    rows: list[_Row] = []
    done: set[int] = set()
    for at, (left, mark, one) in enumerate(stated):
        for right, other_mark, two in stated[at + 1 :]:
            if mark != other_mark or {left, right} & done or _is_same_place(one, two):
                continue
            a, b = collection.lines[left], collection.lines[right]
            if two.casefold() in texts[a.outlet] or one.casefold() in texts[b.outlet]:
                continue  # one outlet names both: not a contradiction
            if not _one_statement(collection, left, right, frozenset(terms(f"{one} {two}"))):
                continue
            done |= {left, right}
            claims = [
                _claim(collection, f"{m} {n}".strip().title() if m else n, [i])
                for i, m, n in ((left, mark, one), (right, other_mark, two))
            ]
            rows.append(_row(collection, "place", claims, [left, right], None))
    return rows


def _is_same_place(one: str, two: str) -> bool:
    """Say whether two names are of one place, or one names a part of the other."""
    left, right = one.casefold(), two.casefold()
    if set(left.split()) <= set(right.split()) or set(right.split()) <= set(left.split()):
        return True
    return any({left, right} <= names for names in _SAME_PLACES)


def _names(collection: Collection) -> list[_Row]:
    """Compare who holds an office, and the spellings of one name."""
    rows: list[_Row] = []
    texts = _texts(collection)
    holders: dict[str, list[tuple[int, str]]] = defaultdict(list)
    indexes = {id(line): index for index, line in enumerate(collection.lines)}
    for line, role, name in titled_persons(collection):
        folded = " ".join(tokens(role))
        if len(folded.split()) > 1 and _ROLES_ONE_HOLDS.match(folded):
            holders[folded].append((indexes[id(line)], name))
    seen: set[frozenset[str]] = set()
    for found in holders.values():
        rows += _differing_names(collection, found, texts, seen, _is_other_person)
    forms = [
        (indexes[id(m.line)], m.form)
        for m in collection.mentions
        if m.kind in {"person", "other"} and len(m.form.split()) > 1
    ]
    rows += _differing_names(collection, forms, texts, seen, _is_other_spelling)
    return rows


def _differing_names(
    collection: Collection,
    found: list[tuple[int, str]],
    texts: dict[str, str],
    seen: set[frozenset[str]],
    differ: Callable[[str, str], bool],
) -> list[_Row]:
    rows = []
    for at, (left, one) in enumerate(found):
        for right, two in found[at + 1 :]:
            pair = frozenset((one.casefold(), two.casefold()))
            a, b = collection.lines[left], collection.lines[right]
            if a.outlet == b.outlet or pair in seen or not differ(one, two):
                continue
            if two.casefold() in texts[a.outlet] or one.casefold() in texts[b.outlet]:
                continue
            seen.add(pair)
            claims = [
                _claim(collection, name, [i for i, other in found if other == name])
                for name in (one, two)
            ]
            rows.append(_row(collection, "name", claims, [left, right], None))
    return rows


def _is_other_person(one: str, two: str) -> bool:
    """Say whether two names are not one in a longer and a shorter form."""
    left, right = one.casefold().split(), two.casefold().split()
    return not (set(left) <= set(right) or set(right) <= set(left)) and not _abbreviated(
        left, right
    )


def _is_other_spelling(one: str, two: str) -> bool:
    """Say whether two names share a word and spell another one a little differently."""
    left, right = one.casefold().split(), two.casefold().split()
    if len(left) != len(right) or not set(left) & set(right) or _abbreviated(left, right):
        return False
    differing = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return len(differing) == 1 and _misspelt(*differing[0])


def _misspelt(one: str, two: str) -> bool:
    bare = one.replace("-", "").replace("'", ""), two.replace("-", "").replace("'", "")
    if bare[0] == bare[1] or min(map(len, bare)) < 4:
        return False
    return SequenceMatcher(None, *bare).ratio() >= MISSPELT


def _abbreviated(left: Sequence[str], right: Sequence[str]) -> bool:
    """Say whether one name is the other with initials: `M. Rizki`, `Muhammad Rizki`."""
    return any(len(w.rstrip(".")) <= 2 for w in (*left, *right))


def _one_statement(
    collection: Collection, left: int, right: int, detail: frozenset[str] = frozenset()
) -> bool:
    """Say whether two sentences of different outlets say the same but for the terms of a detail."""
    a, b = collection.lines[left], collection.lines[right]
    if a.outlet == b.outlet or looks_ahead(a.source) != looks_ahead(b.source):
        return False
    for vectors, least in ((collection.vectors, ALIKE), (collection.contrasts, ALIKE_BEYOND)):
        one, two = (
            normalised(
                {t: w for t, w in vectors[i].items() if not t[0].isdigit() and t not in detail}
            )
            for i in (left, right)
        )
        if cosine(one, two) < least:
            return False
    if find_spans(a.source) or find_spans(b.source):
        return False  # two people may say different things
    return _comparable(a.source, b.source, detail)


def _comparable(one: str, two: str, detail: frozenset[str]) -> bool:
    """Say whether two sentences can be of one thing: no other verb, ordinal or name throughout."""
    if not same_act(one, two):
        return False
    which = [{"".join(m).casefold() for m in _WHICH.findall(text)} for text in (one, two)]
    if which[0] != which[1]:
        return False
    names = [_capitals(text) - detail for text in (one, two)]
    return not (names[0] - names[1] and names[1] - names[0])


def _capitals(text: str) -> set[str]:
    """Return the stems of the capitalised words inside a sentence, the calendar's left out."""
    words = (n.casefold() for n in _CAPITAL.findall(text))
    return {stem(word) for word in words if word not in CALENDAR_WORDS}


def _texts(collection: Collection) -> dict[str, str]:
    """Return everything that each outlet prints, casefolded."""
    texts: dict[str, list[str]] = defaultdict(list)
    for line in collection.lines:
        texts[line.outlet].append(line.source.casefold())
    return {outlet: "\n".join(found) for outlet, found in texts.items()}


def _is_history(line: Line) -> bool:
    """Say whether a sentence speaks of another year than the article's."""
    day = article_day(line.article)
    return any(day is None or int(m[1]) != day.year for m in _HISTORY.finditer(line.source))


def _place_words(line: Line) -> set[str]:
    return {m["name"].split()[0].casefold() for m in _PLACE.finditer(line.source)}


def _update_note(collection: Collection, indexes: Iterable[int]) -> str | None:
    """Return a note where the figures were printed on different days."""
    days = sorted({str(d) for i in indexes if (d := article_day(collection.lines[i].article))})
    if len(days) < 2:
        return None
    return f"printed on different days ({days[0]} to {days[-1]}): the later figure may be an update"


def _claim(collection: Collection, value: str, indexes: Sequence[int]) -> Claim:
    lines = [collection.lines[i] for i in dict.fromkeys(indexes)]
    return Claim(
        value=value,
        outlets=tuple(dict.fromkeys(n.article.outlet for n in lines if n.article.outlet)),
        evidence=tuple(n.evidence for n in lines),
    )


def _row(
    collection: Collection,
    kind: Literal["number", "date", "place", "name"],
    claims: Sequence[Claim],
    indexes: Sequence[int],
    note: str | None,
) -> _Row:
    line = collection.lines[min(indexes)]
    return _Row(
        min(indexes),
        Disagreement(
            kind=kind,
            about=Bilingual(line.source, line.sentence.translation),
            claims=tuple(claims),
            note=note,
        ),
    )
