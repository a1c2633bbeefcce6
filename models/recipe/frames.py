"""Sentence pairs made from frames: figures, names, offices and institutions in newspaper contexts.

A model trained on a few hundred thousand pairs has seen too few amounts, dates and names to copy
them reliably; these show nothing but that. The frames and lists are in `data/`.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

from models.recipe.figures import FIGURES, Pair, minute

if TYPE_CHECKING:
    import random

__all__ = ["Frames"]

# Share of pairs that are figures and nothing else: the cheapest way to learn to copy.
LISTINGS = 0.2
LISTED = (
    "n", "big", "amt", "pct", "full", "on0", "time", "dur", "meas", "idx", "range", "prec", "words",
    "abbr", "numdate", "hours", "qty", "qty", "qty", "rpn", "rp", "dec", "clock", "half", "days",
)  # fmt: skip
LINKS = (
    Pair(", ", ", "), Pair(" dan ", " and "), Pair(" atau ", " or "), Pair(" menjadi ", " to "),
    Pair(" dari ", " from "), Pair("; ", "; "), Pair(", naik ", ", up "), Pair(", turun ", ", down "),
    Pair(" dengan ", " with "), Pair(" di antara ", " among "),
)  # fmt: skip
SLOT = re.compile(r"\{([a-z]+?)(\d*)\}")
BRACKETED = re.compile(r"^(.*) \(([A-Z][\w]+)\)$")


def _rows(name: str) -> list[list[str]]:
    text = resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _capitalised(pair: Pair) -> Pair:
    return Pair(*(side[0].upper() + side[1:] for side in pair))


class Frames:
    """Draws sentence pairs; the same `random.Random` state gives the same pairs."""

    def __init__(self) -> None:
        self.frames = [Pair(*row) for row in _rows("templates.tsv")]
        self.terms: dict[str, list[Pair]] = {}
        for kind, indonesian, english in _rows("terms.tsv"):
            self.terms.setdefault(kind, []).append(Pair(indonesian, english))
        self.names = [(row[0], row[1].split(","), row[2].split(",")) for row in _rows("names.tsv")]

    def name(self, r: random.Random) -> str:
        """A person: half of them Indonesian, as in Indonesian newspapers."""
        culture, given, family = self.names[0] if r.random() < 0.5 else r.choice(self.names)
        first, last = r.choice(given), r.choice(family)
        if culture == "indonesian" and r.random() < 0.25:
            return (
                f"{first} {r.choice(given)} {last}"
                if r.random() < 0.5
                else f"{first} {last}".split(" ", 1)[0]
            )
        return f"{first} {last}"

    def _slot(self, kind: str, r: random.Random) -> Pair:
        if kind in FIGURES:
            return FIGURES[kind](r)
        if kind == "per":
            name = self.name(r)
            return Pair(name, name)
        if kind == "who":
            office, name = r.choice(self.terms["off"]), self.name(r)
            return Pair(f"{office.id} {name}", f"{office.en} {name}")
        if kind == "offlow":
            plain = [
                t
                for t in self.terms["off"]
                if t.id.startswith(
                    ("Ketua", "Menteri", "Gubernur", "Kepala", "Wali", "Bupati", "Direktur")
                )
            ]
            return r.choice(plain)
        return r.choice(self.terms[kind])

    @staticmethod
    def listing(r: random.Random) -> Pair:
        """One to three figures by themselves, joined as figures are in a sentence."""
        made = [FIGURES[r.choice(LISTED)](r) for _ in range(r.choice((1, 2, 2, 3)))]
        link = r.choice(LINKS)
        return Pair(link.id.join(p.id for p in made), link.en.join(p.en for p in made))

    def draw(self, r: random.Random) -> Pair:
        """One pair."""
        if r.random() < LISTINGS:
            return _capitalised(self.listing(r))
        frame = r.choice(self.frames)
        found: dict[str, Pair] = {}
        m = minute(r)
        for kind, number in SLOT.findall(frame.id):
            key = kind + number
            if key == "min":
                found["min"], found["minord"] = m
            elif key == "age2":
                found[key] = FIGURES["age"](r)
            elif key not in found:
                taken = {p.en for p in found.values()}
                made = self._slot(kind if kind + number not in FIGURES else kind + number, r)
                for _ in range(5):
                    if made.en not in taken:
                        break
                    made = self._slot(kind, r)
                found[key] = made
        out = Pair(
            SLOT.sub(lambda x: found[x[1] + x[2]].id, frame.id),
            SLOT.sub(lambda x: found[x[1] + x[2]].en, frame.en),
        )
        return _capitalised(out)

    def glossary(self) -> list[Pair]:
        """The terms by themselves."""
        return [p for kind in sorted(self.terms) for p in self.terms[kind]]
