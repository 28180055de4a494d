"""How sure: the mean and both intervals as replicates are added, of net additional adopters."""

import numpy as np
import pandas as pd

from figures import WebChart
from figures.ranking import MAIN
from figures.vega import Choice, scenario_styles
from figures.vega_lines import lines
from ketsim_bands import estimate_of

ORDER = 80
TITLE = "Would more replicates change the answer?"
POINTS = 24  #: sizes at which the mean is looked at
NOTE = (
    "The interval of the mean shrinks as replicates are added; the range of luck does not. Where the"
    " lines still move, or the bands of two scenarios overlap, more replicates help."
)


def sizes_of(replicates):
    """Numbers of replicates to look at, evenly spread on a scale of ratios."""
    return np.unique(np.geomspace(min(4, replicates), replicates, POINTS).round().astype(int))


def frame_of_sizes(results):
    """Rows by scenario, horizon and number of replicates."""
    records = []
    for scenario in results.alternatives:
        for horizon in results.horizons:
            values = results.measures.replicates(MAIN, scenario, horizon)
            for size in sizes_of(values.size):
                one = estimate_of(values[:size])
                records.append(
                    {
                        "line": results.names[scenario],
                        "horizon": horizon,
                        "replicates": size,
                        "mean": one.mean,
                        "low": one.low,
                        "high": one.high,
                        "luck_low": one.luck_low,
                        "luck_high": one.luck_high,
                    }
                )
    return pd.DataFrame(records)


def web(results):
    """Net additional adopters against the number of replicates; with two replicates or more."""
    measures = results.measures
    if MAIN not in measures or results.replicates < 2:
        return []
    if measures.replicates(MAIN, results.alternatives[0], results.horizons[0]) is None:
        return []
    frame = frame_of_sizes(results)
    choices = [Choice("horizon", "By", {month: month for month in reversed(results.horizons)})]
    styles = scenario_styles(results, results.alternatives)
    spec = lines(frame, styles, choices, "additional adopters, net", x="replicates", x_title="replicates")
    return [WebChart("doubt", TITLE, words_of(results), spec, "doubt", NOTE)]


def words_of(results):
    """The text alternative: interval of the mean and range of luck of each scenario."""
    month = results.horizons[-1]
    texts = []
    for scenario in results.alternatives:
        one = results.measures.estimate(MAIN, scenario, month)
        texts.append(
            f"{results.names[scenario]}: mean {one.mean:.1f}, 95 % interval of the mean"
            f" {one.low:.1f} to {one.high:.1f}, 5-95 % of replicates {one.luck_low:.0f} to"
            f" {one.luck_high:.0f}"
        )
    return f"Net additional adopters by {month} with {results.replicates} replicates. {'. '.join(texts)}."
