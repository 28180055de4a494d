"""Lines with a band for the report: over months or replicates, with legend and hover."""

from figures.style import MUTED
from figures.vega import scale, specification, tooltip

BANDS = {
    "mean": "95 % interval of the mean",
    "luck": "5-95 % of replicates (luck)",
    "none": "no band",
}
#: Ends of months in years: values hold at the end of their month, and 2016-03 is 2016.25.
YEARS = "toNumber(substring(datum.month, 0, 4)) + toNumber(substring(datum.month, 5, 7)) / 12"


def band_parameter():
    """The list from which the reader chooses what the bands show."""
    return {
        "name": "choose_band",
        "value": "mean",
        "bind": {
            "input": "select",
            "options": list(BANDS),
            "labels": list(BANDS.values()),
            "name": "Band",
        },
    }


def horizon_layers(horizons):
    """Dotted lines at the months at which `compare` measures."""
    marks = {
        "data": {"values": [{"month": horizon} for horizon in horizons]},
        "transform": [{"calculate": YEARS, "as": "x"}],
    }
    x = {"field": "x", "type": "quantitative"}
    return [
        {**marks, "mark": {"type": "rule", "color": MUTED, "strokeDash": [1, 3]}, "encoding": {"x": x}},
        {
            **marks,
            "mark": {"type": "text", "align": "left", "dx": 3, "fontSize": 11, "color": MUTED},
            "encoding": {"x": x, "y": {"value": 6}, "text": {"field": "month"}},
        },
    ]


def lines(frame, styles, choices, y_title, horizons=(), x="month", x_title=None, legend_values=None):
    """Lines with bands; a click in the legend picks out a line, hovering gives the numbers.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns `line`, `mean`, `low`, `high`, `luck_low`, `luck_high`, one of `month` and
        `replicates`, and those of the choices.
    styles : dict
        Line -> (colour, dash, shape).
    choices : list of figures.vega.Choice
    y_title, x_title : str
    horizons : list of str
        Months to mark.
    x : str
        Column of the horizontal axis.
    legend_values : str, optional
        Expression for the lines that the legend names; all of them without it.
    """
    texts, fields = tooltip(
        [{"field": "line", "title": "line"}, {"field": x, "title": x_title or "month"}]
    )
    transforms = [
        {"calculate": YEARS if x == "month" else f"datum.{x}", "as": "x"},
        *texts,
        *(
            {
                "calculate": f"choose_band === 'mean' && isValid(datum.{end}) ? datum.{end} :"
                f" choose_band === 'luck' && isValid(datum.luck_{end}) ? datum.luck_{end} :"
                " datum.mean",
                "as": f"band_{end}",
            }
            for end in ("low", "high")
        ),
    ]
    axis_x = {
        "field": "x",
        "type": "quantitative",
        "scale": {"zero": False, "nice": False},
        "axis": {"title": x_title, "grid": False, "labelExpr": "format(datum.value, 'd')", "tickMinStep": 1},
    }
    axis_y = {
        "type": "quantitative",
        "axis": {"title": y_title, "tickCount": 5},
    }
    legend = {
        "title": None,
        "orient": "top",
        "columns": {"expr": "width < 480 ? 1 : 2"},
        "symbolType": "stroke",
        "symbolSize": 500,
        "symbolStrokeWidth": 2.5,
        "symbolOpacity": 1,
        **({"values": {"expr": legend_values}} if legend_values else {}),
    } if len(styles) > 1 else None
    colour = {"field": "line", "type": "nominal", "scale": scale(styles, 0), "legend": legend}
    dash = {"field": "line", "type": "nominal", "scale": scale(styles, 1), "legend": legend}
    picked = {"param": "picked", "value": 1}
    layers = [
        {
            "mark": {"type": "area"},
            "encoding": {
                "x": axis_x,
                "y": {**axis_y, "field": "band_low"},
                "y2": {"field": "band_high"},
                "color": colour,
                "opacity": {"condition": {**picked, "value": 0.2}, "value": 0.03},
            },
        },
        {
            "mark": {"type": "line", "strokeWidth": 2.2},
            "params": [{"name": "picked", "select": {"type": "point", "fields": ["line"]}, "bind": "legend"}],
            "encoding": {
                "x": axis_x,
                "y": {**axis_y, "field": "mean"},
                "color": colour,
                "strokeDash": dash,
                "opacity": {"condition": picked, "value": 0.12},
            },
        },
        {
            "mark": {"type": "point", "filled": True, "size": 60},
            "params": [
                {
                    "name": "hovered",
                    "select": {
                        "type": "point",
                        "on": "pointermove",
                        "clear": "pointerout",
                        "nearest": True,
                        "fields": ["line", "x"],
                    },
                }
            ],
            "encoding": {
                "x": axis_x,
                "y": {**axis_y, "field": "mean"},
                "color": colour,
                "opacity": {"condition": {"param": "hovered", "empty": False, "value": 1}, "value": 0},
                "tooltip": fields,
            },
        },
        *(horizon_layers(horizons) if horizons else []),
    ]
    return specification(frame, choices, transforms, layers, [band_parameter()])
