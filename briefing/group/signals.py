"""What an article gives away about its event: terms, names, places, numbers and dates.

Everything is read from the Indonesian side. Captions and dropped furniture are left out.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.group.moments import Moment, find_bare_months, find_moments, parse_day
from briefing.group.vocabulary import idf, is_mostly_capital, is_stop, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from briefing.document import Article

__all__ = ["Signals", "read_signals"]

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\s\w]")

TITLE_COUNT = 2
"""A word of the title counts as often as this many in the body: titles are short and chosen."""

LEAD_SENTENCES = 3
"""Indonesian straight news puts what, where and when into its first two or three sentences."""

_PLACE_BEFORE = frozenset(
    {
        "asal", "bandara", "dari", "desa", "di", "distrik", "dusun", "gunung", "jalan", "kabupaten",
        "kampung", "ke", "kecamatan", "kelurahan", "kota", "pelabuhan", "perairan", "provinsi",
        "pulau", "selat", "stasiun", "teluk",
    }
)  # fmt: skip

# Words that stand between a number and what it counts.
_NUMBER_WORDS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000,
}  # fmt: skip
_SCALES = {"ribu": 1e3, "juta": 1e6, "miliar": 1e9, "milyar": 1e9, "triliun": 1e12}


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals of one article.

    `terms` are stems (names among them) with TF-IDF weights of Euclidean length 1. `title` are the
    stems of the title with their idf. `names` and `places` map a lower-case name word to its idf;
    `shown` maps stems, name words and numbers to the form in which a reader knows them. `numbers`
    map `value unit` to a weight. `moments` are the dates in the text with the sentence they stand
    in; `published` is the publication day.
    """

    terms: Mapping[str, float]
    title: Mapping[str, float]
    lead: Mapping[str, float]
    names: Mapping[str, float]
    places: Mapping[str, float]
    numbers: Mapping[str, float]
    moments: tuple[Moment, ...]
    bare_months: frozenset[tuple[int | None, int]]
    published: date | None
    shown: Mapping[str, str]

    @property
    def anchor(self) -> Moment | None:
        """The first day that the text names: in straight news, the day of the event."""
        return self.moments[0] if self.moments else None


def read_signals(article: Article) -> Signals:
    """Read the signals of an article; its translation is not looked at."""
    published = parse_day(article.published)
    counts: Counter[str] = Counter()
    names: dict[str, float] = {}
    places: dict[str, float] = {}
    numbers: dict[str, float] = {}
    shown: dict[str, Counter[str]] = {}
    moments: list[Moment] = []
    months: set[tuple[int | None, int]] = set()
    lead: dict[str, float] = {}
    title: dict[str, float] = {}
    texts = [(article.title.id or "", TITLE_COUNT)]
    texts += [(sentence.source, 1) for sentence in article.sentences]
    for index, (text, weight) in enumerate(texts):
        found = find_moments(text, published, sentence=index)
        moments += found
        months |= find_bare_months(text, [moment.span for moment in found])
        tokens = _tokens(text, [moment.span for moment in found])
        for term, form in _words(tokens):
            counts[term] += weight
            shown.setdefault(term, Counter())[form] += 1
            if index == 0:
                title[term] = idf(term)
            if index <= LEAD_SENTENCES:
                lead[term] = idf(term)
        for word, span, is_place in _names(tokens, is_title=index == 0):
            names[word] = idf(stem(word))
            shown.setdefault("=" + word, Counter())[span] += 1
            if is_place:
                places[word] = names[word]
        for key, value, form in _numbers(tokens):
            numbers[key] = value
            shown.setdefault("#" + key, Counter())[form] += 1
    if article.place:
        for word in re.findall(r"[^\W\d_]+", article.place):
            places[word.lower()] = names[word.lower()] = idf(stem(word.lower()))
            shown.setdefault("=" + word.lower(), Counter())[article.place] += 1
    weights = {term: (1 + math.log(count)) * idf(term) for term, count in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return Signals(
        terms={term: weights[term] / length for term in sorted(weights)},
        title=title,
        lead=lead,
        names=names,
        places=places,
        numbers=numbers,
        moments=tuple(moments),
        bare_months=frozenset(months),
        published=published,
        shown={key: min(forms, key=lambda f: (-forms[f], f)) for key, forms in shown.items()},
    )


def _tokens(text: str, spans: list[tuple[int, int]]) -> list[str]:
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
        is_place = before in _PLACE_BEFORE or first in _PLACE_BEFORE
        span = " ".join(tokens[position:end])
        for token in tokens[position:end]:
            yield token.lower(), span, is_place
        position = end


def _is_name(tokens: list[str], position: int, *, is_title: bool) -> bool:
    token = tokens[position]
    if not token[0].isupper() or len(token) < 2:
        return False
    opens = position == 0 or not (tokens[position - 1][0].isalnum() or tokens[position - 1] in ",-")
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
        unit = tokens[position].lower() if position < len(tokens) else ""
        form = " ".join(tokens[position - used : position + bool(unit.isalpha())])
        plain = value == int(value) and value < 1e15
        if plain and 1900 <= value <= 2100 and used == 1 and not unit.isalpha():
            continue  # a year
        weight = 3.0 if value >= 100 or not plain else 2.0 if value >= 10 else 1.0
        unit = stem(unit) if unit.isalpha() else ""
        if weight == 1.0 and not unit:
            continue
        shown_value = int(value) if plain else value
        yield f"{shown_value} {unit}".strip(), weight, form


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
