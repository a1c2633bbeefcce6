"""What an article gives away about its event: terms, names, places, numbers and dates.

Everything is read from the Indonesian side. Captions and dropped furniture are left out.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.group.moments import Moment, distance, parse_day, read_timing
from briefing.ingest.places import is_place as is_known_place
from briefing.vocabulary import idf, is_mostly_capital, is_stop, stem, total_idf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from briefing.document import Article

__all__ = ["Forms", "Signals", "Words", "read_forms", "read_signals"]

# `Rp1,5` and `M5,6` are a word and a number, `G20` is a name.
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*|(?:Rp|M)(?=\d)|[^\W\d_]+\d[^\W_]*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\s\w]"
)

TITLE_COUNT = 2.0
"""A word of the title counts as often as this many in the body: titles are short and chosen."""

LEAD_SENTENCES = 3
"""Indonesian straight news puts what, where and when into its first two or three sentences."""

CORE_SENTENCES = 6
"""What follows them is mostly background, which reports of different events on one topic share. So
long articles are compared as short ones are; beyond, only words and days count."""

BACKGROUND_COUNT = 0.25
"""A word outside the core counts as often as this."""

TELLING = 3.0
"""Names of at least this idf tell one event from the next; `Jakarta` and `Presiden` do not."""

RARE = 5.5
"""Words of at least this idf, about one in 250 articles, tell one event from the next."""

MAX_SENTENCES = 400
"""What comes after so many sentences adds nothing to the event and costs time."""

NEAR_DAYS = 8
"""A day this near the publication can be the day of the event; others are history or plans."""

_AHEAD = re.compile(
    r"\b(?:akan|bakal|dijadwalkan|direncanakan|rencana|rencananya|menjelang|jelang|bersiap|siap"
    r"|siapkan|segera|mendatang|(?:pekan|bulan|tahun) depan)\b",
    re.IGNORECASE,
)

# Capitalised, and no names.
_TIMES = frozenset(
    ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Jum'at", "Sabtu", "Minggu", "WIB", "WITA", "WIT")
)

_PLACE_BEFORE = frozenset(
    {
        "asal", "bandara", "desa", "di", "distrik", "dusun", "gunung", "jalan", "kabupaten",
        "kampung", "ke", "kecamatan", "kelurahan", "kota", "pelabuhan", "perairan", "provinsi",
        "pulau", "selat", "stasiun", "teluk",
    }
)  # fmt: skip

# Words that stand between a number and what it counts.
_NUMBER_WORDS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000,
}  # fmt: skip
# What may follow a number without being what it counts.
_NOT_COUNTED = frozenset(
    {
        "adalah", "agar", "akan", "atau", "atas", "dalam", "dan", "dari", "dengan", "di", "hingga",
        "ini", "itu", "juga", "karena", "ke", "lalu", "lebih", "namun", "oleh", "pada", "per", "saat",
        "sampai", "sebagai", "sejak", "serta", "setelah", "sudah", "telah", "tersebut", "tetapi",
        "tidak", "untuk", "yaitu", "yakni", "yang",
    }
)  # fmt: skip

# Bodies that speak on every event of their kind: sharing one says nothing.
_BODIES = frozenset(
    {
        "basarnas", "bi", "bmkg", "bnpb", "bpbd", "bps", "dpr", "dprd", "kai", "kejagung", "knkt",
        "komnas", "kpk", "kpu", "mk", "ojk", "polda", "polres", "polri", "polsek", "pssi", "rsud",
        "tni",
    }
)  # fmt: skip

_SCALES = {"ribu": 1e3, "juta": 1e6, "miliar": 1e9, "milyar": 1e9, "triliun": 1e12}


@dataclass(frozen=True, slots=True)
class Words:
    """Stems, and what they weigh together."""

    stems: frozenset[str]
    weight: float

    @classmethod
    def of(cls, stems: Iterable[str]) -> Words:
        """Weigh the stems by their idf."""
        chosen = frozenset(stems)
        return cls(chosen, total_idf(chosen))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What the comparison of two articles needs; all words are stems.

    `terms` have TF-IDF weights of Euclidean length 1. `title` and `lead` are the words of the title
    and of the opening, `people`, `places` and `rare` the name words and the rare words of the
    opening; `core` and `names` are words and name words of the first sentences. `numbers` map `value unit` to a weight. `moments` are the days in the text and
    `months` the months named without a day. `anchor` is the day of the article's own event as far
    as it can be told, and `looks_ahead` says that the opening announces something.
    """

    terms: Mapping[str, float]
    title: Words
    lead: Words
    core: frozenset[str]
    people: Words
    places: Words
    rare: Words
    names: frozenset[str]
    telling: frozenset[str]
    numbers: Mapping[str, float]
    moments: tuple[Moment, ...]
    months: frozenset[tuple[int | None, int]]
    published: date | None
    anchor: Moment | None
    looks_ahead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """The same signals in the form in which a reader knows them, by stem or by `value unit`.

    `names` and `places` hold all the capitalised spans around a name word, `days` ISO dates.
    """

    terms: Mapping[str, frozenset[str]]
    names: Mapping[str, frozenset[str]]
    places: Mapping[str, frozenset[str]]
    numbers: Mapping[str, frozenset[str]]
    days: frozenset[str]


