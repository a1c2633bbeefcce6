"""The second engine: any Hugging Face seq2seq checkpoint (BART, MarianMT, NLLB, M2M-100) on torch.

Installed with the extra `[torch]`, and never imported on the default path. A local folder is loaded
without a look at the network: transformers 5 asks the hub even for a local folder, and hangs for
minutes where there is none, unless it is told that it is offline.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from briefing.errors import ModelError
from briefing.translate.batching import Decoded, Decoding
from briefing.translate.models import folder_sha256
from briefing.translate.translator import ModelIdentity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.translate.models import ModelFolder

__all__ = ["TransformersEngine", "offline"]

# Logits held at once while scoring: 64M floats are 256 MB, whatever the vocabulary.
SCORED_FLOATS = 64_000_000


@contextlib.contextmanager
def offline() -> Iterator[None]:
    """Keep the hub's client off the network inside the block.

    The environment variable `HF_HUB_OFFLINE` is read once, when `huggingface_hub` is imported; by
    the time that a library is called it is too late to set it.
    """
    from huggingface_hub import constants  # noqa: PLC0415 - an optional package

    before = constants.HF_HUB_OFFLINE
    constants.HF_HUB_OFFLINE = True
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = before


class TransformersEngine:
    """A Hugging Face checkpoint in a local folder, loaded in fp32 on the CPU.

    Batches hold at most `batch_tokens` padded source tokens. `threads` is torch's own number of
    threads; 0 leaves it. Without `scores` the hypotheses carry none, which saves a pass of the
    decoder over each. Raises `ModelError` where the folder cannot be loaded.
    """

    def __init__(
        self,
        folder: ModelFolder,
        *,
        threads: int = 0,
        batch_tokens: int = 2048,
        scores: bool = True,
    ) -> None:
        try:
            import torch  # noqa: PLC0415 - an optional package, slow to import
            import transformers  # noqa: PLC0415 - an optional package, slow to import
        except ImportError as error:
            raise ModelError(
                f"{folder.path} needs the transformers engine, and {error.name} is not installed: "
                "pip install 'briefing[torch]'"
            ) from None
        if threads:
            torch.set_num_threads(threads)
        logging: Any = transformers.logging
        logging.set_verbosity_error()
        logging.disable_progress_bar()
        try:
            with offline():
                tokenizer = transformers.AutoTokenizer.from_pretrained(
                    str(folder.path), local_files_only=True
                )
                model = transformers.AutoModelForSeq2SeqLM.from_pretrained(
                    str(folder.path), local_files_only=True, dtype=torch.float32
                )
        except Exception as error:  # noqa: BLE001 - three libraries raise classes of their own
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise ModelError(f"cannot load the model in {folder.path}: {reason}") from None
        self._torch = torch
        self._tokenizer: Any = tokenizer
        self._model: Any = model.eval()
        self._folder = _with_special_tokens(folder, tokenizer)
        self._batch_tokens = batch_tokens
        self._scores = scores
        self._identity = ModelIdentity(
            name=folder.name,
            engine="transformers",
            sha256=folder_sha256(folder.path),
            source=folder.source,
            target=folder.target,
            licence=folder.licence,
            versions={"torch": torch.__version__, "transformers": transformers.__version__},
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
        """One: torch has threads of its own within a call."""
        return 1

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Cut each text into the tokenizer's pieces."""
        if not texts:
            return []
        ids = self._tokenizer(list(texts), add_special_tokens=False)["input_ids"]
        return [self._tokenizer.convert_ids_to_tokens(row) for row in ids]

    def decode(self, batch: Sequence[Sequence[str]], decoding: Decoding) -> list[Decoded]:
        """Translate each list of pieces, in batches of similar length."""
        folder = self._folder
        rows = [
            self._tokenizer.convert_tokens_to_ids([*folder.prefix, *pieces, *folder.suffix])
            for pieces in batch
        ]
        order = sorted(range(len(rows)), key=lambda i: (-len(rows[i]), i))
        done: dict[int, Decoded] = {}
        start = 0
        while start < len(order):
            # The first is the longest, so it alone sets the width of the batch.
            size = max(1, self._batch_tokens // len(rows[order[start]]))
            indices = order[start : start + size]
            decoded = self._generate([rows[i] for i in indices], decoding)
            done.update(zip(indices, decoded, strict=True))
            start += size
        return [done[i] for i in range(len(rows))]

    def _generate(self, rows: list[list[int]], decoding: Decoding) -> list[Decoded]:
        torch = self._torch
        pad = self._tokenizer.pad_token_id
        width = max(len(row) for row in rows)
        ids = torch.tensor([row + [pad] * (width - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        forced = self._folder.target_prefix
        with torch.inference_mode():
            made = self._model.generate(
                input_ids=ids,
                attention_mask=mask,
                num_beams=decoding.beam,
                do_sample=False,
                # As CTranslate2 ends a search: once as many hypotheses as the beam are complete.
                early_stopping=True,
                length_penalty=decoding.length_penalty,
                no_repeat_ngram_size=decoding.no_repeat_ngram,
                repetition_penalty=decoding.repetition_penalty,
                max_new_tokens=self._folder.max_target,
                max_length=None,
                forced_eos_token_id=None,
                forced_bos_token_id=self._tokenizer.convert_tokens_to_ids(forced[0])
                if forced
                else None,
            )
            scores = self._score(ids, mask, made) if self._scores else [None] * len(rows)
        return [self._decoded(row, score) for row, score in zip(made, scores, strict=True)]

    def _score(self, ids: Any, mask: Any, made: Any) -> list[float | None]:
        """Return the mean log-probability of each hypothesis, by one pass of the decoder."""
        torch = self._torch
        pad = self._tokenizer.pad_token_id
        size = max(1, SCORED_FLOATS // (made.shape[1] * self._model.config.vocab_size))
        forced = 1 + len(self._folder.target_prefix)
        means: list[float | None] = []
        for start in range(0, len(made), size):
            part = slice(start, start + size)
            logits = self._model(
                input_ids=ids[part], attention_mask=mask[part], decoder_input_ids=made[part, :-1]
            ).logits
            target = made[part, 1:]
            chosen = torch.log_softmax(logits, -1).gather(-1, target.unsqueeze(-1)).squeeze(-1)
            counted = (target != pad).float()
            counted[:, : forced - 1] = 0
            total = (chosen * counted).sum(-1) / counted.sum(-1).clamp(min=1)
            means.extend(float(value) for value in total)
        return means

    def _decoded(self, row: Any, score: float | None) -> Decoded:
        eos = self._tokenizer.eos_token_id
        # The first token is the decoder's start token, which may be the end token itself.
        ids = [int(i) for i in row[1:] if int(i) != self._tokenizer.pad_token_id]
        complete = eos in ids
        text = self._tokenizer.decode(
            ids, skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return Decoded(" ".join(str(text).split()), score, max(len(ids), 1), complete)


def _with_special_tokens(folder: ModelFolder, tokenizer: Any) -> ModelFolder:
    """Fill in the special tokens of the family; NLLB is M2M-100 with other language codes."""
    if folder.family == "m2m100":
        known = tokenizer.get_vocab()
        if {"ind_Latn", "eng_Latn"} <= known.keys():
            return replace(folder, family="nllb", prefix=("ind_Latn",), target_prefix=("eng_Latn",))
        return replace(folder, prefix=("__id__",), target_prefix=("__en__",))
    if folder.family == "bart":
        return replace(folder, prefix=("<s>",))
    return folder
