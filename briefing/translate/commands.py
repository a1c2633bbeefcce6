"""The commands about translation: `models ...`, `memory ...` and `eval`.

They parse, call the library and print; `briefing.cli` hangs them into the program.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.console import choose_progress, complain, plain
from briefing.errors import ModelError, UsageError

if TYPE_CHECKING:
    from briefing.translate.evaluation import Evaluation, TestSet
    from briefing.translate.memory import TranslationMemory

__all__ = ["evaluate", "memory_app", "models_app"]

models_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="List, pull, convert and check models."
)
memory_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Exchange the translation memory as TMX."
)

Report = Annotated[bool, typer.Option("--json", help="Print a machine-readable report on stdout.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]
MemoryFile = Annotated[
    Path | None,
    typer.Option("--memory", metavar="FILE", help="Memory file.", show_default="user's data"),
]


@models_app.command("list")
def list_models(*, report: Report = False) -> None:
    """List the models that can be named, with their licences, and whether they are installed."""
    from briefing.translate.models import KNOWN, find, names  # noqa: PLC0415 - keeps --help quick

    rows: list[dict[str, Any]] = []
    for name in names():
        known = KNOWN.get(name)
        try:
            path: Path | None = find(name)
        except ModelError:
            path = None
        rows.append(
            {
                "name": name,
                "installed": path is not None,
                "path": str(path) if path else None,
                "licence": known.licence if known else None,
                "about": known.about if known else "installed by hand",
            }
        )
    if report:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        state = "installed" if row["installed"] else "not installed"
        licence = row["licence"] or "licence unknown"
        typer.echo(f"{row['name']:<14} {state:<14} {licence:<13} {row['about']}")


@models_app.command()
def pull(
    name: Annotated[str, typer.Argument(help="A name of `models list`, or owner/model.")],
    *,
    revision: Annotated[
        str | None, typer.Option("--revision", metavar="COMMIT", show_default="pinned")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Download a model from the Hugging Face hub, convert it, compare both, and install it."""
    from briefing.translate.hub import pull as pull_model  # noqa: PLC0415 - loads much
    from briefing.translate.models import KNOWN  # noqa: PLC0415 - with it

    known = KNOWN.get(name)
    if known and known.non_commercial:
        complain(f"{known.hub} is under {known.licence}: not for commercial use")
    with choose_progress(quiet=quiet) as progress:
        pulled = pull_model(name, revision=revision, progress=progress)
    typer.echo(plain(f"{pulled.name} {pulled.revision[:12]} is installed in {pulled.path}"))
    typer.echo(f"licence: {pulled.licence or 'unknown: see the model card on the hub'}")
    if pulled.parity is None:
        complain("the engines were not compared: sacrebleu is not installed")
    else:
        compared = pulled.parity
        typer.echo(
            f"BLEU on {compared.lines} lines: {compared.original:.1f} by transformers, "
            f"{compared.converted:.1f} by CTranslate2; {compared.same} lines the same"
        )


@models_app.command()
def convert(
    source: Annotated[Path, typer.Argument(help="A transformers checkpoint's folder.")],
    out: Annotated[
        Path | None, typer.Argument(help="The new folder.", show_default="SOURCE-ct2")
    ] = None,
    *,
    quantization: Annotated[
        str, typer.Option("--quantization", metavar="TYPE", help="int8, int16 or float32.")
    ] = "int8",
) -> None:
    """Convert a transformers checkpoint into a CTranslate2 model and compare both."""
    from briefing.translate.conversion import convert as convert_model  # noqa: PLC0415 - loads torch
    from briefing.translate.conversion import parity  # noqa: PLC0415 - same

    kinds = ("int8", "int16", "float32")
    if quantization not in kinds:
        raise UsageError(f"unknown quantization {quantization!r}; choose from int8, int16, float32")
    if not source.is_dir():
        raise UsageError(f"{source} is not a folder")
    target = out or source.with_name(f"{source.resolve().name}-ct2")
    path = convert_model(source, target, quantization=quantization)
    typer.echo(plain(str(path)))
    compared = parity(source, path)
    if compared is not None:
        typer.echo(
            f"BLEU on {compared.lines} lines: {compared.original:.1f} by transformers, "
            f"{compared.converted:.1f} by CTranslate2; {compared.same} lines the same"
        )


@models_app.command()
def check(
    name: Annotated[str, typer.Argument(help="A model name or folder.")] = "id-en",
    *,
    report: Report = False,
) -> None:
    """Load a model, translate a small set, and show its identity."""
    from dataclasses import asdict  # noqa: PLC0415 - keeps --help quick

    from briefing.translate.conversion import parity_set  # noqa: PLC0415 - keeps --help quick
    from briefing.translate.loading import load  # noqa: PLC0415 - keeps --help quick

    translator = load(name)
    made = translator.translate([source for source, _ in parity_set()])
    empty = sum(not hypothesis.text for hypothesis in made)
    identity = asdict(translator.identity)
    if report:
        typer.echo(json.dumps({**identity, "lines": len(made), "empty": empty}, indent=2))
    else:
        for key, value in identity.items():
            typer.echo(plain(f"{key}: {value}"))
        typer.echo(plain(f"“{parity_set()[0][0]}” → “{made[0].text}”"))
    if empty:
        raise ModelError(f"{name} loads, but {empty} of {len(made)} translations are empty")


