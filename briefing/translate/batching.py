"""From an engine that decodes batches of pieces to a translator of any number of segments.

`BatchTranslator` does what every engine needs alike: segments with nothing to translate are copied,
a segment that occurs twice is decoded once, segments longer than the model reads are cut at a
clause and joined again, and the work goes to the engine in windows of bounded size, so that memory
does not grow with the input beyond the text itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from briefing.translate.normalisation import LEVELS, clauses, copies
from briefing.translate.translator import Hypothesis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.translate.translator import ModelIdentity

__all__ = ["BatchTranslator", "Completing", "Decoded", "Decoding", "Engine", "Redecoder"]

# Segments given to the engine at once. Large enough that sorting by length fills the batches
# (a window is about twelve batches of 2,048 tokens), small enough to bound memory.
WINDOW = 1024
# How far from its place in the source a term may stand in the translation, in parts of its length.
REACH = 0.2
# Places of a term that are completed, of those that are scored.
COMPLETED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How hypotheses are searched for.

    `beam` is the beam size; `no_repeat_ngram` forbids a repeated n-gram of that many target pieces
    (0 allows all); `length_penalty` is the exponent of the length that a hypothesis's
    log-probability is divided by (Wu et al. 2016 in the simple form of OpenNMT);
    `repetition_penalty` divides the scores of pieces already in the hypothesis (1 is none).
    """

    beam: int = 4
    no_repeat_ngram: int = 0
    length_penalty: float = 1.0
    repetition_penalty: float = 1.0


@dataclass(frozen=True, slots=True)
class Decoded:
    """What an engine returns for one list of source pieces.

    `score` is the mean log-probability per target token; `tokens` counts the target pieces;
    `complete` is false where the search stopped at the length limit instead of the end token.
    """

    text: str
    score: float | None
    tokens: int
    complete: bool = True


class Engine(Protocol):
    """A loaded model: text to pieces, lists of pieces to hypotheses."""

    @property
    def identity(self) -> ModelIdentity:
        """The loaded model."""
        ...

    @property
    def max_pieces(self) -> int:
        """How many pieces of a segment the model reads, without special tokens."""
        ...

    @property
    def workers(self) -> int:
        """How many calls from different threads it works on at a time."""
        ...

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Cut each text into the model's source pieces, without special tokens."""
        ...

    def decode(self, batch: Sequence[Sequence[str]], decoding: Decoding) -> list[Decoded]:
        """Translate each list of source pieces; same length and order."""
        ...


@runtime_checkable
class Completing(Protocol):
    """An engine that can complete a translation from given first words."""

    def complete(
        self,
        pieces: Sequence[str],
        places: Sequence[str],
        wordings: Sequence[str],
        decoding: Decoding,
        count: int,
    ) -> list[Decoded]:
        """Translate source pieces with each wording set after some of the given first words.

        The `count` places where the model finds the first wording most probable are completed with
        every wording. The score is over all target tokens, forced ones included.
        """
        ...


@runtime_checkable
class Redecoder(Protocol):
    """A translator that can search again in another way, for segments that a guard doubts."""

    def redecode(self, segments: Sequence[str], decoding: Decoding) -> list[Hypothesis]:
        """Translate like `Translator.translate`, with the given search."""
        ...


@dataclass(slots=True)
class _Job:
    """A distinct segment of a window: the slices of the flat list of chunks that are its own."""

    first: int
    last: int
    cut: bool


