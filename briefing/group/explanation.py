"""Why the articles of a group are together, in words that a reader knows from the page."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from briefing.document import Why
from briefing.group.vocabulary import idf, is_mostly_capital

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from briefing.group.signals import Signals

__all__ = ["explain"]

LISTED = 6
"""At most this many of each kind: a reason must be read at a glance."""


def explain(signals: Sequence[Signals], score: Callable[[Signals, Signals], float]) -> Why:
    """Return what at least half of the articles share, the weightiest first.

    A lone article shares nothing, so its `Why` is empty.
    """
    if len(signals) < 2:
        return Why()
    places = _spans(signals, [set(s.places) for s in signals])
    names = _spans(signals, [set(s.names) - set(s.places) for s in signals], without=places)
    terms = _ranked([{t for t in s.terms if not is_mostly_capital(t)} for s in signals], idf)
    numbers = _ranked([set(s.numbers) for s in signals], lambda key: _number_weight(signals, key))
    days = _ranked(
        [{f"{m.year:04}-{m.month:02}-{m.day:02}" for m in s.moments if m.year} for s in signals],
        lambda _: 1.0,
    )
    return Why(
        names=tuple(names[:LISTED]),
        places=tuple(places[:LISTED]),
        dates=tuple(days[:LISTED]),
        numbers=tuple(_shown(signals, "#" + key) for key in numbers[:LISTED]),
        terms=tuple(_shown(signals, term) for term in terms[:LISTED]),
        weakest=round(min(score(one, two) for one, two in combinations(signals, 2)), 3),
    )


def _ranked(sets: Iterable[set[str]], weight: Callable[[str], float]) -> list[str]:
    """Return the items in at least two and at least half of the sets, by count times weight."""
    listed = list(sets)
    counts = Counter(item for items in listed for item in items)
    shared = [item for item, count in counts.items() if count >= max(2, len(listed) / 2)]
    return sorted(shared, key=lambda item: (-counts[item] * weight(item), item))


def _spans(
    signals: Sequence[Signals], words: Sequence[set[str]], without: Sequence[str] = ()
) -> list[str]:
    """Return the capitalised spans behind shared name words, each word shown once."""
    seen = {word for span in without for word in span.lower().split()}
    spans = []
    for word in _ranked(words, lambda w: max(s.names.get(w, 0.0) for s in signals)):
        if word in seen:
            continue
        span = _shown(signals, "=" + word)
        seen.update(span.lower().split())
        spans.append(span)
    return spans


def _shown(signals: Sequence[Signals], key: str) -> str:
    forms = Counter(s.shown[key] for s in signals if key in s.shown)
    return min(forms, key=lambda form: (-forms[form], form))


def _number_weight(signals: Sequence[Signals], key: str) -> float:
    return max(s.numbers.get(key, 0.0) for s in signals)
