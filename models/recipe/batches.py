"""The tokenised pairs on disk and in memory, and their batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["PAD", "Batch", "Batches", "Pairs"]

PAD = 1
WIDTHS = 4  # lengths are rounded up to its multiples: few shapes, so few kernels to prepare
POOL = (
    40_000  # pairs sorted by length at a time: enough for tight batches, few enough to stay mixed
)


class Batch(NamedTuple):
    """Padded piece ids, `[pairs, length]` on either side; targets end with `</s>`."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Tokenised pairs, flat: pair `i` is `ids[starts[i]:starts[i + 1]]` on each side.

    Sources carry `<s>` and `</s>`, targets only `</s>`. `weights` say how often a pair is seen in
    one pass (0.15: in about every seventh).
    """

    source_ids: NDArray[np.uint16]
    source_starts: NDArray[np.int64]
    target_ids: NDArray[np.uint16]
    target_starts: NDArray[np.int64]
    weights: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.weights)

    def source(self, i: int) -> NDArray[np.uint16]:
        """Piece ids of the Indonesian side of pair `i`."""
        return self.source_ids[self.source_starts[i] : self.source_starts[i + 1]]

    def target(self, i: int) -> NDArray[np.uint16]:
        """Piece ids of the English side of pair `i`."""
        return self.target_ids[self.target_starts[i] : self.target_starts[i + 1]]

    def lengths(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pieces on either side of each pair."""
        return np.diff(self.source_starts), np.diff(self.target_starts)

    def target_counts(self, vocabulary: int) -> NDArray[np.float64]:
        """How often each piece is seen on the English side in one pass."""
        _, n = self.lengths()
        counts = np.bincount(self.target_ids, np.repeat(self.weights, n), vocabulary)
        return counts.astype(np.float64)

    def save(self, path: Path) -> None:
        """Write to `path` (.npz, no pickles), through a temporary file."""
        scratch = path.with_suffix(".tmp.npz")
        np.savez(
            scratch,
            source_ids=self.source_ids,
            source_starts=self.source_starts,
            target_ids=self.target_ids,
            target_starts=self.target_starts,
            weights=self.weights,
        )
        scratch.replace(path)

    @classmethod
    def load(cls, path: Path) -> Pairs:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(**{n: stored[n] for n in cls.__slots__})

    @classmethod
    def from_lists(
        cls, sources: list[list[int]], targets: list[list[int]], weights: list[float]
    ) -> Pairs:
        """Pack lists of piece ids (below 65,536)."""
        return cls(*_packed(sources), *_packed(targets), np.array(weights, np.float32))


def _packed(rows: list[list[int]]) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    starts = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(x) for x in rows], out=starts[1:])
    return np.fromiter((i for x in rows for i in x), np.uint16, int(starts[-1])), starts


def _rounded(length: int) -> int:
    return -(-length // WIDTHS) * WIDTHS


def _padded(rows: list[NDArray[np.uint16]]) -> NDArray[np.int64]:
    out = np.full((len(rows), _rounded(max(map(len, rows)))), PAD, np.int64)
    for line, row in zip(out, rows, strict=True):
        line[: len(row)] = row
    return out


class Batches:
    """Weighted passes over the pairs as padded batches of about the same number of tokens."""

    def __init__(self, pairs: Pairs, tokens: int, seed: int) -> None:
        self.pairs, self.tokens = pairs, tokens
        self.rng = np.random.default_rng(seed)

    def one_pass(self) -> Iterator[Batch]:
        """Source and target arrays `[pairs, length]`; each side holds at most `tokens` cells."""
        weights = self.pairs.weights
        times = np.floor(weights).astype(int) + (self.rng.random(len(weights)) < weights % 1)
        index = np.repeat(np.arange(len(weights)), times)
        self.rng.shuffle(index)
        source, target = self.pairs.lengths()
        for i in range(0, len(index), POOL):
            pool = index[i : i + POOL]
            pool = pool[np.lexsort((source[pool], target[pool]))]
            groups: list[list[int]] = [[]]
            widest = 0
            for k in pool.tolist():
                width = _rounded(max(int(source[k]), int(target[k])))
                widest = max(widest, width)
                if groups[-1] and widest * (len(groups[-1]) + 1) > self.tokens:
                    groups.append([])
                    widest = width
                groups[-1].append(k)
            for j in self.rng.permutation(len(groups)):
                yield Batch(
                    _padded([self.pairs.source(k) for k in groups[j]]),
                    _padded([self.pairs.target(k) for k in groups[j]]),
                )

    def endless(self) -> Iterator[Batch]:
        """Pass after pass."""
        while True:
            yield from self.one_pass()
