"""Does a daily briefing get slower as the store grows?

::

    nice -n 10 python tests/benchmarks/bench_daily.py --articles 100000 --new 200

Fills two stores with made-up articles, 200 a day: a small one with the last week alone, which is what
is grouped with, and a large one with everything before it too. Then a folder with `--new` articles is
briefed on top of each, with the fake engine, so that the store and the joining are what is measured.
Each run is a process of its own; the time is its CPU time, the memory its peak.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

PER_DAY = 200
WINDOW = 7  # days: `close_after`, beyond which an event is not joined any more
TODAY = date(2026, 11, 22)
SYLLABLES = [
    "ba",
    "ka",
    "la",
    "ma",
    "na",
    "pa",
    "ra",
    "sa",
    "ta",
    "wa",
    "di",
    "gu",
    "jo",
    "lu",
    "mi",
    "no",
    "ri",
    "se",
    "tu",
]


def word(dice: random.Random) -> str:
    return "".join(dice.choice(SYLLABLES) for _ in range(dice.randint(2, 4)))


def body(dice: random.Random, place: str) -> list[str]:
    """Ten sentences about a made-up place: words enough that two events do not meet by chance."""
    lines = []
    for _ in range(10):
        words = " ".join(word(dice) for _ in range(9))
        lines.append(
            f"Warga {place} mengatakan {words} pada hari itu sebanyak {dice.randint(2, 900)} orang."
        )
    return lines


def fill(path: Path, days: int, seed: int) -> None:
    """Write the editions of `days` days before today, as daily runs leave them."""
    from briefing.daily.store import Store
    from briefing.document import Article, Bilingual, Sentence

    with Store(path) as store:
        store._db.execute("PRAGMA synchronous = OFF")  # the filling is not what is measured
        for back in range(days, 0, -1):
            day = (TODAY - timedelta(days=back)).isoformat()
            dice = random.Random(f"{seed} {back}")  # noqa: S311 - made-up text
            with store.transaction():
                store.open_edition(day)
                events: dict[str, list[str]] = {}
                states: dict[str, tuple[str, str | None, str | None]] = {}
                for number in range(PER_DAY):
                    name = f"{back:05d}{number:07d}"
                    place = word(dice).title()
                    article = Article(
                        id=name,
                        sentences=tuple(
                            Sentence(
                                id=f"s{n}", paragraph=n, source=text, translation=f"[en] {text}"
                            )
                            for n, text in enumerate(body(dice, place), 1)
                        ),
                        title=Bilingual(f"Kabar dari {place}", f"News from {place}"),
                        outlet="Kabar",
                        published=day,
                    )
                    store.add(article, identity=name, source="Kabar", at=f"{day}T00:00:00", day=day)
                    store.set_translation(article, model="fake@000000000000")
                    events[f"e{name}"] = [name]
                    states[f"e{name}"] = ("new", article.title.id, article.title.en)
                store.claim(day)
                store.finish_edition(day, f"{day}T00:30:00+00:00", events, states)


def write_new(folder: Path, count: int) -> None:
    dice = random.Random("new")  # noqa: S311 - made-up text
    folder.mkdir(exist_ok=True)
    with (folder / "news.jsonl").open("w", encoding="utf-8") as stream:
        for _ in range(count):
            place = word(dice).title()
            record = {
                "title": f"Laporan dari {place}",
                "content": "\n\n".join(body(dice, place)),
                "publish_date": TODAY.isoformat(),
                "source": "Warta",
            }
            stream.write(json.dumps(record) + "\n")


def run(store: Path, folder: Path, out: Path) -> None:
    """Make today's edition and print CPU seconds and peak memory; the child of `main`."""
    from briefing import Daily, DailyConfig
    from briefing.testing import FakeTranslator

    config = DailyConfig.model_validate(
        {
            "options": {"formats": ("json",)},
            "daily": {"store": store, "out": out},
            "sources": [{"name": "Warta", "kind": "newswatch", "path": folder / "news.jsonl"}],
        }
    )
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 0, 0, tzinfo=UTC)
    begun = time.process_time()
    edition = Daily(config, translator=FakeTranslator(), clock=lambda: now).run()
    used = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": used, "mib": peak, "articles": edition.report["articles"]}))


def main() -> None:
    """Parse, fill, run and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--new", type=int, default=200)
    parser.add_argument("--child", nargs=3, metavar=("STORE", "FOLDER", "OUT"))
    given = parser.parse_args()
    if given.child:
        run(*(Path(one) for one in given.child))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_new(folder / "new", given.new)
        results = []
        for label, days in (("small", WINDOW), ("large", given.articles // PER_DAY)):
            store = folder / f"{label}.sqlite"
            fill(store, days, seed=1)
            size = store.stat().st_size / 2**20
            command = [sys.executable, __file__, "--child", store, folder / "new", folder / label]
            done = subprocess.run(
                [str(one) for one in command], capture_output=True, text=True, check=True
            )
            result = json.loads(done.stdout)
            results.append(result)
            print(
                f"{label}: {days * PER_DAY:,} articles in the store ({size:.0f} MiB), "
                f"{result['articles']} new: {result['cpu']:.1f} s CPU, {result['mib']:.0f} MiB"
            )
        small, large = results
        print(
            f"ratio of time {large['cpu'] / small['cpu']:.2f}, "
            f"of memory {large['mib'] / small['mib']:.2f}"
        )


if __name__ == "__main__":
    main()
