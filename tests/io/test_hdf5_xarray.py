"""A result file opens in xarray with both engines, labelled, and the same on both."""

import os
import pathlib
import subprocess

import pytest
import xarray as xr

ROOT = pathlib.Path(__file__).resolve().parents[2]
GROUPS = ("provenance", "parameters", "inputs", "record")


@pytest.fixture(scope="module")
def result_file(tmp_path_factory):
    """A small comparison of ROCKET with no programme."""
    path = tmp_path_factory.mktemp("result") / "rocket.h5"
    scenarios = [ROOT / "scenarios" / name for name in ("no_programme.yaml", "rocket.yaml")]
    command = [os.environ["KETSIM_BINARY"], "compare", *scenarios, "-o", path, "--replicates", "3"]
    subprocess.run([*command, "--set", "population.agents=300", "--quiet"], check=True, capture_output=True)
    return path


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_every_variable_is_labelled(result_file, engine):
    with xr.open_dataset(result_file, engine=engine) as results:
        assert list(results["scenario"].values) == ["no_programme", "rocket"]
        assert results["time"].dtype.kind == "M" and results.sizes["time"] == 192
        assert results["adopters"].dims == (
            "scenario", "replicate", "time", "region", "sector", "ket", "size_class",
        )
        for name, variable in results.variables.items():
            for dimension in variable.dims:
                assert dimension in results.coords, f"{name}: {dimension} has no labels"
        for name, variable in results.data_vars.items():
            assert variable.attrs["long_name"] and variable.attrs["units"], name


@pytest.mark.parametrize("group", GROUPS)
def test_groups_open_with_both_engines(result_file, group):
    both = [xr.open_dataset(result_file, engine=engine, group=group) for engine in ("h5netcdf", "netcdf4")]
    assert set(both[0].variables) == set(both[1].variables)


def test_engines_agree(result_file):
    with xr.open_dataset(result_file, engine="h5netcdf") as one:
        with xr.open_dataset(result_file, engine="netcdf4") as other:
            xr.testing.assert_equal(one.load(), other.load())


def test_parts_add_up(result_file):
    with xr.open_dataset(result_file) as results:
        pairs = results["pairs_in_stage"].sum(["stage", "ket"])
        firms = 300 + results["entries"].sum("size_class").cumsum("time")  # those that have left are `gone`
        assert (pairs == firms * results.sizes["ket"]).all()
        users = results["pairs_in_stage"].sel(stage=["adopted", "confirmed"]).sum(["stage", "ket"])
        adopters = results["adopters"].sum(["region", "sector", "ket", "size_class"])
        assert (users == adopters).all()


def test_provenance_tells_how_to_reproduce(result_file):
    with xr.open_dataset(result_file) as results:
        assert results.attrs["command"] and int(results.attrs["seed"]) >= 0
    with xr.open_dataset(result_file, group="provenance") as provenance:
        assert "ketsim" in provenance.attrs and "commit" in provenance.attrs
        assert "programmes" in str(provenance["resolved_scenario"].values[1])


@pytest.fixture(scope="module")
def detailed_file(tmp_path_factory):
    """The same, firm by firm and with shares of policies."""
    path = tmp_path_factory.mktemp("result") / "detailed.h5"
    scenarios = [ROOT / "scenarios" / name for name in ("no_programme.yaml", "rocket.yaml")]
    command = [os.environ["KETSIM_BINARY"], "compare", *scenarios, "-o", path, "--replicates", "3"]
    options = ["--set", "population.agents=300", "--set", "time.end=2020-03", "--set", "horizons=[2020-03]"]
    subprocess.run([*command, *options, "--firms", "--shapley", "--quiet"], check=True, capture_output=True)
    return path


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_twins_firm_by_firm_are_the_measures(detailed_file, engine):
    with xr.open_dataset(detailed_file, engine=engine) as results, xr.open_dataset(
        detailed_file, engine=engine, group="twins"
    ) as twins:
        rows = twins.to_dataframe()
        names = rows.outcome.map(dict(enumerate(twins.outcome.flag_meanings.split())))
        counts = rows.groupby(["replicate", names]).size().unstack(fill_value=0)
        outcomes = results["pair_outcomes"].isel(alternative=0, horizon=0).sum("exposure")
        for outcome in results["outcome"].values:
            assert list(counts.get(outcome, [0, 0, 0])) == list(outcomes.sel(outcome=outcome).values)
        assert rows.duplicated(["replicate", "horizon", "firm", "ket"]).sum() == 0
        assert (rows.region < results.sizes["region"]).all()
        compared = rows[rows.outcome < 4]
        gained = results["months_gained"].isel(alternative=0, horizon=0)
        assert list(compared.groupby("replicate").months_gained.sum()) == list(gained.values)


def test_shares_of_policies_are_labelled(detailed_file):
    with xr.open_dataset(detailed_file) as results:
        shares = results["shapley_net_additional_adopters_mean"]
        assert shares.dims == ("alternative", "horizon", "policy")
        assert list(results["policy"].values[:2]) == ["rest", "rocket/pioneers"]
        net = results["net_additional_adopters_mean"]
        assert float(shares.sum()) == pytest.approx(float(net.sum()))


def test_kinds_of_doubt_are_kept_apart(detailed_file):
    with xr.open_dataset(detailed_file) as results:
        assert results["net_additional_adopters_low"].attrs["doubt"] == "mean"
        assert results["net_additional_adopters_luck_low"].attrs["doubt"] == "luck"
        assert "doubt" not in results["net_additional_adopters_mean"].attrs


def test_a_run_lists_its_firms(tmp_path):
    path = tmp_path / "run.h5"
    command = [os.environ["KETSIM_BINARY"], "run", ROOT / "scenarios" / "rocket.yaml", "-o", path, "--firms"]
    options = ["--replicates", "2", "--set", "population.agents=200", "--set", "time.end=2017-12",
               "--set", "horizons=[2017-12]", "--quiet"]
    subprocess.run([*command, *options], check=True, capture_output=True)
    with xr.open_dataset(path) as results, xr.open_dataset(path, group="firm_states") as firms:
        rows = firms.to_dataframe()
        users = rows[rows.stage.isin([4, 5])].groupby("replicate").size()
        adopters = results["adopters"].isel(scenario=0, time=-1).sum(["region", "sector", "ket", "size_class"])
        assert list(users) == list(adopters.values)
        stages = firms.stage.flag_meanings.split()
        assert stages[4:6] == ["adopted", "confirmed"]
