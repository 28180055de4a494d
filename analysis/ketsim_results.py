"""Opens a result file of ketsim and gives totals, effects and bands.

>>> results = open_results("rocket.h5")
>>> results.band("firms_adopting").sel(scenario="rocket").mean

A new output needs no change here: series are found by their dimensions and described by their
attributes.
"""

from functools import cached_property
from pathlib import Path

import numpy as np
import xarray as xr

from ketsim_bands import band_of
from ketsim_cli import UserError
from ketsim_files import open_dataset, sums
from ketsim_measures import Measures
from ketsim_metadata import read_parameters, read_provenance, read_record
from ketsim_wording import one_line

AXES = ("scenario", "replicate", "time")
LARGE_BYTES = 500_000_000  #: a series above it is read once only


def open_results(path):
    """Open a result file of `ketsim run` or `ketsim compare`.

    Parameters
    ----------
    path : str or pathlib.Path

    Returns
    -------
    Results

    Raises
    ------
    UserError
        With one sentence, where the file is not a result that this version reads.
    """
    path = Path(path)
    dataset = open_dataset(path, AXES)
    if "design_point" in dataset.dims:
        raise UserError(f"{path} is of `ketsim sweep collect`; analysis/sensitivity.py reads it")
    if 0 in (dataset.sizes[axis] for axis in AXES):
        raise UserError(f"{path} holds no finished replicate yet")
    return Results(path, dataset)


