"""Ranking: every measure of every alternative, best first, with both intervals."""

from dataclasses import fields

import numpy as np
import pandas as pd
import xarray as xr

from figures import Chart, WebChart
from figures.panels import dot_rows
from figures.style import BARS_TEXT, colour_of, new_figure, short_title
from figures.vega import Choice, scenario_styles
from figures.vega_rows import row_of, rows
from ketsim_bands import Band, Estimate
from ketsim_headlines import COST
from ketsim_wording import UNIT_WORDS, heading, joined, sentence_case, with_interval

ORDER = 5
MAIN = "net_additional_adopters"
TITLE = "Which scenario changes most"
LOW_IS_GOOD = (COST, "displaced_adopters", "displaced_firms", "churn")


def ranked(results, name, horizon):
    """Alternatives with their estimates, best first; those without a number last."""
    measures = results.measures
    pairs = [
        (s, measures.estimate(name, s, horizon))
        if name != COST or measures.trade(s, horizon) == "costs"
        else (s, Estimate(np.nan, np.nan, np.nan))  # no price of an additional adopter
        for s in results.alternatives
    ]
    sign = 1 if name in LOW_IS_GOOD else -1
    return sorted(pairs, key=lambda pair: np.nan_to_num(sign * pair[1].mean, nan=np.inf))


def words_of(results):
    """The text alternative: net additional adopters at each horizon."""
    texts = [
        f"By {horizon}: "
        + joined(
            f"{results.names[scenario]} {with_interval(estimate, signed=True)}"
            for scenario, estimate in ranked(results, MAIN, horizon)
        )
        for horizon in reversed(results.horizons)
    ]
    return f"Net additional adopters [95 % interval of the mean]. {'. '.join(texts)}."


def draw(results):
    """Net additional adopters of each alternative at the last horizon."""
    if MAIN not in results.measures:
        return []
    month = results.horizons[-1]
    pairs = ranked(results, MAIN, month)
    against = short_title(results, results.baseline, 40)
    figure, (panel,) = new_figure(
        TITLE,
        f"net additional adopters, against {against}, by {month};  {BARS_TEXT}",
        panel=(4.6, 0.5 + 0.42 * len(pairs)),
        left=2.1,
        right=1.6,
    )
    numbers = xr.DataArray(
        [[getattr(estimate, part.name) for part in fields(estimate)] for _, estimate in pairs],
        dims=("row", "part"),
    )
    band = Band(*(numbers.isel(part=i) for i in range(numbers.sizes["part"])))
    texts = [with_interval(estimate, signed=True) for _, estimate in pairs]
    labels = [short_title(results, scenario, 24) for scenario, _ in pairs]
    dot_rows(panel, labels, [(band, colour_of(results, results.alternatives[0]))], [texts])
    return [Chart("ranking", TITLE, words_of(results), figure, "ranking")]


def web(results):
    """Every measure for the report, with lists of measure and horizon."""
    measures = results.measures
    if MAIN not in measures:
        return []
    names = [MAIN, *(name for name in measures.names if name != MAIN)]
    records, texts, definitions = [], {}, {}
    for name in names:
        unit = measures.attribute(name, "units", "1")
        word = UNIT_WORDS.get(unit, unit)
        texts[name] = heading(name) + (f" ({word})" if word not in ("", "1") else "")
        definitions[name] = sentence_case(measures.attribute(name, "long_name"))
        signed = name == MAIN
        for horizon in results.horizons:
            for order, (scenario, estimate) in enumerate(ranked(results, name, horizon)):
                row = row_of(results.names[scenario], estimate, unit, name, signed)
                records.append({**row, "measure": name, "horizon": horizon, "order": order})
    choices = [
        Choice("measure", "Measure", texts),
        Choice("horizon", "By", {month: month for month in reversed(results.horizons)}),
    ]
    styles = scenario_styles(results, results.alternatives)
    note = f"Every measure is taken against {results.names[results.baseline]}."
    return [
        WebChart(
            "ranking",
            TITLE if len(results.alternatives) > 1 else "Choose a measure",
            words_of(results),
            rows(pd.DataFrame(records), choices, styles),
            "ranking",
            note,
            {"choose_measure": definitions},
        )
    ]
