"""The default engine: CTranslate2 (Klein et al. 2020) with SentencePiece, on the CPU in int8."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from briefing.errors import ModelError
from briefing.translate.batching import Decoded, Decoding
from briefing.translate.models import folder_sha256
from briefing.translate.translator import ModelIdentity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.translate.models import ModelFolder

__all__ = ["CTranslate2Engine", "cores"]

# What is no text: markers, and the language codes of NLLB and M2M-100.
_SPECIAL = re.compile(r"</?s>|<unk>|<pad>|<mask>|[a-z]{3}_[A-Z][a-z]{3}|__[a-z]{2,3}__")


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class CTranslate2Engine:
    """A CTranslate2 model folder, loaded.

    `threads` workers decode batches of `batch_tokens` source tokens side by side, each on one core
    (the CTranslate2 manual prefers workers over threads within one); 0 is one per core.
    Raises `ModelError` where the folder cannot be loaded.
    """

    def __init__(
        self,
        folder: ModelFolder,
        *,
        threads: int = 0,
        batch_tokens: int = 2048,
        compute_type: str = "int8",
    ) -> None:
        import ctranslate2  # noqa: PLC0415 - slow to import
        import sentencepiece  # noqa: PLC0415 - slow to import

        self._folder = folder
        self._batch_tokens = batch_tokens
        self._workers = threads or cores()
        self._source = _load_spm(folder.source_spm)
        self._target = (
            self._source if folder.target_spm == folder.source_spm else _load_spm(folder.target_spm)
        )
        try:
            self._model = ctranslate2.Translator(
                str(folder.path),
                device="cpu",
                inter_threads=self._workers,
                intra_threads=1,
                compute_type=compute_type,
            )
        except (RuntimeError, ValueError, MemoryError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ModelError(f"cannot load the model in {folder.path}: {reason}") from None
        self._identity = ModelIdentity(
            name=folder.name,
            engine="ct2",
            sha256=folder_sha256(folder.path),
            source=folder.source,
            target=folder.target,
            licence=folder.licence,
            versions={
                "ctranslate2": str(ctranslate2.__version__),
                "sentencepiece": str(sentencepiece.__version__),
            },
        )

    @property
    def identity(self) -> ModelIdentity:
        """The loaded model."""
        return self._identity

    @property
    def max_pieces(self) -> int:
        """How many pieces of a segment the model reads, without special tokens."""
        return self._folder.max_pieces

    @property
    def workers(self) -> int:
        """How many calls from different threads it works on at a time."""
        return self._workers

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Cut each text into SentencePiece pieces."""
        encoded: list[list[str]] = self._source.encode(list(texts), out_type=str)
        return encoded

    def decode(self, batch: Sequence[Sequence[str]], decoding: Decoding) -> list[Decoded]:
        """Translate each list of pieces, longest first, in batches of one length each.

        With padding, a segment's attention sums in another order, and the last digits of its score
        (and one text in 600) came to depend on its neighbours. Batches of equal lengths gave the
        same bits as segments alone, and were no slower.
        """
        by_length: dict[int, list[int]] = {}
        for index, pieces in enumerate(batch):
            by_length.setdefault(len(pieces), []).append(index)
        pending: list[tuple[list[int], list[Any]]] = []
        for length in sorted(by_length, reverse=True):
            indices = by_length[length]
            size = max(1, self._batch_tokens // (length + 2))
            for start in range(0, len(indices), size):
                some = indices[start : start + size]
                pending.append((some, self._submit([batch[i] for i in some], decoding)))
        done: dict[int, Decoded] = {}
        for some, results in pending:
            for index, result in zip(some, results, strict=True):
                done[index] = self._decoded(result.result(), decoding.length_penalty)
        return [done[index] for index in range(len(batch))]

    def _submit(self, batch: Sequence[Sequence[str]], decoding: Decoding) -> list[Any]:
        """Queue one batch; returns a future for each of its segments."""
        folder = self._folder
        prefix = list(folder.target_prefix)
        futures: list[Any] = self._model.translate_batch(
            [[*folder.prefix, *pieces, *folder.suffix] for pieces in batch],
            target_prefix=[prefix] * len(batch) if prefix else None,
            beam_size=decoding.beam,
            length_penalty=decoding.length_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            repetition_penalty=decoding.repetition_penalty,
            max_decoding_length=folder.max_target,
            max_input_length=0,
            return_scores=True,
            return_end_token=True,
            asynchronous=True,
        )
        return futures

    def complete(
        self,
        pieces: Sequence[str],
        places: Sequence[str],
        wordings: Sequence[str],
        decoding: Decoding,
        count: int,
    ) -> list[Decoded]:
        """Translate source pieces with each wording at its likely places; see `Completing`.

        The batches are made of this segment alone, so its neighbours cannot change a bit.
        """
        folder = self._folder
        source = [*folder.prefix, *pieces, *folder.suffix]
        likely = self._likely(source, places, wordings[0], count)
        begun = [_begin(place, wording) for place in likely for wording in wordings]
        results = self._model.translate_batch(
            [source] * len(begun),
            target_prefix=[
                [*folder.target_prefix, *first]
                for first in self._target.encode(begun, out_type=str)
            ],
            beam_size=decoding.beam,
            length_penalty=decoding.length_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            repetition_penalty=decoding.repetition_penalty,
            max_decoding_length=folder.max_target,
            max_input_length=0,
            return_end_token=True,
        )
        done: list[Decoded] = []
        # The search leaves the prefix out of its score; the comparison needs it in.
        whole = [[p for p in result.hypotheses[0] if p != "</s>"] for result in results]
        for result, words, score in zip(results, whole, self._score(source, whole), strict=True):
            complete = result.hypotheses[0][-1:] == ["</s>"]
            mean = sum(score) / max(len(score), 1)
            done.append(Decoded(self._text(words), mean, len(words) + 1, complete))
        return done

    def _likely(
        self, source: list[str], places: Sequence[str], wording: str, count: int
    ) -> list[str]:
        """Return the places where the model finds the wording most probable.

        A forward pass over the first words and the wording finds them: a completion costs a pass
        for each token.
        """
        if len(places) <= count:
            return list(places)
        first = self._target.encode(list(places), out_type=str)
        both = self._target.encode([_begin(place, wording) for place in places], out_type=str)
        ranked: list[tuple[float, int]] = []
        prefixes = [[*self._folder.target_prefix, *some] for some in both]
        for index, score in enumerate(self._score(source, prefixes)):
            size = max(len(both[index]) - len(first[index]), 1)
            ranked.append((-sum(score[:-1][-size:]) / size, index))
        return [places[index] for _, index in sorted(ranked)[:count]]

    def _score(self, source: list[str], targets: Sequence[list[str]]) -> list[list[float]]:
        """Return the log-probability of each target token and of the end after it."""
        scores: list[list[float]] = []
        size = max(1, self._batch_tokens // len(source))
        for start in range(0, len(targets), size):
            some = list(targets[start : start + size])
            made = self._model.score_batch([source] * len(some), some)
            scores.extend([float(x) for x in result.log_probs] for result in made)
        return scores

    def _decoded(self, result: Any, length_penalty: float) -> Decoded:
        pieces = list(result.hypotheses[0])
        complete = bool(pieces) and pieces[-1] == "</s>"
        count = max(len(pieces), 1)
        # The search divides by length to the penalty, forced tokens counted but not scored; the
        # mean is over the tokens that the model chose, whatever the penalty.
        chosen = max(count - len(self._folder.target_prefix), 1)
        mean = float(result.scores[0]) * count**length_penalty / chosen
        return Decoded(self._text(pieces), mean, count, complete)

    def _text(self, pieces: Sequence[str]) -> str:
        text = str(self._target.decode([p for p in pieces if not _SPECIAL.fullmatch(p)]))
        # Marian's vocabulary holds the source's pieces too, which the target's model leaves raw.
        return " ".join(text.replace("\u2581", " ").split())


def _begin(place: str, wording: str) -> str:
    """Return the first words with the wording after them, with a capital at the beginning."""
    return f"{place} {wording}" if place else wording[:1].upper() + wording[1:]


def _load_spm(path: Path | None) -> Any:
    import sentencepiece  # noqa: PLC0415 - slow to import

    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (RuntimeError, OSError, TypeError) as error:
        raise ModelError(f"cannot load the SentencePiece model {path}: {error}") from None
