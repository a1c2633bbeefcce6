"""Time and memory of the grouping from 100 to 50,000 synthetic articles.

Usage: python tests/benchmarks/bench_grouping.py [--sizes 100,1000,10000,50000] [--per-day 500]

The articles are made up: words by their frequency in Indonesian news, events of 1 to 60 articles
(half of them of one or two, as in news streams), a third of the events in stories that share names
and words. The rate per day is fixed, so that more articles are more days, as in use; `--per-day` as
large as the size puts all on one day. Each size runs in a process of its own, since memory once
taken is not given back. Prints a Markdown table and the exponent of a power law fitted to the times
by least squares on logarithms, from 1,000 articles on.
"""

from __future__ import annotations

import argparse
import itertools
import math
import multiprocessing
import random
import resource
import time
from datetime import date, timedelta
from importlib import resources
from typing import TYPE_CHECKING

from briefing.document import Article, Bilingual, Sentence
from briefing.group import EventGrouper
from briefing.group.metrics import bcubed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIRST_DAY = date(2024, 1, 1)
SENTENCES = 14
WORDS = 16
SYLLABLES = [first + second for first, second in itertools.product("bdgklmnprst", "aeiou")]


class Writer:
    """Makes articles up from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - made-up articles, not secrets
        rows = [
            line.split("\t")
            for line in (resources.files("briefing") / "vocabulary.tsv")
            .read_text(encoding="utf-8")
            .splitlines()
            if not line.startswith("#")
        ]
        words = [(word, int(count)) for word, count, share in rows if int(share) < 50]
        self.words = [word for word, _ in words]
        self.weights = list(itertools.accumulate(count for _, count in words))
        self.telling = [word for word, count in words if count < 1000]

    def name(self) -> str:
        """Return a made-up name of two words."""
        parts = ("".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4))) for _ in "ab")
        return " ".join(part.capitalize() for part in parts)

    def matter(self) -> tuple[list[str], list[str]]:
        """Return the names and words of an event or a story."""
        return [self.name() for _ in range(4)], self.random.sample(self.telling, 25)

    def articles(self, total: int, per_day: int) -> Iterator[tuple[Article, int]]:
        """Yield `total` articles with the number of their event."""
        days = max(1, total // per_day)
        story = self.matter()
        made = event = 0
        while made < total:
            if self.random.random() < 0.5:
                story = self.matter()
            names, words = self.matter()
            if self.random.random() < 0.33:
                names, words = names[:2] + story[0][:2], words[:15] + story[1][:10]
            day = FIRST_DAY + timedelta(days=self.random.randrange(days))
            size = min(total - made, 60, int(self.random.paretovariate(1.0)))
            for _ in range(size):
                yield self.article(made, day, names, words), event
                made += 1
            event += 1

    def article(self, number: int, day: date, names: list[str], words: list[str]) -> Article:
        """Return an article on a matter."""
        published = day + timedelta(days=self.random.choice((0, 0, 1, 1, 2)))
        sentences = [self.sentence(names, words) for _ in range(SENTENCES)]
        when = f"{day.day}/{day.month}/{day.year}"
        sentences[0] = f"{sentences[0][:-1]} di {names[0]}, ({when})."
        return Article(
            id=f"{number:012x}",
            title=Bilingual(self.sentence(names, words)[:70]),
            outlet=f"Outlet {self.random.randrange(40)}",
            published=published.isoformat(),
            sentences=tuple(
                Sentence(f"s{place}", 1, text) for place, text in enumerate(sentences, start=1)
            ),
        )

    def sentence(self, names: list[str], words: list[str]) -> str:
        """Return a sentence of common words with some of the matter's own."""
        chosen = self.random.choices(self.words, cum_weights=self.weights, k=WORDS)
        for place in self.random.sample(range(1, WORDS), 4):
            chosen[place] = self.random.choice(words)
        chosen[self.random.randrange(1, WORDS)] = self.random.choice(names)
        if self.random.random() < 0.2:
            chosen[-1] = f"{self.random.randint(2, 4000)} orang"
        return " ".join(chosen).capitalize() + "."


def run(size: int, per_day: int) -> tuple[int, float, float, int, float]:
    """Group `size` articles; return size, seconds, peak megabytes, groups and B-cubed F1."""
    made = list(Writer(20_260).articles(size, per_day))
    articles = [article for article, _ in made]
    gold = {article.id: event for article, event in made}
    start = time.perf_counter()
    groups = EventGrouper().group(articles)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {a.id: number for number, group in enumerate(groups) for a in group.articles}
    f1 = bcubed(found, {item: gold[item] for item in found}).f1
    return size, seconds, peak, len(groups), f1


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Return the slope of log time over log size."""
    points = [(math.log(n), math.log(t)) for n, t in zip(sizes, seconds, strict=True) if n >= 1000]
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return slope / sum((x - mean_x) ** 2 for x, _ in points)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="100,1000,3000,10000,25000,50000")
    parser.add_argument("--per-day", type=int, default=500)
    arguments = parser.parse_args()
    print("| articles | seconds | per article, ms | peak MB | groups | B-cubed F1 |")
    print("|---|---|---|---|---|---|", flush=True)
    rows = []
    spawn = multiprocessing.get_context("spawn")
    for size in map(int, arguments.sizes.split(",")):
        with spawn.Pool(1) as pool:
            row = pool.apply(run, (size, arguments.per_day))
        rows.append(row)
        _, seconds, peak, groups, f1 = row
        each = 1000 * seconds / size
        print(
            f"| {size} | {seconds:.1f} | {each:.1f} | {peak:.0f} | {groups} | {f1:.3f} |",
            flush=True,
        )
    if sum(row[0] >= 1000 for row in rows) > 1:
        print(f"\nexponent: {exponent([r[0] for r in rows], [r[1] for r in rows]):.2f}")


if __name__ == "__main__":
    main()
