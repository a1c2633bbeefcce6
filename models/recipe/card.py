"""The model card, filled in from measured numbers."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Facts", "write_card"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was measured, and what is said in words.

    Attributes:
        steps: of this state.
        tokens: target tokens seen in them.
        fidelity: name, right sentences and all sentences of each set with figures.
        alignment: what `models.recipe.export.export` returned.
        notes: `before_steps` and `before_tokens` (of the weights that the state started from),
            `parameters` (in millions), and the paragraphs `speed`, `failures` and `limits`.
    """

    steps: int
    tokens: int
    fidelity: tuple[tuple[str, int, int], ...]
    alignment: dict[str, Any]
    notes: dict[str, Any]


def _rows(scores: Path) -> list[dict[str, str]]:
    with scores.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _final(rows: list[dict[str, str]]) -> tuple[str, list[str]]:
    """The table of the last step's scores, each set at the most lines it was measured on."""
    last = max(int(r["step"]) for r in rows)
    best: dict[str, dict[str, str]] = {}
    for r in rows:
        if int(r["step"]) == last:
            kept = best.get(r["set"])
            if kept is None or int(r["lines"]) >= int(kept["lines"]):
                best[r["set"]] = r
    cells = [[r["set"], r["lines"], r["BLEU"], r["chrF++"]] for r in best.values()]
    first = next(iter(best.values()))
    return _table(["Test set", "Lines", "BLEU", "chrF++"], cells), first["signatures"].split(" ", 1)


def _by_step(rows: list[dict[str, str]]) -> str:
    """BLEU/chrF++ by step; a set that was measured on two numbers of lines is two columns."""
    columns = list(dict.fromkeys((r["set"], r["lines"]) for r in rows))
    steps = sorted({int(r["step"]) for r in rows})
    found = {(int(r["step"]), r["set"], r["lines"]): f"{r['BLEU']} / {r['chrF++']}" for r in rows}
    return _table(
        ["Step", *(f"{name} ({lines} lines)" for name, lines in columns)],
        [[f"{s:,}", *(found.get((s, *column), "") for column in columns)] for s in steps],
    )


def _fidelity(facts: Facts) -> str:
    if not facts.fidelity:
        return "Figures were not measured."
    parts = [
        f"{right} of {lines} sentences of `{name}` ({right / lines:.1%})"
        for name, right, lines in facts.fidelity
    ]
    return (
        "Sentences whose numbers, dates, times, amounts and units are all right before any repair, "
        f"by the package's own checker: {' and '.join(parts)}."
    )


def _alignment(facts: Facts) -> str:
    if not facts.alignment:
        return "The attention that CTranslate2 returns is that of the last layer's first head."
    return (
        "The attention that CTranslate2 returns comes from the cross-attention head that aligns 200 "
        f"hand-aligned sentences best (layer {facts.alignment['layer'] + 1}): alignment error rate "
        f"{facts.alignment['alignment_error']:.3f} over words that have a counterpart."
    )


def write_card(model: Path, scores: Path, facts: Facts, out: Path) -> None:
    """Write the card of the CTranslate2 folder `model` to `out`.

    Args:
        model: the folder, whose size is stated.
        scores: the TSV that `models.recipe.evaluate.add_score` makes.
        facts: see `Facts`.
        out: the Markdown file.

    Raises:
        KeyError: a note is missing.
    """
    import jinja2  # noqa: PLC0415 - only needed here

    text = resources.files(__package__).joinpath("data", "card.md").read_text(encoding="utf-8")
    rows = _rows(scores)
    final, signatures = _final(rows)
    notes = facts.notes
    size = sum(f.stat().st_size for f in model.iterdir() if f.suffix != ".md") / 1e6
    # Markdown of our own: nothing to escape.
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701
    card = environment.from_string(text).render(
        final=final,
        signatures=signatures,
        by_step=_by_step(rows),
        size=f"{size:.0f}",
        steps=f"{facts.steps + notes['before_steps']:,}",
        before=f"{notes['before_steps']:,}",
        tokens=f"{(facts.tokens + notes['before_tokens']) / 1e6:.1f}",
        fidelity=_fidelity(facts),
        alignment=_alignment(facts),
        **{name: notes[name] for name in ("parameters", "speed", "failures", "limits")},
    )
    out.write_text(card + "\n", encoding="utf-8")
