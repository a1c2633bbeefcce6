"""Fetching from the public web: polite, bounded, and never into the house.

robots.txt is honoured as RFC 9309 says: unreachable means disallowed, absent means allowed. A host
gets one request after the other with a pause between; one that asks to be left alone for longer than
a run has (`Retry-After`) is left alone for the rest of it. Sizes are counted while decompressing, so
a gzip bomb ends at the limit, and a transfer ends at its deadline however slowly it drips.
"""

from __future__ import annotations

import ssl
import threading
import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import httpx
import stamina
from protego import Protego

from briefing.daily.network import GuardedBackend, PrivateAddress
from briefing.errors import InputRefused

if TYPE_CHECKING:
    from briefing.daily.config import DailySettings

__all__ = ["FetchFailed", "Fetched", "Fetcher", "Validators", "gunzip"]

MAX_CRAWL_DELAY = 30.0
"""Seconds. A robots.txt that asks for more is met with this: beyond it a morning is over first."""
ROBOTS_BYTES = 512_000  # RFC 9309, 2.5: parse at least 500 KiB
_RETRY_STATUS = frozenset({429, 500, 502, 503, 504})
_CHUNK = 65_536
_SHOWN = 200  # characters of an address in a message


class FetchFailed(InputRefused):
    """An address gave no usable answer; `reason` says what happened, `code` is `missing` or so."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask again with: the values of `ETag` and `Last-Modified`."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `url` is where the redirects ended; `data` is empty where `unchanged`."""

    url: str
    data: bytes
    content_type: str
    validators: Validators
    unchanged: bool = False


