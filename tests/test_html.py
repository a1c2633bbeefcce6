"""The HTML: its structure, its safety, and how a real browser shows it."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from briefing.document import Sentence
from briefing.render import RenderSettings, picture, renderer
from briefing.render.custom import example
from briefing.render.outline import outline
from briefing.render.page import heat

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)


def draw(briefing=None, **settings) -> str:
    made = renderer("html").render(briefing or example(), RenderSettings.checked(settings))
    return made.decode("utf-8")


@pytest.fixture(scope="module")
def page():
    return html.fromstring(draw())


def with_long_words():
    """The example with words that no line can hold, in every column."""
    briefing = example()
    event, *others = briefing.events
    first, *rest = event.articles
    long = Sentence("s9", 9, "A" * 5_000, "B" * 5_000, flags=first.sentences[1].flags)
    first = replace(first, sentences=(*first.sentences, long), outlet="O" * 300, byline="N" * 300)
    return replace(briefing, events=(replace(event, articles=(first, *rest)), *others))


def test_every_cell_says_its_language_and_every_column_and_row_has_a_header(page):
    for table in page.xpath("//table[contains(@class, 'rows')]"):
        heads = [h.text_content() for h in table.xpath("./thead//th[@scope='col']")]
        assert heads == ["Indonesian", "English", "Row"]
        for row in table.xpath("./tbody/tr"):
            assert [c.get("lang") for c in row.xpath("./td")] == ["id", "en"]
            assert len(row.xpath("./th[@scope='row']")) == 1


def test_every_sentence_stands_once_in_its_row(page):
    article = example().articles[0]
    rows = page.xpath("//table[contains(@class, 'rows')]")[0].xpath("./tbody/tr")
    for row, sentence in zip(rows, (*article.sentences, *article.captions), strict=True):
        left, right = (c.xpath(".//span[@data-row]") for c in row.xpath("./td"))
        assert [s.text_content() for s in left] == [sentence.source]
        assert [s.text_content() for s in right] == [sentence.translation or "none"]
        assert left[0].get("data-row") == right[0].get("data-row") == left[0].get("id")


@pytest.mark.parametrize("layout", ["full", "brief", "table"])
@pytest.mark.parametrize("languages", ["both", "en", "id"])
@pytest.mark.parametrize("rows", ["sentence", "paragraph"])
def test_every_link_has_its_target_and_every_id_is_there_once(layout, languages, rows):
    page = html.fromstring(draw(layout=layout, languages=languages, rows=rows))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [t[1:] for t in page.xpath("//a/@href") if t.startswith("#")]
    assert set(targets) <= set(ids)
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)


def test_flags_are_in_words_beside_the_row(page):
    flagged = page.xpath("//tr[contains(@class, 'flagged')]")
    assert [r.get("data-flags") for r in flagged] == ["number"]
    assert flagged[0].xpath(".//th")[0].text_content() == "1.2Check: 2"


def test_headings_never_skip_a_level(page):
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_the_policy_allows_this_style_and_script_by_hash_and_nothing_else():
    text = draw()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_it_is_one_file(page):
    assert not page.xpath("//link | //img | //iframe | //script[@src] | //@style")
    assert "@import" not in page.xpath("//style")[0].text
    assert "url(" not in page.xpath("//style")[0].text


def test_the_picture_says_what_it_shows_and_a_table_stands_in_for_it(monkeypatch):
    briefing = example()
    second = replace(briefing.events[0].articles[1], published="2025-03-05", outlet="Warta $x$")
    event = replace(briefing.events[0], articles=(briefing.events[0].articles[0], second))
    briefing = replace(briefing, events=(event,))
    alt = outline(briefing, RenderSettings()).coverage.alt
    if picture.available():
        shown = html.fromstring(draw(briefing)).xpath("//figure/*[local-name()='svg']")
        assert [s.get("aria-label") for s in shown] == [alt]
        assert draw(briefing) == draw(briefing)
    monkeypatch.setattr(picture, "available", lambda: False)
    table = html.fromstring(draw(briefing)).xpath("//table[contains(@class, 'coverage')]")[0]
    assert [c.text_content() for c in table.xpath(".//tbody/tr[1]/*")] == [
        "Harian Contoh",
        "1",
        "",
        "1",
    ]


@pytest.mark.parametrize(
    ("count", "most", "shade"),
    [(1, 1, 1), (2, 2, 2), (4, 4, 4), (1, 40, 1), (25, 40, 3), (40, 40, 4)],
)
def test_shades_follow_the_count(count, most, shade):
    assert heat(count, most) == shade


# In a browser


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with playwright.sync_playwright() as tool:
        # Chromium's own sandbox does not start for root, as which containers run.
        chromium = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Open a page from its file and note every request and every word on the console."""

    def open_(text, **options):
        path = tmp_path / "briefing.html"
        path.write_text(text, encoding="utf-8")
        tab = browser.new_page(**options)
        tab.noted = []
        tab.on("console", lambda message: tab.noted.append(message.text))
        tab.on("pageerror", lambda error: tab.noted.append(str(error)))
        tab.on("dialog", lambda dialog: tab.noted.append(dialog.message))
        tab.on("request", lambda request: tab.noted.append(request.url))
        tab.goto(path.as_uri())
        assert tab.noted.pop(0) == path.as_uri()
        return tab

    return open_


