"""The schematic map of the report: what changes in each region, by scenario and horizon."""

import numpy as np
import pandas as pd

from figures import WebChart
from figures.outlines import (
    ATTRIBUTION,
    CELLS,
    centre_of,
    flat,
    flat_borders,
    flat_cells,
    read_outlines,
    region_names,
    short_name,
)
from figures.style import INK
from figures.vega import Choice, frame_of, specification, tooltip
from ketsim_bands import band_of
from ketsim_breakdowns import by_part, net_by
from ketsim_wording import plain

HEIGHT = 560
ROOM = (0.2, 0.1)  #: of a number, in degrees of latitude
#: What a map can show -> (text in the list, definition, function of results and horizon).
SHOWN = {
    "net": (
        "additional adopters, net",
        "Pairs of a firm and a KET that adopted only with the policy, less those only without it.",
        lambda results, month: net_by(results, "region", month),
    ),
    "months": (
        "months gained",
        "Months by which adoption came earlier, summed over pairs of a firm and a KET.",
        lambda results, month: by_part(results, "months_gained", "region", month),
    ),
    "money": (
        "award money, EUR",
        "Awards to firms of the region with the policy, less those in the baseline.",
        lambda results, month: by_part(results, "award_money", "region", month),
    ),
}


def frame_by_region(results):
    """Rows by what is shown, horizon, scenario and region, and the bands of the first."""
    frames, bands = [], {}
    for shown, (_, _, values_of) in SHOWN.items():
        for month in results.horizons:
            values = values_of(results, month)
            if values is None:
                continue
            bands[shown, month] = band_of(values)
            frames.append(frame_of(bands[shown, month], shown=shown, horizon=month))
    if not frames:
        return None, bands
    frame = pd.concat(frames, ignore_index=True)
    frame = frame[frame["region"].isin(list(region_names()))]
    places = {
        properties["nuts3_2016"]: flat(*centre_of(outline))
        for properties, outline in read_outlines(CELLS)
    }
    return (
        frame.assign(
            scenario=frame["scenario"].map(results.names),
            name=frame["region"].map(short_name),
            x=[places[code][0] for code in frame["region"]],
            y=[places[code][1] for code in frame["region"]],
        ).pipe(with_labels),
        bands,
    )


def with_labels(frame):
    """The frame with a column `label`: the numbers that are sure and have room, largest first."""
    frame = frame.reset_index(drop=True).assign(label="")
    sure = frame[(frame["low"] > 0) | (frame["high"] < 0)]
    for _, one_map in sure.groupby(["shown", "horizon", "scenario"]):
        placed = []
        for row in one_map.sort_values("mean", key=abs, ascending=False).itertuples():
            if all(abs(row.x - x) > ROOM[0] or abs(row.y - y) > ROOM[1] for x, y in placed):
                placed.append((row.x, row.y))
                frame.at[row.Index, "label"] = short_number(row.mean)
    return frame


def short_number(value):
    """A signed number in a few characters: +3.1, +12, +250k."""
    if abs(value) >= 10_000:
        return f"{plain(value / 1000, 0, signed=True)}k"
    return plain(value, 1 if abs(value) < 10 else 0, signed=True)


def top_of(bands):
    """Expression for the end of the colour scale: the largest change of what is shown."""
    tops = {
        f"{shown} {month}": float(np.nanmax(np.abs(band.mean.values), initial=0)) or 1.0
        for (shown, month), band in bands.items()
    }
    entries = ", ".join(f"'{key}': {value:.6g}" for key, value in tops.items())
    return f"({{{entries}}})[choose_shown + ' ' + choose_horizon]"


def layers_of(fields):
    """Regions that are not in the model, those that are, borders of countries, numbers."""
    colour = {
        "field": "mean",
        "type": "quantitative",
        "scale": {
            "domain": [{"expr": "-top"}, {"expr": "top"}],
            "range": ["#b35900", "#f3c79b", "#ffffff", "#9ecae1", "#08519c"],
            "interpolate": "rgb",
        },
        "legend": {"title": None, "orient": "top", "gradientLength": 260, "tickCount": 5},
    }
    text = {"type": "text", "fontSize": 11.5, "fontWeight": "bold", "tooltip": None}
    place = {
        "longitude": {"field": "x", "type": "quantitative"},
        "latitude": {"field": "y", "type": "quantitative"},
        "text": {"field": "label"},
    }
    return [
        {
            "data": {"name": "cells"},
            "mark": {"type": "geoshape", "fill": "#f1f3f5", "stroke": "#cdd5dc"},
        },
        {
            "transform": [
                {
                    "lookup": "region",
                    "from": {"data": {"name": "cells"}, "key": "properties.code"},
                    "as": "geo",
                }
            ],
            "mark": {"type": "geoshape", "stroke": "#8b98a5", "strokeWidth": 0.7},
            "encoding": {
                "shape": {"field": "geo", "type": "geojson"},
                "color": colour,
                "tooltip": fields,
            },
        },
        {
            "data": {"name": "borders"},
            "mark": {"type": "geoshape", "filled": False, "stroke": INK, "strokeWidth": 1.2},
        },
        {"mark": {**text, "color": "white", "stroke": "white", "strokeWidth": 3}, "encoding": place},
        {"mark": {**text, "color": INK}, "encoding": place},
    ]


def web_map(results, title, words_of):
    """The map as a list of one chart, or of none where the file lacks the numbers.

    Parameters
    ----------
    results : ketsim_results.Results
    title : str
    words_of : callable
        Of results, what is shown in words and a band: the text alternative.
    """
    frame, bands = frame_by_region(results)
    if frame is None:
        return []
    shown = {key: SHOWN[key] for key in dict.fromkeys(key for key, _ in bands)}
    choices = [
        Choice("scenario", "Scenario", {results.names[s]: results.names[s] for s in results.alternatives}),
        Choice("horizon", "By", {month: month for month in reversed(results.horizons)}),
        Choice("shown", "Show", {key: text for key, (text, _, _) in shown.items()}),
    ]
    transforms, fields = tooltip([{"field": "name", "title": "region"}])
    spec = specification(
        frame,
        choices,
        transforms,
        layers_of(fields),
        [{"name": "top", "expr": top_of(bands)}],
        HEIGHT,
        datasets={"cells": flat_cells(), "borders": flat_borders()},
        projection={"type": "identity", "reflectY": True},
    )
    month = results.horizons[-1]
    first = next(iter(shown))
    what = f"{SHOWN[first][0]}, against {results.names[results.baseline]}, by {month}, mean of {results.replicates} replicates"
    note = (
        "A number stands where the 95 % interval of the mean does not hold zero, and where there is"
        f" room; light grey: not in the model. {ATTRIBUTION}"
    )
    definitions = {"choose_shown": {key: definition for key, (_, definition, _) in shown.items()}}
    alt = words_of(results, what, bands[first, month])
    return [WebChart("regions", title, alt, spec, "regions", note, definitions)]
