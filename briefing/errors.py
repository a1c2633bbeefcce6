"""Everything that `briefing` raises on purpose.

::

    BriefingError
    ├── UsageError            a value given by the user cannot be used      exit 2
    │   ├── ConfigError       briefing.toml or the environment
    │   ├── ModelError        a model folder that is broken or incomplete
    │   │   └── UnknownModel  a model name that is neither known nor a folder
    │   ├── TemplateError     a template that is broken or lacks a style
    │   └── OutputError       a file that cannot be written
    ├── NothingToBrief        no article was accepted                       exit 3
    ├── Locked                another run is at work                        exit 4
    ├── Stopped               a run was told to stop                        exit 130
    └── InputRefused          one input that cannot become an article; it is
                              listed in the briefing and never stops a run  exit 1

A message names the bad value, the file it came from, and the valid choices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.document import Refusal

__all__ = [
    "BriefingError",
    "ConfigError",
    "InputRefused",
    "Locked",
    "ModelError",
    "NothingToBrief",
    "OutputError",
    "Stopped",
    "TemplateError",
    "UnknownModel",
    "UsageError",
    "choices",
]


class BriefingError(Exception):
    """Base of every error that `briefing` raises on purpose."""

    exit_code: ClassVar[int] = 2
    """What the command line exits with when this error ends a run."""


class UsageError(BriefingError):
    """A value given by the user cannot be used."""


class ConfigError(UsageError):
    """The configuration file or an environment variable cannot be used."""


class ModelError(UsageError):
    """A model folder is broken or incomplete, or its engine is not installed."""


class UnknownModel(ModelError):
    """A model name is neither known nor a folder."""


class TemplateError(UsageError):
    """A template is broken, or lacks what the document needs."""


class OutputError(UsageError):
    """A file or folder cannot be written."""


class NothingToBrief(BriefingError):
    """No article was accepted, so there is no briefing to write.

    `refused` lists every input that was seen, with the reason.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, message: str, refused: Iterable[Refusal] = ()) -> None:
        super().__init__(message)
        self.refused: tuple[Refusal, ...] = tuple(refused)


class Locked(BriefingError):
    """Another run of the daily briefing is at work on the same store."""

    exit_code: ClassVar[int] = 4


class Stopped(BriefingError):
    """A run was told to stop; what it had done is kept."""

    exit_code: ClassVar[int] = 130


class InputRefused(BriefingError):
    """One input cannot become an article.

    `code` is one of `briefing.document.REFUSAL_CODES`; `reason` is a sentence for the reader.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def choices(values: Iterable[str]) -> str:
    """Return the valid choices for an error message: `a, b or c`."""
    listed = list(values)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} or {listed[-1]}"
