"""What a daily briefing takes in over several days, and what it leaves out and says so."""

from __future__ import annotations

import importlib.util
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from briefing import Daily, DailyConfig
from briefing.cli import main
from briefing.daily.store import Store
from briefing.errors import UsageError
from briefing.testing import FakeTranslator

DAY = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # 06:30 on the 21st in Jakarta


def text(place: str) -> tuple[str, ...]:
    return (
        f"Jembatan di {place} Rusak Diterjang Arus",
        f"{place} - Jembatan utama di Kecamatan {place} rusak setelah hujan deras sejak semalam.",
        f"Sebanyak 40 keluarga di {place} mengungsi ke balai desa karena jalan tidak dapat dilalui.",
        "Pemerintah daerah berjanji memperbaiki jembatan itu dalam dua pekan ke depan.",
    )


@pytest.fixture
def make(web, tmp_path):
    def made(*sources: dict[str, object], **daily: object) -> DailyConfig:
        fixed = {"out": tmp_path / "out", "store": tmp_path / "store.sqlite"}
        quick = {"allow_private": True, "host_delay": 0, "timeout": 5, "retries": 1}
        given = sources or ({"name": "Kabar", "kind": "feed", "url": f"{web.base}/kabar.rss"},)
        return DailyConfig.model_validate(
            {
                "options": {"formats": ("json",)},
                "daily": {**fixed, **quick, **daily},
                "sources": given,
            }
        )

    return made


def run(config: DailyConfig, now: datetime, **wanted):
    return Daily(config, translator=FakeTranslator(), clock=lambda: now).run(**wanted)


def titles(edition) -> set[str]:
    return {
        str(article.title.id).split(" di ")[1].split(" Rusak")[0]
        for article in edition.briefing.articles
    }


def serve(web, name: str, published: datetime | None, *, when: str | None = None) -> tuple:
    web.page(f"/{name}", *text(name), when=when)
    return (f"/{name}", name, published or DAY)


def test_the_first_run_of_a_feed_brings_the_last_day_and_later_runs_bring_what_comes_late(
    web, make
):
    old = serve(web, "Lama", DAY - timedelta(days=3))
    fresh = serve(web, "Baru", DAY - timedelta(hours=5))
    web.feed("/kabar.rss", old, fresh)
    first = run(make(), DAY)
    assert titles(first) == {"Baru"}
    assert first.report["sources"][0]["old"] == 1
    late = serve(web, "Terlambat", DAY - timedelta(days=2))
    month = serve(web, "Kuno", DAY - timedelta(days=40))
    web.feed("/kabar.rss", late, fresh, month)
    second = run(make(), DAY + timedelta(days=1))
    assert titles(second) == {"Terlambat"}, "two days late is not lost, a month is left out"
    assert second.report["sources"][0]["old"] == 1


def test_since_reaches_further_back_where_it_is_asked_to(web, make):
    web.feed("/kabar.rss", serve(web, "Lama", DAY - timedelta(days=3)))
    assert titles(run(make(), DAY, since=timedelta(days=5))) == {"Lama"}


def test_a_page_that_turns_out_to_be_old_is_kept_but_not_briefed(web, make):
    """An index page states no dates; the pages do."""
    serve(web, "2026/11/1/tua", None, when="2026-10-01T06:00:00+07:00")
    web.page("/2026/11/2/muda", *text("Muda"), when="2026-11-21T05:00:00+07:00")
    links = "<a href='/2026/11/1/tua'>x</a><a href='/2026/11/2/muda'>x</a>".replace("/1/", "/1/")
    web.pages["/index"] = (200, {"Content-Type": "text/html"}, links.encode())
    setup = make({"name": "Kabar", "kind": "page", "url": f"{web.base}/index", "links": "/2026/"})
    edition = run(setup, DAY)
    assert titles(edition) == {"Muda"}
    with Store(setup.daily.store) as store:
        assert store.count() == 2


def test_what_a_failed_run_stored_is_briefed_days_later(web, make):
    web.feed("/kabar.rss", serve(web, "Awal", DAY - timedelta(hours=2)))

    class Broken(FakeTranslator):
        def translate(self, segments):  # noqa: ARG002 - a Translator
            raise RuntimeError

    for _ in range(2):
        with pytest.raises(RuntimeError):
            Daily(make(), translator=Broken(), clock=lambda: DAY).run()
    web.feed("/kabar.rss")
    assert titles(run(make(), DAY + timedelta(days=3))) == {"Awal"}


def test_a_reprint_of_yesterdays_article_is_not_hidden_behind_it(web, make):
    """The grouper folds reprints; today's would vanish into an article that is not printed today."""
    sources = [
        {"name": name, "kind": "feed", "url": f"{web.base}/{name}.rss"} for name in ("a", "b")
    ]
    web.feed("/a.rss", serve(web, "Sama", DAY - timedelta(hours=1)))
    web.feed("/b.rss")
    first = run(make(*sources), DAY)
    web.page("/lagi", *text("Sama"))
    web.feed("/b.rss", ("/lagi", "x", DAY + timedelta(hours=20)))
    second = run(make(*sources), DAY + timedelta(days=1))
    assert [(a.outlet, a.reprints) for a in second.briefing.articles] == [("b", ())]
    (event,) = second.briefing.events
    assert (event.id, event.status, event.news) == (first.briefing.events[0].id, "developing", ())