class Results:
    """A result file: its series, scenarios and what the file says about itself.

    Attributes
    ----------
    scenarios : list of str
        Labels; the first is the baseline where there are several.
    baseline : str or None
        Label of the baseline; None with one scenario only.
    alternatives : list of str
        The other scenarios; with one scenario only, that one.
    horizons : list of str
        Months at which `compare` measures, like "2020-03"; empty for a file of `run`.
    """

    def __init__(self, path, dataset):
        self.path = path
        self.dataset = dataset
        self.scenarios = [str(label) for label in dataset["scenario"].values]
        self.baseline = self.scenarios[0] if len(self.scenarios) > 1 else None
        self.alternatives = self.scenarios[1:] or self.scenarios
        self.replicates = dataset.sizes["replicate"]
        self.months = [str(month) for month in dataset["time"].values.astype("datetime64[M]")]
        self.horizons = (
            [str(label) for label in dataset["horizon"].values]
            if "horizon" in dataset.coords
            else []
        )
        self.parameters = read_parameters(path, self.scenarios)
        self.provenance = read_provenance(path, self.scenarios, dataset.attrs)
        self.record = read_record(path)
        self._cache = {}

    # What is there

    @cached_property
    def series(self):
        """Names of all series, in file order."""
        return [
            str(name)
            for name, variable in self.dataset.data_vars.items()
            if all(axis in variable.dims for axis in AXES)
            and np.issubdtype(variable.dtype, np.number)
        ]

    def __contains__(self, name):
        """Whether the file has the series, or all series of a sum like `a+b`."""
        return all(part in self.dataset.data_vars for part in _parts(name))

    def attribute(self, name, key, default=""):
        """An attribute of a variable as text (of the first one where `name` is a sum)."""
        return str(self.dataset[_parts(name)[0]].attrs.get(key, default))

    def partition(self, name):
        """Dimensions of a series beyond scenario, replicate and time."""
        return tuple(str(dim) for dim in self.dataset[name].dims if dim not in AXES)

    def labels(self, dimension):
        """Labels of a dimension; a dimension without labels is numbered."""
        return [str(label) for label in self.dataset[dimension].values]

    def title(self, scenario):
        """Title of a scenario, or its label in words where it has none."""
        return self.provenance.titles.get(scenario) or scenario.replace("_", " ")

    @cached_property
    def names(self):
        """Title of each scenario in one line; with its label where another has the same title."""
        titles = {scenario: one_line(self.title(scenario)) for scenario in self.scenarios}
        repeated = {title for title in titles.values() if list(titles.values()).count(title) > 1}
        return {
            scenario: f"{title} ({one_line(scenario)})" if title in repeated else title
            for scenario, title in titles.items()
        }

    @cached_property
    def recorded(self):
        """The scenario that the public record belongs to: the first alternative, or else the
        baseline, with a record of its own; None without a record.
        """
        if not self.record:
            return None
        entries = [one for one in self.parameters if one.path.startswith("record[")]
        if not entries:
            return self.alternatives[0]
        with_record = (
            scenario
            for scenario in [*self.alternatives, *self.scenarios]
            if any(entry.values.get(scenario) for entry in entries)
        )
        return next(with_record, None)

    @cached_property
    def measures(self):
        """The measures of `ketsim compare`; empty in a file of `run`."""
        return Measures(self)

    def countries(self):
        """Country of each region: a variable, or the first two letters of the code."""
        codes = self.labels("region")
        for name in ("region_country", "country"):
            if name in self.dataset.variables and self.dataset[name].dims == ("region",):
                return [str(value) for value in self.dataset[name].values]
        return [code[:2] for code in codes]

    # Values

    def values(self, name, keep=(), months=slice(None)):
        """Values of a series with every partition summed but those in `keep`.

        Parameters
        ----------
        name : str
            A series; several joined by `+` are added.
        keep : tuple of str
            Dimensions to keep.
        months : slice or list of int
            Positions on the time axis.

        Returns
        -------
        xarray.DataArray
            Dimensions (scenario, replicate, time, *keep).
        """
        key = (name, tuple(keep), str(months))
        if key not in self._cache:
            parts = [self._one(part, tuple(keep), months) for part in _parts(name)]
            self._cache[key] = sum(parts[1:], start=parts[0])
        return self._cache[key]

    def _source(self, name, keep):
        """The smallest series with these sums: `<name>_by_...` is the same with fewer dimensions."""
        same = [
            other
            for other in self.series
            if other.startswith(f"{name}_by_") and set(keep) <= set(self.partition(other))
        ]
        return min([name, *same], key=lambda one: self.dataset[one].size)

    def _one(self, name, keep, months):
        """One series with the other partitions summed."""
        name = self._source(name, keep)
        variable = self.dataset[name]
        if variable.dims[:3] != AXES:
            rest = [dim for dim in variable.dims if dim not in AXES and dim not in keep]
            values = variable.isel(time=months).load().astype(float).sum(rest, skipna=False)
            return values.transpose(*AXES, *keep)
        if len(keep) > 1:  # only the months asked for: all of them take much memory
            return sums(self.path, variable, [keep], months)[keep].transpose(*AXES, *keep)
        return self._margin(name, keep).isel(time=months)

    def _margin(self, name, keep):
        """Sum of a series over all partitions but `keep`; a large one is read once for all such sums."""
        if (name, keep) not in self._cache:
            variable = self.dataset[name]
            is_large = variable.size * 8 > LARGE_BYTES
            keeps = [(), *((part,) for part in variable.dims[3:])] if is_large else [keep]
            found = sums(self.path, variable, keeps)
            self._cache |= {(name, one): values for one, values in found.items()}
        return self._cache[name, keep]

    def position(self, month):
        """Position in time of a month like "2020-03", or the last one before; None is the end."""
        if not month:
            return len(self.months) - 1
        return max(0, int(np.searchsorted(self.months, month[:7], side="right")) - 1)

    def accumulated(self, name, keep=()):
        """Amounts reached so far: flows are summed up, stocks and ratios stay."""
        values = self.values(name, keep)
        return (
            values.cumsum("time", skipna=False).assign_coords(time=values["time"])
            if self.is_flow(name)
            else values
        )

    def is_flow(self, name):
        """Whether the series counts what happened in each month."""
        return self.attribute(name, "kind") == "flow"

    def reached(self, name, month=None, keep=()):
        """Amount by the end of a month: sum of a flow so far, or state of a stock or ratio."""
        last = self.position(month)
        if self.is_flow(name):
            return self.values(name, keep, slice(0, last + 1)).sum("time", skipna=False)
        return self.values(name, keep, slice(last, last + 1)).isel(time=0, drop=True)

    def against_baseline(self, values):
        """Difference to the baseline in the same replicate; None without a baseline."""
        if self.baseline is None:
            return None
        return values.sel(scenario=self.alternatives) - values.sel(
            scenario=self.baseline, drop=True
        )

    def band(self, name, keep=(), accumulate=False):
        """Band of a series over time, for each scenario."""
        key = (name, tuple(keep), "band", accumulate)
        if key not in self._cache:
            self._cache[key] = band_of(
                self.accumulated(name, keep) if accumulate else self.values(name, keep)
            )
        return self._cache[key]


def _parts(name):
    return [part.strip() for part in name.split("+")]
