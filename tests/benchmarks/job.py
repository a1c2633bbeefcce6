"""The whole job on N articles: words per second, and peak memory that must not grow with N."""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Enough words that no two articles are alike, so that neither the deduplication of articles nor
# that of segments makes the job easier than a real day.
WHO = [
    "Gubernur",
    "Menteri",
    "Bupati",
    "Polisi",
    "Ketua",
    "Direktur",
    "Kepala",
    "Panglima",
    "Duta",
    "Hakim",
]
DID = [
    "mengatakan",
    "menjelaskan",
    "membantah",
    "menegaskan",
    "menyebut",
    "mengumumkan",
    "menduga",
    "berharap",
]
WHAT = [
    "harga",
    "beras",
    "banjir",
    "gempa",
    "pemilihan",
    "anggaran",
    "jalan",
    "tol",
    "sekolah",
    "rumah",
    "sakit",
    "ekspor",
    "nikel",
    "pelabuhan",
    "kereta",
    "cepat",
    "vaksin",
    "kebakaran",
    "hutan",
    "nelayan",
    "upah",
    "buruh",
    "pupuk",
    "listrik",
    "air",
    "bersih",
]
WHERE = [
    "Jakarta",
    "Surabaya",
    "Medan",
    "Makassar",
    "Ambon",
    "Kupang",
    "Pontianak",
    "Padang",
    "Manado",
    "Jayapura",
]


def main() -> None:
    """Measure N articles and a tenth of them, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--input", type=Path, help="measure this folder instead of made articles")
    parser.add_argument("--fake", action="store_true", help="leave the model out")
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        work(arguments.worker, fake=arguments.fake)
        return
    print("| articles | words | seconds | words/s | peak MB |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        sizes = [max(arguments.articles // 10, 1), arguments.articles]
        folders = (
            [arguments.input]
            if arguments.input
            else [write(Path(scratch) / str(size), size) for size in sizes]
        )
        for folder in folders:
            command = [sys.executable, __file__, "--worker", str(folder)]
            done = subprocess.run(
                [*command, *["--fake"] * arguments.fake], check=True, capture_output=True, text=True
            )
            row = json.loads(done.stdout.splitlines()[-1])
            print(
                f"| {row['articles']} | {row['words']} | {row['seconds']:.0f} "
                f"| {row['words'] / row['seconds']:.0f} | {row['memory']:.0f} |"
            )


def write(folder: Path, count: int) -> Path:
    """Write `count` made-up articles of about 200 words."""
    folder.mkdir()
    dice = random.Random(7)  # noqa: S311 - the same articles every time
    for number in range(count):
        day = date(2025, 1, 1) + timedelta(days=number % 28)
        title = (
            f"{dice.choice(WHO)} {dice.choice(DID).title()} {dice.choice(WHAT).title()} {number}"
        )
        paragraphs = [f"{dice.choice(WHERE)}, {day:%d/%m/%Y} - {sentence(dice)}"]
        paragraphs += [" ".join(sentence(dice) for _ in range(3)) for _ in range(4)]
        text = "\n\n".join([title, *paragraphs]) + "\n"
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    return folder


def sentence(dice: random.Random) -> str:
    """Return one made-up Indonesian sentence."""
    return (
        f"{dice.choice(WHO)} {dice.choice(WHERE)} {dice.choice(DID)} bahwa {dice.choice(WHAT)} dan "
        f"{dice.choice(WHAT)} di {dice.choice(WHERE)} akan mencapai {dice.randint(2, 999)} "
        f"{dice.choice(('orang', 'unit', 'ton', 'persen'))} pada tahun {dice.randint(2010, 2026)}."
    )


def work(folder: Path, *, fake: bool) -> None:
    """Make and save the briefing of a folder and print the measurements as JSON."""
    import briefing

    with tempfile.TemporaryDirectory() as out:
        began = time.perf_counter()
        made = briefing.make([folder], lang="en", **({"engine": "fake"} if fake else {}))
        made.save(out)
        took = time.perf_counter() - began
    words = sum(len(s.source.split()) for _, s in made.sentences())
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    row = {
        "articles": len(made.articles),
        "words": words,
        "seconds": took,
        "memory": int(peak.split()[1]) / 1024,
    }
    print(json.dumps(row))


if __name__ == "__main__":
    main()
