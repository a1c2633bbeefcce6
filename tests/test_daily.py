"""The daily briefing end to end: a web of made-up outlets over three days, on loopback."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from briefing import Daily, DailyConfig, Locked, Stopped
from briefing.cli import main
from briefing.daily.clockwork import StopWatch
from briefing.daily.store import Store
from briefing.progress import Silent
from briefing.testing import FakeTranslator

DAY = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # 06:30 on the 21st in Jakarta


FLOOD = (
    "Banjir Rendam 250 Rumah di Bandar Maju",
    "Bandar Maju - Banjir merendam sedikitnya 250 rumah di Kecamatan Bandar Maju, Sabtu (21/11/2026).",
    "Kepala badan penanggulangan bencana Sari Wulandari mengatakan 900 warga mengungsi ke balai desa.",
    "Air mulai surut pada siang hari, tetapi jalan utama menuju kota belum dapat dilalui kendaraan.",
)
FLOOD_ELSEWHERE = (
    "Ratusan Rumah di Bandar Maju Terendam Banjir",
    "Bandar Maju - Sedikitnya 250 rumah warga Kecamatan Bandar Maju terendam banjir pada Sabtu (21/11/2026).",
    "Sari Wulandari dari badan penanggulangan bencana menyebut 900 warga mengungsi ke balai desa.",
    "Bupati Bandar Maju meminta bantuan perahu karet dari provinsi untuk menjangkau warga terjebak.",
)
FLOOD_NEXT_DAY = (
    "Korban Banjir Bandar Maju Jadi Tiga Orang",
    "Bandar Maju - Tiga orang meninggal akibat banjir di Kecamatan Bandar Maju, Minggu (22/11/2026).",
    "Kepala badan penanggulangan bencana Sari Wulandari mengatakan 900 warga mengungsi ke balai desa.",
    "Pemerintah provinsi mengirim dua puluh perahu karet dan empat ton beras ke lokasi banjir itu.",
)
RATE = (
    "Bank Sentral Tahan Suku Bunga Acuan",
    "Jakarta - Bank sentral menahan suku bunga acuan pada level 5,75 persen dalam rapat Jumat (20/11/2026).",
    "Gubernur bank sentral menilai inflasi masih terkendali dan nilai tukar rupiah relatif stabil.",
    "Sebagian besar ekonom sudah memperkirakan keputusan itu sejak pekan lalu dalam survei bulanan.",
)


@pytest.fixture
def config(web, tmp_path):
    def make(*sources: dict[str, object], **daily: object) -> DailyConfig:
        settings = {
            "out": tmp_path / "out",
            "store": tmp_path / "store.sqlite",
            "allow_private": True,
            "host_delay": 0,
            "timeout": 2,
            "retries": 1,
            **daily,
        }
        return DailyConfig.model_validate(
            {"options": {"formats": ("md", "json")}, "daily": settings, "sources": sources}
        )

    return make


def run(config: DailyConfig, now: datetime, **wanted):
    return Daily(config, translator=FakeTranslator(), clock=lambda: now).run(**wanted)


def feed_source(web, name: str, path: str) -> dict[str, object]:
    return {"name": name, "kind": "feed", "url": f"{web.base}{path}"}


def test_three_days(web, config, tmp_path):
    kabar, warta = feed_source(web, "Kabar", "/kabar.rss"), feed_source(web, "Warta", "/warta.rss")
    setup = config(kabar, warta, feed_source(web, "Rusak", "/rusak.rss"))
    web.pages["/rusak.rss"] = (200, {}, b"<rss><channel><item><title>no end")
    web.page("/k1", *FLOOD, when="2026-11-21T05:00:00+07:00")
    web.page("/k2", *RATE, when="2026-11-20T16:00:00+07:00")
    web.page("/w1", *FLOOD_ELSEWHERE, when="2026-11-21T05:40:00+07:00")
    before = DAY - timedelta(hours=3)
    web.feed(
        "/kabar.rss", ("/k1", FLOOD[0], before), ("/k2", RATE[0], before), ("/gone", "x", before)
    )
    web.feed("/warta.rss", ("/w1", FLOOD_ELSEWHERE[0], before))

    first = run(setup, DAY)
    assert first.day == "2026-11-21"
    assert {frozenset(e.outlets): e.status for e in first.briefing.events} == {
        frozenset({"Kabar", "Warta"}): "new",
        frozenset({"Kabar"}): "new",
    }
    assert {(r.path.removeprefix(web.base), r.code) for r in first.briefing.refused} == {
        ("/gone", "missing"),
        ("/rusak.rss", "missing"),
    }
    assert (tmp_path / "out" / "latest").resolve() == (tmp_path / "out" / "2026-11-21").resolve()
    flood = next(e for e in first.briefing.events if len(e.outlets) == 2)

    second_day = DAY + timedelta(days=1)
    web.page("/k3", *FLOOD_NEXT_DAY, when="2026-11-22T05:00:00+07:00")
    web.feed("/kabar.rss", ("/k3", FLOOD_NEXT_DAY[0], second_day), ("/k2", RATE[0], before))
    second = run(setup, second_day)
    assert [(e.id, e.status) for e in second.briefing.events] == [(flood.id, "developing")]
    news = [line.id for line in second.briefing.events[0].news]
    assert any("Tiga orang meninggal" in line for line in news)
    assert any("empat ton beras" in line for line in news)
    assert not any("900 warga mengungsi" in line for line in news), "known since yesterday"
    assert second.briefing.previous_day == "2026-11-21"
    assert [story.status for story in second.briefing.stories] == ["quiet"]

    third = run(setup, DAY + timedelta(days=2))
    assert third.briefing.events == ()
    assert {story.status for story in third.briefing.stories} == {"quiet"}
    assert "2026-11-23" in (third.folder / "briefing.md").read_text() or third.files
    tenth = run(setup, DAY + timedelta(days=6))
    assert {story.status for story in tenth.briefing.stories} == {"closed"}


def test_running_twice_adds_nothing_and_gives_the_same_bytes(web, config):
    setup = config(feed_source(web, "Kabar", "/kabar.rss"))
    web.page("/k1", *FLOOD)
    web.feed("/kabar.rss", ("/k1", FLOOD[0], DAY - timedelta(hours=1)))
    first = run(setup, DAY)
    data = {path.name: path.read_bytes() for path in first.files}
    asked = [path for path, _ in web.asked if path == "/k1"]
    second = run(setup, DAY + timedelta(hours=2), day=date(2026, 11, 21))
    assert {path.name: path.read_bytes() for path in second.files} == data
    assert second.report["stored"] == 0
    assert [path for path, _ in web.asked if path == "/k1"] == asked * 2
    assert dict(web.asked[-1][1]).get("If-None-Match"), "the second time it asks conditionally"


def test_translation_is_not_done_twice(web, config):
    setup = config(feed_source(web, "Kabar", "/kabar.rss"))
    web.page("/k1", *FLOOD)
    web.feed("/kabar.rss", ("/k1", FLOOD[0], DAY - timedelta(hours=1)))
    seen: list[str] = []

    class Counting(FakeTranslator):
        def translate(self, segments):
            seen.extend(segments)
            return super().translate(segments)

    for _ in range(2):
        Daily(setup, translator=Counting(), clock=lambda: DAY).run()
    assert len(seen) == len(set(seen))


def test_a_changed_page_is_a_new_version_and_the_briefing_says_so(web, config):
    setup = config(feed_source(web, "Kabar", "/kabar.rss"))
    web.page("/k1", *FLOOD)
    web.feed("/kabar.rss", ("/k1", FLOOD[0], DAY - timedelta(hours=1)))
    run(setup, DAY)
    web.page("/k1", FLOOD[0], *[text.replace("900 warga", "1.200 warga") for text in FLOOD[1:]])
    later = run(setup, DAY + timedelta(days=1))
    (event,) = later.briefing.events
    assert event.status == "developing"
    assert [article.version for article in event.articles] == [2]
    assert any("1.200 warga" in line.id for line in event.news)


def test_bad_hosts_are_told_and_harm_nobody(web, config):
    setup = config(
        feed_source(web, "Kabar", "/kabar.rss"),
        feed_source(web, "Lambat", "/slow.rss"),
        feed_source(web, "Putar", "/loop.rss"),
        feed_source(web, "Bom", "/bomb.rss"),
        feed_source(web, "Tutup", "/private/feed.rss"),
        timeout=1,
        max_bytes=200_000,
    )
    web.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private/\n")
    web.page("/k1", *FLOOD)
    web.feed("/kabar.rss", ("/k1", FLOOD[0], DAY - timedelta(hours=1)))
    web.pages["/slow.rss"] = (200, {}, b"")
    web.slow["/slow.rss"] = 2.0
    web.pages["/loop.rss"] = (302, {"Location": "/loop2.rss"}, b"")
    web.pages["/loop2.rss"] = (302, {"Location": "/loop.rss"}, b"")
    bomb = gzip.compress(b"\0" * 50_000_000)
    web.pages["/bomb.rss"] = (200, {"Content-Encoding": "gzip"}, bomb)
    made = run(setup, DAY)
    assert len(made.briefing.events) == 1
    reasons = {r.path.removeprefix(web.base): r.reason for r in made.briefing.refused}
    assert "no answer within 1 s" in reasons["/slow.rss"]
    assert "redirect loop" in reasons["/loop.rss"]
    assert "more than 200,000 bytes" in reasons["/bomb.rss"]
    assert "robots.txt" in reasons["/private/feed.rss"]


def test_private_addresses_are_refused_unless_allowed(web, config):
    setup = config(feed_source(web, "Kabar", "/kabar.rss"), allow_private=False)
    made = run(setup, DAY)
    assert "private address" in made.briefing.refused[0].reason
    assert web.asked == []


def test_a_redirect_into_the_house_is_refused(web, config, monkeypatch):
    """A public host that redirects to a private one: the second connection is checked too."""
    import socket

    real = socket.getaddrinfo

    def resolve(host, *arguments, **options):
        return real("127.0.0.1" if host == "outlet.example" else host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    setup = config(
        {
            "name": "Kabar",
            "kind": "feed",
            "url": f"http://outlet.example:{web.server.server_port}/a",
        },
        allow_private=False,
    )
    made = run(setup, DAY)
    assert "outlet.example is a private address" in made.briefing.refused[0].reason


def test_a_day_without_news_is_short_and_honest(config):
    made = run(config(), DAY)
    assert made.briefing.events == ()
    assert {path.name for path in made.files} == {"briefing.json", "briefing.md"}


def test_feed_text_stands_in_where_the_page_fails(web, config):
    setup = config(feed_source(web, "Kabar", "/kabar.rss"))
    web.pages["/k1"] = (200, {"Content-Type": "text/html"}, b"<html><body>wait...</body></html>")
    text = "".join(f"&lt;p&gt;{part}&lt;/p&gt;" for part in FLOOD[1:])
    rss = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>'
        f"<title>{FLOOD[0]}</title><link>{web.base}/k1</link>"
        f"<content:encoded>{text}</content:encoded></item></channel></rss>"
    )
    web.pages["/kabar.rss"] = (200, {}, rss.encode())
    made = run(setup, DAY)
    assert [a.title.id for a in made.briefing.articles] == [FLOOD[0]]


def test_sitemap_page_and_folder(web, config, tmp_path):
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    sitemap = (
        f"<urlset {ns}><url><loc>{web.base}/k1</loc>"
        "<lastmod>2026-11-20T20:00:00Z</lastmod></url></urlset>"
    )
    web.pages["/map.xml"] = (200, {}, sitemap.encode())
    web.page("/k1", *FLOOD)
    web.page("/berita/2026/11/20/bank-sentral-tahan-suku-bunga", *RATE)
    link = "<a href='/berita/2026/11/20/bank-sentral-tahan-suku-bunga'>Bank Sentral</a>"
    web.pages["/index"] = (
        200,
        {"Content-Type": "text/html"},
        f"<html><body>{link}</body></html>".encode(),
    )
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "w1.txt").write_text("\n\n".join(FLOOD_ELSEWHERE), encoding="utf-8")
    made = run(
        config(
            {"name": "Peta", "kind": "sitemap", "url": f"{web.base}/map.xml"},
            {"name": "Indeks", "kind": "page", "url": f"{web.base}/index"},
            {"name": "Berkas", "kind": "folder", "path": folder},
        ),
        DAY,
    )
    assert {a.outlet for a in made.briefing.articles} == {"Peta", "Indeks", "Berkas"}


def test_second_run_at_the_same_time_is_locked_out(config):
    setup = config()

    class Nested(Silent):
        def start(self, stage, total):
            super().start(stage, total)
            with pytest.raises(Locked, match="another run is at work"):
                run(setup, DAY)

    Daily(setup, translator=FakeTranslator(), clock=lambda: DAY, progress=Nested()).run()


def test_a_stop_keeps_what_was_done_and_the_next_run_goes_on(web, config):
    setup = config(feed_source(web, "Kabar", "/kabar.rss"))
    web.page("/k1", *FLOOD)
    web.feed("/kabar.rss", ("/k1", FLOOD[0], DAY - timedelta(hours=1)))
    calls = []

    def stopping():
        calls.append(None)
        return len(calls) > 2

    with pytest.raises(Stopped):
        Daily(
            setup,
            translator=FakeTranslator(),
            clock=lambda: DAY,
            progress=StopWatch(stopping, Silent()),
        ).run()
    with Store(setup.daily.store) as store:
        assert store.check() == "ok"
        assert store.count() == 1
        assert store.runs()[0].state == "stopped"
    assert len(run(setup, DAY).briefing.events) == 1


def test_command_line(web, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    now = datetime.now(UTC)
    web.page("/k1", *FLOOD)
    web.feed("/kabar.rss", ("/k1", FLOOD[0], now - timedelta(hours=1)))
    (tmp_path / "briefing.toml").write_text(
        'engine = "fake"\nformats = ["docx", "json"]\n[daily]\nallow_private = true\nhost_delay = 0\n'
        f'[[sources]]\nname = "Kabar"\nkind = "feed"\nurl = "{web.base}/kabar.rss"\n'
        '[[deliver]]\nkind = "command"\nargv = ["false"]\n'
    )
    assert main(["status"]) == 5
    assert main(["sources", "check"]) == 0
    assert "1 items" in capsys.readouterr().out
    assert main(["daily", "--quiet", "--json"]) == 1, "the command of the delivery fails"
    shown = capsys.readouterr()
    report = json.loads(shown.out)
    assert (report["articles"], report["events"], report["new"]) == (1, 1, 1)
    assert report["delivered"][0]["error"]
    assert "command false: not sent (failed): exit code 1" in shown.err
    assert main(["status", "--json"]) == 5, "the delivery is not done"
    assert json.loads(capsys.readouterr().out)["runs"][0]["state"] == "done"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[daily]\ntz = "Mars/Olympus"', "unknown time zone 'Mars/Olympus'"),
        ('[daily]\nsince = "soon"', "'soon' is not a length of time"),
        ("[daily]\nfoo = 1", "daily.foo is not a setting"),
        ('[[sources]]\nname = "x"\nkind = "fax"', "'fax' is not one of feed, sitemap, page"),
        ('[[sources]]\nname = "x"\nkind = "feed"', "a feed needs 'url'"),
        ('[[deliver]]\nkind = "pigeon"', "email, command or webhook"),
    ],
)
def test_bad_configuration_is_one_line(tmp_path, monkeypatch, capsys, text, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefing.toml").write_text(text)
    assert main(["daily"]) == 2
    err = capsys.readouterr().err
    assert message in err
    assert len(err.splitlines()) == 1
