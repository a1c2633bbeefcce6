"""What several test modules share."""

from __future__ import annotations

import hashlib
import http.server
import os
import threading
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path_factory):
    """Keep a developer's own settings, memory and proxies out of the tests."""
    for name in list(os.environ):
        if name.startswith("BRIEFING_"):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample articles."""
    return ROOT / "samples" / "articles"


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Five real articles, which are third-party text and stand outside the repository."""
    folder = ROOT.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("the seed articles are third-party text and are not in this repository")
    return folder


class Web:
    """A web of several hosts on one port: `pages` maps a path to (status, headers, body)."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.slow: dict[str, float] = {}
        web = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                web.asked.append((self.path, dict(self.headers)))
                time.sleep(web.slow.get(self.path, 0))
                status, headers, body = web.pages.get(self.path, (404, {}, b"not here"))
                etag = headers.get("ETag")
                if etag and self.headers.get("If-None-Match") == etag:
                    status, body = 304, b""
                try:
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # the client had enough, which is what a test of limits wants

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, path: str, title: str, *paragraphs: str, when: str | None = None) -> None:
        """Serve an article in the way of a portal, with a menu and a teaser."""
        body = "".join(f"<p>{text}</p>" for text in paragraphs)
        stamp = f'<meta property="article:published_time" content="{when}">' if when else ""
        html = (
            f'<!doctype html><html lang="id"><head><title>{title}</title>{stamp}'
            f'<meta property="og:title" content="{title}"></head><body><nav><a href="/">Beranda</a>'
            f"<a href='/ekonomi'>Ekonomi</a></nav><article><h1>{title}</h1>{body}"
            "<p>Baca Juga: Harga Cabai Naik Lagi di Pasar Induk</p></article>"
            "<footer>Tentang Kami | Redaksi</footer></body></html>"
        ).encode()
        tag = f'"{hash_of(html)}"'
        self.pages[path] = (200, {"Content-Type": "text/html; charset=utf-8", "ETag": tag}, html)

    def feed(self, path: str, *entries: tuple) -> None:
        items = "".join(
            f"<item><title>{title}</title><link>{self.base}{link}</link>"
            f"<pubDate>{moment:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
            for link, title, moment in entries
        )
        rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
        self.pages[path] = (200, {"Content-Type": "application/rss+xml"}, rss.encode())


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


@pytest.fixture
def web():
    made = Web()
    yield made
    made.server.shutdown()
    made.server.server_close()
