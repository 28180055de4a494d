"""Facts about the report in a browser: it draws from disk, without a message, and follows choices."""

import base64
import shutil
import time

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from ketsim_results import open_results
from report import render

NINE = [f"policy_{i}" for i in range(9)]
NAMES = ["Förderung «ohne»", 'Grüße "quoted" & <b>bold</b>', "<script>alert(1)</script>"]
FEW = ("adopters", "firms_adopting", "products", "cross_border_share", "public_money_paid")
CELLS = (
    "net_additional_adopters_by_region_and_sector",
    "net_additional_adopters_by_region_and_size_class",
    "months_gained_by_region",
    "pair_outcomes_by_instrument",
    "firm_outcomes",
)
#: Name -> options of the sample; every case must be drawn without a message.
CASES = {
    "two_scenarios": {},
    "ten_scenarios": {"scenarios": ["no_programme", *NINE], "only": FEW},
    "one_replicate": {"replicates": 1, "only": FEW},
    "many_replicates": {"replicates": 500, "only": ("firms_adopting", "products")},
    "no_spending": {"scenarios": ["no_programme", "no_programme_too"], "idle": True, "only": FEW},
    "all_series_of_ten": {"scenarios": ["no_programme", *NINE], "replicates": 2},
    "without_cells": {"drop": CELLS, "only": FEW},
    "names": {"scenarios": ["none", "with \"quotes\"", "ümläut"], "titles": NAMES, "only": FEW},
    "older_file": {"breakdowns": False, "only": FEW},
}
#: The sample's programme ends before the first horizon, so that its funnel stays the same.
UNCHANGED = {("funnel", "By")}
DRAWN = "return document.body.dataset.drawn === 'yes'"
MARKS = """
return Object.fromEntries([...document.querySelectorAll("figure[data-chart]")].map(figure => [figure.dataset.chart,
  [...figure.querySelectorAll(".plot svg .role-mark path, .plot svg .role-mark line, .plot svg .role-mark text")]
    .filter(mark => mark.getAttribute("d") || mark.getAttribute("transform")).length]))
"""
DRAWING = "return document.querySelector(`#figure-${arguments[0]} .plot svg`).outerHTML"
CHOOSE = """
const list = document.querySelectorAll(`#figure-${arguments[0]} select`)[arguments[1]];
list.selectedIndex = arguments[2];
list.dispatchEvent(new Event("input", {bubbles: true}));
list.dispatchEvent(new Event("change", {bubbles: true}));
"""


@pytest.fixture(scope="module")
def browser():
    """One headless Chromium for all tests of this file."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.add_argument("--window-size=1280,1000")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def shown(make, browser, tmp_path_factory):
    """Function that opens the report of a case from disk and gives the messages of the console."""

    def show(case):
        path = tmp_path_factory.mktemp("report") / "report.html"
        path.write_text(render(open_results(make(**CASES[case]))), encoding="utf-8")
        browser.get_log("browser")
        browser.get(path.as_uri())
        wait_until(lambda: browser.execute_script(DRAWN))
        return browser.get_log("browser")

    return show


def wait_until(holds, seconds=20, what="the page"):
    """Wait for something to hold."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"{what} was not ready in time"
        time.sleep(0.05)


@pytest.mark.parametrize("case", CASES)
def test_report_opens_without_a_message_and_every_chart_has_marks(case, shown, browser):
    assert shown(case) == []
    marks = browser.execute_script(MARKS)
    assert len(marks) >= 4 and all(marks.values()), marks
    new = {"losers", "concentration", "causes", "outcomes", "border_cost"}
    if case in ("two_scenarios", "ten_scenarios", "names"):
        assert new <= set(marks)
    if case == "without_cells":
        assert new & set(marks) == new - {"losers"}


def test_every_list_changes_its_chart(shown, browser):
    shown("two_scenarios")
    for chart in browser.execute_script(MARKS):
        lists = browser.find_elements("css selector", f"#figure-{chart} select")
        for place, one in enumerate(lists):
            if (chart, one.accessible_name) in UNCHANGED:
                continue
            before = browser.execute_script(DRAWING, chart)
            browser.execute_script(CHOOSE, chart, place, 1)
            wait_until(lambda: browser.execute_script(DRAWING, chart) != before, what=chart)
            browser.execute_script(CHOOSE, chart, place, 0)


def test_technology_and_region_are_chosen_together(shown, browser):
    shown("two_scenarios")
    seen = set()
    for technology, region in ((0, 0), (1, 0), (0, 1), (1, 1)):
        browser.execute_script(CHOOSE, "adoption", 1, technology)
        browser.execute_script(CHOOSE, "adoption", 2, region)
        drawn = lambda: browser.execute_script(DRAWING, "adoption")  # noqa: E731
        wait_until(lambda: drawn() not in seen, what="adoption")
        seen.add(drawn())


def test_legend_of_a_difference_does_not_name_the_baseline(shown, browser):
    shown("two_scenarios")
    legend = "return document.querySelector('#figure-adoption .role-legend').textContent"
    assert browser.execute_script(legend) == "ROCKET INTERREG programme"
    browser.execute_script(CHOOSE, "adoption", 0, 1)
    wait_until(lambda: "No programme" in browser.execute_script(legend))


def test_charts_of_rows_follow_the_window(shown, browser):
    shown("two_scenarios")
    width = "return document.querySelector('#figure-gains .plot svg').clientWidth"
    before = browser.execute_script(width)
    size = {"width": 600, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    wait_until(lambda: 300 < browser.execute_script(width) < before - 50, what="gains")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    wait_until(lambda: browser.execute_script(width) == before, what="gains")


def test_line_of_zero_does_not_cross_the_text_of_a_row(shown, browser):
    shown("two_scenarios")
    script = """
      const box = mark => mark.getBoundingClientRect();
      const marks = kind => [...document.querySelectorAll(`#figure-gains .plot svg .mark-${kind}.role-mark`)];
      const zero = [...marks("rule")[0].querySelectorAll("line")].map(box);
      const texts = marks("text").flatMap(group => [...group.querySelectorAll("text")]).map(box);
      return [zero.length, zero.filter(line => texts.some(text => line.top < text.bottom - 4 && line.bottom > text.top + 4
        && line.left < text.right && line.right > text.left)).length];
    """
    lines, crossing = browser.execute_script(script)
    assert lines >= 3 and crossing == 0


def test_definition_follows_the_measure(shown, browser):
    shown("two_scenarios")
    place = browser.find_element("css selector", "#figure-ranking .definition")
    first = place.text
    browser.execute_script(CHOOSE, "ranking", 0, 1)
    wait_until(lambda: place.text not in ("", first))


def test_names_are_shown_as_they_are(shown, browser):
    shown("names")
    text = browser.find_element("css selector", "body").text
    assert all(name in text for name in NAMES)
    drawn = browser.execute_script("return document.querySelector('#figure-ranking svg').textContent")
    assert "<script>alert(1)</script>" in drawn


def test_page_fits_a_narrow_screen(shown, browser):
    size = {"width": 400, "height": 900, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    shown("ten_scenarios")
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert wide <= 400


def test_report_prints_to_pdf(shown, browser):
    shown("two_scenarios")
    page = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    assert base64.b64decode(page["data"]).startswith(b"%PDF") and len(page["data"]) > 50_000
