"""Near-duplicates and reprints: one wire text in several outlets becomes one article.

Two texts are compared by their shingles, the runs of four words (Broder 1997, "On the Resemblance
and Containment of Documents"). The longer stays, the older among equals. The other is folded only
if that loses nothing: each of its sentences has its like in the text that stays, and every number
in it stands there too, because a changed toll is news and not a reprint.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING
from zlib import crc32

from briefing.document import Reprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.document import Article

__all__ = ["fold_reprints"]

SHINGLE = 4
CONTAINED = 0.7
"""Share of the shorter text's shingles in the longer one from which it may be a reprint."""

SENTENCE_COVERED = 0.6
"""Share of a sentence's words that its best match holds, for the sentence to count as kept."""

SAMPLE = 4
"""One shingle in this many, chosen by hash, is indexed to find candidates."""

SAMPLE_SHARED = 0.4
"""Share of the sampled shingles from which two texts are compared in full: well below `CONTAINED`,
because the sample of a short text is small."""

CROWD = 100
"""A sampled shingle in more texts than this is a stock phrase and finds no candidates."""

_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")


@dataclass(frozen=True, slots=True)
class _Text:
    shingles: frozenset[int]
    sentences: tuple[frozenset[str], ...]
    words: frozenset[str]


def fold_reprints(articles: Sequence[Article]) -> list[Article]:
    """Return the articles with reprints folded into `Article.reprints`, in the order of their ids.

    Does not depend on the order of `articles`.
    """
    ordered = sorted(articles, key=_priority)
    near = _candidates(ordered)

    @lru_cache(maxsize=512)
    def read(number: int) -> _Text:
        return _read(ordered[number])

    folded: dict[int, list[tuple[Article, float]]] = defaultdict(list)
    gone: set[int] = set()
    for keeper in sorted(near):
        for other in sorted(near[keeper]):
            if keeper in gone or other in gone:
                continue
            share = _contained(read(keeper), read(other))
            if share >= CONTAINED and _loses_nothing(read(keeper), read(other)):
                gone.add(other)
                folded[keeper].append((ordered[other], share))
    kept = [
        _with_reprints(article, folded[number]) if number in folded else article
        for number, article in enumerate(ordered)
        if number not in gone
    ]
    return sorted(kept, key=lambda article: article.id)


def _priority(article: Article) -> tuple[int, str, int, str]:
    """Sort the text that stays first: more sentences, then older, then longer, then by id."""
    length = sum(len(sentence.source) for sentence in article.sentences)
    return (-len(article.body), article.published or "9999", -length, article.id)


def _words(article: Article) -> list[list[str]]:
    return [_WORD.findall(sentence.source.lower()) for sentence in article.body]


def _shingles(sentences: Sequence[Sequence[str]]) -> frozenset[int]:
    words = [word for sentence in sentences for word in sentence]
    return frozenset(
        crc32(" ".join(words[start : start + SHINGLE]).encode())
        for start in range(max(0, len(words) - SHINGLE + 1))
    )


def _read(article: Article) -> _Text:
    sentences = _words(article)
    return _Text(
        shingles=_shingles(sentences),
        sentences=tuple(frozenset(sentence) for sentence in sentences),
        words=frozenset(word for sentence in sentences for word in sentence),
    )


def _candidates(articles: Sequence[Article]) -> Mapping[int, set[int]]:
    """Return for each text those after it that share a telling part of its sampled shingles."""
    index: dict[int, list[int]] = defaultdict(list)
    sampled = []
    for number, article in enumerate(articles):
        own = [shingle for shingle in _shingles(_words(article)) if shingle % SAMPLE == 0]
        sampled.append(len(own))
        for shingle in own:
            index[shingle].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for holders in index.values():
        if len(holders) <= CROWD:
            shared.update(combinations(holders, 2))
    near: dict[int, set[int]] = defaultdict(set)
    for (one, two), count in shared.items():
        if count >= SAMPLE_SHARED * min(sampled[one], sampled[two]):
            near[one].add(two)
    return near


def _contained(keeper: _Text, other: _Text) -> float:
    if not other.shingles:
        return 0.0
    return len(keeper.shingles & other.shingles) / len(other.shingles)


def _loses_nothing(keeper: _Text, other: _Text) -> bool:
    figures = {word for word in other.words if any(map(str.isdigit, word))}
    if not figures <= keeper.words:
        return False
    return all(
        any(len(sentence & kept) >= SENTENCE_COVERED * len(sentence) for kept in keeper.sentences)
        for sentence in other.sentences
        if sentence
    )


def _with_reprints(article: Article, others: Sequence[tuple[Article, float]]) -> Article:
    found = list(article.reprints)
    for other, share in others:
        found.append(
            Reprint(
                outlet=other.outlet,
                path=other.path,
                url=other.url,
                published=other.published,
                similarity=round(share, 3),
            )
        )
        found += other.reprints
    found.sort(key=lambda r: (r.published or "9999", r.outlet or "", r.path or "", r.url or ""))
    return replace(article, reprints=tuple(found))
