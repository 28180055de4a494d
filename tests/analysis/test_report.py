"""Facts about the report: self-contained, escaped, and honest on what a file lacks."""

import re
from html.parser import HTMLParser

import pytest

from ketsim_results import open_results
from report import render

FEW = ("firms_adopting", "products")
HOSTILE = '<script>alert(1)</script> & "quotes"'


class Page(HTMLParser):
    """Collects tags, ids and text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.words = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.ids += [value for name, value in attributes if name == "id"]
        self.links += [
            value
            for name, value in attributes
            if name in ("src", "href", "xlink:href") and not value.startswith("data:")
        ]

    def handle_data(self, data):
        self.words.append(data)

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
    assert all(link.startswith("#") for link in page.links) and "script" not in page.tags


def test_ids_are_unique_although_many_svg_share_the_page(page):
    assert len(page.ids) == len(set(page.ids)) and page.tags.count("svg") >= 6


def test_every_link_within_the_page_leads_somewhere(page):
    assert {link[1:] for link in page.links} <= set(page.ids)


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
    ):
        assert words in page.text, words


def test_titles_from_the_file_are_shown_as_text(make):
    html = render(open_results(make(titles=[HOSTILE, HOSTILE], only=FEW)))
    assert "script" not in Page(html).tags and "alert(1)" in Page(html).text


def test_file_of_run_says_what_is_missing(make):
    page = Page(render(open_results(make(run=True, only=FEW))))
    assert (
        "cannot say what the scenario changed" in page.text and "more adoptions" not in page.text
    )


def test_file_without_measures_or_record_is_told(make):
    results = open_results(make(only=FEW))
    results.record = []
    assert "no public record" in Page(render(results)).text


def test_page_prints_with_a_style_sheet_of_its_own(html):
    assert "@media print" in html


def test_program_writes_the_page(make, program, tmp_path):
    done = program("report.py", make(run=True, only=FEW), "-o", tmp_path / "new" / "report.html")
    assert done.returncode == 0, done.stderr
    assert (
        (tmp_path / "new" / "report.html")
        .read_text(encoding="utf-8")
        .startswith("<!DOCTYPE html>")
    )
