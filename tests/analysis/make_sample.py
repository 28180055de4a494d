"""Makes a plausible result file with made-up numbers, for tests of the analysis.

Usage: python3 make_sample.py FILE.h5 [--run] [--regions N] [--replicates N]
"""

import argparse
from pathlib import Path

import numpy as np
import xarray as xr

from sample_breakdowns import coordinates as breakdown_coordinates
from sample_breakdowns import make_breakdowns
from sample_measures import HORIZONS, make_measures
from sample_series import KETS, REGIONS, SECTORS, SIZES, STAGES, TIME, make_series
from sample_tables import make_parameters, make_record, text


def make_sample(
    path,
    run=False,
    regions=8,
    replicates=20,
    titles=None,
    extra=None,
    drop=(),
    only=(),
    scenarios=None,
    breakdowns=True,
    idle=False,
):
    """Write a sample result file.

    Parameters
    ----------
    path : pathlib.Path
    run : bool
        Whether to write what `ketsim run` writes: one scenario, no measures.
    regions, replicates : int
    titles : list of str, optional
    extra : dict of str to xarray.Variable, optional
        Series to add.
    drop : tuple of str
        Variables to leave out.
    only : tuple of str
        Series to keep where not all are wanted; measures stay.
    scenarios : list of str, optional
        Labels; the first is the baseline.
    breakdowns : bool
        Whether to write what older files lack: outcomes by part and more.
    idle : bool
        Whether no scenario spends or funds anything.

    Returns
    -------
    pathlib.Path
    """
    rng = np.random.default_rng(7)
    scenarios = scenarios or (["rocket"] if run else ["no_programme", "rocket"])
    named = {"rocket": "ROCKET INTERREG programme", "no_programme": "No programme"}
    titles = titles or [named.get(name, name) for name in scenarios]
    variables = make_series(
        rng, [not idle and name != "no_programme" for name in scenarios], replicates, regions
    )
    coordinates = {
        "scenario": text(scenarios),
        "replicate": np.arange(replicates),
        "time": TIME,
        "region": text(REGIONS[:regions]),
        "country": text(["NL", "DE"]),
        "sector": text(SECTORS),
        "ket": text(KETS),
        "size_class": text(SIZES),
        "stage": text(STAGES),
        "policy": text(["projects", "studies"]),
    }
    series = set(variables)
    if not run:
        variables |= make_measures(rng, variables)
        coordinates |= {"alternative": text(scenarios[1:]), "horizon": text(HORIZONS)}
        if breakdowns:
            variables |= make_breakdowns(rng, variables, scenarios, regions)
            coordinates |= breakdown_coordinates(text)
    if only:
        drop = (*drop, *(series - set(only)))
    variables |= extra or {}
    attributes = {
        "Conventions": "CF-1.10",
        "format_version": 1,
        "command": "run" if run else "compare",
        "seed": 42,
    } | ({"until": "net_additional_adopters:5%", "until_reached": "yes"} if breakdowns else {})
    dataset = xr.Dataset(variables, coordinates, attributes).drop_vars(list(drop))
    encoding = {"time": {"units": "days since 2014-01-01"}}
    if "adopters" in dataset:
        encoding["adopters"] = {"zlib": True, "complevel": 1}
    dataset.to_netcdf(path, engine="h5netcdf", unlimited_dims=["replicate"], encoding=encoding)
    provenance = xr.Dataset(
        {
            "title": ("scenario", text(titles)),
            "resolved_scenario": ("scenario", text(["title: x\n"] * len(scenarios))),
        },
        attrs={"ketsim": "0.1.0", "commit": "abc1234", "HDF5": "1.10.8"},
    )
    for name, group in (
        ("parameters", make_parameters(scenarios)),
        ("provenance", provenance),
        ("record", make_record()),
    ):
        group.to_netcdf(path, group=name, mode="a", engine="h5netcdf")
    return Path(path)


def main():
    """Write a sample from the command line."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--run", action="store_true")
    arguments.add_argument("--regions", type=int, default=len(REGIONS))
    arguments.add_argument("--replicates", type=int, default=20)
    options = arguments.parse_args()
    make_sample(options.file, options.run, min(options.regions, len(REGIONS)), options.replicates)


if __name__ == "__main__":
    main()
