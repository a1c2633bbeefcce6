"""The translation stage: articles in, the same articles with English in every place out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.document import Article, Bilingual, Flag, Sentence
from briefing.progress import Silent
from briefing.translate.normalisation import copies, model_input

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.progress import Progress
    from briefing.translate.translator import Hypothesis, Translator

__all__ = ["translate_articles"]

# Segments between two advances of the progress: a few seconds of work on two cores.
STEP = 512


def translate_articles(
    articles: Sequence[Article], translator: Translator, *, progress: Progress | None = None
) -> tuple[Article, ...]:
    """Translate the titles, captions and sentences of `articles`.

    Each distinct segment goes to the translator once. Returns the articles in the same order with
    `translation`, `flags` and `score` of each sentence and `title.en` and `title_flags` filled in;
    everything else is unchanged.
    """
    progress = progress or Silent()
    distinct = list(dict.fromkeys(model_input(text) for text in _texts(articles)))
    progress.start("translate", len(distinct))
    hypotheses: dict[str, Hypothesis] = {}
    for start in range(0, len(distinct), STEP):
        step = distinct[start : start + STEP]
        hypotheses.update(zip(step, translator.translate(step), strict=True))
        progress.advance(len(step))
    return tuple(_filled(article, hypotheses) for article in articles)


def _texts(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        if article.title.id:
            yield article.title.id
        for sentence in (*article.captions, *article.sentences):
            yield sentence.source


def _filled(article: Article, hypotheses: dict[str, Hypothesis]) -> Article:
    title, title_flags = article.title, article.title_flags
    source = title.id
    if source:
        hypothesis = hypotheses[model_input(source)]
        title = Bilingual(source, hypothesis.text or None)
        title_flags = _doubts(source, hypothesis)
    return replace(
        article,
        title=title,
        title_flags=title_flags,
        captions=tuple(_sentence(s, hypotheses) for s in article.captions),
        sentences=tuple(_sentence(s, hypotheses) for s in article.sentences),
    )


def _sentence(sentence: Sentence, hypotheses: dict[str, Hypothesis]) -> Sentence:
    hypothesis = hypotheses[model_input(sentence.source)]
    return replace(
        sentence,
        translation=hypothesis.text,
        score=hypothesis.score,
        flags=_doubts(sentence.source, hypothesis),
    )


def _doubts(source: str, hypothesis: Hypothesis) -> tuple[Flag, ...]:
    text = hypothesis.text
    if copies(model_input(source)):
        return ()
    if not text.strip():
        return (Flag("empty", "the model gave no translation"),)
    flags = []
    words, made = source.split(), text.split()
    if hypothesis.truncated:
        flags.append(Flag("truncated", "the sentence was too long and may be cut"))
    if _loops([word.strip(".,;:!?\"").casefold() for word in made]):
        flags.append(Flag("repetition", "the translation repeats itself"))
    if len(words) >= 4 and text.casefold() == source.casefold():
        flags.append(Flag("copy", "the sentence was left in Indonesian"))
    if len(words) >= 6 and not 0.5 <= len(text) / len(source) <= 2.0:
        short = len(text) < len(source)
        flags.append(Flag("length", f"the translation is unusually {'short' if short else 'long'}"))
    if hypothesis.score is not None and hypothesis.score < -1.5:
        flags.append(Flag("low-score", "the model itself is unsure of this sentence"))
    return tuple(flags)


def _loops(words: Sequence[str]) -> bool:
    """Say whether some three words stand three times in the translation."""
    threes = Counter(zip(words, words[1:], words[2:], strict=False))
    return bool(threes) and max(threes.values()) >= 3
