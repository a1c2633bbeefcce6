"""Pulling a model: download from the hub, verify, convert, compare both engines, and only then install.

The download lies in a folder of its own until all is done, so that a broken connection resumes and
nothing half-installed is ever found under a model's name. The revision is the registry's where it
pins one, else the commit that the hub names at the first pull; it is recorded in the model's card.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing.errors import ModelError, UnknownModel, choices
from briefing.progress import Silent
from briefing.translate.conversion import convert, parity
from briefing.translate.models import (
    CARD,
    HUB_ID,
    KNOWN,
    KnownModel,
    inspect,
    installed_models,
    installed_name,
    names,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.progress import Progress
    from briefing.translate.conversion import Parity
__all__ = ["Pulled", "pull"]

# Everything that loading needs; no code, no other framework's weights.
_FILES = re.compile(
    r"(?:config|generation_config|tokenizer|tokenizer_config|special_tokens_map|vocab|added_tokens)"
    r"\.json|(?:source|target)\.spm|(?:sentencepiece\.bpe|sentencepiece|spm)\.model|merges\.txt"
)
_SAFETENSORS = re.compile(r"model(?:-\d+-of-\d+)?\.safetensors|model\.safetensors\.index\.json")
_PICKLED = re.compile(r"pytorch_model(?:-\d+-of-\d+)?\.bin|pytorch_model\.bin\.index\.json")
# Translation models worth 2 points of BLEU less after conversion are not the same model.
MAX_BLEU_LOSS = 2.0


@dataclass(frozen=True, slots=True)
class Pulled:
    """An installed model: its folder, what the two engines scored, and its licence."""

    name: str
    path: Path
    revision: str
    licence: str | None
    non_commercial: bool
    parity: Parity | None


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    size: int
    sha256: str | None  # of large files
    blob: str | None  # git's SHA-1 of small ones


def pull(
    name: str,
    *,
    revision: str | None = None,
    endpoint: str | None = None,
    root: Path | None = None,
    progress: Progress | None = None,
) -> Pulled:
    """Install a model of the registry, or any translation model of the hub by its id.

    Args:
        name: A name of `names()`, or `owner/model` on the hub.
        revision: Commit, branch or tag; by default the registry's commit, else `main`.
        endpoint: The hub's address; by default `HF_ENDPOINT` or https://huggingface.co.
        root: Folder to install into; by default the user's data folder.
        progress: Told the bytes of the download.

    Raises:
        UnknownModel: The name is neither known nor a hub id.
        ModelError: The hub cannot be reached, a file does not match its hash, or the conversion is
            not equal to the original; nothing is installed then.
    """
    known = KNOWN.get(name) or _any_model(name)
    if known.hub is None:
        raise ModelError(f"the model {name!r} comes with briefing; there is nothing to pull")
    root = root or installed_models()
    target = root / known.name
    if target.exists():
        raise ModelError(f"{target} exists already; remove it to pull the model again")
    download = root / f".{known.name}.download"
    try:
        download.mkdir(parents=True, exist_ok=True)
        commit, files = _listing(known, revision or known.revision, endpoint)
        _fetch(known, commit, files, download, endpoint=endpoint, progress=progress or Silent())
    except OSError as error:
        raise ModelError(f"cannot write to {root}: {error.strerror or error}") from error
    building = root / f".{known.name}.built"
    shutil.rmtree(building, ignore_errors=True)
    convert(download, building)
    compared = parity(download, building)
    if compared is not None and compared.original - compared.converted > MAX_BLEU_LOSS:
        shutil.rmtree(building, ignore_errors=True)
        raise ModelError(
            f"{known.hub} was converted, but not faithfully: BLEU {compared.original:.1f} by "
            f"transformers and {compared.converted:.1f} by CTranslate2; nothing was installed"
        )
    card = json.loads((building / CARD).read_text(encoding="utf-8"))
    card |= {
        "name": known.name,
        "hub": known.hub,
        "revision": commit,
        "licence": known.licence,
        "non_commercial": known.non_commercial,
    }
    (building / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    inspect(building)
    building.rename(target)
    shutil.rmtree(download, ignore_errors=True)
    return Pulled(known.name, target, commit, known.licence, known.non_commercial, compared)


def _any_model(name: str) -> KnownModel:
    if not HUB_ID.fullmatch(name):
        raise UnknownModel(
            f"unknown model {name!r}: not a hub id (owner/model), and not one of the names "
            f"{choices(names())}"
        )
    return KnownModel(name=installed_name(name), hub=name, licence=None, about="from the hub")


def _hub() -> Any:
    try:
        import huggingface_hub  # noqa: PLC0415 - an optional package
    except ImportError:
        raise ModelError(
            "pulling a model needs more packages: pip install 'briefing[torch]'"
        ) from (None)
    return huggingface_hub


def _listing(
    known: KnownModel, revision: str | None, endpoint: str | None
) -> tuple[str, list[_File]]:
    """Return the commit and the files that are needed, with their sizes and hashes."""
    hub = _hub()
    with _explained(known, endpoint):
        info = hub.HfApi(endpoint=endpoint).model_info(
            known.hub, revision=revision, files_metadata=True
        )
    found = {
        sibling.rfilename: _File(
            sibling.rfilename,
            sibling.size or 0,
            sibling.lfs.sha256 if sibling.lfs else None,
            None if sibling.lfs else sibling.blob_id,
        )
        for sibling in info.siblings
    }
    weights = [f for n, f in found.items() if _SAFETENSORS.fullmatch(n)] or [
        f for n, f in found.items() if _PICKLED.fullmatch(n)
    ]
    if "config.json" not in found or not weights:
        raise ModelError(f"{known.hub} has no translation model: no config.json or no weights")
    rest = [f for n, f in found.items() if _FILES.fullmatch(n)]
    return str(info.sha), sorted([*rest, *weights], key=lambda f: f.name)


def _fetch(
    known: KnownModel,
    commit: str,
    files: list[_File],
    folder: Path,
    *,
    endpoint: str | None,
    progress: Progress,
) -> None:
    hub = _hub()
    progress.start("download", sum(file.size for file in files))
    for file in files:
        path = folder / file.name
        if not (path.is_file() and _matches(path, file)):
            with _explained(known, endpoint), _quiet(hub):
                hub.hf_hub_download(
                    known.hub,
                    file.name,
                    revision=commit,
                    local_dir=folder,
                    endpoint=endpoint,
                    tqdm_class=_reporting(progress),
                )
            if not _matches(path, file):
                path.unlink(missing_ok=True)
                shutil.rmtree(folder / ".cache", ignore_errors=True)
                raise ModelError(
                    f"{file.name} of {known.hub} does not match its hash; it was removed, and "
                    "pulling again fetches it anew"
                )
        else:
            progress.advance(file.size)
    wanted = {file.name for file in files}
    for path in folder.iterdir():
        if path.is_file() and path.name not in wanted:
            path.unlink()  # of another revision, from an earlier attempt


def _matches(path: Path, file: _File) -> bool:
    """Say whether a file has the size and hash that the hub gave."""
    if file.size and path.stat().st_size != file.size:
        return False
    if file.sha256:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
    if file.blob:
        content = path.read_bytes()
        header = f"blob {len(content)}\0".encode()
        # Git names a blob by this hash; it finds damage, and TLS guards against more.
        return hashlib.sha1(header + content, usedforsecurity=False).hexdigest() == file.blob
    return True


def _reporting(progress: Progress) -> Any:
    """Return a tqdm class that draws nothing and tells `progress` the bytes."""
    from tqdm import tqdm  # noqa: PLC0415 - comes with huggingface_hub

    class Bar(tqdm):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            kwargs.pop("name", None)
            kwargs["disable"] = True
            super().__init__(*args, **kwargs)

        def update(self, n: float | None = 1) -> bool | None:
            progress.advance(int(n or 0))
            return None

    return Bar


class _quiet:  # noqa: N801 - reads as an adjective in a with statement
    """No bars of the hub's own inside the block."""

    def __init__(self, hub: Any) -> None:
        self._utils = hub.utils

    def __enter__(self) -> None:
        self._before = self._utils.are_progress_bars_disabled()
        self._utils.enable_progress_bars()

    def __exit__(self, *_: object) -> None:
        if self._before:
            self._utils.disable_progress_bars()


