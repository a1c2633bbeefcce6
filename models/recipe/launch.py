"""The environment that training wants, and a child process that is started again when it must be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["AGAIN", "environment", "supervise"]

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


def supervise(arguments: Sequence[str], stop: Path, niceness: int) -> int:
    """Run `python -m models.recipe ARGUMENTS` until it ends for good or `stop` exists.

    Args:
        arguments: the command and its options.
        stop: a file that ends training.
        niceness: of the child, 0 to 19.

    Returns:
        The child's last exit status.
    """
    command = [sys.executable, "-u", "-m", "models.recipe", *arguments]
    if shutil.which("nice"):
        command = ["nice", "-n", str(niceness), *command]
    status = AGAIN
    while status == AGAIN and not stop.exists():
        status = subprocess.run(command, env=environment(), check=False).returncode  # noqa: S603 - our own module with our own arguments
    return status