@models_app.command()
def path(
    name: Annotated[
        str | None, typer.Argument(help="A model name.", show_default="where pulled models go")
    ] = None,
) -> None:
    """Print the folder of a model, or the folder that models are pulled into."""
    from briefing.translate.models import find, installed_models  # noqa: PLC0415 - see above

    typer.echo(plain(str(find(name) if name else installed_models())))


def _open(path: Path | None) -> TranslationMemory:
    from briefing.translate.memory import (  # noqa: PLC0415 - keeps --help quick
        TranslationMemory,
        default_path,
    )

    return TranslationMemory(path or default_path())


@memory_app.command("import")
def import_tmx(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="TMX files.")],
    *,
    memory: MemoryFile = None,
) -> None:
    """Take human translations from TMX files; they go before every model's."""
    from briefing.translate.tmx import read_tmx  # noqa: PLC0415 - loads lxml

    with _open(memory) as opened:
        for file in files:
            count = opened.learn(read_tmx(file))
            typer.echo(plain(f"{file}: {count} pairs"))


@memory_app.command("export")
def export_tmx(
    file: Annotated[Path, typer.Argument(help="The TMX file to write.")],
    *,
    memory: MemoryFile = None,
) -> None:
    """Write the human translations of the memory as TMX."""
    from briefing.translate.tmx import write_tmx  # noqa: PLC0415 - loads lxml

    with _open(memory) as opened:
        count = write_tmx(file, opened.pairs())
    typer.echo(plain(f"{file}: {count} pairs"))


def evaluate(
    test_sets: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="TSV (id, en[, domain]) or TMX.")
    ] = None,
    *,
    events: Annotated[
        bool, typer.Option("--events", help="Score grouping instead; FILE is labelled JSON Lines.")
    ] = False,
    summaries: Annotated[
        bool, typer.Option("--summaries", help="Score summaries instead; FILE is JSON Lines.")
    ] = False,
    model: Annotated[
        list[str] | None,
        typer.Option("--model", "-m", help="Model name or folder; repeat.", show_default="id-en"),
    ] = None,
    compared: Annotated[
        tuple[str, str] | None,
        typer.Option("--compare", metavar="A B", help="Two models, with significance."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--lines", min=1, help="First lines only.", show_default="all")
    ] = None,
    plain_engine: Annotated[
        bool, typer.Option("--plain", help="The engine alone: no second tries, repairs, terms.")
    ] = False,
    floors: Annotated[
        Path | None, typer.Option("--update", metavar="FILE", help="Raise the floors pinned here.")
    ] = None,
    report: Report = False,
) -> None:
    """Score models on test sets: BLEU, chrF++, words per second and flagged rows."""
    files = test_sets or []
    if events or summaries:
        _print_other(files, events=events, summaries=summaries)
        return
    if not files:
        raise UsageError("name a test set: TSV (Indonesian, English) or TMX")
    from briefing.translate.evaluation import (  # noqa: PLC0415 - loads sacrebleu
        compare,
        raise_floors,
        read_test_set,
    )

    told: list[dict[str, Any]] = []
    for file in files:
        test_set = read_test_set(file, limit)
        chosen = list(compared) if compared else (model or ["id-en"])
        scored = [_evaluated(name, test_set, plain_engine=plain_engine) for name in chosen]
        told += [evaluation.to_dict() for evaluation in scored]
        if not report:
            _print(scored)
        if compared:
            both = compare(scored[0], scored[1], test_set)
            told.append({"compare": chosen, "p_bleu": both.p_bleu, "p_chrf": both.p_chrf})
            if not report:
                typer.echo(
                    f"paired bootstrap, 1,000 resamples: p = {both.p_bleu:.3f} for BLEU, "
                    f"{both.p_chrf:.3f} for chrF++\n"
                )
        if floors is not None:
            raise_floors(floors, scored[0])
    if report:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))


def _print_other(files: list[Path], *, events: bool, summaries: bool) -> None:
    """Print the tables of the stages that need no model."""
    if events:
        from briefing.group.evaluation import event_report  # noqa: PLC0415 - loads the stage

        typer.echo(event_report(files))
    if summaries:
        from briefing.summarise.evaluation import summary_report  # noqa: PLC0415 - loads the stage

        typer.echo(summary_report(files))


def _evaluated(name: str, test_set: TestSet, *, plain_engine: bool) -> Evaluation:
    from briefing.translate.evaluation import evaluate as score  # noqa: PLC0415 - as above
    from briefing.translate.glossary import default_glossary  # noqa: PLC0415 - as above
    from briefing.translate.loading import load  # noqa: PLC0415 - as above

    glossary = None if plain_engine else default_glossary()
    return score(load(name), test_set, glossary=glossary, plain=plain_engine)


def _print(scored: list[Evaluation]) -> None:
    first = scored[0]
    typer.echo(plain(f"{first.test_set}, {first.lines} lines, sha256 {first.sha256[:12]}"))
    typer.echo("| model | engine | BLEU | chrF++ | words/s | flagged |")
    typer.echo("|---|---|---|---|---|---|")
    for one in scored:
        typer.echo(
            plain(
                f"| {one.model} | {one.engine} | {one.bleu:.1f} | {one.chrf:.1f} "
                f"| {one.words_per_second:.0f} | {one.flagged:.1%} |"
            )
        )
    typer.echo(f"{first.bleu_signature} {first.chrf_signature}\n")
