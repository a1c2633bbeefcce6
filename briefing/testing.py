"""Fakes for the tests of programs that use `briefing`: no model is loaded, nothing is downloaded.

::

    import briefing
    from briefing.testing import FakeTranslator

    b = briefing.make(articles, lang="en", translator=FakeTranslator({"Selamat pagi.": "Good morning."}))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.translate.normalisation import copies
from briefing.translate.translator import Hypothesis, ModelIdentity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["FakeTranslator", "RecordingProgress"]


class FakeTranslator:
    """A `Translator` that answers from `answers`, and with `[en] ` and the segment otherwise.

    `calls` holds every list of segments that it was given, so that a test can see what was asked.
    Segments without a letter are copied, as every translator does.
    """

    def __init__(self, answers: Mapping[str, str] | None = None, *, score: float = -0.5) -> None:
        self._answers = dict(answers or {})
        self._score = score
        self.calls: list[tuple[str, ...]] = []

    @property
    def identity(self) -> ModelIdentity:
        """A made-up model, the same in every run."""
        return ModelIdentity(
            name="fake",
            engine="fake",
            sha256="0" * 64,
            source="id",
            target="en",
            licence=None,
            versions={},
        )

    def translate(self, segments: Sequence[str]) -> list[Hypothesis]:
        """Answer each segment."""
        self.calls.append(tuple(segments))
        return [self._answer(segment) for segment in segments]

    def _answer(self, segment: str) -> Hypothesis:
        if segment in self._answers:
            return Hypothesis(self._answers[segment], self._score)
        if copies(segment):
            return Hypothesis(segment.strip())
        return Hypothesis(f"[en] {segment}", self._score)


class RecordingProgress:
    """A `Progress` that keeps what it was told: `stages` is a list of (stage, total, units done)."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, int | None, int]] = []

    def start(self, stage: str, total: int | None) -> None:
        """Begin a stage."""
        self.stages.append((stage, total, 0))

    def advance(self, units: int = 1) -> None:
        """Add to the last stage."""
        stage, total, done = self.stages[-1]
        self.stages[-1] = (stage, total, done + units)
