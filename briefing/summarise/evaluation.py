"""How good the summaries are: ROUGE against sentences marked by hand, beside simple baselines.

`briefing eval --summaries` prints what `evaluate` returns. A summariser that does not clearly beat
the first two sentences is not worth its cost on Indonesian news, so every figure is also given as
its margin over Lead-2, with a confidence interval from paired bootstrap resampling of the events
(Koehn 2004, "Statistical Significance Tests for Machine Translation Evaluation").
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.document import Article, Bilingual, Sentence
from briefing.errors import UsageError
from briefing.ingest.segment import split_sentences
from briefing.summarise.extractive import ExtractiveSummariser
from briefing.summarise.passages import sort_articles
from briefing.summarise.rouge import Rouge, rouge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from briefing.summarise.summariser import Summariser

    System = Callable[["Gold"], list[str]]

__all__ = ["Gold", "Row", "Table", "evaluate", "load_gold", "summary_report"]

_CHECKOUT = Path(__file__).resolve().parents[2] / "tests" / "data" / "summaries"

DRAWS = 20
"""Random summaries for each event; their mean is the random baseline."""

RESAMPLES = 2_000
SEED = 20221121


@dataclass(frozen=True, slots=True)
class Gold:
    """An event with the sentences that a person chose to sum it up."""

    event: str
    articles: tuple[Article, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class Row:
    """One system: mean ROUGE in points (0 to 100), and the margin over Lead-2.

    `low` and `high` bound the margin of each measure: 95 per cent of the resamples lie between.
    """

    system: str
    scores: Rouge
    margin: Rouge
    low: Rouge
    high: Rouge


@dataclass(frozen=True, slots=True)
class Table:
    """The systems over all multi-article events of a gold set."""

    events: int
    rows: tuple[Row, ...]

    def row(self, system: str) -> Row:
        """Return the row of a system."""
        return next(row for row in self.rows if row.system == system)

    def lines(self) -> list[str]:
        """Return the table as lines of text for a terminal."""
        head = (
            f"{'system':<12}{'R-1':>7}{'R-2':>7}{'R-L':>7}   margin over Lead-2 in R-1 / R-2 / R-L"
        )
        lines = [f"{self.events} events of two or more articles, ROUGE F1 in points", head]
        for row in self.rows:
            margins = "   ".join(
                f"{m:+.1f} [{low:+.1f}, {high:+.1f}]"
                for m, low, high in zip(
                    _values(row.margin), _values(row.low), _values(row.high), strict=True
                )
            )
            scores = "".join(f"{value:7.1f}" for value in _values(row.scores))
            lines.append(
                f"{row.system:<12}{scores}   {'' if row.system == 'lead-2' else margins}".rstrip()
            )
        return lines


def load_gold(path: Path) -> list[Gold]:
    """Read a gold set: one JSON object a line with `event`, `articles` and `reference`.

    Raises `UsageError` with the line where one cannot be read.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            record = json.loads(line)
            articles = tuple(_article(one) for one in record["articles"])
            found.append(Gold(record["event"], articles, " ".join(record["reference"])))
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}:{number}: not a gold event: {error!r}") from error
    return found


def evaluate(
    gold: Iterable[Gold], summariser: Summariser | None = None, *, sentences: int = 3
) -> Table:
    """Score a summariser (the default one if none is given) and the baselines.

    Lead-k is the first k sentences of the oldest article; `leads` the first sentence of each of the
    k oldest articles; `random` is the mean of `DRAWS` draws. Events of one article are left out.
    """
    events = [one for one in gold if len(one.articles) > 1]
    used = summariser or ExtractiveSummariser()
    systems: dict[str, System] = {
        "default": lambda g: [b.id for b in used.summarise(g.articles, sentences=sentences)],
        "lead-1": lambda g: _lead(g, 1),
        "lead-2": lambda g: _lead(g, 2),
        "lead-3": lambda g: _lead(g, 3),
        "leads": lambda g: [
            a.body[0].source for a in sort_articles(g.articles)[:sentences] if a.body
        ],
    }
    scored = {name: [_score(system, g) for g in events] for name, system in systems.items()}
    scored["random"] = [_random(g, sentences) for g in events]
    base = scored["lead-2"]
    samples = _samples(len(events))
    return Table(
        events=len(events),
        rows=tuple(_row(name, scores, base, samples) for name, scores in scored.items()),
    )


def _article(record: dict[str, str]) -> Article:
    sentences = tuple(
        Sentence(f"s{number}", 1, text)
        for number, text in enumerate(split_sentences(record["text"]), start=1)
    )
    return Article(
        id=record["id"],
        sentences=sentences,
        title=Bilingual(record["title"]),
        outlet=record["outlet"],
        published=record["published"],
    )


def _lead(gold: Gold, size: int) -> list[str]:
    return [s.source for s in sort_articles(gold.articles)[0].body[:size]]


def _random(gold: Gold, size: int) -> tuple[float, float, float]:
    chosen = random.Random(f"{SEED}:{gold.event}")  # noqa: S311 - a baseline, not a secret
    pool = [s.source for a in sort_articles(gold.articles) for s in a.body]
    draws = [chosen.sample(pool, min(size, len(pool))) for _ in range(DRAWS)]
    scores = [_values(rouge(" ".join(draw), gold.reference)) for draw in draws]
    return _mean(scores)


def _score(system: System, gold: Gold) -> tuple[float, float, float]:
    return _values(rouge(" ".join(system(gold)), gold.reference))


def _samples(size: int) -> list[list[int]]:
    generator = random.Random(SEED)  # noqa: S311 - resampling, not a secret
    return [[generator.randrange(size) for _ in range(size)] for _ in range(RESAMPLES)]


def _row(
    name: str,
    scores: Sequence[tuple[float, float, float]],
    base: Sequence[tuple[float, float, float]],
    samples: Sequence[Sequence[int]],
) -> Row:
    gaps = [(a[0] - b[0], a[1] - b[1], a[2] - b[2]) for a, b in zip(scores, base, strict=True)]
    resampled = [
        sorted(column)
        for column in zip(*(_mean([gaps[i] for i in s]) for s in samples), strict=True)
    ]
    cut = len(samples) // 40
    return Row(
        system=name,
        scores=_points(_mean(scores)),
        margin=_points(_mean(gaps)),
        low=_points([column[cut] for column in resampled]),
        high=_points([column[-1 - cut] for column in resampled]),
    )


def _mean(rows: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    if not rows:
        return (0.0, 0.0, 0.0)
    one, two, longest = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return (one, two, longest)


def _points(values: Sequence[float]) -> Rouge:
    one, two, longest = (100 * value for value in values)
    return Rouge(one, two, longest)


def _values(scores: Rouge) -> tuple[float, float, float]:
    return (scores.one, scores.two, scores.longest)


def summary_report(paths: Sequence[Path] = ()) -> str:
    """Return what `briefing eval --summaries` prints: a table for each gold set.

    Without `paths`, the development and held-out parts of a checkout are read. Raises `UsageError`
    for files that cannot be used.
    """
    chosen = list(paths) or [_CHECKOUT / name for name in ("development.jsonl", "held-out.jsonl")]
    missing = next((path for path in chosen if not path.is_file()), None)
    if missing is not None and not paths:
        raise UsageError(
            "name the events (JSON Lines) to evaluate on; only a checkout of the repository holds "
            "the project's own, in tests/data/summaries"
        )
    if missing is not None:
        raise UsageError(f"no such file: {missing}")
    tables = [[str(path.name), *evaluate(load_gold(path)).lines(), ""] for path in chosen]
    return "\n".join(line for table in tables for line in table)
