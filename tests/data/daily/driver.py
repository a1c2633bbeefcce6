"""Runs daily briefings in processes that are killed, for tests/test_daily_kill.py.

Reads one JSON object a line from stdin: `config`, `now`, `log`, and `kill` with either `stage` and `n`
(the run kills itself with SIGKILL at the n-th event of the stage) or `after` (it is killed after so
many seconds). Forks a child for each, so that the imports are paid once, and answers with its exit
status. The product knows nothing of this: the events are hung into it here.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import time
import traceback
from collections import Counter
from datetime import datetime
from pathlib import Path

from briefing import Daily, DailyConfig
from briefing.daily import delivery, edition, store
from briefing.progress import Silent
from briefing.render import saving
from briefing.testing import FakeTranslator

IMPORTS = (
    "briefing.group",
    "briefing.ingest.readers.webpage",
    "briefing.render.marked",
    "briefing.render.page",
    "briefing.render.word",
    "briefing.summarise",
    "feedparser",
    "httpx",
    "trafilatura",
)


class Killer:
    """Counts events by stage and kills the process at the one that it was told."""

    def __init__(self, kill: dict[str, object]) -> None:
        self.kill = kill
        self.seen: Counter[str] = Counter()

    def event(self, stage: str) -> None:
        self.seen[stage] += 1
        if self.kill.get("stage") == stage and self.seen[stage] == self.kill.get("n"):
            os.kill(os.getpid(), signal.SIGKILL)


class Logged(FakeTranslator):
    def __init__(self, log: Path) -> None:
        super().__init__()
        self.log = log

    def translate(self, segments):
        with self.log.open("a", encoding="utf-8") as stream:
            for segment in segments:
                stream.write(json.dumps(segment) + "\n")
        return super().translate(segments)


def run(order: dict[str, object]) -> None:
    killer = Killer(order.get("kill") or {})

    class Watched(Silent):
        stage = ""

        def start(self, stage, total):  # noqa: ARG002 - a Progress
            Watched.stage = stage
            killer.event(stage)

        def advance(self, units=1):  # noqa: ARG002 - a Progress
            killer.event(Watched.stage)

    connect = store._connect

    def traced(*arguments, **options):
        db = connect(*arguments, **options)
        db.set_trace_callback(lambda sql: killer.event("commit") if sql == "COMMIT" else None)
        return db

    store._connect = traced
    real_fsync, real_publish, real_send = os.fsync, edition.publish, delivery._command

    def fsync(handle):
        killer.event("render")
        real_fsync(handle)

    def publish(*arguments):
        killer.event("publish")
        files = real_publish(*arguments)
        killer.event("publish")
        return files

    def send(*arguments):
        killer.event("send")
        real_send(*arguments)
        killer.event("send")

    saving.os.fsync, edition.publish, delivery._command = fsync, publish, send
    now = datetime.fromisoformat(str(order["now"]))
    Daily(
        DailyConfig.load(str(order["config"])),
        translator=Logged(Path(str(order["log"]))),
        progress=Watched(),
        clock=lambda: now,
    ).run()


def main() -> None:
    for name in IMPORTS:  # what a run imports, before the first fork
        importlib.import_module(name)

    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                run(order)
                code = 0
            except BaseException:  # noqa: BLE001 - the parent reads it
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code)
        after = (order.get("kill") or {}).get("after")
        if after is not None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
