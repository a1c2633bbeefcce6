"""From a model's name or folder to a loaded translator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.errors import ModelError, UsageError, choices
from briefing.translate.models import find, inspect

if TYPE_CHECKING:
    from briefing.translate.translator import Translator

__all__ = ["ENGINES", "load"]

ENGINES = ("auto", "ct2", "transformers", "fake")


def load(
    model: str = "id-en",
    engine: str = "auto",
    *,
    threads: int = 0,
    beam: int = 4,
    batch_tokens: int = 2048,
) -> Translator:
    """Load a model and return a translator from `id` to `en` (BCP 47).

    Args:
        model: A name of `briefing.translate.names()`, or a model folder.
        engine: One of `ENGINES`; `auto` takes the one that the folder's files are for, and `fake`
            loads nothing and answers `[en] ` and the segment.
        threads: Worker threads; 0 is one per core.
        beam: Beam size of the search.
        batch_tokens: Source tokens in a batch.

    Raises:
        UnknownModel: `model` is neither a known name nor a folder; the message lists the names.
        ModelError: The folder is broken or not for this engine, or the engine is not installed.
        UsageError: `engine` is not one of `ENGINES`.
    """
    if engine not in ENGINES:
        raise UsageError(f"unknown engine {engine!r}; choose from {choices(ENGINES)}")
    if engine == "fake":
        from briefing.testing import FakeTranslator  # noqa: PLC0415 - only where asked for

        return FakeTranslator()
    path = find(model)
    folder = inspect(path, name=model if path != _as_path(model) else None)
    if engine not in ("auto", folder.engine):
        raise ModelError(
            f"{path} holds a model for the engine {folder.engine}, not {engine}"
            + ("; `briefing models convert` makes one" if engine == "ct2" else "")
        )
    from briefing.translate.batching import BatchTranslator, Decoding  # noqa: PLC0415 - see below

    decoding = Decoding(beam=beam)
    if folder.engine == "ct2":
        from briefing.translate.ct2 import CTranslate2Engine  # noqa: PLC0415 - slow to import

        return BatchTranslator(
            CTranslate2Engine(folder, threads=threads, batch_tokens=batch_tokens), decoding
        )
    from briefing.translate.huggingface import TransformersEngine  # noqa: PLC0415 - optional

    return BatchTranslator(
        TransformersEngine(folder, threads=threads, batch_tokens=batch_tokens), decoding
    )


def _as_path(model: str) -> object:
    from pathlib import Path  # noqa: PLC0415 - keeps the name out of the module

    return Path(model).expanduser()
