"""The translator interface: segments in, hypotheses out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Hypothesis", "ModelIdentity", "Translator"]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One translation of one segment.

    `score` is the mean log-probability per target token (natural logarithm), `None` where the
    engine gives none. `truncated` says that the source was too long for the model and was cut.
    """

    text: str
    score: float | None = None
    truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelIdentity:
    """What is needed to reproduce a translation: stored in the run record and the memory's key.

    `sha256` is over the files of the model folder (name and content, in name order). `source` and
    `target` are BCP 47. `versions` names the engine's packages.
    """

    name: str
    engine: str
    sha256: str
    source: str
    target: str
    licence: str | None
    versions: dict[str, str]


class Translator(Protocol):
    """An engine with a model loaded."""

    @property
    def identity(self) -> ModelIdentity:
        """The loaded model."""
        ...

    def translate(self, segments: Sequence[str]) -> list[Hypothesis]:
        """Translate each segment; the result has the same length and order.

        A segment is one sentence, normalised, without line breaks. Memory is bounded by the batch
        size, not by the number of segments. Deterministic.
        """
        ...
