"""Facts about single charts of the report: who loses, and how far gains are concentrated."""

import numpy as np
import pytest

from figures import concentration, losers
from ketsim_results import open_results


def test_curve_goes_from_the_least_gain_per_pair_to_the_most():
    frame = concentration.curve(np.array([3.0, 1.0, 0.0]), np.array([10.0, 10.0, 0.0]), ["a", "b", "none"])
    assert list(frame["region"]) == ["", "b", "a"]
    assert list(frame["pairs"]) == [0, 0.5, 1] and list(frame["gains"]) == [0, 0.25, 1]


def test_curve_lies_below_zero_while_regions_lose():
    frame = concentration.curve(np.array([5.0, -1.0]), np.array([1.0, 1.0]), ["a", "b"])
    assert list(frame["gains"]) == [0, -0.25, 1]


def test_scenario_without_a_gini_has_no_curve(make):
    results = open_results(make(only=("products",)))
    for name in ("net_additional_adopters_gini", "months_gained_gini"):
        results.dataset[name][:] = np.nan
    assert concentration.web(results) == []


def test_losers_are_the_cells_below_zero_most_first(sample):
    results = open_results(sample)
    rows = [row for row in losers.records_by(results, "sector", "2025-03") if row["side"] == "loses"]
    cells = results.dataset["net_additional_adopters_by_region_and_sector"].sel(horizon="2025-03")
    means = np.sort(cells.mean("replicate").values.ravel())
    expected = means[means < 0][: losers.MOST]
    assert [row["mean"] for row in rows] == pytest.approx(list(expected))
    assert all("[" in row["label"] for row in rows)


def test_it_is_said_where_nothing_loses(make):
    results = open_results(make(only=("products",)))
    results.dataset["net_additional_adopters_by_region_and_sector"][:] = 1.0
    rows = losers.records_by(results, "sector", "2025-03")
    assert [row["label"] for row in rows if row["side"] == "loses"] == ["None of 15 loses"]