class _Transient(Exception):
    """Something that may go better in a moment; `wait` is what the server asked for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Fetcher:
    """Fetches addresses for one run; safe to share between threads, one request a host at a time."""

    def __init__(self, settings: DailySettings) -> None:
        self._settings = settings
        self._backend = GuardedBackend(allow_private=settings.allow_private)
        transport = httpx.HTTPTransport(limits=httpx.Limits(max_connections=16))
        # httpx has no public way to a network backend of one's own; its own pool takes one.
        transport._pool._network_backend = self._backend  # noqa: SLF001 - see above
        self._client = httpx.Client(
            transport=transport,
            timeout=settings.timeout,
            headers={"User-Agent": settings.user_agent, "Accept-Encoding": "gzip, deflate"},
            trust_env=False,  # a proxy would make the check of addresses worthless
        )
        self._robots: dict[str, Protego | None] = {}
        self._hosts: dict[str, threading.Lock] = {}
        self._next: dict[str, float] = {}
        self._closed_to_us: dict[str, str] = {}
        self._guard = threading.Lock()
        self._stop = threading.Event()

    def __enter__(self) -> Fetcher:  # noqa: PYI034 - final in practice
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def stop(self) -> None:
        """Let no further request begin, and end the pauses before those that wait."""
        self._stop.set()

    def close(self) -> None:
        """Close the connections."""
        self.stop()
        self._client.close()

    def fetch(self, url: str, validators: Validators | None = None) -> Fetched:
        """Return what `url` answers, after robots.txt, redirects and retries.

        Raises `FetchFailed` with a reason for the reader.
        """
        seen: list[str] = []
        while True:
            if url in seen:
                raise FetchFailed("missing", f"redirect loop at {url[:_SHOWN]}")
            seen.append(url)
            origin, path = _take_apart(url)
            robots = self._robots_of(origin)
            host = origin.partition("://")[2]
            if robots is None:
                raise FetchFailed("unreadable", f"{host} gave no readable robots.txt")
            if not robots.can_fetch(url, self._settings.user_agent):
                raise FetchFailed("unreadable", f"robots.txt of {host} forbids {path[:_SHOWN]}")
            answer = self._with_retries(url, validators, self._settings.max_bytes)
            if not isinstance(answer, str):
                return answer
            if len(seen) > self._settings.max_redirects:
                raise FetchFailed("missing", f"more than {self._settings.max_redirects} redirects")
            url = answer

    def _robots_of(self, origin: str) -> Protego | None:
        with self._guard:
            lock = self._hosts.setdefault(f"robots of {origin}", threading.Lock())
        with lock:  # asked for once, also by several threads
            if origin not in self._robots:
                self._robots[origin] = self._read_robots(origin)
            return self._robots[origin]

    def _read_robots(self, origin: str) -> Protego | None:
        url = f"{origin}/robots.txt"
        try:
            for _ in range(self._settings.max_redirects + 1):
                _take_apart(url)
                answer = self._with_retries(url, None, ROBOTS_BYTES)
                if not isinstance(answer, str):
                    return Protego.parse(answer.data.decode("utf-8", "replace"))
                url = answer
        except _ClientError:
            pass  # RFC 9309, 2.3.1.3: unavailable (4xx) means no rules
        except FetchFailed as error:
            if isinstance(error, _Unreachable) or error.code == "unsupported":
                raise  # the page would fail in the same way, and this says why
            return None  # RFC 9309, 2.3.1.4: unreachable means complete disallow
        return Protego.parse("")

    def _delay(self, url: str) -> float:
        parts = urlsplit(url)
        rules = self._robots.get(f"{parts.scheme}://{parts.netloc}")
        asked = rules.crawl_delay(self._settings.user_agent) if rules is not None else None
        return max(self._settings.host_delay, min(float(asked or 0), MAX_CRAWL_DELAY))

    def _with_retries(self, url: str, validators: Validators | None, limit: int) -> Fetched | str:
        def worth_another_try(error: Exception) -> bool | float:
            if not isinstance(error, _Transient) or self._stop.is_set():
                return False
            return True if error.wait is None else error.wait

        try:
            for attempt in stamina.retry_context(
                on=worth_another_try,
                attempts=self._settings.retries,
                timeout=None,
                wait_initial=0.5,
                wait_max=10.0,
            ):
                with attempt:
                    return self._once(url, validators, limit)
        except _NoConnection as error:
            raise _Unreachable("unreadable", str(error)) from error
        except _Transient as error:
            raise FetchFailed("unreadable", str(error)) from error
        raise AssertionError("retry_context returns or raises")  # pragma: no cover

    def _once(self, url: str, validators: Validators | None, limit: int) -> Fetched | str:
        host = urlsplit(url).netloc
        with self._guard:
            lock = self._hosts.setdefault(host, threading.Lock())
        with lock:
            if host in self._closed_to_us:
                raise FetchFailed("unreadable", self._closed_to_us[host])
            wait = self._next.get(host, 0.0) - time.monotonic()
            if self._stop.wait(max(0.0, wait)):
                raise FetchFailed("unreadable", "the run was stopped")
            try:
                return self._request(url, validators, limit)
            except _AskedToWait as error:
                self._closed_to_us[host] = error.reason
                raise
            finally:
                self._next[host] = time.monotonic() + self._delay(url)

    def _request(self, url: str, validators: Validators | None, limit: int) -> Fetched | str:
        headers = {}
        if validators and validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators and validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        self._backend.limit(self._settings.timeout)
        try:
            with self._client.stream("GET", url, headers=headers) as answer:
                if answer.has_redirect_location:
                    return _target(url, answer.headers["Location"])
                kept = Validators(answer.headers.get("ETag"), answer.headers.get("Last-Modified"))
                kind = answer.headers.get("Content-Type", "")
                if answer.status_code == httpx.codes.NOT_MODIFIED:
                    return Fetched(url, b"", kind, validators or kept, unchanged=True)
                _judge(answer)
                return Fetched(url, _read(answer, limit), kind, kept)
        except httpx.TimeoutException as error:
            raise _NoConnection(f"no answer within {self._settings.timeout:g} s") from error
        except httpx.TransportError as error:
            raise _explain(error, urlsplit(url).hostname or url) from error
        except (httpx.InvalidURL, ValueError, UnicodeError) as error:
            raise FetchFailed("unsupported", f"not an address on the web: {error}") from error


class _ClientError(FetchFailed):
    """The server says that there is nothing for us here (4xx)."""


class _AskedToWait(FetchFailed):
    """The server asks to be left alone for longer than a run lasts."""


class _Unreachable(FetchFailed):
    """No connection at all, so that what was asked for does not matter."""


class _NoConnection(_Transient):
    """The same, while it may still go better."""


def _take_apart(url: str) -> tuple[str, str]:
    """Return origin and path; raises `FetchFailed` for what is no address on the web."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise FetchFailed("unsupported", f"not an address on the web: {url[:_SHOWN]}")
    if parts.username is not None or parts.password is not None:
        raise FetchFailed("unsupported", "addresses with a user name are not fetched")
    return f"{parts.scheme}://{parts.netloc}", parts.path


