"""How the daily briefing is doing: the last runs, what could not be sent, and the next run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from briefing.daily.delivery import KEEP_TRYING, target_of
from briefing.daily.lock import is_held
from briefing.daily.schedule import next_moment
from briefing.daily.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.daily.config import DailyConfig
    from briefing.daily.store import DeliveryRow, RunRow

__all__ = ["OVERDUE", "Health", "describe_health"]

OVERDUE = timedelta(hours=26)
"""A day, and two hours for the run itself."""
_COUNTS = ("articles", "events", "new", "developing", "refused")


@dataclass(frozen=True, slots=True)
class Health:
    """`healthy` where the last run is done, not too old, and everything was sent.

    `running` says that a run is at work now. `unsent` are deliveries that failed or are in doubt.
    """

    healthy: bool
    reason: str
    running: bool
    runs: tuple[RunRow, ...]
    articles: int
    unsent: tuple[DeliveryRow, ...]
    next_run: str

    def as_dict(self) -> dict[str, Any]:
        """Return it for monitoring: plain dicts, lists, strings, numbers and `None`."""
        return {
            "healthy": self.healthy,
            "reason": self.reason,
            "running": self.running,
            "articles": self.articles,
            "next_run": self.next_run,
            "unsent": [
                {"day": d.day, "target": d.target, "state": d.state, "tries": d.tries}
                | {"error": d.error}
                for d in self.unsent
            ],
            "runs": [
                {
                    "id": run.id,
                    "day": run.day,
                    "state": _state(run, running=self.running),
                    "started_at": run.started_at,
                    "finished_at": run.finished_at,
                    "seconds": _seconds(run),
                    "report": run.report,
                }
                for run in self.runs
            ],
        }

    def lines(self) -> list[str]:
        """Return it for people."""
        head = [
            f"{'healthy' if self.healthy else 'NOT HEALTHY'}: {self.reason}",
            f"articles in the store: {self.articles}",
            f"next run by the configuration: {self.next_run} (`briefing schedule show` tells by what)",
        ]
        head += [f"not sent: {d.day} by {d.target}: {d.state}: {d.error}" for d in self.unsent]
        for run in self.runs:
            took = _seconds(run)
            counts = ", ".join(f"{run.report[n]} {n}" for n in _COUNTS if n in run.report)
            state = _state(run, running=self.running)
            began = run.started_at[:16].replace("T", " ")
            length = "-" if took is None else f"{took} s"
            head.append(
                f"edition of {run.day}, begun {began} UTC: {state}, {length}"
                + (f": {said}" if (said := run.report.get("error") or counts) else "")
            )
            head += _failed_sources(run)
        return head


def _failed_sources(run: RunRow) -> list[str]:
    sources = run.report.get("sources")
    if not isinstance(sources, list):
        return []
    return [f"    {one['source']}: {one['error']}" for one in sources if one.get("error")]


def describe_health(config: DailyConfig, *, now: datetime, limit: int) -> Health:
    """Return the state of the store that `config` names; nothing is written."""
    zone = config.schedule.tz or config.daily.tz
    due = next_moment(config.schedule.at, zone, now).astimezone(ZoneInfo(zone))
    path = config.daily.store
    running = is_held(path)
    runs: tuple[RunRow, ...] = ()
    unsent: tuple[DeliveryRow, ...] = ()
    count = 0
    if path.exists():
        since = (now - KEEP_TRYING).date().isoformat()
        known = {target_of(one) for one in config.deliver}
        with Store(path, read_only=True) as store:
            runs, count = tuple(store.runs(limit)), store.count()
            unsent = tuple(
                row
                for row in store.deliveries(since)
                if row.state != "sent" and row.target in known
            )
    reason = _trouble(runs, unsent, now, running=running)
    return Health(
        healthy=reason is None,
        reason=reason or f"the last run, of {_ended(runs, running=running)[0].day}, is done",
        running=running,
        runs=runs,
        articles=count,
        unsent=unsent,
        next_run=due.isoformat(timespec="minutes"),
    )


def _trouble(
    runs: Sequence[RunRow], unsent: Sequence[DeliveryRow], now: datetime, *, running: bool
) -> str | None:
    """Return what is wrong, `None` where nothing is."""
    ended = _ended(runs, running=running)
    if not ended:
        return "no run has ended yet"
    last = ended[0]
    if last.state != "done":
        return f"the last run, of {last.day}, was {_state(last, running=False)}"
    if now - datetime.fromisoformat(last.finished_at or last.started_at) > OVERDUE:
        return f"the last run was on {last.day}"
    if unsent and not running:
        return f"{len(unsent)} of the deliveries did not go, or may not have gone"
    return None


def _ended(runs: Sequence[RunRow], *, running: bool) -> list[RunRow]:
    """Return the runs that are over; the newest is not while somebody holds the lock."""
    return [run for run in runs if _state(run, running=running) != "running"]


def _state(run: RunRow, *, running: bool) -> str:
    """Return a run's state; one that is said to run while nobody holds the lock was killed."""
    return "killed" if run.state == "running" and not running else run.state


def _seconds(run: RunRow) -> int | None:
    if run.finished_at is None:
        return None
    took = datetime.fromisoformat(run.finished_at) - datetime.fromisoformat(run.started_at)
    return int(took.total_seconds())
