"""CPU time and memory of the renderings from 10 to 1,000 articles of 600 words.

Usage: python tests/benchmarks/rendering.py [--sizes 10,50,200,1000] [--words 600]

The articles are made up, in events of four, with every tenth row flagged. Each size and format runs
in a process of its own, since memory once taken is not given back. Prints a Markdown table and the
exponent of a power law between the first and the last size; 1 is linear.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import random
import resource
import time

from briefing.document import (
    Article,
    Bilingual,
    Briefing,
    Event,
    Evidence,
    Flag,
    Run,
    Sentence,
    SummaryLine,
)
from briefing.render import FORMATS, RenderSettings, renderer

WORDS_IN_A_SENTENCE = 18
SYLLABLES = [first + second for first in "bdgklmnprst" for second in "aeiou"]


def article(number: int, words: int) -> Article:
    """Make one article up from its number."""
    chance = random.Random(number)  # noqa: S311 - made-up words, not secrets
    lexicon = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(400)]

    def text(count: int) -> str:
        return " ".join(chance.choices(lexicon, k=count)).capitalize() + "."

    sentences = tuple(
        Sentence(
            f"s{n}",
            1 + n // 3,
            text(WORDS_IN_A_SENTENCE),
            text(WORDS_IN_A_SENTENCE),
            flags=(Flag("number", text(8)),) if n % 10 == 0 else (),
        )
        for n in range(1, words // WORDS_IN_A_SENTENCE + 1)
    )
    return Article(
        id=f"{number:012x}",
        sentences=sentences,
        title=Bilingual(text(8), text(8)),
        outlet=f"Outlet {number % 12}",
        published=f"2025-03-{1 + number % 28:02}",
        url=f"https://contoh.example/{number}",
    )


def briefing(count: int, words: int) -> Briefing:
    """Make up a briefing of `count` articles."""
    articles = [article(n, words) for n in range(count)]
    events = tuple(
        Event(
            id=f"e{n}",
            articles=tuple(articles[n : n + 4]),
            title=articles[n].title,
            outlets=tuple(sorted({a.outlet or "" for a in articles[n : n + 4]})),
            summary=tuple(
                SummaryLine(
                    id=a.sentences[0].source,
                    en=a.sentences[0].translation,
                    evidence=(Evidence(a.id, "s1"),),
                )
                for a in articles[n : n + 4]
            ),
        )
        for n in range(0, count, 4)
    )
    run = Run(
        engine="fake",
        model="fake",
        model_sha256="0" * 64,
        licence=None,
        versions={},
        options={},
        inputs=(),
        signature="benchmark",
    )
    return Briefing(events=events, run=run)


def measure(job: tuple[str, int, int]) -> tuple[float, float, float]:
    """Return CPU seconds, peak MB above the briefing itself, and MB of the file."""
    format_, count, words = job
    drawn = briefing(count, words)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    content = renderer(format_).render(drawn, RenderSettings())
    spent = time.process_time() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return spent, (after - before) / 1024, len(content) / 1e6


def main() -> None:
    """Measure every format at every size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="10,50,200,1000")
    parser.add_argument("--words", type=int, default=600)
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    print("| Format | Articles | CPU seconds | Peak MB | File MB | Exponent |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    context = multiprocessing.get_context("spawn")
    for format_ in FORMATS:
        times: list[float] = []
        for size in sizes:
            with context.Pool(1) as pool:
                spent, memory, large = pool.map(measure, [(format_, size, given.words)])[0]
            times.append(spent)
            exponent = ""
            if len(times) > 1 and size == sizes[-1]:
                exponent = f"{math.log(times[-1] / times[0]) / math.log(size / sizes[0]):.2f}"
            print(
                f"| {format_} | {size:,} | {spent:.2f} | {memory:.0f} | {large:.1f} | {exponent} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
