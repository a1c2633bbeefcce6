"""The whole job, stage by stage, as the README tells it."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from briefing import group, ingest, summarise, translate
from briefing.document import Briefing
from briefing.errors import NothingToBrief, OutputError
from briefing.options import Options
from briefing.progress import Silent
from briefing.record import run_record
from briefing.translate.glossary import (
    Glossary,
    default_glossary,
    read_glossary,
    read_untranslated,
)
from briefing.translate.memory import TranslationMemory, default_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from briefing.document import Article
    from briefing.group import Grouper
    from briefing.ingest import RawArticle
    from briefing.progress import Progress
    from briefing.summarise import Summariser
    from briefing.translate import Translator

    Input = str | Path | RawArticle | Article

__all__ = ["make", "translate_stage"]


def make(
    inputs: Input | Iterable[Input],
    *,
    config: str | Path | None = None,
    translator: Translator | None = None,
    grouper: Grouper | None = None,
    summariser: Summariser | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Briefing:
    """Make a briefing from Indonesian news articles.

    Args:
        inputs: Files, folders, glob patterns, `-` for standard input, or articles already in hand
            (`RawArticle`, or `Article` as `ingest` gives it).
        config: A TOML file of options; `briefing.toml` of the working directory by default.
        translator: The engine to use in place of the one that the options name.
        grouper: What decides which articles report one event.
        summariser: What condenses the articles of an event.
        progress: Told of each stage as it goes; silent by default.
        **options: The fields of `briefing.Options`, such as `lang="en"` or `model="nllb-600m"`.

    Returns:
        The briefing; `save()` writes it. Inputs that could not become articles are in `refused`.

    Raises:
        UsageError: An option, the configuration or the model cannot be used.
        NothingToBrief: No input became an article.
    """
    chosen = Options.resolve(config, **options)
    progress = progress or Silent()

    found = ingest.read_articles(inputs, chosen, progress)
    if not found.articles:
        raise NothingToBrief(_nothing(found.refused), found.refused)

    translator = translator or translate.load(
        chosen.model,
        engine=chosen.engine,
        threads=chosen.threads,
        beam=chosen.beam,
        batch_tokens=chosen.batch_tokens,
    )
    articles = translate_stage(found.articles, translator, chosen, progress)

    progress.start("group", None)
    groups = (grouper or group.EventGrouper()).group(articles)

    progress.start("summarise", len(groups))
    summariser = summariser or summarise.ExtractiveSummariser()
    events = []
    for one in groups:
        events.append(summarise.describe(one, summariser, chosen))
        progress.advance()

    return Briefing(
        events=tuple(events),
        refused=found.refused,
        run=run_record(translator.identity, chosen, found.files),
        target_lang=chosen.lang,
    )


def translate_stage(
    articles: Sequence[Article], translator: Translator, options: Options, progress: Progress
) -> tuple[Article, ...]:
    """Return the articles translated with the memory and the glossaries that `options` name.

    Where nobody named a memory and the usual place cannot be written, it goes without one.
    Raises `UsageError` for a glossary and `OutputError` for a memory that was named.
    """
    real = translator.identity.engine != "fake"
    glossary = default_glossary() if real else Glossary(())
    if options.glossary is not None:
        glossary |= read_glossary(options.glossary)
    if options.keep is not None:
        glossary |= read_untranslated(options.keep)
    with ExitStack() as opened:
        memory = None
        if options.cache and real:
            try:
                memory = opened.enter_context(TranslationMemory(options.memory or default_path()))
            except OutputError:
                if options.memory is not None:
                    raise
        return translate.translate_articles(
            articles, translator, progress=progress, memory=memory, glossary=glossary
        )


def _nothing(refused: tuple[Any, ...]) -> str:
    if not refused:
        return "nothing to brief: the inputs hold no files"
    first = refused[0]
    more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
    return f"nothing to brief: {first.path}: {first.reason}{more}"
