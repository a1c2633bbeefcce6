"""From averaged weights to the folders that are shipped: fp16 for Hugging Face, int8 for CTranslate2."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch

from models.recipe.align import best_head, move_head_first

__all__ = ["export"]

TOKENISER = ("tokenizer.json", "tokenizer_config.json", "sentencepiece.bpe.model")


def _converted(folder: Path, out: Path, layer: int) -> None:
    import numpy as np  # noqa: PLC0415 - with the next, slow to import
    from ctranslate2.converters import TransformersConverter  # noqa: PLC0415

    class Converter(TransformersConverter):
        """The converter with a choice of the layer whose attention is returned."""

        def _load(self) -> Any:
            spec = super()._load()
            spec.decoder.alignment_layer = np.int16(layer)
            return spec

    converter = Converter(str(folder), copy_files=["sentencepiece.bpe.model"])
    converter.convert(str(out), quantization="int8", force=True)


def export(state: Path, tokeniser: Path, out: Path, *, gold: Path | None = None) -> dict[str, Any]:
    """Write `out/hf` (fp16) and `out/ct2` (int8) from `state/hf` (float32).

    The int8 weights come from the float32 ones: from fp16 the converter makes `int8_float16`,
    which a CPU has to convert again at every load.

    Args:
        state: the trainer's state.
        tokeniser: a folder with the tokeniser's files, as `initialise` makes it.
        out: gets the two folders.
        gold: sentences aligned by hand (see `models.recipe.align.read_gold`). The cross-attention
            head that aligns them best becomes the one whose attention CTranslate2 returns.

    Returns:
        What was chosen: `layer`, `head` and its `alignment_error` where `gold` is given.
    """
    from transformers import BartForConditionalGeneration  # noqa: PLC0415 - slow to import

    model: Any = BartForConditionalGeneration.from_pretrained(state / "hf", dtype=torch.float32)
    # What CTranslate2's BART converter asks of a configuration and newer transformers leave out.
    model.config.normalize_before = False
    model.config.normalize_embedding = True
    model.config.add_final_layer_norm = False
    model.config.forced_eos_token_id = model.generation_config.forced_eos_token_id = None
    model.generation_config.num_beams, model.generation_config.max_length = 4, 256
    files = [f for f in TOKENISER if (tokeniser / f).exists()]
    chosen: dict[str, Any] = {}
    layer = -1
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="export-") as name:
        scratch = Path(name)
        for file in files:
            shutil.copy(tokeniser / file, scratch)
        model.save_pretrained(scratch)
        if gold is not None:
            best = best_head(scratch, gold)[0]
            layer = best.layer
            move_head_first(model, best.layer, best.head)
            model.save_pretrained(scratch)
            chosen = {"layer": best.layer, "head": best.head, "alignment_error": best.error}
        _converted(scratch, out / "ct2", layer)
    model.half().save_pretrained(out / "hf")
    for file in files:
        shutil.copy(tokeniser / file, out / "hf")
    for path in (*(out / "ct2").iterdir(), *(out / "hf").iterdir()):
        path.chmod(0o644)  # safetensors writes for the owner only, and a read-only source stays so
    return chosen
