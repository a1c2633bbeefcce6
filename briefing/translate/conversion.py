"""Conversion of a Hugging Face checkpoint into a CTranslate2 folder, and the parity of the two."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from briefing.errors import ModelError
from briefing.translate.models import CARD, inspect

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Parity", "convert", "parity", "parity_set"]

# What a tokenizer needs beside the weights; those that a checkpoint has are copied.
TOKENIZER_FILES = (
    "sentencepiece.bpe.model",
    "sentencepiece.model",
    "source.spm",
    "target.spm",
)


@dataclass(frozen=True, slots=True)
class Parity:
    """BLEU of the original by transformers and of the conversion by CTranslate2, on `lines` lines.

    `same` counts the lines on which both gave the same text.
    """

    original: float
    converted: float
    same: int
    lines: int


def parity_set() -> list[tuple[str, str]]:
    """Return the small set that conversions are compared on: Indonesian and English sentences."""
    text = (resources.files("briefing.translate") / "data" / "parity.tsv").read_text("utf-8")
    return [(line.split("\t")[0], line.split("\t")[1]) for line in text.splitlines()]


def parity(original: Path, converted: Path) -> Parity | None:
    """Translate the small set by both engines and score both; `None` without sacrebleu.

    Raises `ModelError` where either cannot be loaded.
    """
    try:
        from sacrebleu.metrics.bleu import BLEU  # noqa: PLC0415 - an optional package
    except ImportError:
        return None
    from briefing.translate.loading import load  # noqa: PLC0415 - in a circle otherwise

    rows = parity_set()
    references = [[target for _, target in rows]]
    texts = [
        [h.text for h in load(str(folder)).translate([source for source, _ in rows])]
        for folder in (original, converted)
    ]
    first, second = (float(BLEU().corpus_score(made, references).score) for made in texts)
    same = sum(a == b for a, b in zip(*texts, strict=True))
    return Parity(first, second, same, len(rows))


def convert(source: Path, target: Path, *, quantization: str = "int8") -> Path:
    """Convert the transformers checkpoint in `source` to CTranslate2 in the new folder `target`.

    `quantization` is CTranslate2's (`int8`, `float32`, ...). Needs the extra `[torch]`. The folder
    is made under a temporary name and renamed, so that it is whole or not there. Returns `target`.
    Raises `ModelError` where `source` cannot be converted or `target` exists.
    """
    folder = inspect(source)
    if folder.engine != "transformers":
        raise ModelError(f"{source} is already a CTranslate2 model")
    if target.exists():
        raise ModelError(f"{target} exists already")
    try:
        from ctranslate2.converters import TransformersConverter  # noqa: PLC0415 - slow to import

        from briefing.translate.huggingface import offline  # noqa: PLC0415 - an optional package
    except ImportError as error:
        raise ModelError(f"conversion needs {error.name}: pip install 'briefing[torch]'") from None
    building = target.with_name(f".{target.name}.part")
    shutil.rmtree(building, ignore_errors=True)
    files = [name for name in TOKENIZER_FILES if (source / name).is_file()]
    try:
        with offline(), _bart_settings(source) as prepared:
            converter = TransformersConverter(str(prepared), copy_files=files)
            converter.convert(str(building), quantization=quantization)
        card = {
            "name": folder.name,
            "licence": folder.licence,
            "max_pieces": folder.max_pieces,
            "max_target": folder.max_target,
            "quantization": quantization,
        }
        (building / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
        building.rename(target)
    except Exception as error:  # noqa: BLE001 - the converter raises what it likes
        shutil.rmtree(building, ignore_errors=True)
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise ModelError(f"cannot convert {source}: {reason}") from None
    return target


class _bart_settings:  # noqa: N801 - reads as a verb in a with statement
    """A copy of a BART folder with the settings that the converter of CTranslate2 4.8 reads.

    It asks the config for `normalize_before`, `normalize_embedding` and `add_final_layer_norm`,
    which transformers 5 no longer writes. BART is post-norm with an embedding norm (Lewis et al.
    2020); other models are converted where they lie.
    """

    def __init__(self, source: Path) -> None:
        self._source = source
        self._copy: Any = None

    def __enter__(self) -> Path:
        import tempfile  # noqa: PLC0415 - only for a conversion
        from pathlib import Path  # noqa: PLC0415 - only for a conversion

        config = json.loads((self._source / "config.json").read_text(encoding="utf-8"))
        if config.get("model_type") != "bart":
            return self._source
        self._copy = tempfile.TemporaryDirectory(prefix="briefing-")
        copy = Path(self._copy.name) / "model"
        copy.mkdir()
        for file in self._source.iterdir():
            if file.name != "config.json" and file.is_file():
                (copy / file.name).symlink_to(file.resolve())
        defaults = {
            "normalize_before": False,
            "normalize_embedding": True,
            "add_final_layer_norm": False,
        }
        (copy / "config.json").write_text(json.dumps({**defaults, **config}), encoding="utf-8")
        return copy

    def __exit__(self, *_: object) -> None:
        if self._copy is not None:
            self._copy.cleanup()
