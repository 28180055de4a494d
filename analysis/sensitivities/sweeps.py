"""A sweep: its factors, its design, and an output as one number for each point and replicate."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ketsim_cli import UserError
from ketsim_files import open_dataset
from ketsim_wording import heading, words

AXES = ("design_point", "replicate", "scenario", "time")
#: Outputs that are shown where none is asked for, those of them that a file has.
HEADLINES = (
    "net_additional_adopters",
    "public_money_per_additional_adopter",
    "adopters",
    "products",
)
#: Ratios of means -> what they are ratios of, by replicate, and their unit over that of these.
RATIOS = {
    "public_money_per_additional_adopter": ("public_money_change", "net_additional_adopters", 1),
    "net_additional_adopters_per_million": ("net_additional_adopters", "public_money_change", 1e6),
    "leverage": ("private_money_change", "public_money_change", 1),
    "churn": ("displaced_adopters", "additional_adopters", 1),
}


@dataclass(frozen=True)
class Factor:
    """A parameter that the sweep varied.

    Attributes
    ----------
    name, path, doc, unit : str
    values : numpy.ndarray, shape (points,)
        As numbers; texts by their place among the sorted distinct texts.
    low, high : float
        Ends of the range; NaN where values were listed.
    is_logarithmic : bool
    labels : list of str or None
        Distinct texts of a factor that is no number.
    """

    name: str
    path: str
    doc: str
    unit: str
    values: np.ndarray
    low: float
    high: float
    is_logarithmic: bool
    labels: list | None = None

    @property
    def quantiles(self):
        """Values as shares of the range from 0 to 1, on the factor's own scale."""
        scale = np.log if self.is_logarithmic else np.asarray
        low, high = (self.low, self.high) if np.isfinite(self.low) else (self.values.min(), self.values.max())
        span = scale(high) - scale(low)
        return (scale(self.values) - scale(low)) / span if span > 0 else np.zeros_like(self.values)


@dataclass(frozen=True)
class Response:
    """An output as numbers.

    Attributes
    ----------
    name, title, unit, doc, at : str
        `title` says also of which scenario; `at` is the month at whose end it stands.
    replicates : numpy.ndarray, shape (points, replicates), or None
        NaN where a run is missing. Of a ratio of means the ratio, linear about the means: its mean is the ratio, and its
        spread that of the ratio (delta method). None of a ratio of unknown parts.
    means : numpy.ndarray, shape (points,)
        NaN where there is none.
    """

    name: str
    title: str
    unit: str
    doc: str
    at: str
    replicates: np.ndarray | None
    means: np.ndarray

    @property
    def is_there(self):
        """Points that have a value."""
        return np.isfinite(self.means)


