"""Facts about reading result files: totals, differences and bands."""

import h5py
import numpy as np
import pytest
import xarray as xr

from ketsim_bands import band_of, estimate_of, ratio_of_means
from ketsim_measures import Measures
from ketsim_results import open_results


@pytest.fixture(scope="module")
def results(sample):
    return open_results(sample)


@pytest.mark.parametrize("keep", [("region",), ("sector", "ket"), ("size_class",)])
def test_sums_over_partitions_equal_totals(results, keep):
    parts = results.values("adopters", keep).sum(list(keep))
    np.testing.assert_array_equal(parts, results.values("adopters"))


@pytest.mark.parametrize("keep", [(), ("ket",), ("sector", "region")])
def test_reading_in_blocks_of_replicates_changes_nothing(results, monkeypatch, keep):
    monkeypatch.setattr("ketsim_files.BLOCK_BYTES", 1)
    rest = [dim for dim in ("region", "sector", "ket", "size_class") if dim not in keep]
    whole = results.dataset["adopters"].sum(rest).transpose(..., *keep)
    np.testing.assert_array_equal(results._one("adopters", keep, [3, 50]), whole.isel(time=[3, 50]))


def test_missing_counts_are_missing_in_sums(make):
    counts = np.ones((2, 6, 192, 4))
    counts[1, 2, :, 0] = np.nan
    axes = ("scenario", "replicate", "time", "ket")
    stored = xr.Variable(axes, counts, {"kind": "flow"}, {"dtype": "int32", "_FillValue": -1})
    values = open_results(make(only=(), extra={"novelty": stored})).values("novelty")
    assert values.isnull().sum() == 192 and values.isel(scenario=1, replicate=2).isnull().all()
    assert values.isel(scenario=0, replicate=2, time=3) == 4


def test_small_series_of_the_same_is_read_in_place_of_the_large_one(make):
    small = np.full((2, 6, 192, 5, 4), 7.0)
    axes = ("scenario", "replicate", "time", "region", "ket")
    path = make(only=("adopters",), extra={"adopters_by_region": xr.Variable(axes, small, {"kind": "stock"})})
    results = open_results(path)
    assert (results.values("adopters", ("ket",)) == 35).all()  # tells where it comes from
    assert (results.values("adopters", ("region", "ket"), [5]) == 7).all()
    assert results.values("adopters", ("sector",)).max() > 35


def test_flow_reached_is_its_sum_up_to_and_with_the_month(results):
    flow = results.dataset["products"].sel(time=slice("2014-01", "2020-03")).sum("time")
    np.testing.assert_array_equal(results.reached("products", "2020-03"), flow)


def test_stock_reached_is_its_state_in_the_month(results):
    np.testing.assert_array_equal(
        results.reached("firms_adopting", "2020-03"),
        results.dataset["firms_adopting"].sel(time="2020-03").squeeze("time").sum("region"),
    )


def test_sum_of_two_series_is_read_by_a_plus_sign(results):
    both = results.reached("public_money_paid") + results.reached("private_contribution")
    np.testing.assert_allclose(results.reached("public_money_paid+private_contribution"), both)


def test_difference_is_taken_replicate_by_replicate(results):
    change = results.against_baseline(results.reached("adopters", "2025-03")).sel(
        scenario="rocket"
    )
    measured = results.dataset["net_additional_adopters"].sel(
        alternative="rocket", horizon="2025-03"
    )
    np.testing.assert_array_equal(change, measured)


def test_country_is_the_start_of_a_region_code(results):
    assert results.countries() == [code[:2] for code in results.labels("region")]


def test_interval_of_the_mean_shrinks_with_replicates_and_luck_does_not():
    values = np.random.default_rng(1).normal(10, 2, 4000)
    few, many = (band_of(xr.DataArray(values[:n], dims="replicate")) for n in (40, 4000))
    assert (many.mean_high - many.mean_low) < 0.2 * (few.mean_high - few.mean_low)
    assert (many.luck_high - many.luck_low) > 0.7 * (few.luck_high - few.luck_low)


def test_interval_of_the_mean_is_students_t():
    estimate = estimate_of([1.0, 2.0, 3.0, 4.0])
    assert estimate.low == pytest.approx(2.5 - 3.182446 * np.std([1, 2, 3, 4], ddof=1) / 2)


def test_one_replicate_has_a_mean_and_no_interval():
    band = band_of(xr.DataArray([3.0], dims="replicate"))
    assert band.mean == 3 and np.isnan(band.mean_low) and np.isnan(band.luck_high)


def test_ratio_is_of_means_and_its_interval_vanishes_for_proportional_values():
    denominator = np.array([8.0, 10.0, 12.0, 14.0])
    estimate = ratio_of_means(3 * denominator, denominator)
    assert (estimate.mean, estimate.low, estimate.high) == pytest.approx((3, 3, 3))


def test_ratio_has_no_interval_where_the_denominator_cannot_be_told_from_zero():
    assert not ratio_of_means([1.0, 2.0, 3.0], [-1.0, 1.0, 0.5]).is_defined


def test_fieller_covers_the_true_ratio_in_95_of_100():
    rng = np.random.default_rng(3)
    inside = 0
    for _ in range(1000):
        denominator = rng.normal(10, 3, 20)
        estimate = ratio_of_means(2 * denominator + rng.normal(0, 4, 20), denominator)
        inside += estimate.low <= 2 <= estimate.high
    assert inside / 1000 == pytest.approx(0.95, abs=3 * np.sqrt(0.95 * 0.05 / 1000))


def test_measures_are_named_once_and_give_the_files_own_intervals(results):
    measures = Measures(results)
    assert (
        "net_additional_adopters" in measures
        and "net_additional_adopters_mean" not in measures.names
    )
    estimate = measures.estimate("leverage", "rocket", "2025-03")
    assert estimate.low == float(
        results.dataset["leverage_low"].sel(alternative="rocket", horizon="2025-03")
    )


def test_file_of_run_has_no_baseline_and_no_measures(run_sample):
    results = open_results(run_sample)
    assert (
        results.baseline is None
        and not Measures(results)
        and results.against_baseline(results.values("products")) is None
    )


def test_parameters_keep_grade_and_value_of_each_scenario(results):
    budget = next(
        parameter
        for parameter in results.parameters
        if parameter.path == "programmes[rocket].budget"
    )
    assert (
        budget.grade == "M"
        and budget.differs
        and budget.values == {"no_programme": "", "rocket": "9994868.76"}
    )


def test_record_is_read_with_open_upper_end(results):
    products = next(entry for entry in results.record if entry.name == "products")
    assert products.value == 40 and np.isnan(products.high)
