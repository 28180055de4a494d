"""Rows of dots (or bars) with both intervals for the report, each row with its number in words."""

import numpy as np

from figures.style import ALTERNATIVES, INK, MUTED
from figures.vega import scale, specification, tooltip
from ketsim_bands import Band, Estimate
from ketsim_wording import is_share, with_interval

STEP = 46  #: pixels for each row: its text above, its marks below


def estimates_of(band):
    """Estimates of a band over one dimension, in its order."""
    parts = [np.atleast_1d(getattr(band, part).values) for part in Band.__dataclass_fields__]
    return [Estimate(*map(float, numbers)) for numbers in zip(*parts)]


def row_of(row, estimate, unit="1", name="", signed=True, **columns):
    """One row of the frame of `rows`; shares are in per cent."""
    factor = 100 if is_share(name, unit) else 1
    return {
        "row": row,
        "label": f"{row}:  {with_interval(estimate, unit, name, signed)}",
        "mean": factor * estimate.mean,
        "low": factor * estimate.low,
        "high": factor * estimate.high,
        "luck_low": factor * estimate.luck_low,
        "luck_high": factor * estimate.luck_high,
        **columns,
    }


def drawn(fields, otherwise):
    """Places on the axis: a missing number takes another place, for an axis needs numbers."""
    return [
        {"calculate": f"isValid(datum.{field}) ? datum.{field} : {otherwise}", "as": f"drawn_{field}"}
        for field in fields
    ]


def where_known(field):
    """Opacity that hides a mark whose number is missing."""
    return {"condition": {"test": f"isValid(datum.{field})", "value": 1}, "value": 0}


def rows(frame, choices, styles=None, bars=False, record=False):
    """One row for each `row` of the frame, in the order of its column `order`.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns `row`, `label` (the row with its number, in words), `order`, `mean`, `low`, `high`,
        `luck_low`, `luck_high`, and those of the choices; `record` where there is a public record.
    choices : list of figures.vega.Choice
    styles : dict, optional
        Row -> (colour, dash, shape).
    bars : bool
        Bars from zero in place of dots.
    record : bool
        Whether to show the column `record` as diamonds.
    """
    transforms, fields = tooltip([{"field": "row", "title": "row"}])
    transforms += drawn(["mean", *(["record"] * record)], "0")
    transforms += drawn(["low", "high", "luck_low", "luck_high"], "datum.drawn_mean")
    axis = {"title": None, "tickCount": 5, "orient": "bottom"}

    def x(field):
        return {"field": f"drawn_{field}", "type": "quantitative", "axis": axis, "scale": {"nice": True}}

    y = {
        "field": "row",
        "type": "nominal",
        "axis": None,
        "sort": {"field": "order", "op": "min"},
        "scale": {"paddingInner": 0, "paddingOuter": 0},
    }
    colour = {"value": ALTERNATIVES[0]}
    shape = {"value": "circle"}
    if styles:
        colour = {"field": "row", "scale": scale(styles, 0), "legend": None}
        shape = {"field": "row", "scale": scale(styles, 2), "legend": None}

    def whisker(low, high, **mark):
        return {
            "mark": {"type": "rule", "yOffset": 8, **mark},
            "encoding": {"x": x(low), "x2": {"field": f"drawn_{high}"}, "y": y, "color": colour},
        }

    layers = [
        {
            # Beside the marks of each row only: text stands in the upper half.
            "mark": {"type": "rule", "color": MUTED, "opacity": 0.5},
            "encoding": {
                "x": {"datum": 0, "type": "quantitative"},
                "y": {**y, "bandPosition": 0.5},
                "y2": {"field": "row", "bandPosition": 1},
            },
        },
        whisker("luck_low", "luck_high", strokeWidth=1.6, opacity=0.65),
    ]
    if bars:
        bar = {"mark": {"type": "bar", "height": 13, "yOffset": 8, "opacity": 0.75, "clip": True}}
        layers.insert(
            1, {**bar, "encoding": {"x": x("mean"), "y": y, "color": colour, "tooltip": fields}}
        )
        layers[2]["encoding"]["color"] = {"value": INK}
    else:
        layers.append(whisker("low", "high", strokeWidth=6, opacity=0.45))
        dot = {"type": "point", "filled": True, "size": 95, "yOffset": 8}
        layers.append(
            {
                "mark": {**dot, "stroke": "white", "strokeWidth": 1},
                "encoding": {
                    "x": x("mean"),
                    "y": y,
                    "color": colour,
                    "shape": shape,
                    "opacity": where_known("mean"),
                    "tooltip": fields,
                },
            }
        )
    if record:
        diamond = {"type": "point", "shape": "diamond", "size": 110, "yOffset": 8, "fill": "white"}
        layers.append(
            {
                "mark": {**diamond, "stroke": INK, "strokeWidth": 1.6},
                "encoding": {
                    "x": x("record"),
                    "y": y,
                    "opacity": where_known("record"),
                    "tooltip": [
                        {"field": "row"},
                        {"field": "record", "title": "public record", "format": ",.4~r"},
                    ],
                },
            }
        )
    text = {"type": "text", "align": "left", "baseline": "middle", "dx": 5, "dy": -10, "fontSize": 12.5}
    for look in ({"color": "white", "stroke": "white", "strokeWidth": 4}, {"color": INK}):
        layers.append(
            {
                "mark": {**text, **look, "limit": {"expr": "width"}},
                "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "label"}},
            }
        )
    # The page sets the width: with rows of a fixed height, "container" would be warned about.
    return specification(
        frame, choices, transforms, layers, height={"step": STEP}, width=600, autosize="pad"
    )
