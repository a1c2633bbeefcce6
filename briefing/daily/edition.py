"""One day's briefing: collect, translate what is new, join yesterday's events, write, commit.

Every step leaves the store in a state that the next run continues from, so a run that is killed and
started again does not fetch, translate or report anything twice.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from briefing.daily.collecting import Collected, collect
from briefing.daily.config import DailyConfig
from briefing.daily.novelty import news_of
from briefing.daily.store import Store
from briefing.document import Bilingual, Briefing, InputFile, Story
from briefing.errors import BriefingError, Locked, OutputError
from briefing.progress import Silent
from briefing.record import run_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from briefing.daily.store import Stored
    from briefing.document import Event
    from briefing.progress import Progress
    from briefing.translate import Translator

__all__ = ["Daily", "Edition"]

_CHUNK = 16
"""Articles translated between two commits: a killed run loses at most these."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What a daily run made: the briefing, the files, and the counts that `status` shows."""

    day: str
    folder: Path
    files: tuple[Path, ...]
    briefing: Briefing
    report: dict[str, Any]


class Daily:
    """The daily briefing of one configuration.

    >>> Daily(DailyConfig.load("briefing.toml")).run()  # doctest: +SKIP
    """

    def __init__(
        self,
        config: DailyConfig | str | Path | None = None,
        *,
        translator: Translator | None = None,
        progress: Progress | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        """Take a configuration, or the path of one (`briefing.toml` by default)."""
        self.config = config if isinstance(config, DailyConfig) else DailyConfig.load(config)
        self._translator = translator
        self._progress = progress or Silent()
        self._clock = clock or (lambda: datetime.now(UTC))

    def run(
        self,
        *,
        day: date | None = None,
        since: timedelta | None = None,
        out: Path | None = None,
    ) -> Edition:
        """Make the edition of `day` (today in the configured zone) and return it.

        Running it again for the same day adds what has come since and writes the edition anew.
        Raises `Locked` where another run is at work, and the errors of `briefing.make` other than
        `NothingToBrief`: a day without news gives a short briefing that says so.
        """
        settings = self.config.daily
        now = self._clock()
        label = (day or now.astimezone(settings.zone).date()).isoformat()
        with self._lock(), Store(settings.store) as store:
            run = store.begin_run(label, _utc(now))
            try:
                edition = self._make(
                    store, label, now, since or settings.since, out or settings.out
                )
            except BaseException as error:
                reason = str(error) if isinstance(error, BriefingError) else type(error).__name__
                store.end_run(run, _utc(self._clock()), "failed", {"error": reason})
                raise
            store.end_run(run, _utc(self._clock()), "done", edition.report)
        return edition

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Hold the lock of the store; the system frees it where its holder is killed."""
        path = self.config.daily.store.with_suffix(".lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise Locked(f"another run is at work (lock {path})") from None
        try:
            yield
        finally:
            lock.release()

    def _make(
        self, store: Store, label: str, now: datetime, since: timedelta, out: Path
    ) -> Edition:
        begun = _utc(now - since)
        collected = collect(self.config, store, now=now, progress=self._progress)
        store.open_edition(label)
        store.claim(label, begun, _utc(self._clock()))
        translator = self._load()
        self._translate(store, label, translator)

        today = store.edition(label)
        closing = _days_before(label, self.config.daily.close_after)
        earlier = store.open_events(before=label, since=closing)
        events, members = self._events(today, earlier)
        stories = self._stories(store, label, earlier, {event.id for event in events})
        briefing = Briefing(
            events=tuple(events),
            refused=collected.refused,
            run=run_record(
                translator.identity,
                self.config.options,
                [InputFile(one.identity, one.article.id) for one in today],
            ),
            day=label,
            previous_day=max((d for rows in earlier.values() for d, _ in rows), default=None),
            stories=stories,
        )
        files = _publish(briefing, out, label)
        states = {
            event.id: (str(event.status), event.title.id, event.title.en) for event in events
        } | {story.event: (story.status, story.title.id, story.title.en) for story in stories}
        store.finish_edition(label, _utc(self._clock()), members, states)
        return Edition(
            label, out / label, files, briefing, _report(briefing, collected, files, today)
        )

    def _load(self) -> Translator:
        if self._translator is None:
            from briefing import translate  # noqa: PLC0415 - the model loads here

            options = self.config.options
            self._translator = translate.load(
                options.model,
                engine=options.engine,
                threads=options.threads,
                beam=options.beam,
                batch_tokens=options.batch_tokens,
            )
        return self._translator

    def _translate(self, store: Store, label: str, translator: Translator) -> None:
        from briefing.pipeline import translate_stage  # noqa: PLC0415 - loads the stages

        key = f"{translator.identity.name}@{translator.identity.sha256[:12]}"
        waiting = store.untranslated(label, key)
        for start in range(0, len(waiting), _CHUNK):
            chunk = [stored.article for stored in waiting[start : start + _CHUNK]]
            done = translate_stage(chunk, translator, self.config.options, self._progress)
            with store.transaction():
                for article in done:
                    store.set_translation(article, model=key)

    def _events(
        self, today: Sequence[Stored], earlier: dict[str, list[tuple[str, Stored]]]
    ) -> tuple[list[Event], dict[str, list[str]]]:
        """Return the events of `today` and which articles belong to each."""
        from briefing import group, summarise  # noqa: PLC0415 - loads the stages

        home = {s.article.id: event for event, rows in earlier.items() for _, s in rows}
        before = {s.article.id: s.article for rows in earlier.values() for _, s in rows}
        fresh = {s.article.id: replace(s.article, version=s.version) for s in today}
        groups = group.EventGrouper().group([*before.values(), *fresh.values()])
        summariser = summarise.ExtractiveSummariser()
        events: list[Event] = []
        members: dict[str, list[str]] = {}
        self._progress.start("summarise", len(groups))
        for one in groups:
            self._progress.advance()
            new = tuple(article for article in one.articles if article.id in fresh)
            old = tuple(article for article in one.articles if article.id in before)
            if not new:
                continue
            event = summarise.describe(replace(one, articles=new), summariser, self.config.options)
            known = sorted(home[article.id] for article in old)
            name = max(known, key=known.count) if known else event.id
            name = event.id if name in members else name  # an event that has split in two
            event = replace(
                event,
                id=name,
                status="developing" if old else "new",
                news=news_of(new, old, limit=8) if old else (),
                first_seen=min(
                    filter(None, [event.first_seen, *(a.published for a in old)]), default=None
                ),
            )
            events.append(event)
            members.setdefault(name, []).extend(article.id for article in new)
        return events, members

    def _stories(
        self,
        store: Store,
        label: str,
        earlier: dict[str, list[tuple[str, Stored]]],
        reported: set[str],
    ) -> tuple[Story, ...]:
        """Return the events of earlier editions that today did not report on."""
        quiet = _days_before(label, self.config.daily.quiet_after)
        stories = []
        for event, rows in earlier.items():
            if event in reported:
                continue
            last = max(day for day, _ in rows)
            title = store.event_title(event) or Bilingual()
            status: Any = "quiet" if last >= quiet else "closed"
            stories.append(Story(event=event, title=title, status=status, last_seen=last))
        return tuple(
            sorted(stories, key=lambda story: (story.last_seen, story.event), reverse=True)
        )


def _publish(briefing: Briefing, out: Path, label: str) -> tuple[Path, ...]:
    """Write the edition where nobody sees it half-written, and point `latest` at it.

    A new folder appears as a whole. In a folder that is there already each file is replaced as a
    whole, the JSON last, so that a reader of the JSON finds the other files no older than it.
    """
    folder, work = out / label, out / f".{label}.tmp"
    try:
        out.mkdir(parents=True, exist_ok=True)
        if work.exists():
            shutil.rmtree(work)  # left by a run that was killed
        made = briefing.save(work)
        if folder.exists():
            for path in sorted(made, key=lambda path: path.suffix == ".json"):
                path.replace(folder / path.name)
            work.rmdir()
        else:
            work.rename(folder)
        pointer = out / ".latest.tmp"
        pointer.unlink(missing_ok=True)
        pointer.symlink_to(label)
        pointer.replace(out / "latest")
    except OSError as error:
        raise OutputError(f"cannot write {error.filename or folder}: {error.strerror}") from error
    return tuple(folder / path.name for path in made)


def _report(
    briefing: Briefing, collected: Collected, files: Sequence[Path], today: Sequence[Stored]
) -> dict[str, Any]:
    status = [event.status for event in briefing.events]
    return {
        "articles": len(today),
        "fetched": collected.fetched,
        "stored": collected.stored,
        "events": len(briefing.events),
        "new": status.count("new"),
        "developing": status.count("developing"),
        "refused": len(briefing.refused),
        "sources": {outcome.source: outcome.as_dict() for outcome in collected.outcomes},
        "files": [os.fspath(path) for path in files],
        "signature": briefing.run.signature,
    }


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _days_before(label: str, length: timedelta) -> str:
    return (datetime.fromisoformat(label) - length).date().isoformat()