class _Reading:
    """Collects the signals of an article sentence by sentence."""

    def __init__(self, article: Article) -> None:
        self.published = parse_day(article.published)
        self.counts: defaultdict[str, float] = defaultdict(float)
        self.title: set[str] = set()
        self.lead: set[str] = set()
        self.core: set[str] = set()
        self.core_names: set[str] = set()
        self.lead_names: set[str] = set()
        self.lead_places: set[str] = set()
        self.numbers: dict[str, float] = {}
        self.moments: list[Moment] = []
        self.months: set[tuple[int | None, int]] = set()
        self.terms: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.names: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.places: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.amounts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._read(article.title.id or "", 0)
        for number, sentence in enumerate(article.sentences[:MAX_SENTENCES], start=1):
            self._read(sentence.source, number)
        for word in re.findall(r"[^\W\d_]+", article.place or ""):
            self._name(word, article.place or word, number=1, is_place=True)

    def _read(self, text: str, number: int) -> None:
        """Read a sentence; number 0 is the title."""
        timing = read_timing(text, self.published, sentence=number)
        self.moments += timing.moments
        self.months |= timing.months
        tokens = _tokens(text, timing.spans)
        count = 1.0 if number <= CORE_SENTENCES else BACKGROUND_COUNT
        if number == 0:
            count = TITLE_COUNT
        for term, form in _words(tokens):
            self.counts[term] += count
            if number <= CORE_SENTENCES:
                self.core.add(term)
            self.terms[term][form] += 1
            if number == 0:
                self.title.add(term)
            if number <= LEAD_SENTENCES:
                self.lead.add(term)
        for word, span, is_place in _names(tokens, is_title=number == 0):
            self._name(word, span, number=number, is_place=is_place)
        for key, weight, form in _numbers(tokens):
            if number <= CORE_SENTENCES:
                self.numbers[key] = weight
            self.amounts[key][form] += 1

    def _name(self, word: str, span: str, *, number: int, is_place: bool) -> None:
        """Note a word of a capitalised span."""
        name = stem(word.lower())
        self.names[name][span] += 1
        if number <= CORE_SENTENCES:
            self.core_names.add(name)
        if is_place:
            self.places[name][span] += 1
        if number <= LEAD_SENTENCES:
            self.lead_names.add(name)
            if name in self.places:
                self.lead_places.add(name)

    def weights(self) -> dict[str, float]:
        """Return the TF-IDF weights of the terms, of Euclidean length 1."""
        raw = {term: math.log1p(count) * idf(term) for term, count in self.counts.items()}
        length = math.sqrt(sum(raw[term] ** 2 for term in sorted(raw))) or 1.0
        return {term: _shared(round(raw[term] / length, 3)) for term in sorted(raw)}

    def anchor(self) -> Moment | None:
        """Return the day of the event: the first in the body that is near the publication.

        Written days go before weekdays. With a publication date and no day near it, the event is
        taken to be of that date; without either, it is the first day that the text names.
        """
        named = sorted(self.moments, key=lambda moment: (not moment.written, not moment.sentence))
        if self.published is None:
            return named[0] if named else None
        day = self.published
        own = Moment(day.year, day.month, day.day, 0, written=False)
        return next((moment for moment in named if distance(moment, own) <= NEAR_DAYS), own)


def read_signals(article: Article) -> Signals:
    """Read the signals of an article; its translation is not looked at."""
    reading = _Reading(article)
    opening = [article.title.id or "", *(sentence.source for sentence in article.sentences[:2])]
    return Signals(
        terms=reading.weights(),
        # An untitled text is known by its opening.
        title=Words.of(reading.title or reading.lead),
        lead=Words.of(reading.lead),
        people=Words.of(reading.lead_names - reading.places.keys() - _BODIES),
        places=Words.of(reading.lead_places),
        rare=Words.of(term for term in reading.lead if idf(term) >= RARE),
        core=frozenset(reading.core),
        names=frozenset(reading.core_names),
        telling=frozenset(
            name for name in reading.core_names if idf(name) >= TELLING and name not in _BODIES
        ),
        numbers=reading.numbers,
        moments=tuple(reading.moments),
        months=frozenset(reading.months),
        published=reading.published,
        anchor=reading.anchor(),
        looks_ahead=any(_AHEAD.search(text) for text in opening),
    )


