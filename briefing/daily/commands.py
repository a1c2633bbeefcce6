"""The commands of the daily briefing: `daily`, `status`, `sources check`, `schedule ...`.

They parse, call the library and print; `briefing.cli` hangs them into the program.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.console import choose_progress, complain, plain
from briefing.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.daily.collecting import Outcome
    from briefing.daily.config import DailyConfig
    from briefing.daily.delivery import Delivered
    from briefing.daily.edition import Edition
    from briefing.progress import Progress

__all__ = ["daily", "schedule_app", "sources_app", "status"]

EXIT_REFUSED = 1
EXIT_UNHEALTHY = 5

sources_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Look at the sources.")
schedule_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Run the daily briefing by itself."
)

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Options file.", show_default="briefing.toml"),
]
Report = Annotated[bool, typer.Option("--json", help="Print a machine-readable report on stdout.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress and no summary.")]
At = Annotated[
    str | None, typer.Option("--at", metavar="HH:MM", help="Time of day.", show_default="06:30")
]
Zone = Annotated[
    str | None,
    typer.Option("--tz", metavar="ZONE", help="Time zone.", show_default="Asia/Jakarta"),
]


def daily(
    *,
    day: Annotated[
        str | None,
        typer.Option("--date", metavar="DAY", help="Day of the edition.", show_default="today"),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="TIME", help="How far back to look.", show_default="24h"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="DIR", help="Folder of the editions.", show_default="briefings"
        ),
    ] = None,
    due: Annotated[
        str | None,
        typer.Option(
            "--due",
            metavar="HH:MM@ZONE",
            help="Do nothing unless it is this time there, to the quarter of an hour; for cron.",
        ),
    ] = None,
    config: ConfigFile = None,
    quiet: Quiet = False,
    report: Report = False,
) -> None:
    """Fetch, translate what is new, join yesterday's events, and write the day's briefing."""
    from briefing.daily.config import DailyConfig, parse_duration  # noqa: PLC0415 - loads pydantic
    from briefing.daily.schedule import is_due  # noqa: PLC0415 - with the rest

    if due is not None and not is_due(due, datetime.now(UTC)):
        return
    try:
        wanted = date.fromisoformat(day) if day else None
        window = parse_duration(since) if since else None
    except ValueError as error:
        raise UsageError(str(error)) from None
    chosen = DailyConfig.load(config)
    with choose_progress(quiet=quiet) as progress:
        edition, sent = _run(chosen, progress, day=wanted, since=window, out=out)
    failed = [one for one in sent if one.error]
    refused = edition.briefing.refused
    code = EXIT_REFUSED if refused or failed else 0
    if report:
        told = {**edition.report, "day": edition.day, "exit_code": code}
        told["delivered"] = [{"kind": s.kind, "target": s.target, "error": s.error} for s in sent]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for file in edition.files:
            typer.echo(plain(file))
    for refusal in refused:
        complain(f"refused {refusal.path}: {refusal.reason} ({refusal.code})")
    for one in failed:
        complain(f"not delivered by {one.kind} to {one.target}: {one.error}")
    raise typer.Exit(code)


def _run(
    config: DailyConfig, progress: Progress, **wanted: Any
) -> tuple[Edition, tuple[Delivered, ...]]:
    from briefing.daily.delivery import deliver  # noqa: PLC0415 - after the work, not before
    from briefing.daily.edition import Daily  # noqa: PLC0415 - the stages load here

    edition = Daily(config, progress=progress).run(**wanted)
    return edition, deliver(edition, config.deliver)


def status(
    *,
    config: ConfigFile = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Runs to show.")] = 5,
    report: Report = False,
) -> None:
    """Show the last runs and the next one; exit code 5 where the last run failed or is overdue."""
    from briefing.daily.config import DailyConfig  # noqa: PLC0415 - loads pydantic
    from briefing.daily.health import describe_health  # noqa: PLC0415 - with the rest

    health = describe_health(DailyConfig.load(config), now=datetime.now(UTC), limit=limit)
    if report:
        typer.echo(json.dumps(health.as_dict(), ensure_ascii=False, indent=2))
    else:
        for line in health.lines():
            typer.echo(plain(line))
    raise typer.Exit(0 if health.healthy else EXIT_UNHEALTHY)


@sources_app.command("check")
def check_sources(*, config: ConfigFile = None, report: Report = False) -> None:
    """Ask every source: does it answer, how many items, how fresh, does extraction work."""
    from briefing.daily.collecting import probe  # noqa: PLC0415 - loads httpx
    from briefing.daily.config import DailyConfig  # noqa: PLC0415 - with the rest

    chosen = DailyConfig.load(config)
    if not chosen.sources:
        raise ConfigError("the configuration lists no [[sources]]")
    outcomes = probe(chosen, now=datetime.now(UTC))
    if report:
        told = [{"source": outcome.source, **outcome.as_dict()} for outcome in outcomes]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _table(outcomes)
    failed = [outcome for outcome in outcomes if outcome.error or not outcome.extracted]
    raise typer.Exit(EXIT_REFUSED if failed else 0)


def _table(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        verdict = outcome.error or (
            f"{outcome.entries} items, newest {outcome.newest or 'undated'}, "
            f"{outcome.extracted} articles extracted"
        )
        typer.echo(plain(f"{outcome.source} ({outcome.kind}): {verdict}"))
        for refusal in outcome.refused[:3]:
            typer.echo(plain(f"    {refusal.path}: {refusal.reason}"))


@schedule_app.command("install")
def install(*, at: At = None, tz: Zone = None, config: ConfigFile = None) -> None:
    """Install a systemd user timer, or crontab lines where there is none, and say what was done."""
    from briefing.daily.schedule import install as install_plan  # noqa: PLC0415 - keeps --help quick

    for line in install_plan(_plan(at, tz, config)):
        typer.echo(plain(line))


@schedule_app.command("show")
def show() -> None:
    """Show what is installed."""
    from briefing.daily.schedule import show as shown  # noqa: PLC0415 - keeps --help quick

    for line in shown() or ["nothing is installed"]:
        typer.echo(plain(line))


@schedule_app.command("remove")
def remove() -> None:
    """Remove what `install` made."""
    from briefing.daily.schedule import remove as remove_plan  # noqa: PLC0415 - keeps --help quick

    for line in remove_plan() or ["nothing was installed"]:
        typer.echo(plain(line))


@schedule_app.command("run")
def run(*, at: At = None, tz: Zone = None, config: ConfigFile = None) -> None:
    """Stay in the foreground and run every day; stop on SIGTERM."""
    from briefing.console import Lines  # noqa: PLC0415 - keeps --help quick
    from briefing.daily.clockwork import Clockwork, StopWatch  # noqa: PLC0415 - same
    from briefing.daily.config import DailyConfig  # noqa: PLC0415 - same

    plan = _plan(at, tz, config)
    chosen = DailyConfig.load(config)

    def job() -> None:
        with Lines() as lines:
            edition, sent = _run(chosen, StopWatch(lambda: clockwork.stopping, lines))
        complain(f"wrote {edition.folder}")
        for one in sent:
            if one.error:
                complain(f"not delivered by {one.kind} to {one.target}: {one.error}")

    clockwork = Clockwork(job, at=plan.at, tz=plan.tz, tell=complain)
    clockwork.run()


def _plan(at: str | None, tz: str | None, config: Path | None) -> Any:
    from briefing.daily.config import DailyConfig, Schedule  # noqa: PLC0415 - loads pydantic
    from briefing.daily.schedule import Plan  # noqa: PLC0415 - with the rest
    from briefing.options import CONFIG_NAME  # noqa: PLC0415 - same

    chosen = DailyConfig.load(config)
    try:
        when = time.fromisoformat(at) if at else chosen.schedule.at
        zone = Schedule(tz=tz).tz or chosen.schedule.tz or chosen.daily.tz
    except ValueError:  # pydantic's own complaint is one too
        raise UsageError(
            f"not a time of day such as 06:30, or not a time zone such as Asia/Jakarta: {at} {tz}"
        ) from None
    return Plan(at=when, tz=zone, config=config or Path(CONFIG_NAME))
