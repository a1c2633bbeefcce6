"""How a run tells what it is doing, without printing: the caller decides what to show."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Progress", "Silent"]


class Progress(Protocol):
    """Receives the stages of a run and their advance."""

    def start(self, stage: str, total: int | None) -> None:
        """Begin `stage` with `total` units of work, `None` where that is not known."""
        ...

    def advance(self, units: int = 1) -> None:
        """Report that `units` of the current stage are done."""
        ...


class Silent:
    """A `Progress` that shows nothing: the default of the library call."""

    def start(self, stage: str, total: int | None) -> None:
        """Ignore the stage."""

    def advance(self, units: int = 1) -> None:
        """Ignore the advance."""
