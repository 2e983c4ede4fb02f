"""The page of the audit in a real browser: Chromium, where there is one.

With CONTENTLINT_REQUIRE_CHROMIUM it must be there.
"""

import os
import random
import shutil
import time

import pytest

from contentlint.audit import page

pytestmark = pytest.mark.slow

SWITCHES = (
    "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "hide-scrollbars",
    "disable-background-networking", "disable-component-update", "disable-sync",
)  # fmt: skip
HOSTILE = """---
title: "</script><script>document.title='owned'</script><img src=x onerror=alert(1)> {{7*7}}"
---
It was teh <script>document.title = "owned"</script> \u202eteh reversed{{ 7 * 7 }} {% x %}.

"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A browser that knows nobody and asks nobody."""
    from selenium.common.exceptions import WebDriverException
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    is_required = "CONTENTLINT_REQUIRE_CHROMIUM" in os.environ
    if not (program and driver):
        assert not is_required, "chromium and chromedriver must be installed"
        pytest.skip("chromium and chromedriver are not installed")
    options = ChromeOptions()
    options.binary_location = program
    for switch in SWITCHES:
        options.add_argument(f"--{switch}")
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    try:
        made = Chrome(options=options, service=Service(driver))
    except WebDriverException as error:
        if is_required:
            raise
        pytest.skip(f"chromium does not start: {error.msg}")
    yield made
    made.quit()


@pytest.fixture
def opened(browser, blog, contentlint):
    """Makes the audit of the blog and opens its page."""

    def open_it(*arguments):
        status, _, err = contentlint("audit", "--report", "audit.html", *arguments)
        assert status == 0, err
        browser.get((blog / "audit.html").as_uri())
        assert browser.get_log("browser") == []
        return browser

    return open_it


def _find(browser, selector):
    return browser.find_elements("css selector", selector)


def _texts(browser, selector):
    return [element.text for element in _find(browser, selector)]


def _many(blog):
    for number in range(120):
        text = f"---\ntitle: Post {number}\n---\nIt was the the [link](/gone-{number % 7}/).\n"
        (blog / "content" / "posts" / f"many-{number:03}.md").write_text(text)


TYPOS = '[data-table="findings-typos"]'


def test_a_finding_shows_its_excerpt_and_leads_to_its_rule(blog, opened):
    browser = opened()
    row = next(row for row in _find(browser, f"{TYPOS} tbody tr") if "teh" in row.text)
    assert "It was teh fan." in row.text
    assert row.find_element("css selector", "mark").text == "teh"
    assert "→ the" in row.text
    row.find_element("css selector", "a").click()
    (page,) = _find(browser, "details.rule[open]")
    assert "typos/misspelling" in page.text
    assert browser.get_log("browser") == []


def test_a_post_that_cannot_be_read_is_a_row(unreadable, opened):
    browser = opened()
    (row,) = [row.text for row in _find(browser, "tr") if "Permission denied" in row.text]
    assert unreadable in row
    assert any("teh" in text for text in _texts(browser, f"{TYPOS} tbody tr"))


def test_tables_are_filtered_sorted_and_paged(blog, opened):
    _many(blog)
    browser = opened()
    (told,) = _find(browser, f"{TYPOS} .told")
    total = int(told.text.split("of ")[1])
    assert told.text == f"1–50 of {total}"
    assert total > 120
    _find(browser, f"{TYPOS} .controls button")[1].click()
    assert told.text == f"51–100 of {total}"
    (field,) = _find(browser, f"{TYPOS} input")
    field.send_keys("many-01")
    assert told.text == "1–10 of 10"
    place = _find(browser, f"{TYPOS} thead th")[1]
    for way, first in (("ascending", "many-010"), ("descending", "many-019")):
        place.find_element("css selector", "button").click()
        assert place.get_attribute("aria-sort") == way
        assert first in _texts(browser, f"{TYPOS} tbody tr")[0]
    field.send_keys("nothing like it")
    assert told.text == "nothing matches"
    assert browser.get_log("browser") == []


def test_it_is_used_with_the_keyboard(blog, opened):
    from selenium.webdriver.common.keys import Keys

    browser = opened()
    browser.switch_to.active_element.send_keys(Keys.TAB)
    focused = browser.switch_to.active_element
    assert focused.text == "Skip to the summary"
    focused.send_keys(Keys.ENTER)
    assert browser.current_url.endswith("#summary")
    (button, *_) = _find(browser, f"{TYPOS} thead button")
    button.send_keys(Keys.ENTER)
    assert _find(browser, f"{TYPOS} thead th")[0].get_attribute("aria-sort") == "ascending"
    (summary,) = _find(browser, "#tags > summary")
    summary.send_keys(Keys.ENTER)
    assert "Heat Pump" in _find(browser, "#tags")[0].text


