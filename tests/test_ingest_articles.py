"""The stage as a whole: files in, articles and refusals out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.document import REFUSAL_CODES, Article
from briefing.errors import InputRefused, UsageError
from briefing.ingest import RawArticle, make_article, read_articles
from briefing.ingest.articles import article_id
from briefing.options import Options

PAGES = Path(__file__).parent / "data" / "pages"
OPTIONS = Options()

PAGE = """Sungai Bersih Berkat Gotong Royong Warga

(Foto: Istimewa)
Jakarta (ANTARA) - Warga membersihkan sungai sejak pagi, Selasa (12/9/2023). Mereka mengangkat
dua ton sampah dari dasar sungai.

Baca juga: Harga Beras Naik di Tiga Kota

H Dua ton

"Kami senang. Airnya jernih lagi," kata ketua warga, Siti Aminah, kepada wartawan di tepi sungai.
""".replace("H ", "")
ENGLISH = (
    "The city will reopen the old bridge that has been closed since last year's flood. "
    "Residents may cross it from next week, but trucks are not yet allowed on it."
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name, text):
    data = text if isinstance(text, bytes) else text.encode()
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(data)
    return name


def refused(*inputs, options=OPTIONS):
    return {one.path: one.code for one in read_articles(inputs, options).refused}


class Watcher:
    def __init__(self):
        self.seen = []

    def start(self, stage, total):
        self.seen.append((stage, total))

    def advance(self, units=1):
        self.seen.append(units)


def test_an_article(folder):
    write("a.txt", PAGE)
    got = read_articles("a.txt", OPTIONS)
    (article,) = got.articles
    assert article.title.id == "Sungai Bersih Berkat Gotong Royong Warga"
    assert (article.outlet, article.place, article.path) == ("ANTARA", "Jakarta", "a.txt")
    assert (article.published, article.published_from) == ("2023-09-12", "text")
    assert [(s.id, s.paragraph, s.kind, s.source) for s in article.sentences] == [
        ("s1", 1, "text", "Warga membersihkan sungai sejak pagi, Selasa (12/9/2023)."),
        ("s2", 1, "text", "Mereka mengangkat dua ton sampah dari dasar sungai."),
        ("s3", 2, "heading", "Dua ton"),
        ("s4", 3, "text", '"Kami senang.'),
        (
            "s5",
            3,
            "text",
            'Airnya jernih lagi," kata ketua warga, Siti Aminah, kepada wartawan di tepi sungai.',
        ),
    ]
    assert all(not s.translation for s in article.sentences)
    assert {one.rule for one in article.dropped} == {"photo-credit", "dateline", "teaser"}
    assert got.refused == ()
    assert [(file.path, len(file.sha256)) for file in got.files] == [("a.txt", 64)]


def test_captions_are_numbered_apart(folder):
    caption = "Foto: Warga di sungai. Airnya surut. (Dok. Warga)"
    write("a.txt", PAGE.replace("(Foto: Istimewa)", caption))
    (article,) = read_articles("a.txt", OPTIONS).articles
    assert article.captions[1].source == "Airnya surut. (Dok. Warga)"
    assert [(s.id, s.paragraph, s.kind) for s in article.captions] == [
        ("c1", 0, "caption"),
        ("c2", 0, "caption"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", "", "empty"),
        ("a.txt", " \n\n", "empty"),
        ("a.txt", b"%PDF-1.4 \x00\x01", "binary"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
        ("a.txt", ENGLISH, "language"),
        ("a.txt", "Jakarta - Warga. " * 300_000, "too-large"),
        ("a.txt", "Menu\nBeranda\nBerita\nTerpopuler\nHarga Beras Naik\n", "no-article"),
        ("a.txt", (PAGES / "index.txt").read_bytes(), "no-article"),
        ("a.html", "<html><body><nav><a>Beranda</a></nav></body></html>", "no-article"),
        ("a.html", "", "empty"),
        ("a.json", "{", "broken"),
        ("a.docx", "x", "broken"),
        ("a.jpg", b"\xff\xd8\xff", "unsupported"),
        ("a", "x", "unsupported"),
    ],
)
def test_refusals(folder, name, data, code):
    write("ok.txt", PAGE)
    write(name, data)
    got = read_articles([name, "ok.txt"], OPTIONS)
    (refusal,) = got.refused
    assert (refusal.path, refusal.code) == (name, code)
    assert refusal.code in REFUSAL_CODES
    assert refusal.reason
    assert "\n" not in refusal.reason
    assert len(got.articles) == 1


def test_control_characters_are_removed(folder):
    write("a.txt", PAGE.replace("sungai", "su\x00\x08ngai\u200b", 1).replace("\x00", ""))
    (article,) = read_articles("a.txt", OPTIONS).articles
    assert article.title.id == "Sungai Bersih Berkat Gotong Royong Warga"


def test_options_bound_the_article(folder):
    write("a.txt", PAGE * 8)
    assert refused("a.txt", options=Options(max_article_chars=1_000)) == {"a.txt": "too-large"}
    write("b.html", "<html>" + "x" * 2_000)
    assert refused("b.html", options=Options(max_file_bytes=1_000)) == {"b.html": "too-large"}


def test_missing_and_empty_folder(folder):
    Path("nothing").mkdir()
    assert refused("nothing", "no.txt") == {"nothing": "empty", "no.txt": "missing"}


def test_same_file_twice(folder):
    write("a.txt", PAGE)
    write("sub/b.txt", PAGE)
    got = read_articles(["a.txt", "sub"], OPTIONS)
    assert len(got.articles) == 1
    (refusal,) = got.refused
    assert (refusal.path, refusal.code) == ("sub/b.txt", "duplicate")
    assert "a.txt" in refusal.reason


def test_one_article_in_two_formats(folder):
    write("a.txt", PAGE)
    write("b.md", PAGE.replace("\n\n", "\n\n\n").replace(" sampah", "   sampah"))
    write("c.jsonl", json.dumps({"judul": "Lain", "isi": PAGE.split("\n", 3)[3]}))
    got = read_articles(["a.txt", "b.md", "c.jsonl"], OPTIONS)
    assert [article.path for article in got.articles] == ["a.txt"]
    assert {one.path: one.code for one in got.refused} == {
        "b.md": "duplicate",
        "c.jsonl:1": "duplicate",
    }
    assert all("a.txt" in one.reason for one in got.refused)


def test_the_same_text_in_another_outlet_is_a_reprint(folder):
    write("a.txt", PAGE)
    write("b.txt", PAGE.replace("Jakarta (ANTARA)", "TEMPO.CO, Jakarta"))
    got = read_articles(["a.txt", "b.txt"], OPTIONS)
    assert [article.outlet for article in got.articles] == ["ANTARA", "Tempo.co"]
    assert got.refused == ()


def test_records_are_named_by_line(folder):
    lines = [json.dumps({"isi": PAGE}), "{", json.dumps({"isi": ENGLISH}), json.dumps({"isi": "x"})]
    write("news.jsonl", "\n".join(lines))
    got = read_articles("news.jsonl", OPTIONS)
    assert [article.path for article in got.articles] == ["news.jsonl:1"]
    assert {one.path: one.code for one in got.refused} == {
        "news.jsonl:2": "broken",
        "news.jsonl:3": "language",
        "news.jsonl:4": "no-article",
    }
    assert [file.path for file in got.files] == ["news.jsonl"]


def test_articles_in_hand(folder):
    record = {"title": "Sungai Bersih", "content": PAGE.split("\n", 3)[3], "source": "Lembah"}
    (made,) = read_articles(RawArticle(where="x", text=PAGE), OPTIONS).articles
    got = read_articles([record, made, RawArticle(where="y", text=ENGLISH), {"x": 1}], OPTIONS)
    assert [article.outlet for article in got.articles] == ["Lembah", "ANTARA"]
    assert got.articles[1] is made
    assert {one.path: one.code for one in got.refused} == {"y": "language", "article 4": "broken"}
    assert got.files == ()


def test_text_in_hand_is_cleaned(folder):
    (article,) = read_articles(RawArticle(where="x", text=f"\x08{PAGE}cafÃ©"), OPTIONS).articles
    assert "\x08" not in (article.title.id or "")


def test_outlet_that_the_dateline_abbreviates(folder):
    write("a.txt", "SUARA LEMBAH\n\n" + PAGE.replace("Jakarta (ANTARA) -", "KUPANG, SL --"))
    (article,) = read_articles("a.txt", OPTIONS).articles
    assert (article.outlet, article.place) == ("SUARA LEMBAH", "Kupang")


def test_title_loses_the_name_that_the_page_gives_its_site(folder):
    body = "".join(f"<p>{line}</p>" for line in PAGE.split("\n")[3:])
    head = (
        '<title>Sungai Bersih | Kota Raya</title><meta property="og:site_name" content="Kota Raya">'
    )
    write("a.html", f"<html><head>{head}</head><body>{body * 2}</body></html>")
    (article,) = read_articles("a.html", OPTIONS).articles
    assert article.title.id == "Sungai Bersih"


def test_teasers_between_short_paragraphs_do_not_make_an_index(folder):
    """Some outlets set the headline of another report, with or without a label, after each."""
    teasers = [
        "Baca juga: Harga Beras Naik di Tiga Kota",
        "Penyanyi Senior Umumkan Konser Perpisahan di Lima Benua",
    ]
    paragraphs = [f"Warga desa ke-{n} membersihkan sungai sejak pagi hari." for n in range(8)]
    lines = [line for n, text in enumerate(paragraphs) for line in (text, teasers[n % 2])]
    write("a.txt", "\n\n".join(lines))
    (article,) = read_articles("a.txt", OPTIONS).articles
    assert [sentence.source for sentence in article.sentences] == paragraphs


def test_live_report_is_no_index(folder):
    updates = [
        f"Pukul 1{n}.30 WIB\nWarga desa ke-{n} membersihkan sungai sejak pagi." for n in range(8)
    ]
    write("a.txt", "\n\n".join(updates))
    assert len(read_articles("a.txt", OPTIONS).articles) == 1


def test_something_else_is_a_usage_error():
    with pytest.raises(UsageError, match="int"):
        read_articles([12], OPTIONS)


def test_progress(folder):
    write("a.txt", PAGE)
    watcher = Watcher()
    read_articles(["a.txt", "no.txt", RawArticle(where="x", text="")], OPTIONS, watcher)
    assert watcher.seen == [("read", 3), 1, 1, 1]


def test_a_date_in_the_name_counts_and_the_folder_does_not(folder):
    text = PAGE.replace(", Selasa (12/9/2023)", "")
    write("2026-11-22/a.txt", text)
    write("2026-11-22/2023-09-12-b.txt", text.replace("pagi", "siang"))
    got = read_articles("2026-11-22", OPTIONS)
    dates = {Path(a.path).name: (a.published, a.published_from) for a in got.articles}
    assert dates == {"2023-09-12-b.txt": ("2023-09-12", "file"), "a.txt": (None, "unknown")}


def test_id_is_of_the_content():
    one = article_id("Judul", None, ["Satu, dua.", "Tiga."])
    assert one == article_id("JUDUL", None, ["Satu dua", "tiga"])
    assert one != article_id("Judul", "ANTARA", ["Satu, dua.", "Tiga."])
    assert len(one) == 12


def test_same_input_same_articles(folder):
    write("a.txt", PAGE)
    assert read_articles(".", OPTIONS) == read_articles(".", OPTIONS)


def test_make_article_refuses_by_itself():
    with pytest.raises(InputRefused) as caught:
        make_article(RawArticle(where="x", text=" "), OPTIONS)
    assert caught.value.code == "empty"
    assert isinstance(make_article(RawArticle(where="x", text=PAGE), OPTIONS), Article)


# --- the five real articles outside the repository --------------------------------------------------


SEEDS = {
    "000": ("Pertemuan Kim dan Putin", "CNBC Indonesia", None, "2023-09-12", "text"),
    "001": (None, "Bloomberg Technoz", None, None, "unknown"),
    "002": (None, "KUPANG TIMES", "Rusia", "2023-09-12", "text"),
    "003": (
        "Kim Dari Korut Bertemu Putin Di Moskow, Washington Curiga",
        "EGINDO.co",
        "Moskow",
        "2023-09-13",
        "text",
    ),
    "004": (
        "Kim Jong Un Akan Temui Putin Bulan Ini, Bahas Ekspor Senjata?",
        "IDN Times",
        "Jakarta",
        "2023-09-04",
        "text",
    ),
}


def test_seeds(seeds):
    articles = read_articles(seeds, OPTIONS).articles
    got = {
        Path(a.path).name[:3]: (a.title.id, a.outlet, a.place, a.published, a.published_from)
        for a in articles
    }
    assert got == SEEDS
    by_name = {Path(a.path).name[:3]: a for a in articles}
    assert by_name["004"].byline == "NUR M AGUS SALIM"
    assert by_name["003"].wires == ("CNA",)
    furniture = ("Baca Juga", "SCROLL", "Iklan", "Bagikan", "Rekomendasi", "No more pages", "http")
    shown = [s.source for a in articles for s in (*a.sentences, *a.captions)]
    assert not [text for text in shown if text.startswith(furniture)]
    kept = {key: len(article.sentences) for key, article in by_name.items()}
    assert kept == {"000": 27, "001": 14, "002": 22, "003": 35, "004": 20}
