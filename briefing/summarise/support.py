"""Which sentences bear out a given one.

`Reported by 3 of 4 outlets` is quoted by readers, so a sentence counts only if it states the same:
it must hold most of what the other says beyond the event's topic, every figure of it, and the same
act, and speak of the same time (done, or to come).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.ingest.dates import find_dates
from briefing.summarise.figures import compatible, figures_of
from briefing.summarise.words import containment, tokens

if TYPE_CHECKING:
    from briefing.summarise.passages import Collection

__all__ = ["acts_of", "figures_in", "looks_ahead", "same_act", "says_the_same", "support_of"]

HELD = 0.6
"""Share of a sentence's weight, beyond what the event's sentences share anyway, that another one
must hold to bear it out."""

HELD_WITH_FIGURE = 0.5
"""The same where both give one figure of one thing (`80 rumah`)."""

# What is to come does not bear out what has happened, and the other way round.
_AHEAD = re.compile(
    r"\b(?:akan|bakal|dijadwalkan|berencana|diperkirakan|direncanakan|disiapkan)\b", re.IGNORECASE
)
_MAIN_CLAUSE = re.compile(r"\s(?:yang|untuk|agar|supaya|guna)\s")
_FIGURE = re.compile(r"\d[\d.,:/]*\d|\d")
_VERB = re.compile(r"(?:me|di|ber|ter)[a-z]{4,}")
# Words like verbs that are none, and verbs that say nothing of what happened.
_NO_ACTS = frozenset(
    """
    menurut terhadap berada menteri mereka bersama tersebut terjadi menjadi mencapai merupakan
    memiliki mengalami melakukan dilakukan membuat berlangsung digelar tercatat mencatat dilaporkan
    dikatakan disebut menyebut menyebutkan mengatakan diketahui diperkirakan terhitung berjumlah
    """.split()  # noqa: SIM905 - a list of words is easier to read and to amend as text
)
_NAME = re.compile(r"(?<=\s)[A-Z][\w'’-]*")  # `Makan Bergizi Gratis`
_AFFIXES = re.compile(r"^(?:meny|meng|mem|men|me|di|ber|ter)|(?:kan|i)$")
# Verbs without a prefix that newspapers use all the time.
_BARE_VERBS = frozenset(
    """
    tiba tewas meninggal hilang luka jatuh naik turun menang kalah tenggelam runtuh roboh rusak
    putus pulang pergi datang kembali lahir mundur bubar selamat kabur lolos gugur hadir
    """.split()  # noqa: SIM905 - as above
)


def support_of(collection: Collection, index: int) -> list[int]:
    """Return the best sentence of each other article that bears out sentence `index`.

    The indexes are those of `collection.lines`, in reading order.
    """
    own = collection.lines[index].article.id
    best: dict[str, tuple[float, int]] = {}
    for other, score in sorted(collection.similar(index).items()):
        line = collection.lines[other]
        if line.article.id == own or not says_the_same(collection, index, other):
            continue
        if line.article.id not in best or score > best[line.article.id][0]:
            best[line.article.id] = (score, other)
    return sorted(i for _, i in best.values())


def says_the_same(collection: Collection, index: int, other: int) -> bool:
    """Say whether sentence `other` bears out sentence `index`."""
    held = containment(collection.contrasts[index], collection.contrasts[other])
    if held < HELD_WITH_FIGURE:
        return False
    one, two = collection.lines[index].source, collection.lines[other].source
    if looks_ahead(one) != looks_ahead(two) or not same_act(one, two):
        return False
    left, right = figures_of(one), figures_of(two)
    if left:
        return all(any(a.key == b.key and compatible(a, b) for b in right) for a in left)
    return held >= HELD and figures_in(one) <= figures_in(two)


def same_act(one: str, two: str) -> bool:
    """Say whether two sentences share a verb, or one of them has none."""
    left, right = acts_of(one), acts_of(two)
    if not left or not right:
        return True
    return any(a.endswith(b) or b.endswith(a) for a in left for b in right)


@lru_cache(maxsize=8_192)
def acts_of(text: str) -> frozenset[str]:
    """Return the roots of the verbs of a sentence, without a first letter that `me-` may hide."""
    words = [word for word in tokens(_NAME.sub(" ", text)) if word.isalpha()]
    affixed = {_AFFIXES.sub("", w) for w in words if _VERB.fullmatch(w) and w not in _NO_ACTS}
    return _BARE_VERBS.intersection(words) | affixed


@lru_cache(maxsize=8_192)
def figures_in(text: str) -> frozenset[str]:
    """Return the figures of a text as printed, dates left out."""
    for found in reversed(find_dates(text)):
        text = f"{text[: found.start]} {text[found.end :]}"
    return frozenset(_FIGURE.findall(text))


def looks_ahead(text: str) -> bool:
    """Say whether the main clause of a sentence speaks of what is to come."""
    return bool(_AHEAD.search(_MAIN_CLAUSE.split(text, maxsplit=1)[0]))
