"""Collecting a day's articles: ask every source, fetch what is new, store what is an article.

A source that fails is told in the outcome and in the briefing and stops nobody else. Articles go
into the store one by one, so that a killed run keeps what it had. Hosts are asked side by side, each
by itself one request after the other; a page is in memory only until it is taken apart.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import urlsplit

from briefing.daily.feeds import identity_of
from briefing.daily.fetching import Fetched, Fetcher, Validators
from briefing.daily.outcomes import Collected, Outcome
from briefing.daily.visit import Visit
from briefing.errors import InputRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime, timedelta

    from briefing.daily.config import DailyConfig
    from briefing.daily.feeds import Entry
    from briefing.daily.store import Store
    from briefing.progress import Progress

__all__ = ["collect", "probe"]

WORKERS = 8
"""Hosts asked at the same time."""

T = TypeVar("T")


def collect(
    config: DailyConfig,
    store: Store,
    *,
    label: str,
    now: datetime,
    since: timedelta,
    progress: Progress,
) -> Collected:
    """Ask every source of `config` and put new articles into `store`.

    `now` is the time of the run; it completes relative times (`13 menit lalu`) and is what articles
    are stored under. Refusals are told in the edition of the day `label`. `since` bounds how old
    the articles of a source may be that is read for the first time (see `DailySettings`).
    """
    progress.start("fetch", len(config.sources))
    visits = [
        Visit(source, config, now, store=store, label=label, since=since)
        for source in config.sources
    ]
    for visit in visits:
        if visit.source.url is None:
            visit.read_files()
            progress.advance()
    with _side_by_side(Fetcher(config.daily)) as hosts:
        pages = _Hosts[tuple[Visit, "Entry"]](hosts)
        taken: set[str] = set()
        for visit, entries in _lists(_Hosts[Visit](hosts), visits, progress):
            for entry in _not_taken(entries, taken):
                pages.add((visit, entry), entry.url, store.validators(entry.url))
                visit.open += 1
            if not visit.open:
                visit.close()
                progress.advance()
        for (visit, entry), got in pages.run():
            visit.take(entry, got)
            visit.open -= 1
            if not visit.open:
                visit.close()
            # Without units where the source goes on: whoever watches may end the run here.
            progress.advance(0 if visit.open else 1)
    return Collected(tuple(visit.outcome for visit in visits))


def probe(config: DailyConfig, *, now: datetime, pages: int = 3) -> tuple[Outcome, ...]:
    """Try every source without storing anything: does it answer, how fresh, does extraction work.

    At most `pages` articles of each are fetched and taken apart.
    """
    visits = [Visit(source, config, now) for source in config.sources]
    for visit in visits:
        if visit.source.url is None:
            visit.try_files()
    with _side_by_side(Fetcher(config.daily)) as hosts:
        wanted = _Hosts[tuple[Visit, "Entry"]](hosts)
        lists = _Hosts[Visit](hosts)
        for visit in visits:
            if visit.source.url is not None:
                lists.add(visit, visit.source.url, None)
        for visit, got in lists.run():
            with suppress(InputRefused):
                for entry in visit.entries(got)[:pages]:
                    wanted.add((visit, entry), entry.url, None)
        for (visit, entry), got in wanted.run():
            visit.try_page(entry, got)
    return tuple(visit.outcome for visit in visits)


def _lists(
    hosts: _Hosts[Visit], visits: Iterable[Visit], progress: Progress
) -> Iterator[tuple[Visit, list[Entry]]]:
    """Yield the entries worth a fetch of every source that answers, in the configured order."""
    order: list[Visit] = []
    for visit in visits:
        if visit.source.url is not None:
            hosts.add(visit, visit.source.url, visit.list_validators())
            order.append(visit)
    answers: dict[int, list[Entry]] = {}
    for visit, got in hosts.run():
        try:
            answers[id(visit)] = visit.wanted(visit.entries(got))
        except InputRefused:
            visit.close()
            progress.advance()
        else:
            progress.advance(0)
    for visit in order:
        if id(visit) in answers:
            yield visit, answers[id(visit)]


def _not_taken(entries: Iterable[Entry], taken: set[str]) -> Iterator[Entry]:
    """Yield what no earlier source of this run lists: two feeds of an outlet share articles."""
    for entry in entries:
        identity = identity_of(entry.url)
        if identity not in taken:
            taken.add(identity)
            yield entry


@contextmanager
def _side_by_side(fetcher: Fetcher) -> Iterator[tuple[Fetcher, ThreadPoolExecutor]]:
    """Give a fetcher and threads to use it in; a run that ends early waits for no pause."""
    with fetcher:
        pool = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="fetch")
        try:
            yield fetcher, pool
        except BaseException:
            fetcher.stop()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


class _Hosts(Generic[T]):
    """Requests in a queue for each host, of which one at a time is under way."""

    def __init__(self, tools: tuple[Fetcher, ThreadPoolExecutor]) -> None:
        self._fetcher, self._pool = tools
        self._queues: dict[str, deque[tuple[T, str, Validators | None]]] = {}

    def add(self, job: T, url: str, validators: Validators | None) -> None:
        """Queue the request of `url`, which belongs to `job`."""
        host = urlsplit(url).netloc
        self._queues.setdefault(host, deque()).append((job, url, validators))

    def run(self) -> Iterator[tuple[T, Fetched | InputRefused]]:
        """Yield each job with its answer as the answers come."""
        under_way: dict[Future[Fetched | InputRefused], tuple[str, T]] = {}
        busy: set[str] = set()
        while self._queues or under_way:
            for host in [host for host in self._queues if host not in busy]:
                if len(under_way) >= WORKERS:
                    break
                queue = self._queues[host]
                job, url, validators = queue.popleft()
                if not queue:
                    del self._queues[host]
                busy.add(host)
                under_way[self._pool.submit(self._fetch, url, validators)] = (host, job)
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                host, job = under_way.pop(future)
                busy.discard(host)
                yield job, future.result()

    def _fetch(self, url: str, validators: Validators | None) -> Fetched | InputRefused:
        try:
            return self._fetcher.fetch(url, validators)
        except InputRefused as error:
            return error
        except Exception as error:  # noqa: BLE001 - the network is not trusted, and no page ends a run
            return InputRefused("unreadable", f"{type(error).__name__}: {error}"[:300])
