"""One day's briefing: collect, translate what is new, join yesterday's events, write, commit, send.

Every step leaves the store in a state that the next run continues from, so a run that is killed and
started again does not fetch, translate, report or send anything twice.
"""

from __future__ import annotations

import os
import sqlite3
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from briefing.daily.collecting import collect
from briefing.daily.config import DailyConfig
from briefing.daily.delivery import Parcel, dispatch, target_of
from briefing.daily.joining import MEMORY, days_before, join, stories
from briefing.daily.lock import held
from briefing.daily.outcomes import Collected
from briefing.daily.publishing import publish
from briefing.daily.store import Store
from briefing.document import Briefing, InputFile
from briefing.errors import BriefingError, OutputError, Stopped, UsageError
from briefing.progress import Silent
from briefing.record import run_record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from briefing.daily.delivery import Delivered
    from briefing.daily.store import Stored
    from briefing.progress import Progress
    from briefing.translate import Translator

__all__ = ["Daily", "Edition"]

_CHUNK = 8
"""Articles translated between two commits: a killed run loses at most these, and a run that is told
to stop does so within as many. About 200 sentences, which still fill the batches of the model."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What a daily run made: the briefing, the files, and the counts that `status` shows.

    `delivered` says how each delivery went, those of earlier editions among them.
    """

    day: str
    folder: Path
    files: tuple[Path, ...]
    briefing: Briefing
    report: dict[str, Any]
    delivered: tuple[Delivered, ...] = ()


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
        """Take a configuration, or the path of one (`briefing.toml` by default).

        `clock` gives the time, aware of its zone; the system's by default.
        """
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
        deliver: bool = True,
        redeliver: bool = False,
    ) -> Edition:
        """Make the edition of `day` (today in the configured zone), send it, and return it.

        Running it again for today adds what has come since and writes the edition anew; it is sent
        once, and again only with `redeliver`. An earlier day that has an edition is drawn again from
        the store, with nothing fetched and nothing added; one that has none gets what was published
        on it and is in no edition yet. `since` is how far back the first visit of a source reaches.
        With `deliver=False` what is to be sent waits for the next run.

        Raises `Locked` where another run is at work, `UsageError` for a day that has not come, and
        the errors of `briefing.make` other than `NothingToBrief`: a day without news gives a short
        briefing that says so.
        """
        now = self._clock()
        today = now.astimezone(self.config.daily.zone).date()
        if day is not None and day > today:
            raise UsageError(f"{day} has not come yet in {self.config.daily.tz}: it is {today}")
        label = (day or today).isoformat()
        path = self.config.daily.store
        try:
            with held(path, _utc(now)), Store(path) as store:
                if day is None:
                    _check_clock(store, label)
                work = _Work(self, store, label, now)
                return work.run(
                    past=label < today.isoformat(),
                    since=since or self.config.daily.since,
                    out=out or self.config.daily.out,
                    deliver=deliver,
                    redeliver=redeliver,
                )
        except sqlite3.Error as error:
            raise OutputError(f"the store {path} cannot be used: {error}") from error

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


def _check_clock(store: Store, label: str) -> None:
    """Refuse to write today's edition before yesterday's: a clock that went back is a mistake."""
    finished = store.finished_editions()
    if finished and finished[-1] > label:
        raise UsageError(
            f"the newest edition is of {finished[-1]}, and today is {label}: is the clock right? "
            "--date says which day is meant"
        )


