"""Scheduling: units that systemd accepts, a crontab line that decides by itself, and the clock."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time as clock
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.cli import main
from briefing.daily.clockwork import Clockwork, daily_trigger
from briefing.daily.schedule import Plan, crontab_lines, install, is_due, remove, show, units
from briefing.errors import OutputError, UsageError

ZONES = [
    "Asia/Jakarta",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
]


@pytest.fixture
def plan(tmp_path):
    config = tmp_path / "100% of $HOME" / "briefing.toml"
    config.parent.mkdir()
    config.write_text("")
    return Plan(at=time(6, 30), tz="Asia/Jakarta", config=config)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_accepts_the_units(plan, tmp_path):
    for name, text in units(plan).items():
        (tmp_path / name).write_text(text)
    paths = [str(tmp_path / name) for name in units(plan)]
    told = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--recursive-errors=no", *paths],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
    )
    ours = [line for line in told.stderr.splitlines() if "briefing-daily" in line]
    assert told.returncode == 0, told.stderr
    assert ours == []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_reads_the_time(plan):
    line = next(
        line for line in units(plan)["briefing-daily.timer"].splitlines() if "OnCalendar" in line
    )
    told = subprocess.run(
        ["systemd-analyze", "calendar", line.partition("=")[2]],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "06:30:00 Asia/Jakarta" in told.stdout


def test_units_escape_what_systemd_would_expand(plan):
    service = units(plan)["briefing-daily.service"]
    assert "100%% of $$HOME" in service


@pytest.fixture
def fake_crontab(tmp_path, monkeypatch):
    """A crontab(1) that keeps its table in a file, and no systemd."""
    table = tmp_path / "table"
    program = tmp_path / "bin" / "crontab"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = -l ]; then cat {table} 2>/dev/null; else cat > {table}; fi\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/bin")
    monkeypatch.setattr("briefing.daily.schedule._has_systemd", lambda: False)
    return table


def test_crontab_line_comes_once_and_goes_alone(plan, fake_crontab):
    fake_crontab.write_text("0 1 * * * backup\n")
    for _ in range(2):
        assert "added to the crontab" in install(plan)[0]
    lines = fake_crontab.read_text().splitlines()
    assert len(lines) == 2
    assert lines[0] == "0 1 * * * backup"
    assert "--due 06:30@Asia/Jakarta" in lines[1]
    assert r"100\%" in lines[1], "cron ends a command at a bare percent sign"
    assert show() == [lines[1]]
    assert remove() == ["removed the lines from the crontab"]
    assert fake_crontab.read_text() == "0 1 * * * backup\n"
    assert remove() == []


def test_neither_systemd_nor_cron_is_said_plainly(plan, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(OutputError, match="schedule run"):
        install(plan)


@pytest.mark.skipif(not shutil.which("cron"), reason="cron (Debian package) is not installed")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start a cron")
def test_a_real_cron_accepts_the_line(plan, monkeypatch):
    """crontab(1) refuses a table that cron could not run."""
    before = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)
    monkeypatch.setattr("briefing.daily.schedule._has_systemd", lambda: False)
    try:
        install(plan)
        listed = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=True)
        assert crontab_lines(plan)[0] in listed.stdout
    finally:
        remove()
        if before.returncode:
            subprocess.run(["crontab", "-r"], check=False)


@pytest.mark.skipif(not shutil.which("cron"), reason="cron (Debian package) is not installed")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start a cron")
def test_a_real_cron_runs_the_line(tmp_path, monkeypatch):
    """The line as it is, but asked every minute; a program that leaves a mark stands in for Python."""
    seen = tmp_path / "seen"
    folder = tmp_path / "100% desk"
    folder.mkdir()
    config = folder / "briefing.toml"
    config.write_text("")
    plan = Plan(
        at=time(6, 30),
        tz="Asia/Jakarta",
        config=config,
        program=("/bin/sh", "-c", f'pwd > {seen}; echo "$@" >> {seen}', "sh"),
    )
    before = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)
    line = crontab_lines(plan)[0].replace("*/15", "*", 1)
    subprocess.run(["crontab", "-"], input=f"{line}\n", text=True, check=True)
    cron = subprocess.Popen(["cron", "-f"])
    try:
        for _ in range(130):
            if seen.exists() and len(seen.read_text().splitlines()) > 1:
                break
            clock.sleep(0.5)
        where, said = seen.read_text().splitlines()
        assert where == str(folder)
        assert said == f"daily --config {config} --due 06:30@Asia/Jakarta"
    finally:
        cron.terminate()
        cron.wait()
        if before.returncode:
            subprocess.run(["crontab", "-r"], check=False)
        else:
            subprocess.run(["crontab", "-"], input=before.stdout, text=True, check=True)


@pytest.mark.parametrize(
    ("due", "now", "answer"),
    [
        ("06:30@Asia/Jakarta", "2026-11-21T23:30:00Z", True),
        ("06:30@Asia/Jakarta", "2026-11-21T23:44:59Z", True),
        ("06:30@Asia/Jakarta", "2026-11-21T23:45:00Z", False),
        ("06:30@Asia/Jakarta", "2026-11-21T23:29:59Z", False),
        ("06:40@Asia/Jakarta", "2026-11-21T23:30:00Z", True),  # cron asks at the quarters
        ("00:05@Asia/Jakarta", "2026-11-21T17:00:00Z", True),  # the day turns between two quarters
        ("06:30@Asia/Kathmandu", "2026-11-21T00:45:00Z", True),
    ],
)
def test_is_due(due, now, answer):
    assert is_due(due, datetime.fromisoformat(now)) is answer


@pytest.mark.parametrize("due", ["", "06:30", "25:00@Asia/Jakarta", "06:30@Mars/Olympus"])
def test_bad_due_is_a_usage_error(due, capsys):
    with pytest.raises(UsageError, match=r"06:30@Asia/Jakarta"):
        is_due(due, datetime.now(UTC))
    assert main(["daily", "--due", due]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def quarters(start: datetime, days: int):
    for number in range(days * 96):
        yield start + timedelta(minutes=15 * number)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(2, 30), time(6, 30)])
def test_cron_asks_every_quarter_and_every_day_has_one_run(zone, at):
    """A year with both changes of the clock: 02:30 does not exist in spring and comes twice in autumn."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    due = f"{at:%H:%M}@{zone}"
    runs = [moment for moment in quarters(start, 366) if is_due(due, moment)]
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in runs]
    assert len(days) == len(set(days))
    assert all((later - day).days == 1 for day, later in pairwise(days))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(1, 30), time(2, 30), time(6, 30), time(0, 0), time(23, 59)])
