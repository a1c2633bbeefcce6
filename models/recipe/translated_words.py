"""Make `briefing/translate/checks/translated_words.txt` from the training corpora.

The name check asks which capitalised Indonesian words a translation keeps. This list holds those
that it does not: ordinary words, and names such as `Inggris` and `Polri` that English writes
otherwise. Everything else in capitals is taken for a name that must survive.

    python -m models.recipe.translated_words mono-id.txt.xz train.tsv.xz OUT
"""

from __future__ import annotations

import lzma
import re
import sys
from collections import Counter
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# A word seen fewer times says nothing sure about itself.
ENOUGH_PAIRS = 3
ENOUGH_LOWER = 5
LONGEST = 20


def _inside(line: str, match: re.Match[str]) -> bool:
    """Tell whether a word stands inside a sentence, where a capital is not the grammar's."""
    return (
        match.start() > 1
        and line[match.start() - 1] == " "
        and line[match.start() - 2] not in '.?!"“:'
    )


def main(mono: str, pairs: str, out: str) -> None:
    """Count words in capitals and small letters, and how often English keeps them."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    with lzma.open(mono, "rt", encoding="utf-8") as lines:
        for line in lines:
            for match in WORD.finditer(line):
                if match.group().islower():
                    lower[match.group()] += 1
                elif _inside(line, match):
                    upper[match.group().lower()] += 1
    with lzma.open(pairs, "rt", encoding="utf-8") as lines:
        for line in lines:
            source, target = line.rstrip("\n").split("\t")[-2:]
            english = {word.lower() for word in WORD.findall(target)}
            for match in WORD.finditer(source):
                word = match.group().lower()
                if match.group().islower():
                    lower[word] += 1
                elif _inside(source, match):
                    seen[word] += 1
                    kept[word] += word in english
    words = sorted(
        word
        for word in lower.keys() | seen.keys()
        if len(word) <= LONGEST and _translated(lower[word], upper[word], seen[word], kept[word])
    )
    Path(out).write_text("\n".join(words) + "\n", encoding="utf-8")


def _translated(lower: int, upper: int, seen: int, kept: int) -> bool:
    if seen >= ENOUGH_PAIRS and kept < 0.3 * seen:
        return True
    # `Bank` and `Kabupaten` are often kept beside a name, and ordinary words all the same.
    return lower > upper / 2 and lower >= ENOUGH_LOWER


if __name__ == "__main__":
    main(*sys.argv[1:4])
