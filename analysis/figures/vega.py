"""Building blocks of the report's charts: Vega-Lite specifications as plain dictionaries.

Every chart is one view as wide as its column, with lists above it from which the reader chooses
(`choice`). Data are `table`s: columns, not records, with each text written once.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from figures.style import ALTERNATIVES, BASELINE, FAINT, INK, MUTED

#: Five dashes and seven shapes beside six colours: no two of ten scenarios look alike without colour.
DASHES = ([1, 0], [7, 3], [2, 3], [10, 3, 2, 3], [14, 5])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "stroke")
DIGITS = 4  #: of numbers in the page
NUMBER = (
    "abs(datum.value) >= 1e6 ? format(datum.value / 1e6, ',.3~r') + ' million'"
    " : format(datum.value, ',.6~r')"
)
CONFIG = {
    "background": None,
    "font": 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "gridColor": "#e8ecf0",
        "domainColor": FAINT,
        "tickColor": FAINT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelExpr": NUMBER,
    },
    "legend": {"labelFontSize": 12, "labelColor": INK, "labelLimit": 300},
}


@dataclass(frozen=True)
class Choice:
    """A list to choose from: rows whose `column` has the chosen value are shown.

    Attributes
    ----------
    column : str
        Column of the data; the parameter is called `choose_<column>`.
    label : str
        Before the list.
    options : dict
        Value in the data -> text in the list; the first is chosen at first.
    """

    column: str
    label: str
    options: dict

    @property
    def parameter(self):
        """The parameter of the specification; with one option there is no list."""
        values = list(self.options)
        parameter = {"name": f"choose_{self.column}", "value": values[0]}
        if len(values) > 1:
            parameter["bind"] = {
                "input": "select",
                "options": values,
                "labels": list(self.options.values()),
                "name": self.label,
            }
        return parameter

    @property
    def filter(self):
        """The transformation that keeps the chosen rows."""
        return {"filter": f"datum.{self.column} === choose_{self.column}"}


def scenario_styles(results, scenarios):
    """Name -> (colour, dash, shape) of each scenario: the baseline grey and solid."""
    styles = {}
    for scenario in scenarios:
        if scenario == results.baseline:
            styles[results.names[scenario]] = (BASELINE, DASHES[0], SHAPES[0])
            continue
        i = results.alternatives.index(scenario)
        styles[results.names[scenario]] = (
            ALTERNATIVES[i % len(ALTERNATIVES)],
            DASHES[i % len(DASHES)],
            SHAPES[i % len(SHAPES)],
        )
    return styles


def scale(styles, part):
    """Scale of colours (0), dashes (1) or shapes (2) over the names in `styles`."""
    return {"domain": list(styles), "range": [style[part] for style in styles.values()]}


def table(frame):
    """A data frame as columns: rounded numbers, and texts as positions in a list of texts."""
    columns = {}
    for name, values in frame.items():
        if pd.api.types.is_numeric_dtype(values):
            columns[name] = [rounded(value) for value in values.to_numpy(float)]
        else:
            at, of = pd.factorize(values)
            columns[name] = {"of": list(of), "at": at.tolist()}
    return {"columns": columns}


def rounded(value):
    """A number with few digits; None where it is not finite."""
    if not np.isfinite(value):
        return None
    value = float(f"{value:.{DIGITS}g}")
    return int(value) if value == int(value) else value


def frame_of(band, **labels):
    """A band as a data frame: one row a place, its five numbers, and constant columns."""
    parts = ("mean", "mean_low", "mean_high", "luck_low", "luck_high")
    names = ("mean", "low", "high", "luck_low", "luck_high")
    data = xr.Dataset({name: getattr(band, part) for name, part in zip(names, parts)})
    return data.to_dataframe().reset_index().assign(**labels)


def band_over_months(results, band):
    """A band over the whole time axis with its months as texts, in a dimension `month`."""
    return band.transformed(
        lambda values: values.assign_coords(time=results.months).rename(time="month")
    )


def tooltip(first, format_=",.4~r"):
    """Transformations for texts of both intervals, and the tooltip that shows them."""

    def either(low, high):
        return (
            f"isValid(datum.{low}) ? format(datum.{low}, '{format_}') + ' to ' +"
            f" format(datum.{high}, '{format_}') : 'not defined'"
        )

    transforms = [
        {"calculate": either("low", "high"), "as": "interval"},
        {"calculate": either("luck_low", "luck_high"), "as": "luck"},
    ]
    fields = [
        *first,
        {"field": "mean", "type": "quantitative", "title": "mean", "format": format_},
        {"field": "interval", "title": "95 % interval of the mean"},
        {"field": "luck", "title": "5-95 % of replicates (luck)"},
    ]
    return transforms, fields


def specification(frame, choices, transforms, layers, params=(), height=300, **more):
    """A whole specification over one table of data, filtered by the choices."""
    return {
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "datasets": {"rows": table(frame), **more.pop("datasets", {})},
        "data": {"name": "rows"},
        "params": [choice.parameter for choice in choices] + list(params),
        "transform": [choice.filter for choice in choices] + list(transforms),
        "layer": layers,
        "config": CONFIG,
        **more,
    }
