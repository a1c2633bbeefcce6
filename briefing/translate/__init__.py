"""Translation: engines, models, and the stage that fills the English into articles.

`load()` gives a translator, `translate_articles()` runs the stage. Names load on first use, since
the command line imports this package for its help texts; engines load when a model does.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.translate.articles import translate_articles
    from briefing.translate.loading import ENGINES, load
    from briefing.translate.models import names
    from briefing.translate.translator import Hypothesis, ModelIdentity, Translator

__all__ = [
    "ENGINES",
    "Hypothesis",
    "ModelIdentity",
    "Translator",
    "load",
    "names",
    "translate_articles",
]

_HOMES = {
    "ENGINES": "loading",
    "Hypothesis": "translator",
    "ModelIdentity": "translator",
    "Translator": "translator",
    "load": "loading",
    "names": "models",
    "translate_articles": "articles",
}


def __getattr__(name: str) -> Any:
    """Load a name from its home on first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
