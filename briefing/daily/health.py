"""How the daily briefing is doing: the last runs, and when the next one is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from briefing.daily.clockwork import daily_trigger
from briefing.daily.store import Store

if TYPE_CHECKING:
    from briefing.daily.config import DailyConfig
    from briefing.daily.store import RunRow

__all__ = ["OVERDUE", "Health", "describe_health"]

OVERDUE = timedelta(hours=26)
"""A day, and two hours for the run itself."""


@dataclass(frozen=True, slots=True)
class Health:
    """`healthy` where the last finished run is not too old and no newer one failed."""

    healthy: bool
    reason: str
    runs: tuple[RunRow, ...]
    articles: int
    next_run: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return it for monitoring."""
        return {
            "healthy": self.healthy,
            "reason": self.reason,
            "articles": self.articles,
            "next_run": self.next_run,
            "runs": [
                {
                    "id": run.id,
                    "day": run.day,
                    "state": run.state,
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
            f"next run: {self.next_run or 'unknown'}",
        ]
        for run in self.runs:
            took = _seconds(run)
            counts = ", ".join(
                f"{run.report[name]} {name}"
                for name in ("articles", "events", "new", "developing", "refused")
                if name in run.report
            )
            said = run.report.get("error") or counts
            head.append(f"{run.day}  {run.state}  {'-' if took is None else f'{took} s'}  {said}")
        return head


def describe_health(config: DailyConfig, *, now: datetime, limit: int) -> Health:
    """Return the state of the store that `config` names."""
    zone = config.schedule.tz or config.daily.tz
    due = daily_trigger(config.schedule.at, zone).get_next_fire_time(None, now)
    next_run = due.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes") if due else None
    with Store(config.daily.store) as store:
        runs, count = tuple(store.runs(limit)), store.count()
    ended = [run for run in runs if run.state != "running"]
    if not ended:
        return Health(
            healthy=False,
            reason="no run has ended yet",
            runs=runs,
            articles=count,
            next_run=next_run,
        )
    last = ended[0]
    if last.state != "done":
        return Health(
            healthy=False,
            reason=f"the last run, of {last.day}, was {last.state}",
            runs=runs,
            articles=count,
            next_run=next_run,
        )
    if now - datetime.fromisoformat(last.finished_at or last.started_at) > OVERDUE:
        return Health(
            healthy=False,
            reason=f"the last run was on {last.day}",
            runs=runs,
            articles=count,
            next_run=next_run,
        )
    return Health(
        healthy=True,
        reason=f"the last run, of {last.day}, is done",
        runs=runs,
        articles=count,
        next_run=next_run,
    )


def _seconds(run: RunRow) -> int | None:
    if run.finished_at is None:
        return None
    took = datetime.fromisoformat(run.finished_at) - datetime.fromisoformat(run.started_at)
    return int(took.total_seconds())
