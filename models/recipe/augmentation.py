"""Variants of real pairs: other figures and names, joined sentences, headline case, other quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from models.recipe.figures import Pair

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Sequence

__all__ = ["POINTS", "NamePool", "figures_agree", "join", "noise", "swap_figures", "true_case"]

FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
NAME = re.compile(r"(?<![\w-])[A-Z][a-z]{3,}(?![\w-])")
POINTS = str.maketrans(".,", ",.")  # of either language into those of the other


def _unique(found: Sequence[re.Match[str]]) -> dict[str, re.Match[str]]:
    once: dict[str, re.Match[str]] = {}
    twice = set()
    for m in found:
        if m[0] in once:
            twice.add(m[0])
        once[m[0]] = m
    return {k: v for k, v in once.items() if k not in twice}


def _replace(text: str, changes: Iterable[tuple[re.Match[str], str]]) -> str:
    for m, new in sorted(changes, key=lambda c: -c[0].start()):
        text = text[: m.start()] + new + text[m.end() :]
    return text


def _another_figure(old: str, r: random.Random) -> str:
    digits = old.replace(".", "").replace(",", "")
    if len(digits) == 4 and old.isdigit() and digits[:2] in {"19", "20"}:
        return str(r.randint(1950, 2026))
    if old.isdigit() and int(old) <= 31:
        return str(r.randint(2, 31))
    new = [str(r.randint(0, 9)) if c.isdigit() else c for c in old]
    new[0] = str(r.randint(1, 9)) if old[0] != "0" else "0"
    return "".join(new)


def swap_figures(pair: Pair, r: random.Random) -> Pair:
    """The pair with other figures where one on the left is certainly one on the right."""
    left = _unique(list(FIGURE.finditer(pair.id)))
    right = _unique(list(FIGURE.finditer(pair.en)))
    changes_left, changes_right = [], []
    for old, m in left.items():
        other = right.get(old.translate(POINTS))
        if other is not None and len(old) > 1:
            new = _another_figure(old, r)
            changes_left.append((m, new))
            changes_right.append((other, new.translate(POINTS)))
    return Pair(_replace(pair.id, changes_left), _replace(pair.en, changes_right))


class NamePool:
    """Names found on both sides of a corpus, to stand for one another.

    A name is a capitalised word of four letters or more that is the same on both sides, starts
    neither, and is never written small in the corpus.
    """

    def __init__(self, pairs: Iterable[Pair], extra: Iterable[str]) -> None:
        self.small: set[str] = set()
        both: set[str] = set()
        for pair in pairs:
            for side in pair:
                self.small.update(re.findall(r"(?<![\w-])[a-z]{4,}(?![\w-])", side))
            both |= set(self._names(pair.id)) & set(self._names(pair.en))
        self.names = sorted(n for n in {*both, *extra} if n.lower() not in self.small)

    @staticmethod
    def _names(text: str) -> dict[str, re.Match[str]]:
        return {k: m for k, m in _unique(list(NAME.finditer(text))).items() if m.start() > 1}

    def swap(self, pair: Pair, r: random.Random) -> Pair:
        """The pair with other names."""
        left, right = self._names(pair.id), self._names(pair.en)
        changes_left, changes_right = [], []
        for old, m in left.items():
            if old in right and old.lower() not in self.small and r.random() < 0.7:
                new = r.choice(self.names)
                changes_left.append((m, new))
                changes_right.append((right[old], new))
        return Pair(_replace(pair.id, changes_left), _replace(pair.en, changes_right))


def join(pairs: Sequence[Pair]) -> Pair:
    """Sentences one after another, as in a paragraph."""
    return Pair(" ".join(p.id for p in pairs), " ".join(p.en for p in pairs))


def noise(text: str, r: random.Random) -> str:
    """The Indonesian side in headline case, in capitals, or with typographic quotes and dashes."""
    kind = r.random()
    if kind < 0.03:
        return text.title()
    if kind < 0.04:
        return text.upper()
    if kind < 0.08:
        text = re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’")
        return text.replace(" - ", r.choice((" – ", " — ", " -- ")))
    return text


def figures_agree(pair: Pair) -> bool:
    """Whether every English figure of two digits or more has its digits on the Indonesian side."""
    left = re.sub(r"[.,:]", "", pair.id)
    return all(
        re.sub(r"[.,:]", "", f).strip("0") in left for f in FIGURE.findall(pair.en) if len(f) > 1
    )


def true_case(text: str) -> str:
    """English written small all through, with capitals where sentences start and in `I`."""
    text = re.sub(r"(?:^|(?<=[.!?] ))[a-z]", lambda m: m[0].upper(), text)
    return re.sub(r"\bi\b(?=[ ']|$)", "I", text)
