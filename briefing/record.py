"""The run record: what is needed to make the same briefing again, and nothing that changes by itself.

No clock and no host name: the same input and options give the same bytes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from briefing.document import SCHEMA, InputFile, Run
from briefing.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.options import Options
    from briefing.translate.translator import ModelIdentity

__all__ = ["run_record"]

# These shape speed, not content: what the memory answers is what the model would have said, and an
# analyst's wording says so in its row.
SPEED_ONLY = frozenset({"threads", "cache", "memory"})


def run_record(model: ModelIdentity, options: Options, inputs: Iterable[InputFile]) -> Run:
    """Return the record of a run with `model` and `options` over `inputs`."""
    files = tuple(sorted(inputs, key=lambda file: (file.path, file.sha256)))
    kept = {
        name: value
        for name, value in options.model_dump(mode="json").items()
        if name not in SPEED_ONLY
    }
    versions = {"briefing": __version__, **dict(sorted(model.versions.items()))}
    return Run(
        engine=model.engine,
        model=model.name,
        model_sha256=model.sha256,
        licence=model.licence,
        versions=versions,
        options=kept,
        inputs=files,
        signature=_signature(model, options, files),
    )


def _signature(model: ModelIdentity, options: Options, files: tuple[InputFile, ...]) -> str:
    """Return one line such as sacreBLEU prints: `key:value` pairs joined by bars."""
    digest = hashlib.sha256("\n".join(sorted(file.sha256 for file in files)).encode()).hexdigest()
    engine = "+".join(f"{name}-{version}" for name, version in sorted(model.versions.items()))
    pairs = {
        "model": f"{model.name}@{model.sha256[:12]}",
        "engine": f"{model.engine}({engine})",
        "lang": f"{model.source}-{options.lang}",
        "beam": options.beam,
        "inputs": f"{len(files)}@{digest[:12]}",
        "schema": SCHEMA,
        "briefing": __version__,
    }
    return "|".join(f"{key}:{value}" for key, value in pairs.items())
