"""The command line: it parses, calls the library, and prints. Nothing is decided here."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.console import choose_progress, complain, plain
from briefing.daily import commands as daily_commands
from briefing.errors import BriefingError, NothingToBrief, UsageError
from briefing.options import Options
from briefing.render import commands as render_commands
from briefing.translate import commands as translate_commands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Briefing, Refusal

__all__ = ["app", "main"]

EXIT_REFUSED = 1
EXIT_INTERRUPTED = 130  # the shell's convention: 128 + SIGINT
EXIT_INTERNAL = 70  # EX_SOFTWARE of sysexits.h

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Side-by-side Indonesian-English news briefings, grouped by event, made on this machine.",
    epilog=(
        "Exit codes: 0 all articles are in; 1 a briefing was written but some inputs were refused "
        "or a delivery failed; 2 usage; 3 nothing to brief; 4 another daily run is at work; 5 the "
        "daily briefing is not healthy (status); 130 interrupted."
    ),
)


def _option(name: str, *flags: str, metavar: str | None = None) -> Any:
    """Return the typer option for a field of `Options`, with its description as the help text."""
    default = Options.model_fields[name].default
    shown = ",".join(default) if isinstance(default, tuple) else default
    return typer.Option(
        *(flags or (f"--{name.replace('_', '-')}",)),
        metavar=metavar,
        help=Options.describe(name),
        show_default=str(shown) if shown is not None else False,
    )


ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Options file.", show_default="briefing.toml"),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress and no summary.")]
Report = Annotated[bool, typer.Option("--json", help="Print a machine-readable report on stdout.")]
OutFolder = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="DIR", help="Folder for the renderings; made if need be."),
]
Formats = Annotated[str | None, _option("formats", "--format", "-f", metavar="LIST")]
Title = Annotated[str | None, _option("title", metavar="TEXT")]
Rows = Annotated[str | None, _option("rows", metavar="sentence|paragraph")]
Layout = Annotated[str | None, _option("layout", metavar="full|brief|table")]
Languages = Annotated[str | None, _option("languages", metavar="both|en|id")]
Memory = Annotated[Path | None, _option("memory", metavar="FILE")]
Template = Annotated[Path | None, _option("template", metavar="FILE")]


@app.callback(invoke_without_command=True)
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True)
    ] = False,
) -> None:
    """Side-by-side Indonesian-English news briefings, grouped by event, made on this machine."""
    if version:
        from briefing.version import __version__  # noqa: PLC0415 - only for this flag

        typer.echo(f"briefing {__version__}")
        raise typer.Exit


@app.command()
def make(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Files, folders, glob patterns, or - for stdin."),
    ],
    *,
    lang: Annotated[str | None, _option("lang", metavar="CODE")] = None,
    out: OutFolder = Path("out"),
    formats: Formats = None,
    model: Annotated[str | None, _option("model", metavar="NAME-OR-PATH")] = None,
    engine: Annotated[str | None, _option("engine", metavar="NAME")] = None,
    threads: Annotated[int | None, _option("threads", metavar="N")] = None,
    beam: Annotated[int | None, _option("beam", metavar="N")] = None,
    summary_sentences: Annotated[int | None, _option("summary_sentences", metavar="N")] = None,
    summary_words: Annotated[int | None, _option("summary_words", metavar="N")] = None,
    cache: Annotated[bool | None, _option("cache", "--cache/--no-cache")] = None,
    memory: Memory = None,
    glossary: Annotated[Path | None, _option("glossary", metavar="FILE")] = None,
    keep: Annotated[Path | None, _option("keep", metavar="FILE")] = None,
    title: Title = None,
    rows: Rows = None,
    layout: Layout = None,
    languages: Languages = None,
    template: Template = None,
    config: ConfigFile = None,
    quiet: Quiet = False,
    report: Report = False,
) -> None:
    """Translate, group and condense Indonesian articles into a side-by-side briefing."""
    from briefing.pipeline import make as make_briefing  # noqa: PLC0415 - the stages load here
    from briefing.render import check_out  # noqa: PLC0415 - same

    check_out(out)  # before the minutes of translation, not after
    with choose_progress(quiet=quiet) as progress:
        briefing = make_briefing(
            inputs,
            config=config,
            progress=progress,
            lang=lang,
            formats=formats,
            model=model,
            engine=engine,
            threads=threads,
            beam=beam,
            summary_sentences=summary_sentences,
            summary_words=summary_words,
            cache=cache,
            memory=memory,
            glossary=glossary,
            keep=keep,
            title=title,
            rows=rows,
            layout=layout,
            languages=languages,
            template=template,
        )
        progress.start("render", None)
        files = briefing.save(out)
    _finish(briefing, files, named=inputs, quiet=quiet, report=report)


app.command()(daily_commands.daily)
app.command()(daily_commands.status)
app.add_typer(daily_commands.sources_app, name="sources")
app.add_typer(daily_commands.schedule_app, name="schedule")
app.add_typer(translate_commands.models_app, name="models")
app.add_typer(translate_commands.memory_app, name="memory")
app.command("eval")(translate_commands.evaluate)
app.add_typer(render_commands.templates_app, name="templates")


@app.command()
def render(
    document: Annotated[Path, typer.Argument(metavar="BRIEFING.json", help="A JSON rendering.")],
    *,
    out: OutFolder = Path("out"),
    formats: Formats = None,
    title: Title = None,
    rows: Rows = None,
    layout: Layout = None,
    languages: Languages = None,
    template: Template = None,
    config: ConfigFile = None,
    quiet: Quiet = False,
    report: Report = False,
) -> None:
    """Draw a briefing again from its JSON rendering, without translating anything."""
    from briefing.document import Briefing  # noqa: PLC0415 - pydantic builds its schema here

    given = {
        "formats": formats,
        "title": title,
        "rows": rows,
        "layout": layout,
        "languages": languages,
        "template": template,
    }
    chosen = Options.resolve(config, **given)
    try:
        briefing = Briefing.from_json(document.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read {document}: {error.strerror}") from error
    except UsageError as error:
        raise UsageError(f"{document}: {error}") from error
    settings = {name: getattr(chosen, name) for name, value in given.items() if value is not None}
    files = briefing.save(out, **settings)
    _finish(briefing, files, quiet=quiet, report=report)


@app.command()
def learn(
    document: Annotated[Path, typer.Argument(metavar="EDITED.docx", help="A corrected briefing.")],
    *,
    original: Annotated[
        Path | None,
        typer.Option(
            "--briefing",
            metavar="FILE.json",
            help="The briefing's JSON.",
            show_default="briefing.json beside the document",
        ),
    ] = None,
    memory: Memory = None,
    terms: Annotated[
        Path | None,
        typer.Option("--terms", metavar="FILE.csv", help="Write glossary suggestions here."),
    ] = None,
    config: ConfigFile = None,
    report: Report = False,
) -> None:
    """Take an analyst's corrections of the English column into the translation memory."""
    from briefing.document import Briefing  # noqa: PLC0415 - pydantic builds its schema here
    from briefing.learning import learn as learn_from  # noqa: PLC0415 - loads lxml
    from briefing.learning import write_terms  # noqa: PLC0415 - same

    source = original or document.with_name("briefing.json")
    try:
        briefing = Briefing.from_json(source.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read {source}: {error.strerror}; --briefing names it") from error
    chosen = Options.resolve(config, memory=memory)
    learned, suggestions = learn_from(document, briefing, memory=chosen.memory)
    if terms is not None:
        write_terms(terms, suggestions)
    if report:
        typer.echo(json.dumps(learned.as_dict(), ensure_ascii=False, indent=2))
        return
    typer.echo(
        f"learned {len(learned.corrections)} corrections; {learned.unchanged} rows are unchanged, "
        f"{len(learned.skipped)} were not taken"
    )
    for row, reason in learned.skipped:
        complain(f"not taken: {row}: {reason}")
    for one in suggestions:
        typer.echo(
            plain(f"glossary? {one.source} = {one.target} (for {one.before}, {one.rows} rows)")
        )


def _finish(
    briefing: Briefing,
    files: Sequence[Path],
    *,
    named: Sequence[str] = (),
    quiet: bool,
    report: bool,
) -> None:
    """Tell what was made and what was refused, and leave with the exit code that says so.

    A photograph beside the articles of a folder is listed, but it is no article that is missing;
    one that the user named (`named`) is.
    """
    missing = [r for r in briefing.refused if r.code != "unsupported" or r.path in named]
    code = EXIT_REFUSED if missing else 0
    if report:
        _print_report(code, files, briefing)
    elif not quiet:
        flagged = sum(bool(sentence.flags) for _, sentence in briefing.sentences())
        total = sum(1 for _ in briefing.sentences())
        titles = sum(bool(article.title_flags) for article in briefing.articles)
        typer.echo(
            f"{len(briefing.events)} events from {len(briefing.articles)} articles; "
            f"{flagged} of {total} sentences and {titles} titles are marked for checking"
        )
        for file in files:
            typer.echo(plain(file))
    _list_refused(briefing.refused)
    raise typer.Exit(code)


def _print_report(code: int, files: Sequence[Path], briefing: Briefing) -> None:
    doubts: dict[str, int] = {}
    for _, sentence in briefing.sentences():
        for kind in {flag.kind for flag in sentence.flags}:
            doubts[kind] = doubts.get(kind, 0) + 1
    typer.echo(
        json.dumps(
            {
                "exit_code": code,
                "files": [str(file) for file in files],
                "articles": len(briefing.articles),
                "events": [{"id": event.id, "title": event.title.en} for event in briefing.events],
                "sentences": sum(1 for _ in briefing.sentences()),
                "flags": dict(sorted(doubts.items())),
                "refused": [
                    {"path": one.path, "code": one.code, "reason": one.reason}
                    for one in briefing.refused
                ],
                "signature": briefing.run.signature,
            },
            ensure_ascii=False,
            indent=2,
        )
    )


def _list_refused(refused: Sequence[Refusal]) -> None:
    for one in refused:
        complain(f"refused {one.path}: {one.reason} ({one.code})")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; no traceback reaches the user.

    `BRIEFING_DEBUG=1` lets an unexpected error through, for a bug report.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = int(app(given, prog_name="briefing", standalone_mode=False) or 0)
    except NothingToBrief as error:
        _list_refused(error.refused)
        complain("nothing to brief: no input became an article")
        if "--json" in given:
            _print_nothing(error)
        return error.exit_code
    except BriefingError as error:
        complain(error)
        return error.exit_code
    except typer.Abort:
        complain("interrupted")
        return EXIT_INTERRUPTED
    except Exception as error:
        if isinstance(error, _parser_errors()):
            error.show()
            return int(error.exit_code)
        if os.environ.get("BRIEFING_DEBUG"):
            raise
        complain(f"internal error: {type(error).__name__}: {error} (BRIEFING_DEBUG=1 shows where)")
        return EXIT_INTERNAL
    if code == EXIT_INTERRUPTED:  # typer takes the interrupt itself and says nothing
        complain("interrupted")
    return code


def _parser_errors() -> Any:
    """Return the base of typer's usage errors: click's own, which newer typers carry inside."""
    return next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")


def _print_nothing(error: NothingToBrief) -> None:
    refused = [{"path": one.path, "code": one.code, "reason": one.reason} for one in error.refused]
    typer.echo(
        json.dumps(
            {
                "exit_code": error.exit_code,
                "files": [],
                "articles": 0,
                "events": [],
                "refused": refused,
            },
            ensure_ascii=False,
            indent=2,
        )
    )


if __name__ == "__main__":
    sys.exit(main())
