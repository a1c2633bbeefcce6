"""From the corpus to tokenised pairs: filters, leak check, weights by source, augmentation."""

from __future__ import annotations

import lzma
import random
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.recipe.augmentation import NamePool, figures_agree, join, noise, swap_figures, true_case
from models.recipe.batches import Pairs
from models.recipe.figures import Pair
from models.recipe.frames import Frames
from models.recipe.sources import weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["PreparationOptions", "fold", "held_out", "prepare", "read_corpus", "read_lines"]

LONGEST = 128  # pieces a side; longer pairs are paragraphs
SHORTEST = 3
WRITTEN = Path(__file__).parent / "data" / "written.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationOptions:
    """How to prepare. Shares are of the pairs that they apply to.

    `written` adds the sentences that were written for the project (`data/written.tsv`). `weigh`
    holds prefixes of sources and their weights, which go before those of `models.recipe.sources`:
    a last run that is shorter than a pass sees the best sources first that way.
    """

    frames: int = 15_000
    written: bool = True
    weigh: tuple[tuple[str, float], ...] = ()
    joined: float = 0.06
    swapped: float = 0.5
    seed: int = 3

    def weight(self, source: str) -> float:
        """How often one pass sees a pair of `source`."""
        return next((n for prefix, n in self.weigh if source.startswith(prefix)), weight(source))


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a text file, packed with xz or not, without their ends."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def read_corpus(path: Path) -> Iterator[tuple[str, Pair]]:
    """`source<TAB>indonesian<TAB>english` lines of a .tsv or .tsv.xz."""
    for line in read_lines(path):
        fields = line.split("\t")
        if len(fields) == 3 and fields[1] and fields[2]:
            yield fields[0], Pair(fields[1], fields[2])


def read_extra(paths: Iterable[Path]) -> Iterator[tuple[str, Pair]]:
    """`indonesian<TAB>english` lines of .tsv files; a file's name is the source."""
    for path in sorted(paths):
        for line in read_lines(path):
            fields = line.split("\t")
            if len(fields) >= 2 and fields[0] and fields[1]:
                yield path.stem, Pair(fields[0], fields[1])


def fold(text: str) -> str:
    """What two sentences share when only case, punctuation, accents and spaces differ."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "", plain)


def held_out(paths: Iterable[Path]) -> set[str]:
    """Folded sentences of test sets (.tsv, the first two columns); short ones give no sign."""
    return {
        fold(field)
        for path in paths
        for line in read_lines(path)
        for field in line.split("\t")[:2]
        if len(fold(field)) > 15
    }


def _facts() -> Iterator[Pair]:
    from babel import Locale  # noqa: PLC0415 - only needed here

    left, right = Locale("id"), Locale("en")
    for code in sorted(left.territories):
        if len(code) == 2 and code in right.territories:
            yield Pair(left.territories[code], right.territories[code])


def variants(
    weight: float, pair: Pair, names: NamePool, swapped: float, r: random.Random
) -> Iterator[tuple[Pair, float]]:
    """The pair as often as its weight says, the repetitions with other figures and names."""
    left = weight
    first = True
    while left > 0:
        one = pair
        if r.random() < (swapped / 2 if first else swapped):
            one = names.swap(swap_figures(one, r), r)
        yield one, min(left, 1.0)
        left, first = left - 1.0, False


def prepare(
    corpus: Path,
    out: Path,
    *,
    tokeniser: Path,
    tests: Iterable[Path],
    extra: Path | None = None,
    options: PreparationOptions | None = None,
) -> Counter[str]:
    """Write the training pairs.

    Args:
        corpus: `source<TAB>indonesian<TAB>english` lines, .tsv or .tsv.xz.
        out: the .npz to write (see `Pairs`).
        tokeniser: a `tokenizer.json`.
        tests: test sets (.tsv); pairs with a side that is in one of them are dropped.
        extra: a folder of further `indonesian<TAB>english` files, each named after its source.
        options: see `PreparationOptions`.

    Returns:
        How many pairs were kept, made and dropped, by reason.
    """
    from tokenizers import Tokenizer  # noqa: PLC0415 - slow to import

    options = options or PreparationOptions()
    r = random.Random(options.seed)  # noqa: S311 - not a secret
    counts: Counter[str] = Counter()
    hidden = held_out(tests)
    kept: list[tuple[str, Pair]] = []
    further = [*(extra.glob("*.tsv") if extra else ()), *([WRITTEN] if options.written else ())]
    rows = [*read_corpus(corpus), *read_extra(further)]
    for source, pair in rows:
        if fold(pair.id) in hidden or fold(pair.en) in hidden:
            counts["dropped: in a test set"] += 1
        elif weight(source) >= 1 and not figures_agree(pair):
            counts["dropped: figures differ"] += 1
        elif source.startswith("xpersona"):
            kept.append((source, Pair(pair.id, true_case(pair.en))))
        else:
            kept.append((source, pair))
    names = NamePool((p for s, p in kept if weight(s) >= 1), _listed_names())
    made: list[tuple[Pair, float]] = []
    for i, (source, pair) in enumerate(kept):
        for one, times in variants(options.weight(source), pair, names, options.swapped, r):
            made.append((one, times))
            if r.random() < options.joined:
                company = [
                    pair,
                    *(p for s, p in kept[i + 1 : i + r.choice((2, 2, 3))] if s == source),
                ]
                made.append((join(company), times))
                counts["made: joined"] += len(company) > 1
    frames = Frames()
    made += [(frames.draw(r), 1.0) for _ in range(options.frames)]
    made += [(p, 1.0) for p in (*frames.glossary(), *_facts())]
    counts["made: from frames"] = options.frames
    sources: list[list[int]] = []
    targets: list[list[int]] = []
    weights: list[float] = []
    encoder = Tokenizer.from_file(str(tokeniser))
    for i in range(0, len(made), 20_000):
        block = made[i : i + 20_000]
        left = encoder.encode_batch([noise(p.id, r) for p, _ in block])
        right = encoder.encode_batch([p.en for p, _ in block])
        for a, b, (_, times) in zip(left, right, block, strict=True):
            if SHORTEST <= len(a.ids) <= LONGEST and SHORTEST <= len(b.ids) <= LONGEST:
                sources.append(a.ids)
                targets.append(b.ids[1:])
                weights.append(times)
            else:
                counts["dropped: too short or too long"] += 1
    counts["kept"] = len(sources)
    pairs = Pairs.from_lists(sources, targets, weights)
    pairs.save(out)
    _, n = pairs.lengths()
    counts["target tokens in a pass"] = int((n * pairs.weights).sum())
    return counts


def _listed_names() -> set[str]:
    return {
        part
        for _, given, family in Frames().names
        for n in (*given, *family)
        for part in n.split()
        if part.isalpha() and part[0].isupper() and len(part) > 3
    }
