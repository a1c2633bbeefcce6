"""Fetching from the public web: polite, bounded, and never into the house.

Every address is resolved before it is connected to, and the connection goes to the address that was
checked, so that a name cannot point at a public address first and at a private one a moment later
(DNS rebinding). robots.txt is honoured as RFC 9309 says: unreachable means disallowed, absent means
allowed. Sizes are counted after decompression, so a gzip bomb ends at the limit.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
import stamina
from protego import Protego

from briefing.errors import InputRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.daily.config import DailySettings

__all__ = ["FetchFailed", "Fetched", "Fetcher", "Validators"]

MAX_CRAWL_DELAY = 30.0
"""Seconds. A robots.txt that asks for more is met with this: beyond it a morning is over first."""
ROBOTS_BYTES = 512_000  # RFC 9309, 2.5: parse at least 500 KiB
_RETRY_STATUS = frozenset({429, 500, 502, 503, 504})
_CHUNK = 65_536


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


class _GuardedBackend(httpcore.NetworkBackend):
    """Connects only to public addresses, and to the very address that was checked."""

    def __init__(self, *, allow_private: bool) -> None:
        self._inner = httpcore.SyncBackend()
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        address = self._resolve(host, port)
        return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)

    def _resolve(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(f"no address for {host}") from error
        addresses = [str(entry[4][0]) for entry in found]
        if not self._allow_private:
            for address in addresses:
                ip = ipaddress.ip_address(address.partition("%")[0])
                mapped = getattr(ip, "ipv4_mapped", None) or ip
                if not mapped.is_global or mapped.is_multicast:
                    raise _Refused(f"{host} is a private address ({address})")
        return addresses[0]


class _Refused(httpcore.ConnectError):
    """A private address; httpx wraps it, and `_reason` finds it again."""


class Fetcher:
    """Fetches addresses for one run; safe to share between threads, one request a host at a time."""

    def __init__(self, settings: DailySettings) -> None:
        self._settings = settings
        transport = httpx.HTTPTransport(limits=httpx.Limits(max_connections=16))
        # httpx has no public way to a network backend of one's own; its own pool takes one.
        transport._pool._network_backend = _GuardedBackend(  # noqa: SLF001 - see above
            allow_private=settings.allow_private
        )
        self._client = httpx.Client(
            transport=transport,
            timeout=settings.timeout,
            headers={"User-Agent": settings.user_agent, "Accept-Encoding": "gzip, deflate"},
            trust_env=False,  # a proxy would make the check of addresses worthless
        )
        self._robots: dict[str, Protego | None] = {}
        self._hosts: dict[str, threading.Lock] = {}
        self._last: dict[str, float] = {}
        self._guard = threading.Lock()

    def __enter__(self) -> Fetcher:  # noqa: PYI034 - final in practice
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def fetch(self, url: str, validators: Validators | None = None) -> Fetched:
        """Return what `url` answers, after robots.txt, redirects and retries.

        Raises `FetchFailed` with a reason for the reader.
        """
        seen: list[str] = []
        while True:
            if url in seen:
                raise FetchFailed("missing", f"redirect loop at {url}")
            seen.append(url)
            self._check(url)
            answer = self._with_retries(url, validators, self._settings.max_bytes)
            if not isinstance(answer, str):
                return answer
            if len(seen) > self._settings.max_redirects:
                raise FetchFailed("missing", f"more than {self._settings.max_redirects} redirects")
            url = answer

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise FetchFailed("unsupported", f"not an address on the web: {url[:200]}")
        if parts.username is not None or parts.password is not None:
            raise FetchFailed("unsupported", "addresses with a user name are not fetched")
        robots = self._robots_of(f"{parts.scheme}://{parts.netloc}")
        if robots is None:
            raise FetchFailed("unreadable", f"{parts.netloc} gave no readable robots.txt")
        if not robots.can_fetch(url, self._settings.user_agent):
            raise FetchFailed("unreadable", f"robots.txt of {parts.netloc} forbids {parts.path}")

    def _robots_of(self, origin: str) -> Protego | None:
        with self._guard:
            if origin in self._robots:
                return self._robots[origin]
        rules: Protego | None
        try:
            url = f"{origin}/robots.txt"
            for _ in range(self._settings.max_redirects + 1):
                answer = self._with_retries(url, None, ROBOTS_BYTES)
                if not isinstance(answer, str):
                    rules = Protego.parse(answer.data.decode("utf-8", "replace"))
                    break
                url = answer
            else:
                rules = Protego.parse("")
        except _ClientError:
            rules = Protego.parse("")  # RFC 9309, 2.3.1.3: unavailable (4xx) means no rules
        except FetchFailed as error:
            if "private address" in error.reason:
                raise
            rules = None  # RFC 9309, 2.3.1.4: unreachable means complete disallow
        with self._guard:
            self._robots[origin] = rules
        return rules

    def _delay(self, url: str) -> float:
        parts = urlsplit(url)
        rules = self._robots.get(f"{parts.scheme}://{parts.netloc}")
        asked = rules.crawl_delay(self._settings.user_agent) if rules is not None else None
        return max(self._settings.host_delay, min(float(asked or 0), MAX_CRAWL_DELAY))

    def _with_retries(self, url: str, validators: Validators | None, limit: int) -> Fetched | str:
        def worth_another_try(error: Exception) -> bool | float:
            if not isinstance(error, _Transient):
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
        except _Transient as error:
            raise FetchFailed("unreadable", str(error)) from error
        raise AssertionError("retry_context returns or raises")  # pragma: no cover

    def _once(self, url: str, validators: Validators | None, limit: int) -> Fetched | str:
        host = urlsplit(url).netloc
        with self._guard:
            lock = self._hosts.setdefault(host, threading.Lock())
        with lock:
            wait = self._last.get(host, float("-inf")) + self._delay(url) - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            try:
                return self._request(url, validators, limit)
            finally:
                self._last[host] = time.monotonic()

    def _request(self, url: str, validators: Validators | None, limit: int) -> Fetched | str:
        headers = {}
        if validators and validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators and validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        deadline = time.monotonic() + self._settings.timeout
        try:
            with self._client.stream("GET", url, headers=headers) as answer:
                if answer.has_redirect_location:
                    return urljoin(url, answer.headers["Location"])
                kept = Validators(answer.headers.get("ETag"), answer.headers.get("Last-Modified"))
                kind = answer.headers.get("Content-Type", "")
                if answer.status_code == httpx.codes.NOT_MODIFIED:
                    return Fetched(url, b"", kind, validators or kept, unchanged=True)
                _judge(answer)
                return Fetched(url, _read(answer, limit, deadline), kind, kept)
        except httpx.TimeoutException as error:
            raise _Transient(f"no answer within {self._settings.timeout:g} s") from error
        except (httpx.TransportError, httpx.InvalidURL, httpx.DecodingError) as error:
            reason = _reason(error)
            if "private address" in reason or isinstance(error, httpx.InvalidURL):
                raise FetchFailed("unsupported", reason) from error
            raise _Transient(reason) from error


class _ClientError(FetchFailed):
    """The server says that there is nothing for us here (4xx)."""


def _judge(answer: httpx.Response) -> None:
    if answer.status_code in _RETRY_STATUS:
        asked = answer.headers.get("Retry-After", "")
        wait = min(float(asked), MAX_CRAWL_DELAY) if asked.isdigit() else None
        raise _Transient(f"the server answered {answer.status_code}", wait)
    if answer.is_client_error:
        raise _ClientError("missing", f"the server answered {answer.status_code}")
    if not answer.is_success:
        raise FetchFailed("unreadable", f"the server answered {answer.status_code}")


def _read(answer: httpx.Response, limit: int, deadline: float) -> bytes:
    """Read the body, counting decompressed bytes and the time of the whole transfer."""
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_bytes(_CHUNK):
        size += len(part)
        if size > limit:
            raise FetchFailed("too-large", f"more than {limit:,} bytes")
        if time.monotonic() > deadline:
            raise FetchFailed("unreadable", "the transfer took too long")
        parts.append(part)
    return b"".join(parts)


def _reason(error: BaseException) -> str:
    """Find our own word under the layers of httpx and httpcore, or give theirs."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, _Refused):
            return str(cause)
        cause = cause.__cause__
    return f"no connection: {error}" if str(error) else f"no connection ({type(error).__name__})"
