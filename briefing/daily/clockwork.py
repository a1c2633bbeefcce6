"""The foreground scheduler: for containers and for machines without systemd or cron.

APScheduler waits and fires; when, is decided by `schedule.next_moment`, as for cron. APScheduler's own
CronTrigger runs twice on the day on which an autumn change repeats the hour (3.11.3).
"""

from __future__ import annotations

import signal
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from briefing.daily.schedule import CATCH_UP, last_moment, next_moment
from briefing.errors import BriefingError, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import time

    from apscheduler.schedulers.base import BaseScheduler
    from apscheduler.triggers.base import BaseTrigger

    from briefing.progress import Progress

__all__ = ["Clockwork", "StopWatch", "daily_trigger"]

_SLICE = 0.5  # seconds between two looks at the signal
_LOOK_UP = 20  # slices between two looks at the wall clock


def daily_trigger(at: time, tz: str) -> BaseTrigger:
    """Return a trigger of APScheduler for every day at `at` in the zone `tz`."""
    from apscheduler.triggers.base import BaseTrigger  # noqa: PLC0415 - slow to import

    class DailyTrigger(BaseTrigger):  # type: ignore[misc] # APScheduler ships no types
        """Once a day, on days of 23 and of 25 hours too."""

        def get_next_fire_time(
            self, previous_fire_time: datetime | None, now: datetime
        ) -> datetime:
            """Return the next time after the previous one, or after `now`."""
            return next_moment(at, tz, previous_fire_time or now).astimezone(ZoneInfo(tz))

    return DailyTrigger()


class StopWatch:
    """A `Progress` that ends a run between two steps once `stopping` says so.

    Raises `Stopped` where the run next reports on itself: between two fetches, two batches of
    translation or two events, and so never inside a transaction or a file.
    """

    def __init__(self, stopping: Callable[[], bool], inner: Progress) -> None:
        self._stopping = stopping
        self._inner = inner

    def start(self, stage: str, total: int | None) -> None:
        """Pass on the stage, or stop."""
        self._check()
        self._inner.start(stage, total)

    def advance(self, units: int = 1) -> None:
        """Pass on the advance, or stop."""
        self._check()
        self._inner.advance(units)

    def _check(self) -> None:
        if self._stopping():
            raise Stopped("the run was stopped; the next one goes on from here")


class Clockwork:
    """Runs `job` every day until it is told to stop.

    `tell` receives one line for each thing that happens. `last_start` says when the last run began,
    so that one that was missed while nothing ran is made up at once. A run that is at work when the
    signal comes is interrupted between two steps of the store and continued by the next run.
    """

    def __init__(
        self,
        job: Callable[[], None],
        *,
        at: time,
        tz: str,
        tell: Callable[[str], None],
        last_start: Callable[[], datetime | None] | None = None,
    ) -> None:
        self._job = job
        self._at = at
        self._tz = tz
        self._tell = tell
        self._last_start = last_start or (lambda: None)
        self._stop = threading.Event()

    def next_run(self, now: datetime) -> datetime:
        """Return when the job runs next after `now`."""
        return next_moment(self._at, self._tz, now).astimezone(ZoneInfo(self._tz))

    def missed(self, now: datetime) -> bool:
        """Tell whether a run should have begun before `now` and did not."""
        last, due = self._last_start(), last_moment(self._at, self._tz, now)
        return last is not None and last < due and now - due < CATCH_UP

    def schedule(self, scheduler: BaseScheduler, now: datetime) -> None:
        """Give the job to a scheduler of APScheduler: a missed run at once, never two at a time."""
        scheduler.add_job(
            self._once,
            daily_trigger(self._at, self._tz),
            coalesce=True,  # many missed runs are one
            max_instances=1,
            misfire_grace_time=int(CATCH_UP.total_seconds()),
            next_run_time=now if self.missed(now) else self.next_run(now),
        )

    def run(self) -> None:
        """Stay in the foreground until SIGTERM or SIGINT."""
        from apscheduler.schedulers.background import BackgroundScheduler  # noqa: PLC0415 - slow to import

        scheduler = BackgroundScheduler(timezone=ZoneInfo(self._tz))
        before = {
            number: signal.signal(number, self._asked_to_stop)
            for number in (signal.SIGTERM, signal.SIGINT)
        }
        now = datetime.now(UTC)
        self.schedule(scheduler, now)
        if self.missed(now):
            self._tell("a run was missed; it begins now")
        self._tell(f"next run at {self.next_run(now):%Y-%m-%d %H:%M %Z}")
        scheduler.start()
        try:
            # Waiting in slices: a signal handler of Python runs between two of them. The scheduler
            # waits on a clock that stands still while the machine sleeps, so it is told to look up.
            slices = 0
            while not self._stop.wait(_SLICE):
                slices += 1
                if slices % _LOOK_UP == 0:
                    scheduler.wakeup()
        finally:
            scheduler.shutdown(wait=True)
            for number, handler in before.items():
                signal.signal(number, handler)
        self._tell("stopped")

    def _asked_to_stop(self, number: int, frame: Any) -> None:
        del frame
        self._tell(f"{signal.Signals(number).name}: stopping after the present step")
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Tell whether a signal has asked for the end."""
        return self._stop.is_set()

    def _once(self) -> None:
        try:
            self._job()
        except BriefingError as error:
            self._tell(str(error))
        except Exception as error:  # noqa: BLE001 - a bad morning must not end the scheduler
            self._tell(f"the run failed: {type(error).__name__}: {error}")
