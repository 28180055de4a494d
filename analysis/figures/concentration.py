"""How far gains are concentrated: Lorenz curves over regions, with the Gini coefficients of `compare`."""

import numpy as np
import pandas as pd

from figures import WebChart
from figures.outlines import short_name
from figures.style import MUTED
from figures.vega import Choice, scale, scenario_styles, specification
from ketsim_breakdowns import by_part, net_by
from ketsim_wording import joined, with_interval

ORDER = 45.7
TITLE = "Are the gains concentrated in few regions?"
#: Measure -> (text in the list, values over scenario, replicate and region).
GAINS = {
    "net_additional_adopters": (
        "net additional adopters",
        lambda results, month: net_by(results, "region", month),
    ),
    "months_gained": (
        "months gained",
        lambda results, month: by_part(results, "months_gained", "region", month),
    ),
}
NOTE = (
    "Regions from the least to the most gain for each pair of a firm and a KET. On the dotted line all gain alike;"
    " below zero regions lose. Its Gini coefficient, shown at the points: 0 on the dotted line, near 1 where one small region"
    " has all. A scenario whose gain in all is not clearly above zero has no curve."
)


def curve(gains, pairs, names):
    """Points of a Lorenz curve: cumulated shares of pairs and gains, region by region.

    Parameters
    ----------
    gains, pairs : numpy.ndarray
        Of each region; both with a sum above zero.
    names : list of str

    Returns
    -------
    pandas.DataFrame
        Columns `pairs`, `gains`, `region`; begins with the origin.
    """
    known = np.flatnonzero(pairs > 0)
    order = known[np.argsort(gains[known] / pairs[known], kind="stable")]
    shares = {"pairs": pairs[order].cumsum() / pairs.sum(), "gains": gains[order].cumsum() / gains.sum()}
    frame = pd.DataFrame({name: [0.0, *values] for name, values in shares.items()})
    return frame.assign(region=["", *(names[place] for place in order)])


def frame_of_curves(results):
    """Points of all curves by gain, horizon and scenario; the legend's texts among them."""
    frames = []
    names = [short_name(code) for code in results.labels("region")]
    for month in results.horizons:
        pairs = by_part(results, "pair_outcomes", "region", month)
        for gain, (_, values_of) in GAINS.items():
            values = values_of(results, month)
            for scenario in results.alternatives if values is not None else ():
                gini = results.measures.estimate(f"{gain}_gini", scenario, month)
                if not gini.is_defined:
                    continue
                of_regions = values.sel(scenario=scenario).mean("replicate").values
                there = pairs.sel(scenario=scenario).mean("replicate").sum(["outcome", "exposure"]).values
                frame = curve(of_regions, there, names)
                text = f"Gini {with_interval(gini)}"
                frames.append(
                    frame.assign(gain=gain, horizon=month, line=results.names[scenario], gini=text)
                )
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def layers_of(styles):
    """Equality as a dotted line, and the curves with the regions at their points."""
    x = {"field": "pairs", "type": "quantitative", "axis": {"title": "share of pairs of a firm and a KET", "format": "%"}}
    y = {"field": "gains", "type": "quantitative", "axis": {"title": "share of the gain", "format": "%"}}
    x["axis"]["labelExpr"] = y["axis"]["labelExpr"] = "format(datum.value, '.0%')"
    legend = {"title": None, "orient": "top", "columns": {"expr": "width < 480 ? 1 : 2"}}
    colour = {"field": "line", "type": "nominal", "scale": scale(styles, 0), "legend": legend}
    dash = {"field": "line", "type": "nominal", "scale": scale(styles, 1), "legend": legend}
    equal = {"values": [{"pairs": 0, "gains": 0}, {"pairs": 1, "gains": 1}]}
    fields = [
        {"field": "line", "title": "scenario"},
        {"field": "region", "title": "up to region"},
        {"field": "pairs", "format": ".1%", "title": "share of pairs"},
        {"field": "gains", "format": ".1%", "title": "share of the gain"},
        {"field": "gini", "title": "all regions"},
    ]
    curves = {"x": x, "y": y, "color": colour}
    return [
        {"data": equal, "mark": {"type": "line", "color": MUTED, "strokeDash": [1, 3]}, "encoding": {"x": x, "y": y}},
        {
            "mark": {"type": "line", "strokeWidth": 2.2},
            "encoding": {**curves, "strokeDash": dash, "order": {"field": "pairs", "type": "quantitative"}},
        },
        {"mark": {"type": "point", "filled": True, "size": 30}, "encoding": {**curves, "tooltip": fields}},
    ]


def web(results):
    """Lorenz curves of gains over regions, with lists of gain and horizon."""
    if "net_additional_adopters_gini" not in results.measures:
        return []
    frame = frame_of_curves(results)
    if frame.empty:
        return []
    gains = {gain: text for gain, (text, _) in GAINS.items() if gain in set(frame["gain"])}
    choices = [
        Choice("gain", "Gain", gains),
        Choice("horizon", "By", {month: month for month in reversed(results.horizons)}),
    ]
    spec = specification(frame, choices, [], layers_of(scenario_styles(results, results.alternatives)), height=340)
    return [WebChart("concentration", TITLE, words_of(frame, gains), spec, "gains", NOTE)]


def words_of(frame, gains):
    """The text alternative: the Gini coefficients."""
    whole = frame.drop_duplicates(["gain", "horizon", "line"])
    texts = [
        f"{gains[gain]} by {month}: "
        + joined(f"{row.line} {row.gini.removeprefix('Gini ')}" for row in part.itertuples())
        for (gain, month), part in whole.groupby(["gain", "horizon"], sort=False)
    ]
    return f"Gini coefficients over regions [95 % interval of the mean]. {'. '.join(texts)}."