def _target(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise FetchFailed("missing", f"a redirect to no address: {location[:_SHOWN]}") from None


def _judge(answer: httpx.Response) -> None:
    if answer.status_code in _RETRY_STATUS:
        wait = _retry_after(answer.headers.get("Retry-After", ""))
        said = f"the server answered {answer.status_code}"
        if wait is not None and wait > MAX_CRAWL_DELAY:
            raise _AskedToWait("unreadable", f"{said} and asks to come back in {wait:.0f} s")
        raise _Transient(said, wait)
    if answer.is_client_error:
        raise _ClientError("missing", f"the server answered {answer.status_code}")
    if not answer.is_success:
        raise FetchFailed("unreadable", f"the server answered {answer.status_code}")


def _retry_after(value: str) -> float | None:
    """Return the seconds that a `Retry-After` asks for (RFC 9110, 10.2.3: a number or a date)."""
    if value.isdecimal():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def _read(answer: httpx.Response, limit: int) -> bytes:
    """Read the body, never more than `limit` bytes of it in memory, compressed or not."""
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise FetchFailed("unreadable", f"an encoding that was not asked for: {coding[:40]}")
    body = _Body(limit, compressed=coding not in {"", "identity"})
    for part in answer.iter_raw(_CHUNK):
        body.feed(part)
    return body.end()


def gunzip(data: bytes, limit: int) -> bytes:
    """Return what a gzip file holds; raises `FetchFailed` beyond `limit` bytes or where it breaks."""
    body = _Body(limit, compressed=True)
    body.feed(data)
    return body.end()


class _Body:
    """Gathers a body; zlib is never let beyond the limit, so a bomb costs nothing."""

    def __init__(self, limit: int, *, compressed: bool) -> None:
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        # 47: gzip or zlib, whichever the header says (zlib's manual, inflateInit2).
        self._inflate = zlib.decompressobj(47) if compressed else None
        self._first = True
        self._open = False

    def feed(self, part: bytes) -> None:
        while part:
            part = self._take(part) if self._inflate is not None else self._keep(part)

    def _keep(self, part: bytes) -> bytes:
        self._size += len(part)
        if self._size > self._limit:
            raise FetchFailed("too-large", f"more than {self._limit:,} bytes")
        self._parts.append(part)
        return b""

    def _take(self, part: bytes) -> bytes:
        inflate = self._inflate
        assert inflate is not None  # noqa: S101 - for the type checker; `feed` has asked
        room = self._limit - self._size + 1
        try:
            out = inflate.decompress(part, room)
        except zlib.error:
            if not self._first:
                raise FetchFailed("broken", "the compressed answer is damaged") from None
            self._inflate = inflate = zlib.decompressobj(-15)  # deflate without zlib's header
            try:
                out = inflate.decompress(part, room)
            except zlib.error:
                raise FetchFailed("broken", "the compressed answer is damaged") from None
        self._first = False
        self._keep(out)
        self._open = not inflate.eof
        if inflate.eof:
            self._inflate = zlib.decompressobj(47)  # gzip members may follow one another
            return inflate.unused_data.lstrip(b"\0")
        return inflate.unconsumed_tail

    def end(self) -> bytes:
        if self._open:
            raise FetchFailed("broken", "the compressed answer ends too early")
        return b"".join(self._parts)


def _explain(error: httpx.TransportError, host: str) -> Exception:
    """Find what happened under the layers of httpx and httpcore, and say it plainly."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, PrivateAddress):
            return _Unreachable("unsupported", str(cause))
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _Unreachable(
                "unreadable", f"the certificate of {host} is not valid: {cause.verify_message}"
            )
        if isinstance(cause, ssl.SSLError):
            return _Unreachable("unreadable", f"no secure connection to {host}: {cause.reason}")
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.UnsupportedProtocol):
        return FetchFailed("unsupported", f"not an address on the web: {error}")
    return _NoConnection(f"no connection: {error}" if str(error) else f"no connection to {host}")
