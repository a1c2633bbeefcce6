"""A summariser that writes: a seq2seq model's sentences, kept only where a source bears them out.

Any Hugging Face checkpoint that condenses Indonesian (an mT5 fine-tuned on XL-Sum, say) on the
transformers engine, behind the extra `[torch]`. Its bullets are marked `machine_written`, and each
points to the sentences that support it.

How support is judged: a written sentence is supported by one source sentence that holds at least
`CONTAINED` of the weight of its content words (stems, by background frequency), all of its figures,
and all of its names. A statement about what is to come is not borne out by one about what has
happened, a denial not by its opposite, and words that stand inside a quotation only support nothing.
Nothing is put together from two sentences: that is how models invent. What is not supported is
dropped; if nothing is left, the event gets the extractive summary instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from briefing.document import SummaryLine
from briefing.errors import ModelError
from briefing.ingest.segment import split_sentences
from briefing.summarise.eligibility import Fitness, passage_fitness, sentence_fitness
from briefing.summarise.extractive import ExtractiveSummariser, choose
from briefing.summarise.passages import Collection
from briefing.summarise.support import figures_in, looks_ahead, support_of
from briefing.summarise.words import containment, cosine, terms, tokens, vector

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.document import Article
    from briefing.translate import Translator

__all__ = ["AbstractiveSummariser", "Seq2SeqWriter", "Writer", "supporting_line"]

CONTAINED = 0.75
"""Share of a written sentence's weight that one source sentence must hold."""

SOURCE_LINES = 24
"""Sentences given to the model: the most salient ones, in reading order."""

_NEGATIONS = frozenset({"tidak", "bukan", "belum", "tak", "tanpa", "jangan", "gagal", "batal"})
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w'’-]+")


class Writer(Protocol):
    """Condenses one Indonesian text to a shorter one."""

    def write(self, text: str) -> str:
        """Return a summary of `text` in Indonesian."""
        ...


class Seq2SeqWriter:
    """A Hugging Face seq2seq checkpoint in a local folder, loaded in fp32 on the CPU.

    `prefix` is put before the text (T5 checkpoints ask for `summarize: `). Beam search, no
    sampling: the same text gives the same summary. Raises `ModelError` where the engine is not
    installed or the folder cannot be loaded.
    """

    def __init__(
        self,
        folder: Path,
        *,
        prefix: str = "",
        beam: int = 4,
        max_source: int = 512,
        max_target: int = 128,
    ) -> None:
        try:
            import torch  # noqa: PLC0415 - an optional package, slow to import
            import transformers  # noqa: PLC0415 - an optional package, slow to import

            from briefing.translate.huggingface import offline  # noqa: PLC0415 - goes with them
        except ImportError as error:
            raise ModelError(
                f"{folder} needs the transformers engine, and {error.name} is not installed: "
                "pip install 'briefing[torch]'"
            ) from None
        try:
            with offline():
                tokenizer = transformers.AutoTokenizer.from_pretrained(
                    str(folder), local_files_only=True
                )
                model = transformers.AutoModelForSeq2SeqLM.from_pretrained(
                    str(folder), local_files_only=True, dtype=torch.float32
                )
        except Exception as error:  # noqa: BLE001 - three libraries raise classes of their own
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise ModelError(f"cannot load the model in {folder}: {reason}") from None
        self._torch = torch
        self._tokenizer: Any = tokenizer
        self._model: Any = model.eval()
        self._prefix = prefix
        self._beam = beam
        self._max_source = max_source
        self._max_target = max_target

    def write(self, text: str) -> str:
        """Return the model's summary of `text`, cut to what the model reads."""
        made = self._tokenizer(
            self._prefix + text, truncation=True, max_length=self._max_source, return_tensors="pt"
        )
        with self._torch.inference_mode():
            out = self._model.generate(
                input_ids=made["input_ids"],
                attention_mask=made["attention_mask"],
                num_beams=self._beam,
                do_sample=False,
                no_repeat_ngram_size=3,
                max_new_tokens=self._max_target,
                max_length=None,
            )
        written: str = self._tokenizer.decode(out[0], skip_special_tokens=True)
        return " ".join(written.split())


class AbstractiveSummariser:
    """Condenses an event with a `Writer` and gives each bullet the evidence that supports it."""

    def __init__(self, writer: Writer, translator: Translator) -> None:
        self._writer = writer
        self._translator = translator
        self._fallback = ExtractiveSummariser()

    def summarise(
        self, articles: Sequence[Article], *, sentences: int = 3, words: int | None = None
    ) -> tuple[SummaryLine, ...]:
        """Return at most `sentences` supported bullets, or the extractive ones if there are none.

        `words` bounds the Indonesian words of all bullets together. The written sentences are
        translated with the translator of the run.
        """
        collection = Collection(articles)
        source = " ".join(collection.lines[i].source for i in choose(collection, SOURCE_LINES))
        kept: list[tuple[str, int]] = []
        left = words
        for text in split_sentences(self._writer.write(source)) if source else []:
            index = supporting_line(collection, text)
            size = len(tokens(text))
            if index is None or (left is not None and size > left) or len(kept) == sentences:
                continue
            if all(text.casefold() != other.casefold() for other, _ in kept):
                kept.append((text, index))
                left = None if left is None else left - size
        if not kept:
            return self._fallback.summarise(articles, sentences=sentences, words=words)
        translated = self._translator.translate([text for text, _ in kept])
        return tuple(
            _bullet(collection, text, hypothesis.text, index)
            for (text, index), hypothesis in zip(kept, translated, strict=True)
        )


def supporting_line(collection: Collection, text: str) -> int | None:
    """Return the index into `collection.lines` of the sentence that best supports `text`.

    `None` where none does, or where `text` could not stand alone as a bullet anyway.
    """
    if sentence_fitness(text) < Fitness.LAST_RESORT:
        return None
    wanted = vector(terms(text))
    if not wanted:
        return None
    fitness = [f for passage in collection.passages for f in passage_fitness(passage)]
    best: tuple[float, int] | None = None
    for index, line in enumerate(collection.lines):
        if fitness[index] is Fitness.SPEECH or not _agrees(text, line.source):
            continue
        own = collection.vectors[index]
        if containment(wanted, own) < CONTAINED:
            continue
        score = cosine(wanted, own)
        if best is None or score > best[0]:
            best = (score, index)
    return best[1] if best else None


def _agrees(text: str, source: str) -> bool:
    """Say whether figures, names, time and denial of `text` are those of `source`."""
    if not figures_in(text) <= figures_in(source) or looks_ahead(text) != looks_ahead(source):
        return False
    words = set(tokens(source))
    if any(name.casefold() not in words for name in _NAME.findall(text)):
        return False
    return bool(_NEGATIONS.intersection(tokens(text))) == bool(_NEGATIONS & words)


def _bullet(collection: Collection, text: str, translation: str, index: int) -> SummaryLine:
    lines = [collection.lines[i] for i in (index, *support_of(collection, index))]
    outlets = {line.article.outlet for line in lines} - {None}
    return SummaryLine(
        id=text,
        en=translation,
        evidence=tuple(line.evidence for line in lines),
        outlets=max(1, len(outlets)),
        machine_written=True,
    )
