"""A phrase table and a word-order model: statistical translation, the teacher of back-translation.

With a few hundred thousand pairs a phrase table knows rare words, names and figures that a neural
model of a few hours has hardly seen (Koehn and Knowles 2017, "Six Challenges for Neural Machine
Translation": below some ten million words phrases win), and it needs minutes. The table is that of
Koehn, Och and Marcu 2003, "Statistical Phrase-Based Translation"; the word-order model is the
trigram model with stupid backoff of Brants et al. 2007, "Large Language Models in Machine
Translation".
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Option", "PhraseTable", "Trigrams", "TrueCaser", "phrases", "symmetrise", "words"]

LONGEST = 4  # words of a phrase on the side that is translated
LONGEST_OTHER = 6
KEPT = 6  # translations kept of a phrase
# Weights of the table's two directions and of each phrase used. A rare phrase's chance is put
# lower by counting UNSEEN more occurrences of it that were translated otherwise.
DIRECT, INVERSE, PHRASE = 0.8, 0.2, -0.1
UNSEEN = 2.5

WORD = re.compile(
    r"\d+(?:st|nd|rd|th)\b|\d+s\b|\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*|\w+|['’]s\b|[^\w\s]"
)


def words(text: str) -> list[str]:
    """Words, figures and marks of a sentence; `country's` is two."""
    return WORD.findall(text)


class TrueCaser:
    """Knows how a word is written where no sentence starts."""

    def __init__(self, sentences: Iterable[Sequence[str]]) -> None:
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for sentence in sentences:
            for word in sentence[1:]:
                forms[word.lower()][word] += 1
        self.usual = {low: found.most_common(1)[0][0] for low, found in forms.items()}

    def __call__(self, sentence: Sequence[str]) -> list[str]:
        """The sentence with its first word as it would be written inside."""
        first = next((i for i, w in enumerate(sentence) if w[0].isalnum()), None)
        out = list(sentence)
        if first is not None and out[first][0].isupper() and not out[first].isupper():
            out[first] = self.usual.get(out[first].lower(), out[first])
        return out


def _links(line: str) -> set[tuple[int, int]]:
    return {(int(a), int(b)) for a, _, b in (x.partition("-") for x in line.split())}


def symmetrise(forward: str, reverse: str) -> set[tuple[int, int]]:
    """Links `i-j` of both directions joined by grow-diag-final-and (Koehn et al. 2003).

    Args:
        forward: links as `i-j i-j ...`, word i of the first side with word j of the second.
        reverse: the same notation, found in the other direction.
    """
    a, b = _links(forward), _links(reverse)
    union, out = a | b, a & b
    left, right = {i for i, _ in out}, {j for _, j in out}
    grown = True
    while grown:
        grown = False
        for i, j in sorted(out):
            for x in (i - 1, i, i + 1):
                for y in (j - 1, j, j + 1):
                    new = (x, y) in union and (x, y) not in out
                    if new and (x not in left or y not in right):
                        out.add((x, y))
                        left.add(x)
                        right.add(y)
                        grown = True
    for i, j in sorted(union - out):
        if i not in left and j not in right:
            out.add((i, j))
            left.add(i)
            right.add(j)
    return out


def phrases(
    links: set[tuple[int, int]], n: int, m: int, longest: int = LONGEST
) -> Iterator[tuple[int, int, int, int]]:
    """Spans `first, last, first, last` of sentences of n and m words that translate each other.

    No word of either span is linked outside the other; words without a link may stand at the ends
    of the second span.
    """
    to: list[list[int]] = [[] for _ in range(n)]
    back: list[list[int]] = [[] for _ in range(m)]
    for i, j in links:
        to[i].append(j)
        back[j].append(i)
    for i1 in range(n):
        low, high = m, -1
        for i2 in range(i1, min(n, i1 + longest)):
            for j in to[i2]:
                low, high = min(low, j), max(high, j)
            if high < 0 or high - low >= LONGEST_OTHER:
                continue
            if any(i < i1 or i > i2 for j in range(low, high + 1) for i in back[j]):
                continue
            yield i1, i2, low, high
            if low and not back[low - 1] and high - low + 1 < LONGEST_OTHER:
                yield i1, i2, low - 1, high
            if high + 1 < m and not back[high + 1] and high - low + 1 < LONGEST_OTHER:
                yield i1, i2, low, high + 1


class Option(NamedTuple):
    """One translation of a phrase: its words and its logarithmic score."""

    words: tuple[str, ...]
    score: float


class PhraseTable:
    """Phrases and their translations.

    Args:
        counts: how often (by weight) each phrase was seen with each translation.
    """

    def __init__(self, counts: dict[str, dict[str, float]]) -> None:
        seen: dict[str, float] = {}
        for found in counts.values():
            for other, n in found.items():
                seen[other] = seen.get(other, 0.0) + n
        self.options: dict[str, list[Option]] = {}
        for phrase, found in counts.items():
            total = sum(found.values()) + UNSEEN
            scored = [
                Option(
                    tuple(other.split(" ")),
                    DIRECT * math.log(n / total)
                    + INVERSE * math.log(n / (seen[other] + UNSEEN))
                    + PHRASE,
                )
                for other, n in found.items()
            ]
            scored.sort(key=lambda o: (-o.score, o.words))
            self.options[phrase] = scored[:KEPT]

    @classmethod
    def count(
        cls,
        aligned: Iterable[tuple[Sequence[str], Sequence[str], set[tuple[int, int]], float]],
        wanted: set[str],
    ) -> PhraseTable:
        """The table of aligned sentences `words, words, links, weight`, of `wanted` phrases only."""
        counts: dict[str, dict[str, float]] = {}
        for left, right, links, weight in aligned:
            for i1, i2, j1, j2 in phrases(links, len(left), len(right)):
                phrase = " ".join(left[i1 : i2 + 1])
                if phrase in wanted:
                    other = " ".join(right[j1 : j2 + 1])
                    found = counts.setdefault(phrase, {})
                    found[other] = found.get(other, 0.0) + weight
        return cls(counts)

    @staticmethod
    def spans(sentence: Sequence[str]) -> Iterator[str]:
        """Every phrase of a sentence that the table may hold."""
        for i in range(len(sentence)):
            for j in range(i + 1, min(len(sentence), i + LONGEST) + 1):
                yield " ".join(sentence[i:j])


class Trigrams:
    """How likely a word is after two others: logarithms, for words as numbers.

    Args:
        sentences: words of the language that is translated into.
        least: trigrams seen less often are left to the bigrams.
    """

    UNKNOWN = 0
    START = 1
    END = 2
    BACKOFF = math.log(0.4)
    FLOOR = -16.0

    def __init__(self, sentences: Iterable[Sequence[str]], least: int = 2) -> None:
        self.ids: dict[str, int] = {"<unk>": 0, "<s>": 1, "</s>": 2}
        single: Counter[int] = Counter()
        double: Counter[int] = Counter()
        triple: Counter[int] = Counter()
        for sentence in sentences:
            a = b = self.START
            for word in (*sentence, None):
                c = self.END if word is None else self.ids.setdefault(word, len(self.ids))
                single[c] += 1
                double[b << 20 | c] += 1
                triple[a << 40 | b << 20 | c] += 1
                a, b = b, c
        single[self.START] = single[self.END]
        double[self.START << 20 | self.START] = single[self.END]
        total = sum(single.values()) or 1
        self.single = {w: math.log(n / total) for w, n in single.items() if n}
        self.double = {k: math.log(n / single[k >> 20]) for k, n in double.items() if n}
        self.triple = {k: math.log(n / double[k >> 20]) for k, n in triple.items() if n >= least}

    def alone(self, ids: Sequence[int]) -> float:
        """The logarithm of the score of a phrase by its own words, whatever stands before it."""
        return sum(
            self.double.get(ids[k - 1] << 20 | w, self.FLOOR)
            if k
            else self.single.get(w, self.FLOOR)
            for k, w in enumerate(ids)
        )

    def __call__(self, a: int, b: int, c: int) -> float:
        """The logarithm of the score of `c` after `a b`."""
        found = self.triple.get(a << 40 | b << 20 | c)
        if found is not None:
            return found
        found = self.double.get(b << 20 | c)
        if found is not None:
            return self.BACKOFF + found
        return 2 * self.BACKOFF + self.single.get(c, self.FLOOR)
