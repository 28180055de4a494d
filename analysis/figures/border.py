"""The border: the share of collaboration ties that cross it, and what the border costs in adopters."""

import pandas as pd

from figures import WebChart
from figures.over_time import level_and_difference, web_over_time
from figures.vega import Choice
from figures.vega_rows import row_of, rows
from ketsim_bands import Estimate
from ketsim_wording import heading, joined, sentence_case

ORDER = 50
SHARE = (
    "cross_border_share",
    "cross_border_share",
    "Collaboration across the border",
    "share of active collaboration ties",
    "border",
)
COST = "border_cost"
COST_TITLE = "What the border costs in adopters"
VARIANTS = {"lifted": "border lifted at the start", "never_there": "border never there"}


def draw(results):
    """Cross-border share of active collaboration ties."""
    return level_and_difference(results, *SHARE)


def web(results):
    """The same for the report; and the cost of the border where the file has its twins."""
    return web_over_time(results, *SHARE) + web_cost(results)


def web_cost(results):
    """Adopters without the border less with it, in each scenario."""
    if f"{COST}_mean" not in results.dataset.data_vars:
        return []
    parts = [results.dataset[f"{COST}_{part}"].load() for part in ("mean", "low", "high")]
    records = []
    for horizon in results.horizons:
        for variant in results.labels("border_variant"):
            for order, scenario in enumerate(results.scenarios):
                at = {"scenario": scenario, "horizon": horizon, "border_variant": variant}
                estimate = Estimate(*(float(part.sel(at)) for part in parts))
                row = row_of(results.names[scenario], estimate, order=order)
                records.append({**row, "horizon": horizon, "variant": variant})
    frame = pd.DataFrame(records)
    variants = {name: VARIANTS.get(name, heading(name)) for name in results.labels("border_variant")}
    choices = [
        Choice("variant", "Twin world", variants),
        Choice("horizon", "By", {month: month for month in reversed(results.horizons)}),
    ]
    shown = frame[frame["horizon"] == results.horizons[-1]].groupby("variant", sort=False)
    texts = [f"{variants[name]}: {joined(part['label'])}" for name, part in shown]
    alt = f"{COST_TITLE}, by {results.horizons[-1]}. {'. '.join(texts)}."
    note = sentence_case(results.dataset[COST].attrs.get("long_name", "")) if COST in results.dataset else ""
    return [WebChart("border_cost", COST_TITLE, alt, rows(frame, choices), "border", note)]