def read_forms(article: Article) -> Forms:
    """Read how an article writes its signals."""
    reading = _Reading(article)
    return Forms(
        terms=_usual(reading.terms),
        names=_all(reading.names),
        places=_all(reading.places),
        numbers=_usual(reading.amounts),
        days=frozenset(
            f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
            for moment in reading.moments
            if moment.year is not None
        ),
    )


def _usual(forms: Mapping[str, Counter[str]]) -> dict[str, frozenset[str]]:
    """Return the most frequent form of each key alone."""
    return {
        key: frozenset((min(found, key=lambda form: (-found[form], form)),))
        for key, found in forms.items()
    }


def _all(forms: Mapping[str, Counter[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(found) for key, found in forms.items()}


@lru_cache(maxsize=2048)
def _shared(weight: float) -> float:
    """Return one object per weight: 50,000 articles hold ten million of them."""
    return weight


def _tokens(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Return the tokens of a text outside `spans`, each of which becomes one `|`."""
    tokens: list[str] = []
    start = 0
    for begin, end in spans:
        tokens += _TOKEN.findall(text[start:begin])
        tokens.append("|")
        start = max(start, end)
    return tokens + _TOKEN.findall(text[start:])


def _words(tokens: list[str]) -> Iterator[tuple[str, str]]:
    for token in tokens:
        if len(token) > 1 and token[0].isalpha():
            term = stem(token.lower())
            if len(term) > 1 and not is_stop(term):
                yield term, token if token.isupper() else token.lower()


def _names(tokens: list[str], *, is_title: bool) -> Iterator[tuple[str, str, bool]]:
    """Yield the words of capitalised spans, each with its span and whether that is a place."""
    position = 0
    while position < len(tokens):
        end = position
        while end < len(tokens) and _is_name(tokens, end, is_title=is_title):
            end += 1
        if end == position:
            position += 1
            continue
        before = tokens[position - 1].lower() if position else ""
        first = tokens[position].lower()
        span = " ".join(tokens[position:end])
        is_place = before in _PLACE_BEFORE or first in _PLACE_BEFORE or is_known_place(span)
        for token in tokens[position:end]:
            yield token, span, is_place
        position = end


def _is_name(tokens: list[str], position: int, *, is_title: bool) -> bool:
    token = tokens[position]
    if not token[0].isupper() or len(token) < 2 or token in _TIMES:
        return False
    opens = position == 0 or not (tokens[position - 1][0].isalnum() or tokens[position - 1] == ",")
    return not (is_title or opens) or is_mostly_capital(stem(token.lower()))


def _numbers(tokens: list[str]) -> Iterator[tuple[str, float, str]]:
    """Yield `value unit`, a weight and the written form for each number of a sentence."""
    position = 0
    while position < len(tokens):
        value, used = _value(tokens, position)
        if value is None:
            position += 1
            continue
        position += used
        unit, written = "", tokens[position - used : position]
        if position < len(tokens) and tokens[position].isalpha():
            word = tokens[position].lower()
            unit = "" if word in _NOT_COUNTED else stem(word)
        whole = value == int(value) and value < 1e15
        if whole and 1900 <= value <= 2100 and used == 1 and not unit:
            continue  # a year
        weight = 3.0 if value >= 100 or not whole else 2.0 if value >= 10 else 1.0
        if weight < 3 and not unit:
            continue
        amount = str(int(value)) if whole else str(value)
        if unit:
            written = [*written, tokens[position]]
        yield f"{amount} {unit}".strip(), weight, " ".join(written)


def _value(tokens: list[str], position: int) -> tuple[float | None, int]:
    token = tokens[position].lower()
    used = 1
    if token[0].isdigit() and token[0].isascii() and len(token) <= 20:
        value = _figure(token)
    elif token in _NUMBER_WORDS:
        value = float(_NUMBER_WORDS[token])
        if position + 1 < len(tokens) and tokens[position + 1].lower() in ("belas", "puluh"):
            value = value + 10 if tokens[position + 1].lower() == "belas" else value * 10
            used = 2
    else:
        return None, 0
    if value is not None and position + used < len(tokens):
        scale = _SCALES.get(tokens[position + used].lower())
        if scale:
            return value * scale, used + 1
    return value, used


def _figure(token: str) -> float | None:
    """Read `1.234`, `1.234,5` and `5,6` the Indonesian way."""
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?", token):
        return float(token.replace(".", "").replace(",", "."))
    if re.fullmatch(r"[0-9]+[.,][0-9]+", token):
        return float(token.replace(",", "."))
    return float(token) if re.fullmatch(r"[0-9]+", token) else None
