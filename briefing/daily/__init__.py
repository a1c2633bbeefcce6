"""The daily briefing: feeds in the morning, one document on the desk, and what is new since yesterday.

`Daily(config).run()` makes the edition of today; `briefing daily` is a thin skin over it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.daily.config import DailyConfig
    from briefing.daily.edition import Daily, Edition

__all__ = ["Daily", "DailyConfig", "Edition"]

_HOMES = {"Daily": "edition", "DailyConfig": "config", "Edition": "edition"}


def __getattr__(name: str) -> Any:
    """Load a name on first use: the commands are imported for `--help`, the stages are not."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