@pytest.mark.parametrize("width", [375, 820, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_its_width_in_silence_and_axe_finds_nothing(opened, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    tab = opened(
        draw(with_long_words()), viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    # axe is put into the page from outside; the page's own policy would not let it in.
    found = axe.Axe().run(tab).response
    assert len(found["passes"]) > 20
    told = [(v["id"], v["impact"], v["nodes"][0]["html"][:200]) for v in found["violations"]]
    assert told == []
    assert tab.noted == []


def test_on_a_phone_a_row_is_a_card_with_both_languages_named(opened):
    tab = opened(draw(), viewport={"width": 375, "height": 800})
    row = tab.locator("table.rows tbody tr").first
    boxes = [cell.bounding_box() for cell in row.locator("td").all()]
    assert boxes[0]["x"] == boxes[1]["x"]
    assert boxes[0]["y"] < boxes[1]["y"]
    assert [t.strip() for t in row.locator(".cell-label").all_inner_texts()] == [
        "Indonesian",
        "English",
    ]
    assert row.locator(".cell-label").first.is_visible()


def test_without_script_everything_is_there_and_with_it_rows_are_searched(opened):
    quiet = opened(draw(), java_script_enabled=False)
    assert quiet.locator(".tools").is_hidden()
    assert quiet.locator("table.rows tbody tr").first.is_visible()
    tab = opened(draw())
    rows = tab.locator("table.rows tbody tr")
    every = rows.count()
    tab.locator(".tools select").select_option("*")
    assert rows.locator("visible=true").count() == 1
    assert tab.locator(".tools output").inner_text() == f"1 of {every} rows"
    tab.locator(".tools select").select_option("")
    tab.locator(".tools input").fill("warga SENANG")
    tab.locator(".tools output:has-text('of')").wait_for()
    assert rows.locator("visible=true").count() == 1
    tab.locator(".marks a[href^='#r-']").first.click()
    tab.locator("tr[hidden]").first.wait_for(state="detached")
    assert tab.noted == []


def test_a_marker_lights_up_its_row(opened):
    tab = opened(draw())
    marker = tab.locator(".marks a[href^='#r-']").first
    marker.hover()
    target = marker.get_attribute("href")
    row = tab.locator(target).locator("xpath=ancestor::tr")
    assert "lit" in row.locator("td").first.get_attribute("class")
    assert tab.locator(".lit").count() == 4


def test_printed_it_is_a4_and_rows_stay_whole(opened, tmp_path):
    tab = opened(draw())
    made = tab.pdf(prefer_css_page_size=True)
    sizes = set(re.findall(rb"/MediaBox \[([^\]]+)\]", made))
    assert {tuple(round(float(n)) for n in s.split()) for s in sizes} == {(0, 0, 595, 842)}
    tab.emulate_media(media="print")
    assert tab.locator(".tools").is_hidden()
    assert (
        tab.evaluate("getComputedStyle(document.querySelector('table.rows tr')).breakInside")
        == "avoid"
    )
