"""The translation stage: articles in, the same articles with English in every place out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.document import Article, Bilingual, Sentence
from briefing.progress import Silent
from briefing.translate.glossary import default_glossary
from briefing.translate.normalisation import model_input
from briefing.translate.workflow import Finished, Workflow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    Without a `glossary` the shipped one is used, but not with a fake translator; `Glossary(())` is
    none.
    Returns the articles in the same order with `translation`, `flags`, `score` and `notes` of each
    sentence and `title.en` and `title_flags` filled in; everything else is unchanged.
    """
    progress = progress or Silent()
    if glossary is None and translator.identity.engine != "fake":
        glossary = default_glossary()
    workflow = Workflow(translator, memory=memory, glossary=glossary)
    distinct = list(dict.fromkeys(model_input(text) for text in _texts(articles)))
    progress.start("translate", len(distinct))
    finished: dict[str, Finished] = {}
    for start in range(0, len(distinct), STEP):
        step = distinct[start : start + STEP]
        finished.update(zip(step, workflow.run(step), strict=True))
        progress.advance(len(step))
    return tuple(_filled(article, finished) for article in articles)


def _texts(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        if article.title.id:
            yield article.title.id
        for sentence in (*article.captions, *article.sentences):
            yield sentence.source


def _filled(article: Article, finished: dict[str, Finished]) -> Article:
    title, title_flags = article.title, article.title_flags
    source = title.id
    if source:
        done = finished[model_input(source)]
        title = Bilingual(source, done.text or None)
        title_flags = done.flags
    return replace(
        article,
        title=title,
        title_flags=title_flags,
        captions=tuple(_sentence(s, finished) for s in article.captions),
        sentences=tuple(_sentence(s, finished) for s in article.sentences),
    )


def _sentence(sentence: Sentence, finished: dict[str, Finished]) -> Sentence:
    done = finished[model_input(sentence.source)]
    return replace(
        sentence, translation=done.text, score=done.score, flags=done.flags, notes=done.notes
    )
