"""The model card, filled in from measured numbers."""

from __future__ import annotations

import csv
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["write_card"]


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


def write_card(model: Path, scores: Path, facts: dict[str, Any], out: Path) -> None:
    """Write the card of the CTranslate2 folder `model` to `out`.

    Args:
        model: the folder, whose size is stated.
        scores: the TSV that `models.recipe.evaluate.add_score` makes.
        facts: `parameters`, `tokens` (both in millions), `steps`, and the paragraphs `fidelity`,
            `alignment`, `speed`, `failures` and `limits`, all measured or seen by whoever runs this.
        out: the Markdown file.

    Raises:
        KeyError: a fact is missing.
    """
    import jinja2  # noqa: PLC0415 - only needed here

    text = resources.files(__package__).joinpath("data", "card.md").read_text(encoding="utf-8")
    rows = _rows(scores)
    final, signatures = _final(rows)
    wanted = (
        "parameters",
        "tokens",
        "steps",
        "fidelity",
        "alignment",
        "speed",
        "failures",
        "limits",
    )
    size = sum(f.stat().st_size for f in model.iterdir() if f.is_file()) / 1e6
    # Markdown of our own: nothing to escape.
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701
    template = environment.from_string(text)
    card = template.render(
        final=final,
        signatures=signatures,
        by_step=_by_step(rows),
        size=f"{size:.0f}",
        **{name: facts[name] for name in wanted},
    )
    out.write_text(card + "\n", encoding="utf-8")