def test_a_small_correction_is_not_hidden_behind_the_first_version(web, make):
    web.feed("/kabar.rss", serve(web, "Koreksi", DAY - timedelta(hours=1)))
    run(make(), DAY)
    web.page("/Koreksi", *text("Koreksi"), "Berita ini telah diperbarui oleh redaksi kemarin.")
    second = run(make(), DAY + timedelta(hours=25))
    assert [article.version for article in second.briefing.articles] == [2]
    assert second.briefing.events[0].status == "developing"


def test_a_past_day_is_drawn_again_byte_for_byte_and_takes_nothing_in(web, make, tmp_path):
    for number in range(3):
        web.feed("/kabar.rss", serve(web, f"Hari{number}", DAY + timedelta(days=number)))
        run(make(), DAY + timedelta(days=number))
    path = tmp_path / "out" / "2026-11-21" / "briefing.json"
    before, asked = path.read_bytes(), len(web.asked)
    again = run(make(), DAY + timedelta(days=2), day=date(2026, 11, 21))
    assert path.read_bytes() == before
    assert len(web.asked) == asked, "nothing is fetched"
    assert again.day == "2026-11-21"
    assert (tmp_path / "out" / "latest").resolve().name == "2026-11-23", "not moved back"


def test_a_day_that_was_missed_gets_what_was_published_on_it(web, make):
    missed = serve(web, "Kemarin", DAY - timedelta(days=1), when="2026-11-20T10:00:00+07:00")
    today = serve(web, "Sekarang", DAY, when="2026-11-21T05:00:00+07:00")
    web.feed("/kabar.rss", missed, today)
    edition = run(make(), DAY, day=date(2026, 11, 20), since=timedelta(days=2))
    assert titles(edition) == {"Kemarin"}
    assert titles(run(make(), DAY)) == {"Sekarang"}


def test_a_day_to_come_and_a_clock_that_went_back_are_refused(web, make):
    web.feed("/kabar.rss")
    with pytest.raises(UsageError, match="has not come yet in Asia/Jakarta"):
        run(make(), DAY, day=date(2026, 11, 22))
    run(make(), DAY)
    with pytest.raises(UsageError, match="is the clock right"):
        run(make(), DAY - timedelta(days=4))


def test_two_feeds_of_an_outlet_share_an_article(web, make):
    entry = serve(web, "Bersama", DAY - timedelta(hours=1))
    web.feed("/a.rss", (f"{entry[0]}?utm_source=a", *entry[1:]))
    web.feed("/b.rss", entry)
    web.pages[f"{entry[0]}?utm_source=a"] = web.pages[entry[0]]
    sources = [
        {"name": name, "kind": "feed", "url": f"{web.base}/{name}.rss"} for name in ("a", "b")
    ]
    for _ in range(2):
        edition = run(make(*sources), DAY)
        assert [(a.outlet, a.version) for a in edition.briefing.articles] == [("a", 1)]
        sources.reverse()


def test_a_relative_date_counts_from_the_fetch(web, make):
    web.feed("/kabar.rss", serve(web, "Tadi", DAY, when="13 menit lalu"))
    (article,) = run(make(), DAY).briefing.articles
    assert article.published == "2026-11-21T06:17:00+07:00"
    assert "13 menit lalu" in (article.published_note or "")


def test_times_are_those_of_the_zone(web, make):
    web.feed("/kabar.rss", serve(web, "Subuh", DAY, when="2026-11-20T22:30:00Z"))
    (article,) = run(make(), DAY).briefing.articles
    assert article.published == "2026-11-21T05:30:00+07:00"


def test_a_list_that_is_unchanged_is_not_sent_again(web, make):
    web.feed("/kabar.rss", serve(web, "Satu", DAY))
    status, headers, body = web.pages["/kabar.rss"]
    web.pages["/kabar.rss"] = (status, {**headers, "ETag": '"f"'}, body)
    run(make(), DAY)
    edition = run(make(), DAY + timedelta(hours=1))
    asked = [headers for path, headers in web.asked if path == "/kabar.rss"]
    assert asked[-1].get("If-None-Match") == '"f"'
    assert edition.report["sources"][0]["entries"] == 1, "the list of before counts"
    assert titles(edition) == {"Satu"}


def test_the_outlets_own_place_of_the_text(web, make):
    first, *rest = text("Berita")
    body = "".join(f"<p>{part}</p>" for part in rest)
    teaser = "<p>Simak juga tayangan lain yang tidak ada hubungannya dengan berita tersebut.</p>"
    html = f"<html><body><h1>{first}</h1>{teaser * 3}<div id='isi'>{body}</div></body></html>"
    web.pages["/b"] = (200, {"Content-Type": "text/html"}, html.encode())
    web.feed("/kabar.rss", ("/b", first, DAY))
    source = {"name": "Kabar", "kind": "feed", "url": f"{web.base}/kabar.rss"}
    (article,) = run(make({**source, "xpath": "//div[@id='isi']"}), DAY).briefing.articles
    assert [s.paragraph for s in article.body] == [1, 2, 3]
    assert not any("Simak juga" in s.source for s in article.sentences)


