"""The commands of the daily briefing: `daily`, `status`, `sources check`, `schedule ...`.

They parse, call the library and print; `briefing.cli` hangs them into the program.

Exit codes: 0 all is well; 1 a briefing was written, but inputs were refused or a delivery did not go
(`sources check`: a source does not answer or gives no article); 2 usage, configuration, store; 4
another run is at work; 5 not healthy (`status`); 130 stopped.
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

    from briefing.daily.config import DailyConfig
    from briefing.daily.edition import Edition
    from briefing.daily.outcomes import Outcome

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
            help="Do nothing unless it is this time there, or that run was missed; for cron.",
        ),
    ] = None,
    redeliver: Annotated[
        bool, typer.Option("--redeliver", help="Send the edition also where it was sent before.")
    ] = False,
    config: ConfigFile = None,
    quiet: Quiet = False,
    report: Report = False,
) -> None:
    """Fetch, translate what is new, join yesterday's events, and write the day's briefing."""
    from briefing.daily.config import DailyConfig, parse_duration  # noqa: PLC0415 - loads pydantic
    from briefing.daily.edition import Daily  # noqa: PLC0415 - the stages load here

    try:
        wanted = date.fromisoformat(day) if day else None
        window = parse_duration(since) if since else None
    except ValueError as error:
        raise UsageError(str(error)) from None
    chosen = DailyConfig.load(config)
    if due is not None and not _is_due(due, chosen):
        return
    with choose_progress(quiet=quiet) as progress:
        edition = Daily(chosen, progress=progress).run(
            day=wanted, since=window, out=out, redeliver=redeliver
        )
    failed = [one for one in edition.delivered if one.error]
    code = EXIT_REFUSED if edition.briefing.refused or failed else 0
    if report:
        told = {"day": edition.day, "exit_code": code, **edition.report}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for file in edition.files:
            typer.echo(plain(file))
    _complain_about(edition)
    raise typer.Exit(code)


def _complain_about(edition: Edition) -> None:
    """Say on stderr what did not go as it should."""
    if edition.report["after_kill"]:
        complain("the run before was killed; this one went on from where it was")
    for refusal in edition.briefing.refused:
        complain(f"refused {refusal.path}: {refusal.reason} ({refusal.code})")
    for one in edition.delivered:
        if one.error or one.note:
            state = "sent" if one.error is None else f"not sent ({one.state})"
            complain(f"edition of {one.day}, {one.target}: {state}: {one.error or one.note}")


def _is_due(due: str, config: DailyConfig) -> bool:
    from briefing.daily.schedule import is_due  # noqa: PLC0415 - with the rest

    return is_due(due, datetime.now(UTC), _last_start(config))


def _last_start(config: DailyConfig) -> datetime | None:
    """Return when the last run began, `None` where there was none."""
    from briefing.daily.store import Store  # noqa: PLC0415 - only where it is asked for

    if not config.daily.store.exists():
        return None
    with Store(config.daily.store) as store:
        last = store.last_start()
    return datetime.fromisoformat(last) if last else None


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
    now = datetime.now(UTC)
    outcomes = probe(chosen, now=now)
    failed = [outcome for outcome in outcomes if outcome.error or not outcome.extracted]
    code = EXIT_REFUSED if failed else 0
    if report:
        told = {"exit_code": code, "sources": [outcome.as_dict() for outcome in outcomes]}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _table(outcomes, now)
        typer.echo(f"{len(outcomes) - len(failed)} of {len(outcomes)} sources give articles")
    raise typer.Exit(code)


def _table(outcomes: Sequence[Outcome], now: datetime) -> None:
    for outcome in outcomes:
        tried = outcome.extracted + len(outcome.refused)
        if outcome.error:
            mark, verdict = "FAILED", outcome.error
        else:
            mark = "ok" if outcome.extracted else "NO ARTICLE"
            verdict = (
                f"{outcome.entries} items, {_age(outcome.newest, now)}; "
                f"{outcome.extracted} of {tried} tried gave an article"
            )
        typer.echo(plain(f"{mark:<11}{outcome.source} ({outcome.kind}): {verdict}"))
        for refusal in outcome.refused[:3]:
            typer.echo(" " * 11 + plain(f"{refusal.path}: {refusal.reason}"))


def _age(newest: str | None, now: datetime) -> str:
    """Return how fresh a source is, in the largest unit that fits."""
    if newest is None:
        return "undated"
    moment = datetime.fromisoformat(newest)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    minutes = int((now - aware).total_seconds() // 60)
    if "T" not in newest or minutes < 0:
        return f"newest {newest[:10]}"
    for size, unit in ((1440, "days"), (60, "hours")):
        if minutes >= 2 * size:
            return f"newest {minutes // size} {unit} ago"
    return f"newest {minutes} minutes ago"


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
    from briefing.daily.edition import Daily  # noqa: PLC0415 - same

    plan = _plan(at, tz, config)
    chosen = DailyConfig.load(config)

    def job() -> None:
        fresh = DailyConfig.load(config)  # a change of the file counts from the next run
        with Lines() as lines:
            watch = StopWatch(lambda: clockwork.stopping, lines)
            edition = Daily(fresh, progress=watch).run()
        complain(f"wrote {edition.folder}")
        _complain_about(edition)

    clockwork = Clockwork(
        job, at=plan.at, tz=plan.tz, tell=complain, last_start=lambda: _last_start(chosen)
    )
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
