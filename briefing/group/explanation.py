"""Why the articles of a group are together, in words that a reader knows from the page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from briefing.document import Why
from briefing.vocabulary import idf, is_mostly_capital

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from briefing.group.signals import Forms

    Spans = Mapping[str, frozenset[str]]

__all__ = ["explain"]

LISTED = 6
"""At most this many of each kind: a reason must be read at a glance."""

WORDS = 5
"""Capitalised spans of more words are lists of titles."""

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
    terms = _ranked([_ordinary(item) for item in forms], idf)
    numbers = _ranked([item.numbers for item in forms], _number_weight)
    return Why(
        names=tuple(names[:LISTED]),
        places=tuple(places[:LISTED]),
        dates=tuple(_ranked([item.days for item in forms], _level)[:LISTED]),
        numbers=tuple(_form(key, [item.numbers for item in forms]) for key in numbers[:LISTED]),
        terms=tuple(_form(term, [item.terms for item in forms]) for term in terms[:LISTED]),
        weakest=round(weakest, 3),
    )


def _ranked(found: Iterable[Collection[str]], weight: Callable[[str], float]) -> list[str]:
    """Return the keys in at least two and at least half of the articles, by count and weight."""
    listed = list(found)
    counts = Counter(key for keys in listed for key in keys)
    shared = [key for key, count in counts.items() if count >= max(2, len(listed) / 2)]
    return sorted(shared, key=lambda key: (-counts[key] * weight(key), key))


def _spans(found: Sequence[Spans], taken: Iterable[str] = ()) -> list[str]:
    """Return the capitalised spans behind shared name words, each word shown once."""
    seen = set(taken)
    spans = []
    for word in _ranked(found, idf):
        if idf(word) < TELLING:
            continue
        span = _form(word, found, seen)
        if span:
            spans.append(span)
            seen.update(span.lower().split())
    return spans


def _form(key: str, found: Iterable[Spans], seen: Collection[str] = ()) -> str:
    """Return the form that most articles use, the longest among equals; empty if all are seen.

    Forms that hold a word of `seen` do not count, nor, while there are others, whole lists.
    """
    forms = Counter(form for item in found for form in item.get(key, ()))
    fresh = [form for form in forms if not any(word in seen for word in form.lower().split())]
    short = [form for form in fresh if len(form.split()) <= WORDS] or fresh
    return min(short, key=lambda form: (-forms[form], -len(form), form), default="")


def _without(found: Spans, others: Spans) -> dict[str, frozenset[str]]:
    return {key: forms for key, forms in found.items() if key not in others}


def _ordinary(item: Forms) -> list[str]:
    """Return the terms that are not names, which have their own line."""
    return [t for t in item.terms if t not in item.names and not is_mostly_capital(t)]


def _number_weight(key: str) -> float:
    """Rate `1896000` above `12 orang` above `2 orang`: the longer, the less likely by chance."""
    return float(len(key.split(maxsplit=1)[0].replace(".", "")))


def _level(_: str) -> float:
    return 1.0
