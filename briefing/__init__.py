"""Side-by-side Indonesian-English news briefings, grouped by event, made on your own machine.

>>> import briefing
>>> b = briefing.make(["articles/"], lang="en")  # doctest: +SKIP
>>> b.save("out/")  # doctest: +SKIP

Only the names in `__all__` are public. They load on first use, so that importing the package costs
nothing until it works.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.daily import Daily, DailyConfig, Edition
    from briefing.document import (
        SCHEMA,
        Article,
        Bilingual,
        Briefing,
        Claim,
        Disagreement,
        Dropped,
        Event,
        Evidence,
        Flag,
        InputFile,
        Name,
        OnlyIn,
        Quote,
        Refusal,
        Reprint,
        Run,
        Sentence,
        Story,
        SummaryLine,
        TimelineEntry,
        Why,
    )
    from briefing.errors import (
        BriefingError,
        ConfigError,
        InputRefused,
        Locked,
        ModelError,
        NothingToBrief,
        OutputError,
        Stopped,
        TemplateError,
        UnknownModel,
        UsageError,
    )
    from briefing.group.grouper import Group, Grouper
    from briefing.ingest.reader import RawArticle, Reader
    from briefing.options import Options
    from briefing.pipeline import make
    from briefing.progress import Progress
    from briefing.render.renderer import Renderer, RenderSettings
    from briefing.summarise.summariser import Summariser
    from briefing.translate.translator import Hypothesis, ModelIdentity, Translator
    from briefing.version import __version__

_HOMES = {
    "briefing.daily": "Daily DailyConfig Edition",
    "briefing.document": (
        "SCHEMA Article Bilingual Briefing Claim Disagreement Dropped Event Evidence Flag InputFile "
        "Name OnlyIn Quote Refusal Reprint Run Sentence Story SummaryLine TimelineEntry Why"
    ),
    "briefing.errors": (
        "BriefingError ConfigError InputRefused Locked ModelError NothingToBrief OutputError Stopped TemplateError "
        "UnknownModel UsageError"
    ),
    "briefing.group.grouper": "Group Grouper",
    "briefing.ingest.reader": "RawArticle Reader",
    "briefing.options": "Options",
    "briefing.pipeline": "make",
    "briefing.progress": "Progress",
    "briefing.render.renderer": "RenderSettings Renderer",
    "briefing.summarise.summariser": "Summariser",
    "briefing.translate.translator": "Hypothesis ModelIdentity Translator",
    "briefing.version": "__version__",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "SCHEMA",
    "Article",
    "Bilingual",
    "Briefing",
    "BriefingError",
    "Claim",
    "ConfigError",
    "Daily",
    "DailyConfig",
    "Disagreement",
    "Dropped",
    "Edition",
    "Event",
    "Evidence",
    "Flag",
    "Group",
    "Grouper",
    "Hypothesis",
    "InputFile",
    "InputRefused",
    "Locked",
    "ModelError",
    "ModelIdentity",
    "Name",
    "NothingToBrief",
    "OnlyIn",
    "Options",
    "OutputError",
    "Progress",
    "Quote",
    "RawArticle",
    "Reader",
    "Refusal",
    "RenderSettings",
    "Renderer",
    "Reprint",
    "Run",
    "Sentence",
    "Stopped",
    "Story",
    "Summariser",
    "SummaryLine",
    "TemplateError",
    "TimelineEntry",
    "Translator",
    "UnknownModel",
    "UsageError",
    "Why",
    "__version__",
    "make",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its home on first use (PEP 562)."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
