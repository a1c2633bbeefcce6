"""Why the articles of a group are together, in words that a reader knows from the page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from briefing.document import Why
from briefing.group.vocabulary import idf, is_mostly_capital

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from briefing.group.signals import Forms

__all__ = ["explain"]

LISTED = 6
"""At most this many of each kind: a reason must be read at a glance."""

TELLING = 2.0
"""Names below this idf, such as `Presiden` and `Jakarta`, explain nothing when listed alone."""


def explain(forms: Sequence[Forms], weakest: float) -> Why:
    """Return what at least half of the articles share, the weightiest first.

    `weakest` is the lowest score of a pair. A lone article shares nothing: its `Why` is empty.
    """
    if len(forms) < 2:
        return Why()
    places = _spans([item.places for item in forms])
    taken = {word for span in places for word in span.lower().split()}
    names = _spans([_without(item.names, item.places) for item in forms], taken)
    terms = _ranked([_ordinary(item.terms) for item in forms], idf)
    numbers = _ranked([item.numbers for item in forms], _number_weight)
    return Why(
        names=tuple(names[:LISTED]),
        places=tuple(places[:LISTED]),
        dates=tuple(_ranked([dict.fromkeys(item.days, "") for item in forms], _level)[:LISTED]),
        numbers=tuple(_form(key, [item.numbers for item in forms]) for key in numbers[:LISTED]),
        terms=tuple(_form(term, [item.terms for item in forms]) for term in terms[:LISTED]),
        weakest=round(weakest, 3),
    )


def _ranked(found: Iterable[Mapping[str, str]], weight: Callable[[str], float]) -> list[str]:
    """Return the keys in at least two and at least half of the articles, by count and weight."""
    listed = list(found)
    counts = Counter(key for keys in listed for key in keys)
    shared = [key for key, count in counts.items() if count >= max(2, len(listed) / 2)]
    return sorted(shared, key=lambda key: (-counts[key] * weight(key), key))


def _spans(found: Sequence[Mapping[str, str]], taken: Iterable[str] = ()) -> list[str]:
    """Return the capitalised spans behind shared name words, each word shown once."""
    seen = set(taken)
    spans = []
    for word in _ranked(found, idf):
        span = _form(word, found)
        words = span.lower().split()
        if idf(word) >= TELLING and not seen.intersection(words):
            spans.append(span)
            seen.update(words)
    return spans


def _form(key: str, found: Iterable[Mapping[str, str]]) -> str:
    """Return the form that most articles use, the longest among equals."""
    forms = Counter(item[key] for item in found if key in item)
    return min(forms, key=lambda form: (-forms[form], -len(form), form))


def _without(found: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    return {key: form for key, form in found.items() if key not in others}


def _ordinary(terms: Mapping[str, str]) -> dict[str, str]:
    """Leave out the names, which have their own line."""
    return {term: form for term, form in terms.items() if not is_mostly_capital(term)}


def _number_weight(key: str) -> float:
    """Rate `1896000` above `12 orang` above `2 orang`: the longer, the less likely by chance."""
    return float(len(key.split(maxsplit=1)[0].replace(".", "")))


def _level(_: str) -> float:
    return 1.0
