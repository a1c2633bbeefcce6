"""Make `briefing/translate/checks/translated_words.txt` from the training corpora.

The name check asks which capitalised Indonesian words a translation keeps. This list holds those
that it does not: ordinary words, and names such as `Inggris` and `Polri` that English writes
otherwise. Everything else in capitals is taken for a name that must survive. A `*` behind a word
says that English text hardly ever holds it in small letters: the copy guard looks for those. A `~`
says that the pairs have it as a name that English writes otherwise (`Inggris`, `Timur`).

    python -m models.recipe.translated_words mono-id.txt.xz mono-en.tsv.xz train.tsv.xz OUT
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
SURE_PAIRS = 5
ENOUGH_LOWER = 5
COMMON = 150  # no name is written so often in small letters
LONGEST = 20


def _inside(line: str, match: re.Match[str]) -> bool:
    """Tell whether a word stands inside a sentence, where a capital is not the grammar's."""
    return (
        match.start() > 1
        and line[match.start() - 1] == " "
        and line[match.start() - 2] not in '.?!"“:'
    )


def main(mono: str, mono_english: str, pairs: str, out: str) -> None:
    """Count words in capitals and small letters, and how often English keeps them."""
    english_words: Counter[str] = Counter()
    with lzma.open(mono_english, "rt", encoding="utf-8") as lines:
        for line in lines:
            english_words.update(word for word in WORD.findall(line) if word.islower())
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    foreign: Counter[str] = Counter()
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
            foreign.update({w for w in WORD.findall(source) if w.islower()} & english)
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
    rows = [
        word
        + "*" * _indonesian(lower[word], english_words[word], foreign[word])
        + "~" * (seen[word] >= ENOUGH_PAIRS and kept[word] < 0.3 * seen[word])
        for word in words
    ]
    Path(out).write_text("\n".join(rows) + "\n", encoding="utf-8")


def _indonesian(lower: int, english: int, kept: int) -> bool:
    """Tell whether a word is no English word; a few stray ones stand in any corpus."""
    return lower >= ENOUGH_LOWER and english <= 2 and kept <= 0.02 * lower


def _translated(lower: int, upper: int, seen: int, kept: int) -> bool:
    if seen >= ENOUGH_PAIRS and kept < 0.3 * seen:
        return True
    if seen >= SURE_PAIRS and kept >= 0.8 * seen and lower < upper:
        return False  # `Padang`, which is also a field
    # `Kabupaten` is often kept beside a name, and an ordinary word all the same.
    return lower >= ENOUGH_LOWER and (lower > upper / 2 or lower >= COMMON)


if __name__ == "__main__":
    main(*sys.argv[1:5])
