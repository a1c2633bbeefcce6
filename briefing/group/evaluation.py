"""Measure the grouping on labelled articles: what `briefing eval --events` prints.

The labelled sets are JSON Lines, one article a line, with `id`, `outlet`, `published` (ISO 8601 or
null), `title`, `text`, `event` and `story`; `tests/data/events/GUIDELINE.md` says how the labels
are given. Thresholds of the baselines are chosen on the first set, which should be the development
part, and kept for the others.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.document import Article, Bilingual, Sentence
from briefing.errors import UsageError
from briefing.group.events import EventGrouper
from briefing.group.metrics import Agreement, bcubed, pairwise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from briefing.group.grouper import Group, Grouper

__all__ = ["GoldSet", "Score", "evaluate", "event_report", "labels", "read_gold", "table"]

_CHECKOUT = Path(__file__).resolve().parents[2] / "tests" / "data" / "events"
_FIELDS = ("id", "outlet", "title", "text", "event", "story")


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Labelled articles; `events` and `stories` map an article's id to its labels."""

    name: str
    articles: tuple[Article, ...]
    events: Mapping[str, str]
    stories: Mapping[str, str]

    def undated(self) -> GoldSet:
        """Return the set without publication dates: only the texts tell the days."""
        articles = tuple(replace(article, published=None) for article in self.articles)
        return replace(self, name=f"{self.name}, undated", articles=articles)


@dataclass(frozen=True, slots=True)
class Score:
    """How one system does on one set; `groups` counts the groups that it makes."""

    system: str
    gold: str
    bcubed: Agreement
    pairwise: Agreement
    groups: int


def read_gold(path: Path) -> GoldSet:
    """Read a labelled set. Raises `UsageError` that names the file and line of what is wrong."""
    # The segmenter's module is slow to import and only evaluation needs it here.
    from briefing.ingest.segment import split_sentences  # noqa: PLC0415

    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the labelled articles {path}: {error}") from error
    articles: list[Article] = []
    events: dict[str, str] = {}
    stories: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        item = _item(line, f"{path}:{number}")
        if item["id"] in events:
            raise UsageError(f"{path}:{number}: the id {item['id']!r} is given twice")
        sentences = tuple(
            Sentence(f"s{place}", 1, text)
            for place, text in enumerate(split_sentences(str(item["text"])), start=1)
        )
        # A folded reprint is known by its path alone, so that carries the id.
        article = Article(
            id=str(item["id"]),
            path=str(item["id"]),
            sentences=sentences,
            title=Bilingual(item["title"]),
            outlet=item["outlet"],
            published=item.get("published"),
        )
        articles.append(article)
        events[article.id] = str(item["event"])
        stories[article.id] = str(item["story"])
    if not articles:
        raise UsageError(f"{path} holds no labelled article")
    return GoldSet(path.stem, tuple(articles), events, stories)


def _item(line: str, where: str) -> dict[str, str]:
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError(f"{where}: not JSON: {error.msg}") from error
    missing = [name for name in _FIELDS if not isinstance(item, dict) or name not in item]
    if missing:
        raise UsageError(f"{where}: lacks {', '.join(missing)}")
    found: dict[str, str] = item
    return found


def labels(groups: Sequence[Group]) -> dict[str, int]:
    """Return the number of the group of each article, reprints included, by path."""
    return {
        path: number
        for number, group in enumerate(groups)
        for article in group.articles
        for path in (
            article.path or article.id,
            *(reprint.path or "" for reprint in article.reprints),
        )
    }


def evaluate(
    sets: Sequence[GoldSet], *, grouper: Grouper | None = None, baselines: bool = True
) -> list[Score]:
    """Score the grouper and the baselines on each set, in the order of the sets.

    The grouper is also scored on each set without its publication dates. The baselines need
    scikit-learn, which comes with the extra `test`; raises `UsageError` where it is missing.
    """
    chosen = grouper or EventGrouper()
    systems: dict[str, Callable[[GoldSet], Mapping[str, int]]] = {
        "briefing": lambda gold: labels(chosen.group(gold.articles)),
    }
    if baselines:
        # scikit-learn is an extra.
        from briefing.group.baselines import fit_baselines  # noqa: PLC0415

        systems |= fit_baselines(sets[0])
    scores = []
    for gold in sets:
        scores += [_score(name, gold, system(gold)) for name, system in systems.items()]
        bare = gold.undated()
        found = labels(chosen.group(bare.articles))
        scores.append(_score("briefing, no publication dates", gold, found))
    return scores


def _score(name: str, gold: GoldSet, found: Mapping[str, int]) -> Score:
    return Score(
        system=name,
        gold=gold.name,
        bcubed=bcubed(found, gold.events),
        pairwise=pairwise(found, gold.events),
        groups=len(set(found.values())),
    )


def table(sets: Sequence[GoldSet], scores: Sequence[Score]) -> str:
    """Return the scores as a Markdown table, a block per set, best B-cubed F1 first."""
    lines = []
    for gold in sets:
        events, stories = len(set(gold.events.values())), len(set(gold.stories.values()))
        lines += [
            f"{gold.name}: {len(gold.articles)} articles, {events} events, {stories} stories",
            "",
            "| system | B-cubed P | R | F1 | pairwise P | R | F1 | groups |",
            "|---|---|---|---|---|---|---|---|",
        ]
        own = [score for score in scores if score.gold == gold.name]
        for score in sorted(own, key=lambda s: (-s.bcubed.f1, s.system)):
            cells = [
                f"{value:.3f}"
                for part in (score.bcubed, score.pairwise)
                for value in (part.precision, part.recall, part.f1)
            ]
            lines.append(f"| {score.system} | {' | '.join(cells)} | {score.groups} |")
        lines.append("")
    return "\n".join(lines)


def event_report(paths: Sequence[Path] = (), *, baselines: bool | None = None) -> str:
    """Return what `briefing eval --events` prints: the table over the labelled files.

    Without `paths`, the development and held-out parts of a checkout are read. `baselines` asks for
    or forgoes the rows that need scikit-learn; `None` takes them where it is installed and says so
    where it is not. Raises `UsageError` for files that cannot be used.
    """
    chosen = list(paths) or [_CHECKOUT / name for name in ("dev.jsonl", "heldout.jsonl")]
    if not paths and not all(path.is_file() for path in chosen):
        raise UsageError(
            "name the labelled articles (JSON Lines) to evaluate on; only a checkout of the "
            "repository holds the project's own, in tests/data/events"
        )
    sets = [read_gold(path) for path in chosen]
    note = ""
    if baselines is None:
        baselines = find_spec("sklearn") is not None
        if not baselines:
            note = (
                "Without baselines: scikit-learn is not installed (pip install 'briefing[test]').\n"
            )
    return table(sets, evaluate(sets, baselines=baselines)) + note
