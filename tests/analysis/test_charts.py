"""Facts about charts: PNG, SVG and PDF, new series by themselves, the same bytes each time."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
import xarray as xr

from figures import adoption, all_charts, border, every_series, funnel, gains, money, regions
from figures.style import svg_text, write
from ketsim_results import open_results

MAIN = {"adoption", "funnel", "money", "cross_border_share", "regions", "gains"}
FEW = ("adopters", "firms_adopting", "products", "cross_border_share", "public_money_paid")
AXES = ("scenario", "replicate", "time")


def test_each_chart_is_written_as_png_svg_and_pdf(chart_folder):
    names = {path.stem for path in chart_folder.glob("*.svg")}
    for ending in ("png", "pdf"):
        assert MAIN <= names == {path.stem for path in chart_folder.glob(f"*.{ending}")}
    assert all(path.read_bytes().startswith(b"%PDF") for path in chart_folder.glob("*.pdf"))
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in chart_folder.glob("*.png"))


def test_svg_is_well_formed_and_holds_no_date(chart_folder):
    for path in chart_folder.glob("*.svg"):
        ElementTree.parse(path)
        assert "<dc:date>" not in path.read_text(encoding="utf-8")


def test_writing_twice_gives_the_same_bytes(sample, tmp_path):
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        folder.mkdir()
        write(gains.draw(open_results(sample))[0], folder)
    for one in sorted(folders[0].iterdir()):
        assert one.read_bytes() == (folders[1] / one.name).read_bytes(), one.name


def test_drawing_twice_gives_the_same_svg(sample):
    first, second = (svg_text(gains.draw(open_results(sample))[0].figure) for _ in range(2))
    assert first == second


def test_every_chart_has_a_text_alternative_with_numbers(sample):
    results = open_results(sample)
    for chart in (
        chart
        for module in (adoption, border, funnel, gains, money, regions)
        for chart in module.draw(results)
    ):
        assert any(character.isdigit() for character in chart.alt), chart.name


def test_map_names_its_source(sample):
    (chart,) = regions.draw(open_results(sample))
    assert any(
        text.get_text() == "Schematic, not official boundaries. Made with Natural Earth."
        for text in chart.figure.texts
    )


def new_series(kind="flow", dims=(), shape=(), **attributes):
    values = np.ones((2, 6, 192, *shape))
    return xr.Variable(
        AXES + dims,
        values,
        {"long_name": "A new output", "units": "1", "kind": kind, **attributes},
    )


@pytest.mark.parametrize(
    "variable",
    [
        new_series(chart="Brand new"),
        new_series("stock", ("sector", "size_class"), (3, 4), chart="Brand new"),
        new_series("ratio", ("ket",), (4,), chart="Brand new"),
    ],
)
def test_new_series_appears_as_a_chart_by_itself(make, variable):
    charts = every_series.draw(open_results(make(extra={"novelty": variable}, only=("products",))))
    (chart,) = [chart for chart in charts if chart.title == "Brand new"]
    assert chart.name == "series-brand-new" and "Novelty" in chart.alt


def test_series_without_heading_is_kept_and_one_with_an_empty_heading_is_not(make):
    results = open_results(
        make(extra={"loose": new_series(), "hidden": new_series(chart="")}, only=("products",))
    )
    groups = every_series.headings(results)
    assert "loose" in groups["Other series"] and not any(
        "hidden" in names for names in groups.values()
    )


@pytest.mark.parametrize(
    "missing",
    [("adopters",), ("firms_adopting", "products"), ("cross_border_share", "public_money_paid")],
)
def test_missing_series_only_cost_their_own_charts(make, missing):
    kept = {
        "adopters",
        "firms_adopting",
        "products",
        "cross_border_share",
        "public_money_paid",
    } - set(missing)
    names = {chart.name for chart in all_charts(open_results(make(only=tuple(kept))))}
    assert len(MAIN & names) >= 4


def test_file_of_run_has_charts_without_a_baseline(make):
    titles = {
        chart.name: chart.title for chart in all_charts(open_results(make(run=True, only=FEW)))
    }
    assert (
        titles["gains"] == "Who adopts"
        and titles["regions"] == "Where adoption happens"
        and MAIN <= set(titles)
    )


def test_several_alternatives_and_one_replicate_are_drawn(make):
    results = open_results(
        make(scenarios=["no_programme", "rocket", "vouchers"], replicates=2, only=FEW)
    )
    assert "funnel-vouchers" in {chart.name for chart in all_charts(results)}
    single = open_results(make(run=True, replicates=1, only=FEW))
    assert MAIN <= {chart.name for chart in all_charts(single)}


def test_one_region_is_drawn(make):
    results = open_results(make(regions=1, only=FEW))
    assert {"gains", "adoption"} <= {chart.name for chart in all_charts(results)}


def test_dollar_signs_in_titles_are_not_formulas(make):
    results = open_results(
        make(titles=["$x^2$ a $ b", "Costs $5 {and} \\frac"], only=("adopters",))
    )
    assert "mathtext" not in svg_text(gains.draw(results)[0].figure)
