"""Back-translation: English news into Indonesian by phrases, as further training pairs.

Sennrich et al. 2016, "Improving Neural Machine Translation Models with Monolingual Data". The
English side is real and teaches the decoder how news reads; the Indonesian side is what the phrase
table makes of it, marked by a tag so that the model can tell it from real Indonesian (Caswell et
al. 2019, "Tagged Back-Translation"). The search is the stack decoder of Koehn et al. 2003.

    python -m models.recipe align --corpus pairs.tsv.xz --home work
    python -m models.recipe backtranslate --corpus pairs.tsv.xz --home work \
        --english english.tsv.xz --indonesian indonesian.txt.xz --out extra/bt-news.tsv
"""

from __future__ import annotations

import math
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
from heapq import nlargest
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.recipe.augmentation import POINTS, figures_agree
from models.recipe.figures import MONTHS, SCALES, Pair
from models.recipe.phrases import (
    LONGEST,
    Option,
    PhraseTable,
    Trigrams,
    TrueCaser,
    symmetrise,
    words,
)
from models.recipe.prepare import read_corpus
from models.recipe.sources import weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "TAG",
    "Decoder",
    "Translation",
    "align",
    "back_translate",
    "build",
    "by_turns",
    "figure_options",
    "kept",
    "spell",
]

TAG = "\N{DOUBLE DAGGER}"  # one piece of the vocabulary, and nothing that an article starts with
BEAM = 9
REACH = 5  # words that may be jumped over
JUMP = -0.3  # for each of them
ORDER = 0.2  # weight of the trigram model
LENGTH = 0.35  # for each word: the trigram model prefers few
LEAST = 0.1  # weight of a source that the table is made from
PROSE = 0.3  # weight from which a source is prose
WIDEST = 100  # words of a side that are aligned
SHORTEST, LONGEST_SENTENCE = 4, 45  # words of a sentence that is back-translated
MOST_COPIED = 0.1  # share of its words that may stay English
WORST = -2.3  # score for each word; below it, reading found few sentences that made sense
COPIED = -3.0  # a word that no phrase holds stays as it is
FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")
MONTH = {p.en: p.id for p in MONTHS}
SCALE = {p.en: p.id for p in SCALES}
CLOSING, OPENING = frozenset(".,;:!?)]%…”"), frozenset("([“$")


class Translation(NamedTuple):
    """A sentence made by the decoder.

    Attributes:
        text: the Indonesian sentence.
        copied: how many words written small were left in English.
        score: logarithm, for each word of the English side.
    """

    text: str
    copied: int
    score: float


def figure_options(sentence: Sequence[str]) -> dict[tuple[int, int], tuple[str, ...]]:
    """Amounts, dates, ordinals and figures of an English sentence, as spans `first, behind last`.

    They are translated by rule: `$ 1.5 million` is `1,5 juta dolar AS`, `March 12, 2003` is
    `12 Maret 2003`.
    """
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    n = len(sentence)
    i = 0
    while i < n:
        word = sentence[i]
        after = [*sentence[i + 1 : i + 4], "", "", ""]
        end, made = i + 1, None
        if word == "$" and FIGURE.fullmatch(after[0]):
            scale = SCALE.get(after[1])
            end = i + (3 if scale else 2)
            made = (after[0].translate(POINTS), *([scale] if scale else []), "dolar", "AS")
        elif word in MONTH and after[0].isdigit() and int(after[0]) <= 31:
            full = after[1] == "," and re.fullmatch(r"[12]\d{3}", after[2])
            end = i + (4 if full else 2)
            made = (after[0], MONTH[word], *([after[2]] if full else []))
        elif FIGURE.fullmatch(word):
            made = (word.translate(POINTS) if not re.search(r"[:/]", word) else word,)
            if after[0] == "%":
                end, made = i + 2, (*made, "persen")
        elif re.fullmatch(r"\d+(?:st|nd|rd|th)", word):
            made = (f"ke-{word[:-2]}",)
        elif re.fullmatch(r"\d+s", word):
            made = (f"{word[:-1]}-an",)
        if made:
            found[i, end] = made
        i = end
    return found


