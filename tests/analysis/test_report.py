"""Facts about the report: self-contained, escaped, and honest on what a file lacks."""

import base64
import dataclasses
import hashlib
import json
import re
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import report
from figures import all_web_charts
from figures.vega import scenario_styles, table
from ketsim_cards import cards_of
from ketsim_metadata import Parameter
from ketsim_results import Results, open_results
from report import render

FEW = ("firms_adopting", "products")
HOSTILE = '<script>alert(1)</script> & "quotes"'


class Page(HTMLParser):
    """Collects tags, ids and text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.words = [], [], [], []
        self.policy, self.scripts, self.inside = "", [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.inside = tag
        named = dict(attributes)
        if named.get("http-equiv") == "Content-Security-Policy":
            self.policy = named["content"]
        if tag == "script":
            self.scripts.append((named.get("type", ""), ""))
        self.ids += [value for name, value in attributes if name == "id"]
        self.links += [
            value
            for name, value in attributes
            if name in ("src", "href", "xlink:href") and not value.startswith("data:")
        ]

    def handle_data(self, data):
        if self.inside == "script":
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)
        elif self.inside != "style":
            self.words.append(data)

    def handle_endtag(self, tag):
        self.inside = ""

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.words))


@pytest.fixture(scope="module")
def html(sample):
    return render(open_results(sample))


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


def test_page_needs_no_network(page):
    assert all(link.startswith("#") for link in page.links)
    assert "default-src 'none'" in page.policy and "unsafe-eval" not in page.policy


def test_only_scripts_of_this_page_may_run(page):
    running = [text for kind, text in page.scripts if not kind]
    assert len(running) == 4
    for text in running:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in page.policy


def test_ids_are_unique(page):
    assert len(page.ids) == len(set(page.ids)) and page.tags.count("figure") >= 11


def test_every_link_within_the_page_leads_somewhere(page):
    assert {link[1:] for link in page.links} <= set(page.ids)


def test_every_chart_has_a_text_alternative_with_numbers(sample):
    for chart in all_web_charts(open_results(sample)):
        assert any(character.isdigit() for character in chart.alt), chart.name
        assert "nan" not in chart.alt.split(), chart.name


def test_answer_record_parameters_and_reproduction_are_told(page):
    for words in (
        "more adoptions of a key enabling technology",
        "95 % interval of the mean",
        "Predicted, 5-95 %",
        "fitted to it",
        "Doubt about parameters",
        "programmes[rocket].budget",
        "--seed 42",
        "abc1234",
        "Schematic, not official boundaries. Made with Natural Earth.",
        "net_additional_adopters:5%: this was reached",
    ):
        assert words in page.text, words


def test_first_page_has_five_numbers_with_intervals(sample):
    results = open_results(sample)
    cards = cards_of(results, "rocket", "2025-03")
    assert len(cards) == 5 and all("95 % interval" in card.interval for card in cards)


def test_texts_of_the_file_are_shown_as_text_and_never_run(make):
    html = render(open_results(make(titles=[HOSTILE, HOSTILE], only=FEW)))
    page = Page(html)
    assert "alert(1)" in page.text and page.tags.count("script") == len(page.scripts)
    assert all("alert(1)" not in text for kind, text in page.scripts if not kind)
    for kind, text in page.scripts:
        if kind == "application/json":
            json.loads(text)


def test_several_scenarios_are_ranked_and_the_first_leads(make):
    scenarios = ["no_programme", "rocket", "vouchers", "loans"]
    page = Page(render(open_results(make(scenarios=scenarios, only=FEW))))
    assert "What do 3 scenarios change" in page.text and "adds most" in page.text


def test_older_file_without_breakdowns_has_a_report(make):
    page = Page(render(open_results(make(breakdowns=False))))
    assert "does not break outcomes down by instrument" in page.text
    assert "figure-gains" in page.ids and "figure-outcomes" not in page.ids


def test_file_without_measures_or_record_is_told(make):
    results = open_results(make(only=FEW))
    results.record = []
    assert "no public record" in Page(render(results)).text


def test_page_prints_with_a_style_sheet_of_its_own(html):
    assert "@media print" in html


def test_data_are_columns_with_each_text_once():
    frame = pd.DataFrame({"line": ["a", "a", "b"], "mean": [1.23456, np.nan, 2.0]})
    assert table(frame) == {
        "columns": {"line": {"of": ["a", "b"], "at": [0, 0, 1]}, "mean": [1.235, None, 2]}
    }


def test_ten_scenarios_look_different_without_colour_and_with_it(make):
    scenarios = ["none", *(f"policy_{i}" for i in range(9))]
    results = open_results(make(scenarios=scenarios, replicates=2, only=FEW))
    styles = list(map(repr, scenario_styles(results, scenarios).values()))
    assert len(set(styles)) == 10


def test_file_of_run_is_refused_with_one_sentence(run_sample, call, tmp_path):
    code, output, errors = call(report.main, run_sample, "-o", tmp_path / "report.html")
    assert code == 2 and output == "" and len(errors.splitlines()) == 1
    assert "ketsim compare" in errors and "charts.py" in errors
    assert not (tmp_path / "report.html").exists()


def test_program_writes_the_page(make, program, tmp_path):
    done = program("report.py", make(only=FEW), "-o", tmp_path / "new" / "report.html")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "new" / "report.html").read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")


def test_a_page_is_not_written_over_the_result(make, call):
    path = make(only=FEW)
    before = path.read_bytes()
    code, _, errors = call(report.main, path, "-o", path)
    assert code == 2 and "is the result file itself" in errors
    assert path.read_bytes() == before


@pytest.mark.parametrize("scenarios", [["rocket", "funding"], ["nothing", "funding", "rocket"]])
def test_the_record_is_of_the_scenario_that_has_it(scenarios):
    values = {name: "40" if name == "rocket" else "" for name in scenarios}
    of_record = Parameter("record[products].value", "1", "", "", "S", "", values)
    file = SimpleNamespace(record=["products"], parameters=[of_record], scenarios=scenarios, alternatives=scenarios[1:])
    assert Results.recorded.func(file) == "rocket"
    file.parameters = [dataclasses.replace(of_record, values=dict.fromkeys(scenarios, ""))]
    assert Results.recorded.func(file) is None
