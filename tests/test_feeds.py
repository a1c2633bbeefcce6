"""Lists of sources: feeds, sitemaps and index pages, hostile ones among them."""

from __future__ import annotations

import contextlib
import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.daily.config import Source
from briefing.daily.feeds import identity_of, read_entries
from briefing.errors import InputRefused

BASE = "https://kabar.example/rss"


def source(kind: str, **more: object) -> Source:
    return Source.model_validate({"name": "Kabar", "kind": kind, "url": BASE, **more})


def rss(*items: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>x</title>'
        f"{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    ).encode()


def test_links_are_absolute_unique_and_on_the_web():
    data = rss(
        "<title>A</title><link>/berita/1#komentar</link>",
        "<title>A</title><link>https://kabar.example/berita/1</link>",
        "<title>J</title><link>javascript:alert(1)</link>",
        "<title>F</title><link>file:///etc/passwd</link>",
        "<title>B</title><link>http://[oops</link>",
        "<title>N</title>",
    )
    assert [e.url for e in read_entries(source("feed"), data, BASE)] == [
        "https://kabar.example/berita/1"
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Sat, 21 Nov 2026 06:30:00 +0700", "2026-11-20T23:30:00+00:00"),
        ("Sat, 21 Nov 2026 06:30:00 GMT", "2026-11-21T06:30:00+00:00"),
        ("Sat, 21 Nov 2026 06:30:00 WIB", "2026-11-21T06:30:00+07:00"),
        ("Sabtu, 21 November 2026 06:30 WITA", "2026-11-21T06:30:00+08:00"),
        ("Sab, 21 Nov 2026 06:30:00 WIT", "2026-11-21T06:30:00+09:00"),
        ("bukan tanggal", None),
    ],
)
def test_dates_of_feeds(written, read):
    data = rss(f"<title>A</title><link>/1</link><pubDate>{written}</pubDate>")
    assert read_entries(source("feed"), data, BASE)[0].published == read


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol" * 10}">' for n in range(10))
BOMB = f"<!DOCTYPE rss [{ENTITIES}]>"


def test_billion_laughs_in_a_feed():
    data = rss("<title>&l9;</title><link>/1</link>", head=BOMB)
    try:
        entries = read_entries(source("feed"), data, BASE)
    except InputRefused:
        return
    assert sum(len(entry.title or "") for entry in entries) < 10_000


def test_billion_laughs_and_outside_entities_in_a_sitemap(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("kata sandi")
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    for doctype in (
        f"<!DOCTYPE urlset [{ENTITIES}]>",
        f'<!DOCTYPE urlset [<!ENTITY l9 SYSTEM "{secret.as_uri()}">]>',
    ):
        data = f"{doctype}<urlset {ns}><url><loc>{BASE}/&l9;</loc></url></urlset>".encode()
        try:
            entries = read_entries(source("sitemap"), data, BASE)
        except InputRefused:
            continue
        assert all("kata sandi" not in e.url and len(e.url) < 10_000 for e in entries)


def test_sitemap_with_news_and_gzip():
    data = (
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        b' xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        b"<loc>https://kabar.example/1</loc><lastmod>2026-11-22</lastmod><n:news>"
        b"<n:publication_date>2026-11-21T06:30:00+07:00</n:publication_date>"
        b"<n:title>Judul</n:title></n:news></url></urlset>"
    )
    for form in (data, gzip.compress(data)):
        (entry,) = read_entries(source("sitemap"), form, BASE)
        assert (entry.title, entry.published) == ("Judul", "2026-11-20T23:30:00+00:00")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("feed", b""),
        ("feed", b"<html><body>bukan feed</body></html>"),
        ("feed", b"\x00\xff\xfe"),
        ("sitemap", b"<urlset>"),
        ("sitemap", b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>"),
        ("sitemap", b"\x1f\x8bnot gzip"),
        ("page", b""),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason(kind, data):
    with pytest.raises(InputRefused) as caught:
        read_entries(source(kind), data, BASE)
    assert caught.value.reason


def test_index_pages_give_the_links_of_the_outlet_only():
    page = (
        b"<a href='/2026/11/21/banjir'>Banjir</a><a href='https://iklan.example/2026/11/21/x'>x</a>"
        b"<a href='http://[bad'>bad</a><a href='mailto:a@b'>m</a><a>none</a><a href='/tentang'>T</a>"
        b"<a href='https://m.kabar.example/read/1234567/banjir-bandang'>B</a>"
    )
    found = [e.url for e in read_entries(source("page"), page, BASE)]
    assert found == [
        "https://kabar.example/2026/11/21/banjir",
        "https://m.kabar.example/read/1234567/banjir-bandang",
    ]
    only = read_entries(source("page", links="/tentang$"), page, BASE)
    assert [e.url for e in only] == ["https://kabar.example/tentang"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("https://a.example/1?utm_source=rss&id=5", "https://a.example/1?id=5"),
        ("https://a.example/1#top", "https://a.example/1"),
        ("HTTPS://A.example:443/1", "https://a.example/1"),
    ],
)
def test_one_article_has_one_identity(left, right):
    assert identity_of(left) == identity_of(right)


def test_different_articles_have_different_identities():
    assert identity_of("https://a.example/1?id=5") != identity_of("https://a.example/1?id=6")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["feed", "sitemap", "page"]), st.binary(max_size=400) | st.text(max_size=400)
)
def test_no_list_crashes_the_reader(kind, data):
    given_bytes = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    with contextlib.suppress(InputRefused):
        read_entries(source(kind), given_bytes, BASE)


@pytest.mark.parametrize(
    "piece", ["<item>", "<!ENTITY a 'b'>", "<![CDATA[", "&amp;", "<a href='/2026/11/1'>"]
)
@pytest.mark.parametrize("kind", ["feed", "sitemap", "page"])
def test_long_hostile_lists_end(kind, piece):
    with contextlib.suppress(InputRefused):
        read_entries(source(kind), (piece * 20_000).encode(), BASE)