def test_every_control_has_a_name_and_every_table_its_heads(blog, opened):
    browser = opened()
    for control in _find(browser, "input, select, button:not([hidden]), summary, a"):
        assert control.accessible_name, control.get_attribute("outerHTML")
    assert _find(browser, "html[lang=en]")
    assert len(_find(browser, "h1")) == len(_find(browser, "main")) == 1
    for table in _find(browser, "main table"):
        assert table.find_elements("css selector", "thead th[scope=col]")
        assert not table.find_elements("css selector", "tbody tr > :first-child:not([scope=row])")


def test_colours_have_enough_contrast_in_both_schemes(blog, opened):
    browser = opened()
    for scheme in ("light", "dark"):
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        pairs = browser.execute_script(
            "const body = getComputedStyle(document.body).backgroundColor;"
            "return [...document.querySelectorAll('main *, header *')].map((element) => {"
            "  const its = getComputedStyle(element);"
            "  return [its.color, its.backgroundColor === 'rgba(0, 0, 0, 0)'"
            "    ? body : its.backgroundColor];"
            "})"
        )
        for ink, paper in {tuple(pair) for pair in pairs}:
            assert _contrast(ink, paper) >= 4.5, (scheme, ink, paper)


def _contrast(*colours):
    """The ratio of WCAG 2.1 between two colours such as `rgb(0, 0, 0)`."""
    lights = []
    for colour in colours:
        parts = [int(part) / 255 for part in colour.split("(")[1].strip(")").split(",")[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_without_scripts_the_tables_are_read(blog, opened):
    _many(blog)
    browser = opened()
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.refresh()
        assert len(_find(browser, f"{TYPOS} tbody tr")) == 50
        assert "It was the the" in _find(browser, TYPOS)[0].text
        assert "the JSON report has them" in _find(browser, f"{TYPOS} .left-out")[0].text
        assert not _find(browser, "input")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("width", [360, 1280])
def test_hostile_posts_are_shown_as_text_and_the_layout_holds(blog, opened, width):
    posts = blog / "content" / "posts"
    (posts / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    (posts / "long.md").write_text(
        f"---\ntitle: {'x' * 5_000}\n---\n" + "the end of it " * 70_000 + "teh."
    )
    (posts / f"{'a' * 200}.md").write_text("It was teh [link](</" + "y" * 3_000 + ">).\n")
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser = opened()
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        browser.execute_script("document.querySelectorAll('details').forEach((d) => d.open = true)")
        time.sleep(0.2)  # the tables are made when they are opened
        assert browser.title.startswith("Audit of blog")
        assert "<script>document.title" in _find(browser, "#posts + details")[0].text
        assert "{{ 7 * 7 }}" in _find(browser, TYPOS)[0].text
        assert "\u202e" not in browser.page_source
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        assert browser.get_log("browser") == []
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_it_breaks_no_rule_of_ours(blog, contentlint):
    assert contentlint("audit", "--report", "audit.html")[0] == 0
    text = (blog / "audit.html").read_text(encoding="utf-8")
    body = text[text.index("<body>") : text.index('<script type="application/json"')]
    lines = "\n".join(line.strip() for line in body.splitlines() if line.strip())
    folder = blog.parent / "alone"
    folder.mkdir()
    (folder / ".git").mkdir()
    (folder / "page.md").write_text(lines, encoding="utf-8")
    assert contentlint("--select", "links,alt-text,images", str(folder))[:2] == (0, "")


def test_ten_thousand_posts_are_there_at_once(browser, tmp_path, blog, audit):
    data = audit()
    chance = random.Random(1)
    findings, posts = data["findings"], data["posts"]
    data["posts"] = [
        {**chance.choice(posts), "path": f"content/posts/{number}-{'name' * 8}.md"}
        for number in range(10_000)
    ]
    data["findings"] = [
        {**chance.choice(findings), "path": chance.choice(data["posts"])["path"]}
        for _ in range(9_000)
    ]
    data["blog"]["orphans"] = [post["path"] for post in data["posts"][:7_000]]
    path = tmp_path / "audit.html"
    path.write_text(page.render(data), encoding="utf-8")
    assert path.stat().st_size < 10_000_000
    browser.get(path.as_uri())
    (paint,) = browser.execute_script(
        "return performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)"
    )
    assert paint < 2_000
    assert browser.get_log("browser") == []
