"""Model names, model folders, and what is needed to feed the model that lies in one."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from briefing.errors import ModelError, UnknownModel, choices
from briefing.resources import bundled_model, bundled_models

__all__ = [
    "CARD",
    "HUB_ID",
    "KNOWN",
    "Family",
    "KnownModel",
    "ModelFolder",
    "find",
    "folder_sha256",
    "inspect",
    "installed_models",
    "installed_name",
    "names",
]

CARD = "briefing.json"
"""A file that `convert` and `pull` leave in a model folder: name, licence, languages, revision."""

Family = Literal["bart", "marian", "nllb", "m2m100"]
Engine = Literal["ct2", "transformers"]

# What BART-like models and Marian read at most is 512 positions and less than that was trained on;
# 250 pieces is more than any sentence of the validation data has (longest: 214).
MAX_PIECES = 250
HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}")
"""A model on the Hugging Face hub: `owner/model`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownModel:
    """A model that can be asked for by name.

    `hub` is its id on the Hugging Face hub and `revision` the commit that is pulled; without one
    the first pull takes the newest and records it.
    """

    name: str
    hub: str | None
    licence: str | None
    about: str
    revision: str | None = None
    non_commercial: bool = False


KNOWN: dict[str, KnownModel] = {
    model.name: model
    for model in (
        KnownModel(name="id-en", hub=None, licence="MIT", about="bundled, 40M parameters"),
        KnownModel(
            name="opus-mt-id-en",
            hub="Helsinki-NLP/opus-mt-id-en",
            licence="Apache-2.0",
            about="MarianMT, 73M parameters",
        ),
        KnownModel(
            name="nllb-600m",
            hub="facebook/nllb-200-distilled-600M",
            licence="CC-BY-NC-4.0",
            about="NLLB-200 distilled, 600M parameters",
            revision="f8d333a098d19b4fd9a8b18f94170487ad3f821d",
            non_commercial=True,
        ),
        KnownModel(
            name="nllb-1.3b",
            hub="facebook/nllb-200-distilled-1.3B",
            licence="CC-BY-NC-4.0",
            about="NLLB-200 distilled, 1.3B parameters",
            revision="7be3e24664b38ce1cac29b8aeed6911aa0cf0576",
            non_commercial=True,
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFolder:
    """A model folder that was looked into.

    `source_spm` and `target_spm` are its SentencePiece models. `prefix` and `suffix` are the
    special tokens around the source pieces, `target_prefix` those that the decoder is forced to
    begin with. `max_pieces` and `max_target` are in pieces, without and with special tokens.
    """

    path: Path
    name: str
    engine: Engine
    family: Family
    licence: str | None
    source: str = "id"
    target: str = "en"
    source_spm: Path | None = None
    target_spm: Path | None = None
    prefix: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ("</s>",)
    target_prefix: tuple[str, ...] = ()
    max_pieces: int = MAX_PIECES
    max_target: int = 256


def names() -> tuple[str, ...]:
    """Return the names that `find` knows: the registry's, then other folders beside the bundled."""
    beside = sorted(p.parent.name for p in bundled_models().glob("*/model.bin"))
    return tuple(dict.fromkeys((*KNOWN, *beside)))


def find(model: str) -> Path:
    """Return the folder of a model given by name or path.

    Raises `UnknownModel` for a name that is neither known nor a folder, with the valid names, and
    `ModelError` for a known one that is not installed, with the command that installs it.
    """
    path = Path(model).expanduser()
    if path.is_dir():
        return path
    if HUB_ID.fullmatch(model):
        folder = installed_models() / installed_name(model)
        if folder.is_dir():
            return folder
    elif _plain(model):
        for folder in (bundled_model(model), installed_models() / model):
            if folder.is_dir():
                return folder
    if model in KNOWN:
        raise ModelError(
            f"the model {model!r} is not installed; `briefing models pull {model}` fetches it"
        )
    if path.exists():
        raise ModelError(f"{path} is a file, not a model folder")
    hint = (
        f"; `briefing models pull {model}` looks for it on the hub"
        if HUB_ID.fullmatch(model)
        else ""
    )
    raise UnknownModel(
        f"unknown model {model!r}: not a folder, and not one of the names {choices(names())}{hint}"
    )


def installed_models() -> Path:
    """Return the folder that `briefing models pull` installs into; it may not exist."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only needed to look models up

    return user_data_path("briefing", appauthor=False) / "models"


def installed_name(hub: str) -> str:
    """Return the name of the folder that a model of the hub is installed in."""
    return hub.replace("/", "--")


def _plain(name: str) -> bool:
    return name not in {"", ".", ".."} and not any(c in name for c in "/\\\0")


def inspect(path: Path, name: str | None = None) -> ModelFolder:
    """Look into a model folder and say how to load it and feed it.

    A CTranslate2 folder has `model.bin`; a transformers folder has weights in safetensors or
    PyTorch form. Raises `ModelError` with what is missing or broken.
    """
    name = name or path.resolve().name
    card = _read_json(path / CARD) if (path / CARD).is_file() else {}
    card = {key: value for key, value in card.items() if value is not None}
    if (path / "model.bin").is_file():
        found = _inspect_ct2(path, name)
    elif _has_weights(path):
        found = _inspect_transformers(path, name)
    else:
        raise ModelError(
            f"{path} is not a model folder: it has neither model.bin (CTranslate2) nor "
            "model.safetensors (transformers)"
        )
    known = KNOWN.get(str(card.get("name", name)))
    return _with_card(found, card, known)


def _with_card(found: ModelFolder, card: dict[str, Any], known: KnownModel | None) -> ModelFolder:
    from dataclasses import replace  # noqa: PLC0415 - keeps the name out of the module

    try:
        return replace(
            found,
            name=str(card.get("name", found.name)),
            licence=card.get("licence", known.licence if known else None),
            max_pieces=min(int(card.get("max_pieces", found.max_pieces)), 1024),
            max_target=min(int(card.get("max_target", found.max_target)), 1024),
        )
    except (TypeError, ValueError) as error:
        raise ModelError(f"{found.path / CARD}: {error}") from error


def _has_weights(path: Path) -> bool:
    return any(
        next(path.glob(pattern), None) is not None
        for pattern in ("model*.safetensors", "pytorch_model*.bin")
    )


def _inspect_ct2(path: Path, name: str) -> ModelFolder:
    _need(path, "config.json")
    _read_json(path / "config.json")
    vocabulary = _vocabulary(path)
    if "</s>" not in vocabulary:
        # CTranslate2 loads such a folder without complaint and then translates nothing.
        raise ModelError(f"{path} is broken: its vocabulary has no end token </s>")
    if (path / "source.spm").is_file():
        _need(path, "target.spm")
        return ModelFolder(
            path=path,
            name=name,
            engine="ct2",
            family="marian",
            licence=None,
            source_spm=path / "source.spm",
            target_spm=path / "target.spm",
        )
    family: Family = "bart"
    prefix: tuple[str, ...] = ("<s>",)
    target_prefix: tuple[str, ...] = ()
    if {"ind_Latn", "eng_Latn"} <= vocabulary:
        family, prefix, target_prefix = "nllb", ("ind_Latn",), ("eng_Latn",)
    elif {"__id__", "__en__"} <= vocabulary:
        family, prefix, target_prefix = "m2m100", ("__id__",), ("__en__",)
    spm = _sentencepiece(path)
    return ModelFolder(
        path=path,
        name=name,
        engine="ct2",
        family=family,
        licence=None,
        source_spm=spm,
        target_spm=spm,
        prefix=prefix,
        target_prefix=target_prefix,
    )


def _inspect_transformers(path: Path, name: str) -> ModelFolder:
    _need(path, "config.json")
    config = _read_json(path / "config.json")
    kinds: dict[str, Family] = {"bart": "bart", "marian": "marian", "m2m_100": "m2m100"}
    kind = str(config.get("model_type"))
    if kind not in kinds:
        raise ModelError(
            f"{path / 'config.json'}: model_type {kind!r} is not one that translates here; "
            f"choose from {choices(kinds)}"
        )
    positions = config.get("max_position_embeddings", 512)
    if not isinstance(positions, int) or positions < 16:
        raise ModelError(f"{path / 'config.json'}: bad max_position_embeddings {positions!r}")
    # Two special tokens stand around the source; the decoder has its start token besides.
    return ModelFolder(
        path=path,
        name=name,
        engine="transformers",
        family=kinds[kind],
        licence=None,
        max_pieces=min(MAX_PIECES, positions - 2),
        max_target=min(256, positions - 1),
    )


def _sentencepiece(path: Path) -> Path:
    for candidate in ("sentencepiece.bpe.model", "sentencepiece.model", "spm.model"):
        if (path / candidate).is_file():
            return path / candidate
    raise ModelError(
        f"{path} has no SentencePiece model; copy sentencepiece.bpe.model (or source.spm and "
        "target.spm) of the original checkpoint into it"
    )


def _vocabulary(path: Path) -> set[str]:
    for candidate in ("shared_vocabulary.json", "source_vocabulary.json"):
        if (path / candidate).is_file():
            read = _read_json(path / candidate, kind=list)
            return {token for token in read if isinstance(token, str)}
    for candidate in ("shared_vocabulary.txt", "source_vocabulary.txt"):
        if (path / candidate).is_file():
            return set((path / candidate).read_text(encoding="utf-8").splitlines())
    raise ModelError(f"{path} is incomplete: shared_vocabulary.json is missing")


def _need(path: Path, file: str) -> None:
    if not (path / file).is_file():
        raise ModelError(f"{path} is incomplete: {file} is missing")


def _read_json(path: Path, kind: type = dict) -> Any:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"cannot read {path}: {error.strerror}") from error
    except ValueError as error:
        raise ModelError(f"{path} is broken: {error}") from error
    if not isinstance(read, kind):
        raise ModelError(f"{path} is broken: not a JSON {'object' if kind is dict else 'array'}")
    return read


def folder_sha256(path: Path) -> str:
    """Return the SHA-256 over the files of a model folder: each name, size and content, by name.

    Hidden files and the card for readers (`README.md`) are left out: they do not change what the
    model says.
    """
    digest = hashlib.sha256()
    files = (f for f in path.iterdir() if f.is_file() and not f.name.startswith("."))
    for file in sorted(files, key=lambda f: f.name):
        if file.name == "README.md":
            continue
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
