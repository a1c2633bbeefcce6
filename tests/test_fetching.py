"""Fetching: addresses of the house, limits of size and time, politeness, and plain words for errors."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from email.utils import formatdate

import pytest
import stamina

from briefing.daily.config import DailySettings
from briefing.daily.fetching import Fetcher, FetchFailed, Validators, gunzip
from briefing.daily.network import GuardedBackend, is_public


@pytest.fixture(autouse=True)
def _no_pauses_between_tries():
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def fetcher():
    made = []

    def make(**settings) -> Fetcher:
        given = {"allow_private": True, "host_delay": 0, "timeout": 2, "retries": 1, **settings}
        made.append(Fetcher(DailySettings.model_validate(given)))
        return made[-1]

    yield make
    for one in made:
        one.close()


def reason(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(FetchFailed) as caught:
        fetcher.fetch(url)
    return caught.value.reason


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("127.0.0.1", False),
        ("127.255.255.254", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to refuse, nothing listens
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("192.0.2.1", False),
        ("2606:4700:4700::1111", True),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
        ("2001:db8::1", False),
    ],
)
def test_public_addresses(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "[::1]", "0"],
)
def test_every_spelling_of_this_machine_is_refused(fetcher, web, host):
    url = f"http://{host}:{web.server.server_port}/x"
    said = reason(fetcher(allow_private=False), url)
    assert "private address" in said or "not an address" in said
    assert web.asked == []


def test_one_private_address_among_public_ones_refuses_the_name(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(Exception, match=r"two.example is a private address \(10.0.0.1\)"):
        GuardedBackend(allow_private=False)._resolve("two.example", 80)


def test_the_next_address_is_tried_where_the_first_does_not_answer(fetcher, web, monkeypatch):
    """A host with a dead IPv6 address and a living IPv4 one."""
    port = web.server.server_port
    found = [
        (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", port, 0, 0)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
    ]
    web.pages["/x"] = (200, {}, b"here")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert fetcher().fetch(f"http://outlet.example:{port}/x").data == b"here"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://host.example/x",
        "http://",
        "http://[::1",
        "http://host.example:99999/",
        "//host.example/x",
        "http://user:word@host.example/",
        "http://" + "a" * 70 + ".example/",
        "http://host.example:0/",
        "http://\u2488.example/",
    ],
)
def test_what_is_no_address_is_a_refusal_and_no_crash(fetcher, url):
    assert reason(fetcher(), url)


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "http://[", "javascript:x", "gopher://a/"]
)
def test_a_redirect_to_no_address(fetcher, web, location):
    web.pages["/a"] = (302, {"Location": location}, b"")
    assert "no address" in reason(fetcher(), f"{web.base}/a") or "not an address" in reason(
        fetcher(), f"{web.base}/a"
    )


def test_line_breaks_in_an_address_reach_no_header(fetcher, web):
    web.pages["/a"] = (200, {}, b"x")
    with pytest.raises(FetchFailed):
        fetcher().fetch(f"{web.base}/a\r\nX-Evil: 1\r\n/b")
    assert all("X-Evil" not in headers for _, headers in web.asked)


def test_redirects_are_counted(fetcher, web):
    for number in range(10):
        web.pages[f"/{number}"] = (301, {"Location": f"/{number + 1}"}, b"")
    assert "more than 3 redirects" in reason(fetcher(max_redirects=3), f"{web.base}/0")


def serve(*answers: bytes, drip: float = 0.0, tls: ssl.SSLContext | None = None):
    """Serve raw bytes, one answer for each connection, a byte at a time where they drip."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5)
    step = 1 if drip else 1_000_000

    def work() -> None:
        for answer in answers:
            try:
                plain, _ = listener.accept()
                with plain, tls.wrap_socket(plain, server_side=True) if tls else plain as talk:
                    talk.recv(65536)
                    for n in range(0, len(answer), step):
                        talk.sendall(answer[n : n + step])
                        time.sleep(drip)
            except OSError:
                continue
        listener.close()

    threading.Thread(target=work, daemon=True).start()
    return listener.getsockname()[1]


ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 400,
        b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n" + b"a" * 400,
    ],
    ids=["headers", "body"],
)
def test_a_slow_drip_ends_at_the_deadline(fetcher, answer):
    """Each byte comes in time, the whole never does: httpx alone would wait for all of it."""
    port = serve(ROBOTS, answer, drip=0.02)
    begun = time.monotonic()
    assert "no answer within 1 s" in reason(fetcher(timeout=1), f"http://127.0.0.1:{port}/x")
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("gzip", lambda data: gzip.compress(data[:3]) + gzip.compress(data[3:])),
        ("identity", bytes),
    ],
)
def test_compressed_answers(fetcher, web, coding, pack):
    web.pages["/a"] = (200, {"Content-Encoding": coding}, pack(b"halaman" * 100))
    assert fetcher().fetch(f"{web.base}/a").data == b"halaman" * 100


