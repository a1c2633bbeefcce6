"""The environment that training wants, a child that is started again, and training in the background."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "AGAIN",
    "environment",
    "running",
    "start",
    "status",
    "stop",
    "supervise",
    "yield_to_others",
]

AGAIN = 75  # exit status of a child that passed its memory bound; EX_TEMPFAIL of sysexits.h

# Without decay a step takes no page faults (measured: 26,000 a step before, a fifth of the time);
# large blocks come from the same arenas as small ones.
JEMALLOC = "oversize_threshold:0,dirty_decay_ms:-1,muzzy_decay_ms:-1,metadata_thp:auto,thp:always"


def environment() -> dict[str, str]:
    """This process's environment with one thread per operator, no hub, and jemalloc if it is here.

    Debian has jemalloc as `libjemalloc2`. Without it training works, more slowly.
    """
    found = sorted(Path("/usr/lib").glob("*/libjemalloc.so.2"))
    extra = {
        "OMP_NUM_THREADS": "1",
        "TOKENIZERS_PARALLELISM": "false",
        # transformers asks the hub even about a local folder, and hangs for minutes without one.
        "HF_HUB_OFFLINE": "1",
    }
    if found:
        extra |= {"LD_PRELOAD": str(found[0]), "MALLOC_CONF": JEMALLOC}
    return {**os.environ, **extra}


def yield_to_others(niceness: int) -> None:
    """Lower the priority of this process and, where Linux groups sessions, of its session.

    A session of its own, as a background process has, is a scheduling group of its own, in which
    the nice value alone weighs nothing.
    """
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(niceness), encoding="ascii")
    with contextlib.suppress(OSError):
        os.nice(max(0, niceness - os.nice(0)))


def supervise(arguments: Sequence[str], stop: Path) -> int:
    """Run `python -m models.recipe ARGUMENTS` until it ends for good or the file `stop` exists.

    Args:
        arguments: the command and its options.
        stop: a file that ends training.

    Returns:
        The child's last exit status.
    """
    command = [sys.executable, "-u", "-m", "models.recipe", *arguments]
    status = AGAIN
    while status == AGAIN and not stop.exists():
        status = subprocess.run(command, env=environment(), check=False).returncode  # noqa: S603 - our own module with our own arguments
    return status


def running(home: Path) -> int | None:
    """The process id of the trainer in the background, if it lives."""
    try:
        number = int((home / "loop.pid").read_text(encoding="ascii"))
        os.kill(number, 0)
    except (OSError, ValueError):
        return None
    with contextlib.suppress(OSError):  # no /proc, no zombies to be seen
        # Dead but not yet collected by its parent: the state after the name in brackets is Z.
        if Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return None
    return number


def start(home: Path, arguments: Sequence[str]) -> int:
    """Run `python -m models.recipe ARGUMENTS` detached, unless a trainer runs; log: home/train.log.

    Returns:
        The process id, also written to `home/loop.pid`, where the prototype had it.
    """
    known = running(home)
    if known is not None:
        return known
    home.mkdir(parents=True, exist_ok=True)
    (home / "STOP").unlink(missing_ok=True)
    with (home / "train.log").open("ab") as log:
        child = subprocess.Popen(  # noqa: S603 - our own module with our own arguments
            [*_nohup(), sys.executable, "-u", "-m", "models.recipe", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (home / "loop.pid").write_text(str(child.pid), encoding="ascii")
    return child.pid


def _nohup() -> list[str]:
    """`nohup`, where there is one: a closed terminal must not end hours of training."""
    found = shutil.which("nohup")
    return [found] if found else []


def stop(home: Path, seconds: float = 180) -> bool:
    """Have the trainer save and stop; whether it has stopped within `seconds`."""
    (home / "STOP").touch()
    end = time.monotonic() + seconds
    while running(home) is not None and time.monotonic() < end:
        time.sleep(0.5)
    return running(home) is None


def status(home: Path) -> str:
    """A few lines on where training stands."""
    lines = [f"running, process {running(home)}" if running(home) else "not running"]
    state = home / "state" / "state.json"
    if state.exists():
        known = json.loads(state.read_text(encoding="utf-8"))
        lines.append(f"saved at step {known['step']}, {known['done']:,} target tokens")
    with contextlib.suppress(OSError):
        log = (home / "train.log").read_text(encoding="utf-8", errors="replace").splitlines()
        lines += [line for line in log if line.startswith("step ")][-3:]
    return "\n".join(lines)