class _explained:  # noqa: N801 - reads as an adjective in a with statement
    """Turn what the hub's client raises into a `ModelError` that says what to do."""

    def __init__(self, known: KnownModel, endpoint: str | None) -> None:
        self._known = known
        self._endpoint = endpoint

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None or not isinstance(error, Exception) or isinstance(error, ModelError):
            return
        from huggingface_hub import constants, errors  # noqa: PLC0415 - an optional package

        where = self._endpoint or constants.ENDPOINT
        hub = self._known.hub
        if isinstance(error, errors.RevisionNotFoundError):
            raise ModelError(f"{hub} has no such revision at {where}") from None
        if isinstance(error, errors.GatedRepoError):
            raise ModelError(f"{hub} asks for a login at {where}") from None
        if isinstance(error, errors.RepositoryNotFoundError):
            raise ModelError(
                f"there is no model {hub} at {where}, or it asks for a login"
            ) from None
        reason = next(_causes(error))
        raise ModelError(
            f"cannot fetch {hub} from {where}: {reason}. Without a network, copy config.json, the "
            "weights (model.safetensors or pytorch_model.bin) and the tokenizer's files (source.spm "
            f"and target.spm, or sentencepiece.bpe.model) of {hub} into a folder by hand, and run "
            "`briefing models convert FOLDER`; or copy an installed model's folder from another "
            f"machine into {installed_models()}"
        ) from None


def _causes(error: BaseException) -> Iterator[str]:
    """Yield the innermost cause's first line first: the rest is the client's own layers."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or current.__context__
    for one in reversed(chain):
        lines = str(one).strip().splitlines()
        yield lines[0].rstrip(".") if lines else type(one).__name__