def spell(sentence: Sequence[str]) -> str:
    """Words and marks written as a sentence."""
    out: list[str] = []
    glued, quoted = True, False
    for word in sentence:
        closing = word in CLOSING or (word == '"' and quoted)
        if out and not glued and not closing:
            out.append(" ")
        out.append(word)
        glued = word in OPENING or (word == '"' and not quoted)
        if word == '"':
            quoted = not quoted
    text = "".join(out)
    first = next((i for i, c in enumerate(text) if c.isalnum()), 0)
    return text[:first] + text[first : first + 1].upper() + text[first + 1 :]


class _Choice(NamedTuple):
    mask: int
    end: int
    ids: tuple[int, ...]
    words: tuple[str, ...]
    score: float
    copied: bool


class _Hypothesis(NamedTuple):
    score: float
    total: float
    before: _Hypothesis | None
    choice: _Choice | None
    coverage: int
    a: int
    b: int
    end: int


class Decoder:
    """Translates English sentences by phrases.

    Args:
        table: phrases from English to Indonesian.
        order: the trigrams of Indonesian.
        case: how English words are written inside a sentence.
        beam: hypotheses kept of each number of translated words.
    """

    def __init__(
        self, table: PhraseTable, order: Trigrams, case: TrueCaser, beam: int = BEAM
    ) -> None:
        self.table, self.order, self.case, self.beam = table, order, case, beam

    def _choice(self, i: int, j: int, option: Option, *, copied: bool = False) -> _Choice:
        ids = tuple(self.order.ids.get(w, 0) for w in option.words)
        score = option.score + LENGTH * len(ids)
        return _Choice((1 << j) - (1 << i), j, ids, option.words, score, copied)

    def _choices(self, sentence: Sequence[str]) -> list[list[_Choice]]:
        n = len(sentence)
        forced = figure_options(sentence)
        taken = {k for i, j in forced for k in range(i, j)}
        out: list[list[_Choice]] = [[] for _ in range(n)]
        for (i, j), made in forced.items():
            out[i].append(self._choice(i, j, Option(made, 0.0)))
        for i in range(n):
            if i in taken:
                continue
            for j in range(i + 1, min(n, i + LONGEST) + 1):
                if j - 1 in taken:
                    break
                options = self.table.options.get(" ".join(sentence[i:j]), ())
                out[i] += [self._choice(i, j, o) for o in options]
            if not any(c.end == i + 1 for c in out[i]):
                options = self.table.options.get(sentence[i].lower(), ())
                out[i] += [self._choice(i, i + 1, o) for o in options]
            if not any(c.end == i + 1 for c in out[i]):
                small = sentence[i][0].islower()
                option = Option((sentence[i],), COPIED)
                out[i].append(self._choice(i, i + 1, option, copied=small))
        return out

    def _estimates(self, choices: list[list[_Choice]]) -> list[list[float]]:
        """The best score that words i to j may still bring, whatever stands before them."""
        n = len(choices)
        best = [[-math.inf] * (n + 1) for _ in range(n + 1)]
        for i in range(n):
            for c in choices[i]:
                # A word in its place is likelier than by itself: by half, as a rule of thumb.
                found = c.score + ORDER * 0.5 * self.order.alone(c.ids)
                best[i][c.end] = max(best[i][c.end], found)
        for width in range(2, n + 1):
            for i in range(n - width + 1):
                j = i + width
                best[i][j] = max(best[i][j], *(best[i][k] + best[k][j] for k in range(i + 1, j)))
        return best

    @staticmethod
    def _rest(coverage: int, n: int, best: list[list[float]]) -> float:
        total, i = 0.0, 0
        while i < n:
            if coverage >> i & 1:
                i += 1
                continue
            j = i
            while j < n and not coverage >> j & 1:
                j += 1
            total += best[i][j]
            i = j
        return total

    def __call__(self, text: str) -> Translation:
        """The translation of one sentence of at most some sixty words."""
        sentence = self.case(words(text))
        n = len(sentence)
        if not n:
            return Translation("", 0, 0.0)
        choices = self._choices(sentence)
        best = self._estimates(choices)
        rest: dict[int, float] = {}
        order = self.order
        start = _Hypothesis(0.0, best[0][n], None, None, 0, order.START, order.START, 0)
        stacks: list[dict[tuple[int, int, int, int], _Hypothesis]] = [{} for _ in range(n + 1)]
        stacks[0][0, order.START, order.START, 0] = start
        for stack in stacks[:n]:
            for old in nlargest(self.beam, stack.values(), key=lambda h: h.total):
                gap = 0
                while old.coverage >> gap & 1:
                    gap += 1
                for i in range(gap, min(n, gap + REACH)):
                    jump = abs(i - old.end)
                    if old.coverage >> i & 1 or jump > REACH:
                        continue
                    for c in choices[i]:
                        if old.coverage & c.mask or (i > gap and c.end > gap + REACH):
                            continue  # taken, or too far ahead of the gap to come back to it
                        a, b, chance = old.a, old.b, 0.0
                        for w in c.ids:
                            chance += order(a, b, w)
                            a, b = b, w
                        coverage = old.coverage | c.mask
                        score = old.score + c.score + JUMP * jump + ORDER * chance
                        if coverage not in rest:
                            rest[coverage] = self._rest(coverage, n, best)
                        target = stacks[coverage.bit_count()]
                        key = (coverage, a, b, c.end)
                        known = target.get(key)
                        if known is None or known.score < score:
                            target[key] = _Hypothesis(
                                score, score + rest[coverage], old, c, coverage, a, b, c.end
                            )
        final = max(stacks[n].values(), key=lambda h: h.score + ORDER * order(h.a, h.b, order.END))
        out: list[_Choice] = []
        at: _Hypothesis | None = final
        while at is not None and at.choice is not None:
            out.append(at.choice)
            at = at.before
        made = [w for c in reversed(out) for w in c.words]
        return Translation(spell(made), sum(c.copied for c in out), final.score / n)


