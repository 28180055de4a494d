"""What a result file says about itself: parameters, provenance and the public record."""

from dataclasses import dataclass, field

import numpy as np
import xarray as xr

#: Grades of a parameter, as the file writes them, in words.
GRADES = {
    "M": "measured: stated in a source that was read",
    "D": "derived: arithmetic on measured figures",
    "E": "estimated: anchored on figures",
    "A": "assumed: a judgement, no figure found",
    "F": "fitted: chosen so that a target is met",
    "S": "setting: a choice of the user, not a fact about the world",
}


@dataclass(frozen=True)
class Parameter:
    """One parameter; `values` maps each scenario that has it to its value, as text."""

    path: str
    unit: str
    doc: str
    source: str
    grade: str
    default: str
    values: dict

    @property
    def differs(self):
        """Whether the scenarios differ in it (a parameter that one of them lacks differs)."""
        return len(set(self.values.values())) > 1


@dataclass(frozen=True)
class RecordEntry:
    """One figure of the public record, with its own range; `name` may add up several series."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    source: str
    doc: str
    month: str


@dataclass(frozen=True)
class Provenance:
    """Where the numbers come from: command, seed, versions, titles and descriptions."""

    command: str = ""
    seed: str = ""
    titles: dict = field(default_factory=dict)
    descriptions: dict = field(default_factory=dict)
    versions: dict = field(default_factory=dict)


def _text(value):
    """A value in the file as text; numbers without needless digits, missing ones empty."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (float, np.floating)):
        return "" if np.isnan(value) else f"{value:.10g}"
    return "" if value is None else str(value)


def _group(path, name):
    """A group of the file as a dataset in memory; empty where there is no such group."""
    try:
        with xr.open_dataset(path, group=name, engine="netcdf4") as dataset:
            return dataset.load()
    except (OSError, KeyError, ValueError):
        return xr.Dataset()


def _column(group, name, size):
    """A one-dimensional variable of a group as a list; blanks where the group lacks it."""
    if name in group.variables and group[name].ndim == 1:
        return list(group[name].values)
    return [""] * size


def read_parameters(path, scenarios):
    """Parameters of the group /parameters, in file order.

    Parameters
    ----------
    path : pathlib.Path
        Result file.
    scenarios : list of str
        Labels of the scenarios, in file order.

    Returns
    -------
    list of Parameter
    """
    group = _group(path, "parameters")
    key = "path" if "path" in group.variables else "parameter"
    if key not in group.variables:
        return []
    paths = [_text(value) for value in group[key].values]
    columns = {
        name: [_text(value) for value in _column(group, name, len(paths))]
        for name in ("unit", "doc", "source", "grade", "default")
    }
    values = [[""] * len(paths)] * len(scenarios)
    if "value" in group.variables:
        table = group["value"]
        if "scenario" in table.dims:
            values = table.transpose("scenario", ...).values
        else:
            values = [table.values] * len(scenarios)
    return [
        Parameter(
            name,
            *(columns[column][i] for column in columns),
            {scenario: _text(values[s][i]) for s, scenario in enumerate(scenarios)},
        )
        for i, name in enumerate(paths)
    ]


def read_provenance(path, scenarios, attributes):
    """Provenance from the global attributes and the group /provenance.

    Titles and descriptions are variables over `scenario` in the group (`title` or `titles`,
    `description` ...); every other attribute of the group is taken for a version.
    """
    group = _group(path, "provenance")
    both = {**group.attrs, **attributes}

    def per_scenario(*names):
        for name in names:
            if name in group.variables and group[name].size == len(scenarios):
                return dict(zip(scenarios, map(_text, np.atleast_1d(group[name].values))))
        return {}

    versions = {
        name: _text(value)
        for name, value in group.attrs.items()
        if name not in ("command", "seed", "title", "titles", "Conventions")
    }
    for name in ("ketsim_version", "version", "commit"):
        if name in attributes:
            versions.setdefault(name, _text(attributes[name]))
    return Provenance(
        _text(both.get("command")),
        _text(both.get("seed")),
        per_scenario("title", "titles", "scenario_title"),
        per_scenario("description", "descriptions", "scenario_description"),
        versions,
    )


def read_record(path):
    """Entries of the group /record; empty without such a group."""
    group = _group(path, "record")
    if "name" not in group.variables or "value" not in group.variables:
        return []
    size = group["name"].size

    def number(name):
        return [float(value) if value != "" else np.nan for value in _column(group, name, size)]

    def text(name):
        return [_text(value) for value in _column(group, name, size)]

    columns = (
        text("name"),
        number("value"),
        number("low"),
        number("high"),
        text("unit"),
        text("source"),
        text("doc"),
        text("month"),
    )
    return [RecordEntry(*row) for row in zip(*columns)]