def test_over_the_limit_is_told_and_comes_next_time(web, make):
    entries = [serve(web, f"No{n}", DAY - timedelta(minutes=n)) for n in range(3)]
    web.feed("/kabar.rss", *entries)
    setup = make({"name": "K", "kind": "feed", "url": f"{web.base}/kabar.rss", "limit": 2})
    first = run(setup, DAY)
    assert titles(first) == {"No0", "No1"}
    assert "1 entries over limit = 2" in first.briefing.refused[0].reason
    second = run(setup, DAY + timedelta(days=1))
    assert titles(second) == {"No2"}
    assert second.briefing.refused == ()


def test_a_file_of_newswatch_that_grows(make, tmp_path):
    file = tmp_path / "news.csv"
    row = '"{}","{}","{}","Kabar"\n'
    head = "title,content,publish_date,source\n"

    def record(place: str, day: str) -> str:
        title, *rest = text(place)
        return row.format(title, "\n\n".join(rest), day)

    file.write_text(head + record("Satu", "2026-11-21") + record("Tua", "2026-09-01"))
    setup = make({"name": "nw", "kind": "newswatch", "path": file})
    assert titles(run(setup, DAY)) == {"Satu"}
    with file.open("a") as stream:
        stream.write(record("Dua", "2026-11-22") + '"Rusak","terlalu pendek","",""\n')
    second = run(setup, DAY + timedelta(days=1))
    assert titles(second) == {"Dua"}
    assert len(second.briefing.refused) == 1
    assert run(setup, DAY + timedelta(days=2)).briefing.refused == (), "told once"


def test_a_poisoned_event_costs_its_summary_and_not_the_morning(web, make, monkeypatch):
    from briefing import summarise

    web.feed("/kabar.rss", serve(web, "Racun", DAY))

    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(summarise, "describe", broken)
    edition = run(make(), DAY)
    assert titles(edition) == {"Racun"}
    assert "could not be condensed (ZeroDivisionError)" in edition.briefing.refused[0].reason


def test_the_starter_configuration_is_valid(root):
    config = DailyConfig.load(root / "samples" / "briefing.toml")
    assert len(config.sources) >= 8
    assert all(source.url and source.url.startswith("https://") for source in config.sources)


def test_the_report_script(web, root, tmp_path, monkeypatch, capsys):
    from docx import Document

    web.feed("/kabar.rss", serve(web, "Satu", datetime.now(UTC) - timedelta(hours=1)))
    config = tmp_path / "briefing.toml"
    config.write_text(
        'engine = "fake"\n[daily]\nallow_private = true\nhost_delay = 0\n'
        f'[[sources]]\nname = "Kabar"\nkind = "feed"\nurl = "{web.base}/kabar.rss"\n'
    )
    spec = importlib.util.spec_from_file_location("script", root / "samples" / "report_script.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    report = tmp_path / "report.docx"
    existing = Document()
    existing.add_paragraph("Laporan mingguan")
    existing.save(str(report))
    monkeypatch.setitem(sys.modules, "pandas", None)
    script.main(str(config), str(report))
    assert "'status': 'new'" in capsys.readouterr().out
    words = [paragraph.text for paragraph in Document(str(report)).paragraphs]
    assert words[0] == "Laporan mingguan"
    assert any("(Kabar, " in line for line in words)


def test_the_report_script_makes_a_frame(web, make, root):
    pytest.importorskip("pandas", reason="pandas is for report scripts and no dependency")
    web.feed("/kabar.rss", serve(web, "Satu", DAY))
    spec = importlib.util.spec_from_file_location("script", root / "samples" / "report_script.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert list(script.frame(run(make(), DAY).briefing)["status"]) == ["new"]


def test_status_and_sources_check_read_as_sentences(web, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    web.feed("/kabar.rss", serve(web, "Satu", datetime.now(UTC) - timedelta(hours=1)))
    (tmp_path / "briefing.toml").write_text(
        'engine = "fake"\nformats = ["json"]\n[daily]\nallow_private = true\nhost_delay = 0\nretries = 1\n'
        f'[[sources]]\nname = "Kabar"\nkind = "feed"\nurl = "{web.base}/kabar.rss"\n'
        f'[[sources]]\nname = "Hilang"\nkind = "feed"\nurl = "{web.base}/hilang.rss"\n'
    )
    assert main(["sources", "check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "ok         Kabar (feed): 1 items, newest 60 minutes ago; 1 of 1 tried gave an article",
        "FAILED     Hilang (feed): the server answered 404",
        "1 of 2 sources give articles",
    ]
    assert main(["daily", "--quiet"]) == 1
    capsys.readouterr()
    assert main(["status"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("healthy: the last run, of ")
    assert "    Hilang: the server answered 404" in shown
