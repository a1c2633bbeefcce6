"""The whole job, stage by stage, as the README tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing import group, ingest, summarise, translate
from briefing.document import Briefing
from briefing.errors import NothingToBrief
from briefing.options import Options
from briefing.progress import Silent
from briefing.record import run_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from briefing.document import Article
    from briefing.group import Grouper
    from briefing.ingest import RawArticle
    from briefing.progress import Progress
    from briefing.summarise import Summariser
    from briefing.translate import Translator

    Input = str | Path | RawArticle | Article

__all__ = ["make"]


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
    articles = translate.translate_articles(found.articles, translator, progress=progress)

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


def _nothing(refused: tuple[Any, ...]) -> str:
    if not refused:
        return "nothing to brief: the inputs hold no files"
    first = refused[0]
    more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
    return f"nothing to brief: {first.path}: {first.reason}{more}"
