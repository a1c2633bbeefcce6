"""The translation stage: articles in, the same articles with English in every place out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.document import Article, Bilingual, Sentence
from briefing.progress import Silent
from briefing.translate.casing import TrueCaser
from briefing.translate.glossary import default_glossary
from briefing.translate.normalisation import model_input
from briefing.translate.workflow import Finished, Workflow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.progress import Progress
    from briefing.translate.glossary import Glossary
    from briefing.translate.memory import TranslationMemory
    from briefing.translate.translator import Translator

__all__ = ["translate_articles"]

# Segments in one transaction of the memory and between two advances of the progress: a few seconds
# of work on two cores, and enough of each length to fill a batch.
STEP = 512


def translate_articles(
    articles: Sequence[Article],
    translator: Translator,
    *,
    progress: Progress | None = None,
    memory: TranslationMemory | None = None,
    glossary: Glossary | None = None,
) -> tuple[Article, ...]:
    """Translate the titles, captions and sentences of `articles`.

    Each distinct segment goes to the translator once, and not at all where `memory` knows it.
    Headlines are given to it in sentence case.
    Without a `glossary` the shipped one is used, but not with a fake translator; `Glossary(())` is
    none.
    Returns the articles in the same order with `translation`, `flags`, `score` and `notes` of each
    sentence and `title.en` and `title_flags` filled in; everything else is unchanged.
    """
    progress = progress or Silent()
    if glossary is None and translator.identity.engine != "fake":
        glossary = default_glossary()
    workflow = Workflow(translator, memory=memory, glossary=glossary)
    inputs = [_inputs(article, glossary) for article in articles]
    distinct = list(dict.fromkeys(text for each in inputs for text in each.values()))
    progress.start("translate", len(distinct))
    finished: dict[str, Finished] = {}
    for start in range(0, len(distinct), STEP):
        step = distinct[start : start + STEP]
        finished.update(zip(step, workflow.run(step), strict=True))
        progress.advance(len(step))
    return tuple(
        _filled(article, {text: finished[given] for text, given in each.items()})
        for article, each in zip(articles, inputs, strict=True)
    )


def _inputs(article: Article, glossary: Glossary | None) -> dict[str, str]:
    """Return what the model is given for each text of an article, in the order of the page."""
    sentences = [s.source for s in (*article.captions, *article.sentences)]
    texts = [article.title.id, *sentences] if article.title.id else sentences
    cased = TrueCaser(sentences, glossary)
    return {text: model_input(cased(text)) for text in texts}


def _filled(article: Article, finished: Mapping[str, Finished]) -> Article:
    title, title_flags = article.title, article.title_flags
    if title.id:
        done = finished[title.id]
        title = Bilingual(title.id, done.text or None)
        title_flags = done.flags
    return replace(
        article,
        title=title,
        title_flags=title_flags,
        captions=tuple(_sentence(s, finished[s.source]) for s in article.captions),
        sentences=tuple(_sentence(s, finished[s.source]) for s in article.sentences),
    )


def _sentence(sentence: Sentence, done: Finished) -> Sentence:
    return replace(
        sentence, translation=done.text, score=done.score, flags=done.flags, notes=done.notes
    )
