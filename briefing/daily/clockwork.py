"""The foreground scheduler: for containers and for machines without systemd or cron.

APScheduler fires once a day at a wall-clock time of a zone, so that daylight saving moves the run
with the clock: a time that a spring change skips runs at the next moment that exists, and one that
an autumn change repeats runs once (APScheduler's CronTrigger, documented for its 3.x series; held
by a test over a year).
"""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from briefing.errors import BriefingError, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, time

    from apscheduler.triggers.cron import CronTrigger

    from briefing.progress import Progress

__all__ = ["CATCH_UP", "Clockwork", "StopWatch", "daily_trigger"]

CATCH_UP = 20 * 3600
"""Seconds. A run missed while the machine slept is made up within this time, once; a later one would
only come shortly before the next."""


def daily_trigger(at: time, tz: str) -> CronTrigger:
    """Return APScheduler's trigger for every day at `at` in the zone `tz`."""
    from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415 - slow to import

    return CronTrigger(hour=at.hour, minute=at.minute, second=at.second, timezone=ZoneInfo(tz))


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

    `tell` receives one line for each thing that happens. A run that is at work when the signal
    comes is interrupted between two steps of the store and continued by the next run.
    """

    def __init__(
        self, job: Callable[[], object], *, at: time, tz: str, tell: Callable[[str], object]
    ) -> None:
        self._job = job
        self._tell = tell
        self._trigger = daily_trigger(at, tz)
        self._stop = threading.Event()

    def next_run(self, now: datetime) -> datetime | None:
        """Return when the job runs next after `now`."""
        due: datetime | None = self._trigger.get_next_fire_time(None, now)
        return due

    def run(self) -> None:
        """Stay in the foreground until SIGTERM or SIGINT."""
        from apscheduler.schedulers.background import BackgroundScheduler  # noqa: PLC0415 - slow to import

        scheduler = BackgroundScheduler(timezone=self._trigger.timezone)
        scheduler.add_job(
            self._once,
            self._trigger,
            coalesce=True,  # many missed runs are one
            max_instances=1,  # never two at a time
            misfire_grace_time=CATCH_UP,
        )
        before = {
            number: signal.signal(number, self._asked_to_stop)
            for number in (signal.SIGTERM, signal.SIGINT)
        }
        scheduler.start()
        job = scheduler.get_jobs()[0]
        self._tell(f"next run at {job.next_run_time:%Y-%m-%d %H:%M %Z}")
        try:
            # Waiting in slices: a signal handler of Python runs between two of them.
            while not self._stop.wait(0.5):
                pass
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