class BatchTranslator:
    """A `Translator` and `Redecoder` over an `Engine`."""

    def __init__(self, engine: Engine, decoding: Decoding | None = None) -> None:
        self._engine = engine
        self.decoding = decoding or Decoding()

    @property
    def identity(self) -> ModelIdentity:
        """The loaded model."""
        return self._engine.identity

    @property
    def workers(self) -> int:
        """How many segments it can work on at a time, from as many threads."""
        return self._engine.workers

    @property
    def engine(self) -> Engine:
        """The engine underneath."""
        return self._engine

    def translate(self, segments: Sequence[str]) -> list[Hypothesis]:
        """Translate each segment; see `Translator.translate`.

        Segments without a letter are returned as they are, with no score. Each distinct segment is
        decoded once.
        """
        return self.redecode(segments, self.decoding)

    def redecode(self, segments: Sequence[str], decoding: Decoding) -> list[Hypothesis]:
        """Translate each segment with the given search."""
        done: dict[str, Hypothesis] = {}
        distinct = list(dict.fromkeys(segments))
        todo = [text for text in distinct if not copies(text)]
        for window in _windows(todo, WINDOW):
            done.update(zip(window, self._window(window, decoding), strict=True))
        return [done.get(text) or Hypothesis(text.strip()) for text in segments]

    def forced(
        self, segment: str, text: str, wordings: Sequence[str], near: float | None = None
    ) -> list[Hypothesis]:
        """Complete `segment`'s translation with each of `wordings` set before the words of `text`.

        `near` is the relative place (0 to 1) about which the wordings are tried; without it every
        place is tried, and more of them are completed. Returns nothing where the engine cannot
        complete or the segment is longer than the model reads.
        """
        pieces = self._engine.encode([segment])[0]
        if not isinstance(self._engine, Completing) or len(pieces) > self._engine.max_pieces:
            return []
        words = text.split()
        places = [" ".join(words[:n]) for n in _about(near, len(words))]
        # Most of a completion is forced or as it was: a beam of 2 cost twice the time for nothing.
        search = replace(self.decoding, beam=1)
        count = COMPLETED if near is not None else 2 * COMPLETED
        made = self._engine.complete(pieces, places, wordings, search, count)
        return [_join([decoded], cut=False) for decoded in made]

    def _window(self, texts: Sequence[str], decoding: Decoding) -> list[Hypothesis]:
        chunks: list[list[str]] = []
        jobs: list[_Job] = []
        for text, pieces in zip(texts, self._engine.encode(texts), strict=True):
            first = len(chunks)
            cut = False
            if len(pieces) <= self._engine.max_pieces:
                chunks.append(pieces)
            else:
                parts, cut = self._fit(text)
                chunks.extend(parts)
            jobs.append(_Job(first, len(chunks), cut))
        decoded = self._engine.decode(chunks, decoding)
        return [_join(decoded[job.first : job.last], cut=job.cut) for job in jobs]

    def _fit(self, text: str) -> tuple[list[list[str]], bool]:
        """Cut an over-long text into lists of pieces that fit; true where a word had to be cut."""
        limit = self._engine.max_pieces
        parts: list[list[str]] = []
        cut = False
        for part in split_to_fit(text, self._length, limit):
            pieces = self._engine.encode([part])[0]
            if len(pieces) > limit:
                cut = True
                pieces = pieces[:limit]
            if pieces:
                parts.append(pieces)
        return parts or [[]], cut

    def _length(self, text: str) -> int:
        return len(self._engine.encode([text])[0])


class _Length(Protocol):
    def __call__(self, text: str, /) -> int: ...


def split_to_fit(text: str, length: _Length, limit: int) -> list[str]:
    """Cut `text` into parts of at most `limit` pieces, at the strongest places that will do.

    The parts of one cut are joined again from the left as far as they fit, so that the model keeps
    as much context as it can read. A single word that is too long stays whole.
    """
    return _split(text, length, limit, level=0)


def _split(text: str, length: _Length, limit: int, level: int) -> list[str]:
    if length(text) <= limit or level == LEVELS:
        return [text]
    parts = clauses(text, level)
    if len(parts) == 1:
        return _split(text, length, limit, level + 1)
    sizes = [length(part) for part in parts]
    fitted: list[str] = []
    held: list[str] = []
    held_size = 0
    for part, size in zip(parts, sizes, strict=True):
        # Pieces of parts joined never exceed their sum by more than one per seam.
        if held and held_size + size + 1 > limit:
            fitted.append(" ".join(held))
            held, held_size = [], 0
        if size > limit:
            fitted.extend(_split(part, length, limit, level + 1))
        else:
            held.append(part)
            held_size += size + 1
    if held:
        fitted.append(" ".join(held))
    return fitted


def _join(parts: Sequence[Decoded], *, cut: bool) -> Hypothesis:
    """Join the translations of a segment's parts; the score is weighted by target pieces."""
    text = " ".join(part.text for part in parts if part.text)
    scored = [(part.score, part.tokens) for part in parts if part.score is not None]
    weight = sum(tokens for _, tokens in scored)
    score = sum(s * n for s, n in scored) / weight if weight else None
    incomplete = any(not part.complete for part in parts)
    return Hypothesis(text, None if score is None else round(score, 4), cut or incomplete)


def _about(near: float | None, count: int) -> list[int]:
    """Return the places among `count` words that lie about the relative place `near`, or all.

    The order of words differs between the languages mostly within a phrase.
    """
    if near is None:
        return list(range(count + 1))
    return [n for n in range(count + 1) if abs(n - near * count) <= max(3.0, REACH * count)]


def _windows(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), size):
        yield texts[start : start + size]
