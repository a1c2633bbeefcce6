"""Translation: engines, models, and the stage that fills the English into articles.

`load()` gives a translator, `translate_articles()` runs the stage. Engines are imported when they
are loaded, not before.
"""

from __future__ import annotations

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
