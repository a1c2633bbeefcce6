"""Running the daily briefing by itself: a systemd user timer, a crontab line, or in the foreground.

The unit and the timer are plain files that `systemd-analyze verify` accepts.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefing.errors import OutputError, UsageError

__all__ = [
    "CATCH_UP",
    "Plan",
    "crontab_lines",
    "install",
    "is_due",
    "last_moment",
    "next_moment",
    "remove",
    "show",
    "units",
]

NAME = "briefing-daily"
CATCH_UP = timedelta(hours=20)
"""A run missed while the machine was off or asleep is made up within this time, once; a later one
would only come shortly before the next."""
# What the crontab(1) of Debian, of cronie and of BusyBox say to a user who has none.
_NO_CRONTAB = re.compile(r"no crontab|no such file", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"[A-Za-z0-9_./:@%+=,-]+")
_MARK = "# briefing daily"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to run and when: `config` is the file given to `briefing daily --config`."""

    at: time
    tz: str
    config: Path
    program: tuple[str, ...] = (sys.executable, "-m", "briefing")

    @property
    def environment(self) -> Path:
        """The file beside the configuration from which systemd takes secrets, where there is one."""
        return self.config.resolve().with_suffix(".env")

    @property
    def command(self) -> tuple[str, ...]:
        """The command line of one run."""
        return (*self.program, "daily", "--config", str(self.config.resolve()))


def units(plan: Plan) -> dict[str, str]:
    """Return the systemd unit and timer by file name."""
    line = " ".join(_systemd_quote(word) for word in plan.command)
    service = f"""\
[Unit]
Description=Daily briefing from Indonesian news
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={_systemd_path(plan.config.resolve().parent)}
EnvironmentFile=-{_systemd_path(plan.environment)}
ExecStart={line}
SuccessExitStatus=1 4
Nice=10
TimeoutStartSec=6h
"""
    timer = f"""\
[Unit]
Description=Daily briefing at {plan.at:%H:%M} {plan.tz}

[Timer]
OnCalendar=*-*-* {plan.at:%H:%M:%S} {plan.tz}
Persistent=true

[Install]
WantedBy=timers.target
"""
    return {f"{NAME}.service": service, f"{NAME}.timer": timer}


