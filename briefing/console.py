"""What the command line shows: progress and messages on stderr, results on stdout.

File names and articles are not trusted: control characters never reach the terminal.
"""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING, Self

from briefing.progress import Silent

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from briefing.progress import Progress

__all__ = ["Bars", "Lines", "choose_progress", "complain", "plain"]


def plain(text: object) -> str:
    r"""Return `text` on one line with every control and format character shown as `\xNN`.

    Covers escape sequences (C0, C1) and the bidirectional overrides of Unicode (category Cf).
    """
    return "".join(
        f"\\x{ord(char):02x}" if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} else char
        for char in str(text)
    )


def complain(text: object) -> None:
    """Print one line to stderr."""
    print(f"briefing: {plain(text)}", file=sys.stderr)  # noqa: T201 - the command line's own voice


class Lines:
    """Progress as plain lines, for logs and pipes: one when a stage starts, one when it ends."""

    def __init__(self) -> None:
        self._stage = ""
        self._total: int | None = None
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._finish()

    def start(self, stage: str, total: int | None) -> None:
        """Begin a stage."""
        self._finish()
        self._stage, self._total, self._done = stage, total, 0

    def advance(self, units: int = 1) -> None:
        """Count units of the stage."""
        self._done += units

    def _finish(self) -> None:
        if self._stage:
            count = "" if self._total is None else f" {self._done}/{self._total}"
            print(f"briefing: {self._stage}{count}", file=sys.stderr)  # noqa: T201 - the same
        self._stage = ""


class Bars:
    """Progress as a bar for each stage, for a terminal."""

    def __init__(self) -> None:
        from rich.console import Console  # noqa: PLC0415 - only where there is a terminal
        from rich.progress import (  # noqa: PLC0415 - same
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        self._bars: RichProgress = Progress(
            TextColumn("{task.description:<10}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._finish()
        self._bars.stop()

    def start(self, stage: str, total: int | None) -> None:
        """Begin a stage with a bar of its own."""
        self._finish()
        self._task = self._bars.add_task(plain(stage), total=total)

    def advance(self, units: int = 1) -> None:
        """Move the bar of the stage."""
        if self._task is not None:
            self._bars.advance(self._task, units)

    def _finish(self) -> None:
        if self._task is not None and self._bars.tasks[self._task].total is None:
            self._bars.update(self._task, total=1, completed=1)
        self._task = None


class Hidden(Silent):
    """No progress at all, for `--quiet`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing was shown, so nothing is left to close."""


def choose_progress(*, quiet: bool) -> Bars | Lines | Hidden:
    """Return bars on a terminal, lines elsewhere, nothing where `quiet`."""
    if quiet:
        return Hidden()
    return Bars() if sys.stderr.isatty() else Lines()


if TYPE_CHECKING:
    _check: tuple[Progress, ...] = (Lines(), Bars(), Hidden())