class Sweep:
    """A file of `ketsim sweep collect`.

    Attributes
    ----------
    dataset : xarray.Dataset
    design : str
        Kind of the design.
    block : numpy.ndarray of int
    part : list of str
        Place of each point in the design.
    """

    def __init__(self, path, dataset):
        self.path = path
        self.dataset = dataset
        self.design = str(dataset.attrs.get("design", ""))
        self.block = dataset["design_block"].values.astype(int)
        self.part = [str(part) for part in dataset["design_part"].values]

    @property
    def points(self):
        """Number of design points."""
        return self.dataset.sizes["design_point"]

    @cached_property
    def factors(self):
        """All factors, as list of Factor."""
        found = [v for v in self.dataset.data_vars.values() if v.attrs.get("role") == "factor"]
        return [_factor(variable) for variable in found]

    @property
    def outputs(self):
        """Names of what `response` can give."""
        return [
            name
            for name, variable in self.dataset.data_vars.items()
            if variable.dims[:1] == ("design_point",)
            and variable.attrs.get("role") != "factor"
            and "doubt" not in variable.attrs
            and not name.endswith(("_low", "_high", "_mean"))
            and ("time" in variable.dims or set(variable.dims) <= {"design_point", "alternative", "replicate", "horizon"})
            and len(variable.dims) > 2
        ]

    @property
    def headlines(self):
        """Those to show where none is asked for."""
        return [name for name in HEADLINES if name in self.outputs] or self.outputs[:1]

    @cached_property
    def missing(self):
        """Text on runs that are missing, or empty."""
        states = self.dataset["run_state"].values
        count = int((states != 0).sum())
        failed = int((states == 1).sum())
        return f"{count} of {states.size} runs are missing ({failed} failed)" if count else ""

    def response(self, name, scenario=None, at=None):
        """An output at the end of a month.

        Parameters
        ----------
        name : str
        scenario : str, optional
            Else the last one.
        at : str, optional
            Month as `2025-03`; else the last one. Flows are added up to its end.

        Returns
        -------
        Response

        Raises
        ------
        UserError
        """
        if name not in self.outputs:
            raise UserError(f"{self.path} has no output '{name}'; it has {', '.join(self.outputs)}")
        variable = self.dataset[name]
        is_measure = "horizon" in variable.dims
        axis = "alternative" if is_measure else "scenario"
        scenario = scenario or str(self.dataset[axis].values[-1])
        if scenario not in [str(label) for label in self.dataset[axis].values]:
            raise UserError(
                f"{name} has no scenario '{scenario}'; there are {', '.join(map(str, self.dataset[axis].values))}"
            )
        chosen = variable.sel({axis: scenario})
        values, month = _at_horizon(chosen, at) if is_measure else _at_month(chosen, at)
        by_replicate = "replicate" in values.dims
        if by_replicate:
            table = values.transpose("design_point", "replicate").values
        else:
            table = self._linear(name, scenario, month)
        return Response(
            name,
            f"{heading(name)}, {words(scenario)}",
            variable.attrs.get("units", "1"),
            variable.attrs.get("long_name", ""),
            month,
            table,
            _means(table) if by_replicate else values.values.astype(float),
        )

    def _linear(self, name, scenario, month):
        """A ratio of means by replicate, linear about the means; None where its parts are not known."""
        *parts, unit = RATIOS.get(name, (1,))
        if not parts or any(part not in self.dataset for part in parts):
            return None
        top, bottom = (
            self.dataset[part].sel(alternative=scenario, horizon=month).transpose("design_point", "replicate").values
            for part in parts
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = (_means(top) / _means(bottom))[:, None]
            return unit * (ratio + (top - ratio * bottom) / _means(bottom)[:, None])


def open_sweep(path):
    """Open a file of `ketsim sweep collect`.

    Raises
    ------
    UserError
        With one sentence, where it is none.
    """
    dataset = open_dataset(path, AXES)
    if dataset.attrs.get("command") != "sweep":
        raise UserError(f"{path} is no file of `ketsim sweep collect`")
    return Sweep(path, dataset)


def _factor(variable):
    values, labels = variable.values, None
    if values.dtype.kind not in "fi":
        labels = sorted({str(value) for value in values})
        values = np.array([labels.index(str(value)) for value in values])
    return Factor(
        variable.name,
        str(variable.attrs.get("path", variable.name)),
        str(variable.attrs.get("long_name", "")),
        str(variable.attrs.get("units", "1")),
        values.astype(float),
        float(variable.attrs.get("low", np.nan)),
        float(variable.attrs.get("high", np.nan)),
        variable.attrs.get("scale") == "logarithmic",
        labels,
    )


def _means(table):
    """Means over the replicates that are there, less the luck that all points share in them; NaN without any.

    A point that lacks a replicate would else differ from the others by that luck.
    """
    there = np.isfinite(table)
    complete = table[there.all(axis=1)]
    shared = complete.mean(axis=0) - complete.mean() if complete.size else 0.0
    count = there.sum(axis=1)
    sums = np.where(there, table - shared, 0.0).sum(axis=1)
    return np.where(count > 0, sums / np.maximum(count, 1), np.nan)


def _at_horizon(values, at):
    horizons = [str(label) for label in values["horizon"].values]
    month = at or horizons[-1]
    if month not in horizons:
        raise UserError(f"{values.name} is measured at {', '.join(horizons)}, not at {month}")
    return values.sel(horizon=month), month


def _at_month(values, at):
    months = [str(when)[:7] for when in values["time"].values]
    month = at or months[-1]
    if month not in months:
        raise UserError(f"{values.name} stands at the end of {', '.join(months)}, not of {month}")
    upto = months.index(month) + 1
    kind = values.attrs.get("kind")
    values = values.isel(time=slice(upto)).sum("time", skipna=False) if kind == "flow" else values.isel(time=upto - 1)
    rest = [dim for dim in values.dims if dim not in ("design_point", "replicate")]
    if kind == "ratio" and rest:
        raise UserError(f"{values.name} is a ratio along {', '.join(rest)}, which adds up to nothing")
    return values.sum(rest, skipna=False), month