def test_foreground_trigger_runs_once_a_day_over_a_year(zone, at):
    """APScheduler's own CronTrigger runs twice where an autumn change repeats 01:30."""
    trigger = daily_trigger(at, zone)
    moment = trigger.get_next_fire_time(None, datetime(2026, 1, 1, tzinfo=UTC))
    seen = []
    for _ in range(366):
        local = moment.astimezone(ZoneInfo(zone))
        seen.append(local.date())
        if local.time() != at:  # the hour that a spring change skips
            assert local.time() > at
            assert local.hour - at.hour <= 1
        moment = trigger.get_next_fire_time(moment, moment)
    assert all((later - day).days == 1 for day, later in pairwise(seen))


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "America/New_York"])
def test_foreground_scheduler_with_a_fake_clock_over_a_year(zone, monkeypatch):
    """The machine sleeps for hours and sometimes for days; no day that it is awake on has two runs."""
    import random

    from apscheduler.executors.debug import DebugExecutor
    from apscheduler.schedulers import base
    from apscheduler.schedulers.blocking import BlockingScheduler

    now = datetime(2026, 1, 1, tzinfo=UTC)

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return now.astimezone(tz)

    monkeypatch.setattr(base, "datetime", Clock)
    monkeypatch.setattr("apscheduler.executors.base.datetime", Clock)
    runs: list[datetime] = []
    works = Clockwork(lambda: runs.append(now), at=time(1, 30), tz=zone, tell=lambda _: None)
    scheduler = BlockingScheduler(timezone=ZoneInfo(zone), executors={"default": DebugExecutor()})
    works.schedule(scheduler, now)
    monkeypatch.setattr(scheduler, "_main_loop", lambda: None)
    scheduler.start()
    awake = set()
    dice = random.Random(7)  # noqa: S311 - a test draws lots
    slept = [timedelta(minutes=20)] * 40 + [timedelta(hours=5), timedelta(hours=30)]
    while now < datetime(2027, 1, 1, tzinfo=UTC):
        now += dice.choice(slept)
        scheduler._process_jobs()
        local = now.astimezone(ZoneInfo(zone))
        if time(3, 0) < local.time() < time(20, 0):
            awake.add(local.date())
    scheduler.shutdown()
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in runs]
    assert len(days) == len(set(days))
    assert len(days) > 250
    assert awake - {min(awake)} <= set(days), (
        "a run that was slept through is made up on the same day"
    )
    assert all(works.next_run(moment) > moment for moment in runs)