@pytest.mark.parametrize(
    ("coding", "body", "said"),
    [
        ("gzip", b"not gzip at all", "damaged"),
        ("gzip", gzip.compress(b"x" * 10_000)[:-20], "ends too early"),
        ("br", b"x", "not asked for"),
        ("gzip", gzip.compress(b"\0" * 30_000_000), "more than 100,000 bytes"),
        ("identity", b"x" * 200_000, "more than 100,000 bytes"),
    ],
)
def test_bad_bodies_are_told(fetcher, web, coding, body, said):
    web.pages["/a"] = (200, {"Content-Encoding": coding}, body)
    assert said in reason(fetcher(max_bytes=100_000), f"{web.base}/a")


def test_a_gzip_bomb_takes_no_memory():
    import tracemalloc

    bomb = gzip.compress(b"\0" * 200_000_000)
    tracemalloc.start()
    with pytest.raises(FetchFailed, match="more than 1,000,000 bytes"):
        gunzip(bomb, 1_000_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


def test_retry_after_beyond_the_run_leaves_the_host_alone(fetcher, web):
    web.pages["/a"] = (429, {"Retry-After": "3600"}, b"")
    one = fetcher(retries=3)
    assert "asks to come back in 3600 s" in reason(one, f"{web.base}/a")
    assert "asks to come back" in reason(one, f"{web.base}/b")
    assert [path for path, _ in web.asked] == ["/robots.txt", "/a"]


def test_a_server_error_is_tried_again(fetcher, web):
    web.pages["/a"] = (503, {"Retry-After": formatdate(time.time() - 5, usegmt=True)}, b"")
    assert "the server answered 503" in reason(fetcher(retries=3), f"{web.base}/a")
    assert [path for path, _ in web.asked].count("/a") == 3


def test_a_client_error_is_not_tried_again(fetcher, web):
    assert "the server answered 404" in reason(fetcher(retries=3), f"{web.base}/a")
    assert [path for path, _ in web.asked].count("/a") == 1


def test_robots_are_asked_once_and_obeyed(fetcher, web):
    rules = b"User-agent: *\nDisallow: /rahasia\nUser-agent: lain\nDisallow: /\n"
    web.pages["/robots.txt"] = (200, {}, rules)
    web.pages["/a"] = (200, {}, b"x")
    one = fetcher()
    for _ in range(3):
        one.fetch(f"{web.base}/a")
    assert "robots.txt of" in reason(one, f"{web.base}/rahasia/1")
    assert [path for path, _ in web.asked] == ["/robots.txt", "/a", "/a", "/a"]


def test_a_broken_robots_file_means_no(fetcher, web):
    web.pages["/robots.txt"] = (500, {}, b"")
    web.pages["/a"] = (200, {}, b"x")
    assert "gave no readable robots.txt" in reason(fetcher(), f"{web.base}/a")


def test_hosts_are_left_the_pause_that_they_ask_for(fetcher, web):
    web.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 0.2\n")
    web.pages["/a"] = (200, {}, b"x")
    one = fetcher()
    times = []
    for _ in range(3):
        one.fetch(f"{web.base}/a")
        times.append(time.monotonic())
    assert times[2] - times[0] >= 0.39


def test_conditional_requests(fetcher, web):
    web.pages["/a"] = (200, {"ETag": '"1"'}, b"x")
    one = fetcher()
    first = one.fetch(f"{web.base}/a")
    second = one.fetch(f"{web.base}/a", first.validators)
    assert (first.unchanged, second.unchanged) == (False, True)
    assert second.validators == Validators('"1"', None)


def test_stopping_ends_a_pause(fetcher, web):
    web.pages["/a"] = (200, {}, b"x")
    one = fetcher(host_delay=60)
    threading.Timer(0.3, one.stop).start()
    begun = time.monotonic()
    assert "stopped" in reason(one, f"{web.base}/a")
    assert time.monotonic() - begun < 10


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A self-made certificate for localhost."""
    import shutil
    import subprocess

    if not shutil.which("openssl"):
        pytest.skip("openssl makes the certificate, and is not installed")
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    command += " -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out cert.pem"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


def test_a_bad_certificate_is_told_plainly_and_once(fetcher, certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    port = serve(ROBOTS, ROBOTS, tls=context)
    said = reason(fetcher(retries=3), f"https://127.0.0.1:{port}/x")
    assert said == "the certificate of 127.0.0.1 is not valid: self-signed certificate"


def test_no_tls_at_the_other_end_is_told_plainly(fetcher):
    port = serve(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    assert "no secure connection to 127.0.0.1" in reason(fetcher(), f"https://127.0.0.1:{port}/")