class _Work:
    """One run, with the store open and the lock held."""

    def __init__(self, daily: Daily, store: Store, label: str, now: datetime) -> None:
        self._daily = daily
        self._config = daily.config
        self._progress = daily._progress  # noqa: SLF001 - a part of the same thing
        self._store = store
        self._label = label
        self._now = now
        self._begun = time.monotonic()

    def run(
        self, *, past: bool, since: timedelta, out: Path, deliver: bool, redeliver: bool
    ) -> Edition:
        store = self._store
        recovered = store.runs(1)[:1]
        number = store.begin_run(self._label, _utc(self._now))
        try:
            edition = self._make(past=past, since=since, out=out)
            sent: tuple[Delivered, ...] = ()
            targets = [target_of(one) for one in self._config.deliver]
            store.queue(self._label, targets, again=redeliver)
            if deliver and self._config.deliver:
                sent = dispatch(store, self._config.deliver, self._label)
        except BaseException as error:
            reason = str(error) if isinstance(error, BriefingError) else type(error).__name__
            state = "stopped" if isinstance(error, Stopped | KeyboardInterrupt) else "failed"
            store.end_run(number, self._end(), state, {"error": reason})
            raise
        report = {
            **edition.report,
            "seconds": round(time.monotonic() - self._begun, 1),
            "after_kill": bool(recovered and recovered[0].state == "running"),
            "delivered": [one.as_dict() for one in sent],
        }
        store.end_run(number, self._end(), "done", report)
        return Edition(edition.day, edition.folder, edition.files, edition.briefing, report, sent)

    def _end(self) -> str:
        """Return when the run ends: its begin and what it took, whatever the clock did meanwhile."""
        return _utc(self._now + timedelta(seconds=time.monotonic() - self._begun))

    def _make(self, *, past: bool, since: timedelta, out: Path) -> Edition:
        from briefing.render import check_out  # noqa: PLC0415 - with the rest of the stages

        check_out(out)  # before the minutes of work, not after
        store, label = self._store, self._label
        collected = Collected()
        if not (past and label in store.finished_editions()):
            collected = collect(
                self._config,
                store,
                label=label,
                now=self._now,
                since=since,
                progress=self._progress,
            )
            store.open_edition(label)
            if past:
                store.claim_published(label)
            else:
                store.claim(label)
        translator = self._daily._load()  # noqa: SLF001 - a part of the same thing
        self._translate(translator)
        today = store.edition(label)
        briefing = self._brief(today, translator)
        files = publish(briefing, out, label)
        report = _report(briefing, collected, files, today)
        self._commit(briefing, out, files)
        return Edition(label, out / label, files, briefing, report)

    def _translate(self, translator: Translator) -> None:
        from briefing.pipeline import translate_stage  # noqa: PLC0415 - loads the stages

        key = f"{translator.identity.name}@{translator.identity.sha256[:12]}"
        waiting = self._store.untranslated(self._label, key)
        for start in range(0, len(waiting), _CHUNK):
            chunk = [stored.article for stored in waiting[start : start + _CHUNK]]
            done = translate_stage(chunk, translator, self._config.options, self._progress)
            with self._store.transaction():
                for article in done:
                    self._store.set_translation(article, model=key)

    def _brief(self, today: Sequence[Stored], translator: Translator) -> Briefing:
        store, label, settings = self._store, self._label, self._config.daily
        earlier = store.open_events(
            before=label,
            since=days_before(label, settings.close_after),
            known_since=days_before(label, max(MEMORY, settings.close_after)),
        )
        joined = join(today, earlier, self._config.options, self._progress)
        store.refuse(label, joined.problems)
        self._joined = joined
        return Briefing(
            events=tuple(joined.events),
            refused=store.refused(label),
            run=run_record(
                translator.identity,
                self._config.options,
                [InputFile(one.identity, one.article.id) for one in today],
            ),
            target_lang=self._config.options.lang,
            day=label,
            previous_day=store.previous_edition(label),
            stories=stories(store, label, settings, earlier, joined.reported),
        )

    def _commit(self, briefing: Briefing, out: Path, files: Sequence[Path]) -> None:
        states = {
            event.id: (str(event.status), event.title.id, event.title.en)
            for event in briefing.events
        } | {
            story.event: (story.status, story.title.id, story.title.en)
            for story in briefing.stories
        }
        self._store.finish_edition(
            self._label,
            self._end(),
            self._joined.members,
            states,
            merges=self._joined.merges,
            parcel=Parcel.of(briefing, out / self._label, files).to_json(),
        )


def _report(
    briefing: Briefing, collected: Collected, files: Sequence[Path], today: Sequence[Stored]
) -> dict[str, Any]:
    status = [event.status for event in briefing.events]
    still = [story.status for story in briefing.stories]
    return {
        "articles": len(today),
        "changed": sum(stored.version > 1 for stored in today),
        "fetched": collected.fetched,
        "stored": collected.stored,
        "events": len(briefing.events),
        "new": status.count("new"),
        "developing": status.count("developing"),
        "quiet": still.count("quiet"),
        "closed": still.count("closed"),
        "refused": len(briefing.refused),
        "sources": [outcome.as_dict() for outcome in collected.outcomes],
        "files": [os.fspath(path) for path in files],
        "signature": briefing.run.signature,
    }


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
