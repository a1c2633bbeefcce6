"""Connections to public addresses only, each request with one deadline.

Every name is resolved before it is connected to, and the connection goes to an address that was
checked, so that a name cannot point at a public address first and at a private one a moment later
(DNS rebinding). Decimal, octal and hexadecimal spellings of an address are resolved by the system
like any name, and checked as what they resolve to.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

__all__ = ["GuardedBackend", "PrivateAddress", "is_public"]

_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")  # RFC 4291, 2.4: what IANA gives out
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits


class PrivateAddress(httpcore.ConnectError):
    """A host of the house, of the machine, or of no place at all."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet, IPv4 in IPv6 looked through."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        return ip in _GLOBAL_V6 and ip.is_global
    return ip.is_global and not ip.is_multicast


class GuardedBackend(httpcore.NetworkBackend):
    """httpcore's blocking network, guarded. `limit` sets the deadline of the calling thread."""

    def __init__(self, *, allow_private: bool) -> None:
        self._inner = httpcore.SyncBackend()
        self._allow_private = allow_private
        self._here = threading.local()

    def limit(self, seconds: float) -> None:
        """Let what this thread sends and receives from now on end within `seconds` together."""
        self._here.deadline = time.monotonic() + seconds

    def left(self, timeout: float | None) -> float:
        """Return how long the next operation may take; raises where the deadline has passed."""
        left = float(getattr(self._here, "deadline", float("inf"))) - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline has passed")
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of `host` that answers; all of them must be public."""
        problem: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in self._resolve(host, port):
            try:
                stream = self._inner.connect_tcp(
                    address, port, self.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
            else:
                return _TimedStream(stream, self)
        raise problem

    def _resolve(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:  # UnicodeError: a label that IDNA does not allow
            raise httpcore.ConnectError(f"no address for {host}") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for address in addresses:
            if not self._allow_private and not is_public(address):
                raise PrivateAddress(f"{host} is a private address ({address})")
        return addresses


class _TimedStream(httpcore.NetworkStream):
    """A connection on which every operation ends at the deadline of the request that uses it.

    httpx bounds each read alone: a server that sends a byte every few seconds would never end.
    """

    def __init__(self, inner: httpcore.NetworkStream, backend: GuardedBackend) -> None:
        self._inner = inner
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._backend.left(timeout)
        return _TimedStream(
            self._inner.start_tls(ssl_context, server_hostname, left), self._backend
        )

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
