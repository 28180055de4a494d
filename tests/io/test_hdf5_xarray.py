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
