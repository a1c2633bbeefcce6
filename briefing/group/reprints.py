"""Near-duplicates and reprints: one wire text in several outlets becomes one article.

Two texts are compared by their shingles, the runs of four words (Broder 1997, "On the Resemblance
and Containment of Documents"). The longer stays, the older among equals. The other is folded only
if that loses nothing: each of its sentences has its like in the text that stays, and every number
in it stands there too, because a changed toll is news and not a reprint.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
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

CROWD = 200
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
    texts = [_read(article) for article in ordered]
    near = _candidates(texts)
    folded_into: dict[int, list[tuple[int, float]]] = defaultdict(list)
    gone: set[int] = set()
    for keeper in range(len(ordered)):
        if keeper in gone:
            continue
        for other in sorted(near.get(keeper, ())):
            if other <= keeper or other in gone:
                continue
            share = _contained(texts[keeper], texts[other])
            if share >= CONTAINED and _loses_nothing(texts[keeper], texts[other]):
                gone.add(other)
                folded_into[keeper].append((other, share))
    kept = [
        _with_reprints(article, [(ordered[o], share) for o, share in folded_into.get(number, [])])
        for number, article in enumerate(ordered)
        if number not in gone
    ]
    return sorted(kept, key=lambda article: article.id)


def _priority(article: Article) -> tuple[int, str, int, str]:
    """Sort the text that stays first: more sentences, then older, then longer, then by id."""
    length = sum(len(sentence.source) for sentence in article.sentences)
    return (-len(article.body), article.published or "9999", -length, article.id)


def _read(article: Article) -> _Text:
    sentences = [_WORD.findall(sentence.source.lower()) for sentence in article.body]
    words = [word for sentence in sentences for word in sentence]
    shingles = frozenset(
        crc32(" ".join(words[start : start + SHINGLE]).encode())
        for start in range(max(0, len(words) - SHINGLE + 1))
    )
    return _Text(shingles, tuple(frozenset(s) for s in sentences), frozenset(words))


def _candidates(texts: Sequence[_Text]) -> Mapping[int, set[int]]:
    """Return for each text those that share sampled shingles with it."""
    index: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for shingle in text.shingles:
            if shingle % SAMPLE == 0:
                index[shingle].append(number)
    near: dict[int, set[int]] = defaultdict(set)
    for holders in index.values():
        if 1 < len(holders) <= CROWD:
            for number in holders:
                near[number].update(holders)
    return near


def _contained(keeper: _Text, other: _Text) -> float:
    if not other.shingles:
        return 0.0
    return len(keeper.shingles & other.shingles) / len(other.shingles)


def _loses_nothing(keeper: _Text, other: _Text) -> bool:
    figures = {word for word in other.words if word[0].isdigit()}
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