def align(corpus: Path, home: Path, *, least: float = LEAST) -> int:
    """Align the words of the corpus with eflomal, as `home/align/`.

    eflomal (Ostling and Tiedemann 2016, "Efficient Word Alignment with Markov Chain Monte Carlo";
    GPL-3) runs as a program of its own: `pip install eflomal` needs a C compiler.

    Args:
        corpus: `source<TAB>indonesian<TAB>english` lines.
        home: gets `align/{pairs,forward,reverse}`.
        least: sources of a lower weight are left out.

    Returns:
        The number of aligned pairs.

    Raises:
        FileNotFoundError: there is no `eflomal-align`.
    """
    here = shutil.which("eflomal-align", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if here is None:
        raise FileNotFoundError("eflomal-align is not here; `pip install eflomal` brings it")
    folder = home / "align"
    folder.mkdir(parents=True, exist_ok=True)
    n = 0
    with (folder / "pairs").open("w", encoding="utf-8") as out:
        for n, (_, left, right) in enumerate(_tokenised(corpus, least), 1):  # noqa: B007
            print(" ".join(left).lower(), "|||", " ".join(right).lower(), file=out)
    command = [here, "-i", "pairs", "-f", "forward", "-r", "reverse", "--overwrite"]
    # Seven letters are enough to tell stems apart, and join their endings.
    command += ["--source-prefix", "7", "--target-prefix", "7"]
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603 - found above, with our own arguments
    return n


def _tokenised(corpus: Path, least: float) -> Iterator[tuple[float, list[str], list[str]]]:
    """Weight, English and Indonesian words of the pairs that are aligned."""
    for source, pair in read_corpus(corpus):
        n = weight(source)
        if n < least:
            continue
        left, right = words(pair.en), words(pair.id)
        if 0 < len(left) <= WIDEST and 0 < len(right) <= WIDEST:
            yield n, left, right


def build(
    corpus: Path,
    home: Path,
    indonesian: Iterable[str],
    english: Iterable[str],
    least: float = LEAST,
) -> Decoder:
    """The decoder from the alignments of `align`.

    Args:
        corpus: the corpus that was aligned.
        home: where `align` has left its files.
        indonesian: further Indonesian sentences, for the word-order model.
        english: what will be translated: the table holds nothing else.
        least: as for `align`.

    Raises:
        ValueError: the alignments are not those of this corpus.
    """
    prose = [(n, x, y) for n, x, y in _tokenised(corpus, least) if n >= PROSE]
    case = TrueCaser(x for _, x, _ in prose)
    case_right = TrueCaser(y for _, _, y in prose)
    news = [y for n, _, y in prose if n >= 1 and len(y) > SHORTEST]
    order = Trigrams(case_right(y) for y in (*map(words, indonesian), *news))
    del prose, news
    wanted = {p for text in english for p in PhraseTable.spans(case(words(text)))}
    wanted |= {p.lower() for p in wanted if " " not in p}
    with (
        (home / "align" / "forward").open(encoding="utf-8") as forward,
        (home / "align" / "reverse").open(encoding="utf-8") as reverse,
    ):
        table = PhraseTable.count(
            (
                (case(x), case_right(y), symmetrise(f, r), n)
                for (n, x, y), f, r in zip(_tokenised(corpus, least), forward, reverse, strict=True)
            ),
            wanted,
        )
    return Decoder(table, order, case)


def by_turns(lines: Iterable[str], most: int) -> list[str]:
    """At most `most` sentences of `source<TAB>sentence` lines, each source getting its turn."""
    sources: dict[str, list[str]] = {}
    for line in lines:
        source, _, text = line.partition("\t")
        sources.setdefault(source, []).append(text)
    turns = zip_longest(*sources.values())
    return [text for turn in turns for text in turn if text is not None][:most]


def kept(english: str, made: Translation) -> bool:
    """Whether a translation is good enough to learn from."""
    n = len(words(english))
    return (
        SHORTEST <= n <= LONGEST_SENTENCE
        and made.copied <= n * MOST_COPIED
        and made.score >= WORST
        and figures_agree(Pair(made.text, english))
    )


def back_translate(decoder: Decoder, english: Sequence[str], out: Path, *, workers: int = 1) -> int:
    """Write `tag indonesian<TAB>english` lines; a run that was killed goes on where it was.

    Args:
        decoder: see `build`.
        english: the sentences.
        out: the .tsv to write; beside it, `out` + `.part` holds what is done so far.
        workers: processes.

    Returns:
        How many sentences were good enough.
    """
    part = out.with_name(out.name + ".part")
    done = 0
    if part.exists():
        with part.open("r+b") as lines:
            whole = lines.read()
            lines.truncate(whole.rfind(b"\n") + 1)  # the last one may be half a line
        done = whole.count(b"\n")
    with part.open("a", encoding="utf-8") as more:
        todo = [" ".join(s.split()) for s in english[done:]]
        short = (s if len(words(s)) <= LONGEST_SENTENCE else "" for s in todo)
        for text, made in zip(todo, _each(decoder, short, workers), strict=True):
            good = kept(text, made)
            print(f"{TAG} {made.text}\t{text}" if good else "", file=more)
    good_lines = [r for r in part.read_text(encoding="utf-8").split("\n") if r]
    scratch = out.with_name(out.name + ".tmp")
    scratch.write_text("".join(r + "\n" for r in good_lines), encoding="utf-8")
    scratch.replace(out)
    part.unlink()
    return len(good_lines)


def _each(decoder: Decoder, texts: Iterable[str], workers: int) -> Iterator[Translation]:
    if workers == 1:
        yield from map(decoder, texts)
        return
    # Forked, so that the processes share the tables, of some GB.
    with multiprocessing.get_context("fork").Pool(workers, _adopt, (decoder,)) as pool:
        yield from pool.imap(_translate, texts, chunksize=64)


_shared: list[Decoder] = []


def _adopt(decoder: Decoder) -> None:
    _shared.append(decoder)


def _translate(text: str) -> Translation:
    return _shared[0](text)