@pytest.mark.parametrize(
    ("now", "last", "answer"),
    [
        ("2026-11-21T23:30:00Z", "2026-11-20T23:30:00Z", True),
        ("2026-11-21T23:30:00Z", "2026-11-21T23:30:00Z", False),
        ("2026-11-22T05:00:00Z", "2026-11-20T23:30:00Z", True),  # the machine was off
        ("2026-11-22T05:00:00Z", "2026-11-21T23:31:00Z", False),
        ("2026-11-22T20:00:00Z", "2026-11-20T23:30:00Z", False),  # too late: the next is near
    ],
)
def test_a_missed_run_is_made_up_once(now, last, answer):
    moment, before = datetime.fromisoformat(now), datetime.fromisoformat(last)
    assert is_due("06:30@Asia/Jakarta", moment, before) is answer
    works = Clockwork(
        lambda: None,
        at=time(6, 30),
        tz="Asia/Jakarta",
        tell=lambda _: None,
        last_start=lambda: before,
    )
    assert works.missed(moment) is answer


@settings(max_examples=25, deadline=None)
@given(st.times(), st.sampled_from(ZONES))
def test_any_time_of_day_is_due_once_on_an_ordinary_day(at, zone):
    at = at.replace(tzinfo=None, second=0, microsecond=0)
    start = datetime(2026, 6, 10, tzinfo=UTC)
    due = f"{at:%H:%M}@{zone}"
    assert sum(is_due(due, moment) for moment in quarters(start, 1)) == 1


def test_clockwork_tells_the_next_run(capsys):
    told: list[str] = []
    works = Clockwork(lambda: None, at=time(6, 30), tz="Asia/Jakarta", tell=told.append)
    threading.Timer(1.0, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()
    before = signal.getsignal(signal.SIGTERM)
    works.run()
    assert signal.getsignal(signal.SIGTERM) is before
    assert told[0].startswith("next run at ")
    assert told[-2:] == ["SIGTERM: stopping after the present step", "stopped"]
    assert works.next_run(datetime(2026, 11, 22, tzinfo=UTC)) == datetime(
        2026, 11, 22, 23, 30, tzinfo=UTC
    )


def test_sigterm_ends_the_foreground_command_cleanly(tmp_path):
    (tmp_path / "briefing.toml").write_text('engine = "fake"\n')
    running = subprocess.Popen(
        [sys.executable, "-m", "briefing", "schedule", "run", "--at", "23:59"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr is not None
    assert "next run at" in running.stderr.readline()
    clock.sleep(0.2)
    running.send_signal(signal.SIGTERM)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 0
    assert err.endswith("briefing: stopped\n")


def test_install_without_config_is_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["schedule", "install", "--tz", "Mars/Olympus"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert main(["schedule", "install", "--config", str(Path("absent.toml"))]) == 2