def _systemd_quote(word: str) -> str:
    """Quote one word for ExecStart (systemd.service(5): percent and dollar are doubled)."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return escaped if _PLAIN_WORD.fullmatch(word) else f'"{escaped}"'


def _systemd_path(path: Path) -> str:
    return str(path).replace("%", "%%")


def crontab_lines(plan: Plan) -> list[str]:
    """Return the line for a crontab.

    A crontab knows the machine's zone only (crontab(5) of Debian), which may not be the plan's and
    may change its clock. So cron asks every quarter of an hour, and `--due` decides.
    """
    due = f"{plan.at:%H:%M}@{plan.tz}"
    # In a crontab a percent sign would end the command.
    folder = shlex.quote(str(plan.config.resolve().parent))
    command = f"cd {folder} && {shlex.join([*plan.command, '--due', due])}".replace("%", r"\%")
    return [f"*/15 * * * * {command} {_MARK}"]


def next_moment(at: time, tz: str, after: datetime) -> datetime:
    """Return the first time after `after` (aware) at which it is `at` in the zone `tz`, in UTC.

    A time that a spring change skips counts as the moment after the change, so every day has one
    run, and a time that an autumn change repeats counts the first time (PEP 495, fold 0).
    """
    place = ZoneInfo(tz)
    day = after.astimezone(place).date() - timedelta(days=1)
    while (moment := _moment(day, at, place)) <= after:
        day += timedelta(days=1)
    return moment


def last_moment(at: time, tz: str, now: datetime) -> datetime:
    """Return the last time up to `now` at which it was `at` in the zone `tz`, in UTC."""
    place = ZoneInfo(tz)
    day = now.astimezone(place).date() + timedelta(days=1)
    while (moment := _moment(day, at, place)) > now:
        day -= timedelta(days=1)
    return moment


def _moment(day: date, at: time, place: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=place).astimezone(UTC)


def is_due(due: str, now: datetime, last_start: datetime | None = None) -> bool:
    """Tell whether the run of `due` (`06:30@ZONE`) is to begin in this quarter of an hour.

    It is where the quarter of `now` holds the time, and also later, up to `CATCH_UP`, where the
    machine was off at that time: where there have been runs and the last of them began before.
    `last_start` is when the last run began, `None` where there was none.
    Raises `UsageError` for a time or zone that cannot be read.
    """
    clock, _, zone = due.partition("@")
    try:
        at = time.fromisoformat(clock).replace(tzinfo=None)
        ZoneInfo(zone)
    except (ValueError, ZoneInfoNotFoundError, OSError):
        raise UsageError(f"{due!r} is not a time and a zone such as 06:30@Asia/Jakarta") from None
    # Cron asks at the quarters, so a time counts from the quarter that holds it.
    moment = last_moment(at, zone, now + timedelta(minutes=14, seconds=59, microseconds=999_999))
    slot = moment - timedelta(minutes=moment.minute % 15, seconds=moment.second)
    if now < slot:
        moment = last_moment(at, zone, now)
        slot = moment - timedelta(minutes=moment.minute % 15, seconds=moment.second)
    if last_start is not None and last_start >= slot:
        return False
    return now - slot < (timedelta(minutes=15) if last_start is None else CATCH_UP)


def _unit_folder() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "systemd" / "user"


def _run(*command: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - fixed programs with arguments of our own
            command, input=given, capture_output=True, text=True, check=False
        )
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))


def _has_systemd() -> bool:
    """Tell whether this user has a systemd manager to talk to."""
    if not shutil.which("systemctl"):
        return False
    return _run("systemctl", "--user", "show-environment").returncode == 0


def _lingers() -> bool:
    told = _run("loginctl", "show-user", "--property=Linger", "--value", str(os.getuid()))
    return told.stdout.strip() == "yes"


def install(plan: Plan) -> list[str]:
    """Install the timer, or a crontab line where there is no systemd; return what was done.

    Raises `OutputError` where neither is there or one of them refuses.
    """
    if _has_systemd():
        folder = _unit_folder()
        folder.mkdir(parents=True, exist_ok=True)
        done = []
        for name, text in units(plan).items():
            path = folder / name
            temporary = path.with_suffix(".tmp")
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(path)
            done.append(f"wrote {path}")
        for command in (("daemon-reload",), ("enable", "--now", f"{NAME}.timer")):
            told = _run("systemctl", "--user", *command)
            if told.returncode:
                raise OutputError(f"systemctl {' '.join(command)}: {told.stderr.strip()}")
            done.append(f"ran systemctl --user {' '.join(command)}")
        if not _lingers():
            done.append(
                "the timer runs while you are logged in; `loginctl enable-linger` lets it run always"
            )
        return done
    if shutil.which("crontab"):
        lines = [*_crontab_without_ours(), *crontab_lines(plan)]
        _write_crontab(lines)
        return [f"added to the crontab: {line}" for line in crontab_lines(plan)]
    raise OutputError(
        "neither a systemd user manager nor crontab is here; `briefing schedule run` stays in the "
        "foreground and needs neither"
    )


def remove() -> list[str]:
    """Remove whatever `install` made; return what was done, empty where nothing was there."""
    done = []
    folder = _unit_folder()
    present = [folder / name for name in (f"{NAME}.timer", f"{NAME}.service")]
    if any(path.exists() for path in present):
        if _has_systemd():
            _run("systemctl", "--user", "disable", "--now", f"{NAME}.timer")
        for path in present:
            path.unlink(missing_ok=True)
            done.append(f"removed {path}")
        if _has_systemd():
            _run("systemctl", "--user", "daemon-reload")
    if shutil.which("crontab"):
        before = _crontab()
        after = _crontab_without_ours()
        if before != after:
            _write_crontab(after)
            done.append("removed the lines from the crontab")
    return done


def show() -> list[str]:
    """Return what is installed: the units' text or the crontab's lines, empty for nothing."""
    shown = []
    for name in (f"{NAME}.service", f"{NAME}.timer"):
        path = _unit_folder() / name
        if path.exists():
            shown += [f"# {path}", *path.read_text(encoding="utf-8").splitlines(), ""]
    if shutil.which("crontab"):
        shown += [line for line in _crontab() if _MARK in line]
    return shown


def _crontab() -> list[str]:
    """Return the lines of the crontab; raises `OutputError` rather than take a failure for none."""
    listed = _run("crontab", "-l")
    if listed.returncode == 0:
        return listed.stdout.splitlines()
    if listed.stderr.strip() and not _NO_CRONTAB.search(listed.stderr):
        raise OutputError(f"crontab: {listed.stderr.strip()}")
    return []


def _crontab_without_ours() -> list[str]:
    return [line for line in _crontab() if _MARK not in line]


def _write_crontab(lines: list[str]) -> None:
    told = _run("crontab", "-", given="\n".join(lines) + ("\n" if lines else ""))
    if told.returncode:
        raise OutputError(f"crontab: {told.stderr.strip()}")
