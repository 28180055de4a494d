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
    "share of the pairs that have ever worked together",
    "border",
)
COST = "border_cost"
COST_TITLE = "What the border costs in adopters"
VARIANTS = {"lifted": "border lifted at the start", "never_there": "border never there"}


def draw(results):
    """Cross-border share of the pairs of actors that have ever worked together."""
    return level_and_difference(results, *SHARE)


def web(results):
    """The same for the report; and the cost of the border where the file has its twins."""
    return web_over_time(results, *SHARE) + web_cost(results)


def cost_records(results, name, scenarios):
    """Rows of what the border costs, or of its change, by scenario, horizon and twin world."""
    axis = "alternative" if name != COST else "scenario"
    parts = [results.dataset[f"{name}_{part}"].load() for part in ("mean", "low", "high")]
    records = []
    for horizon in results.horizons:
        for variant in results.labels("border_variant"):
            for order, scenario in enumerate(scenarios):
                at = {axis: scenario, "horizon": horizon, "border_variant": variant}
                estimate = Estimate(*(float(part.sel(at)) for part in parts))
                row = row_of(results.names[scenario], estimate, order=order)
                records.append({**row, "horizon": horizon, "variant": variant, "shown": name})
    return records


def web_cost(results):
    """Adopters without the border less with it in each scenario, and how alternatives change that."""
    wanted = {COST: ("cost in each scenario", results.scenarios)}
    wanted[f"{COST}_change"] = (f"change against {results.names[results.baseline]}", results.alternatives)
    found = {name: one for name, one in wanted.items() if f"{name}_mean" in results.dataset.data_vars}
    if not found:
        return []
    frame = pd.DataFrame(
        [row for name, (_, scenarios) in found.items() for row in cost_records(results, name, scenarios)]
    )
    variants = {name: VARIANTS.get(name, heading(name)) for name in results.labels("border_variant")}
    choices = [
        Choice("shown", "Show", {name: text for name, (text, _) in found.items()}),
        Choice("variant", "Twin world", variants),
        Choice("horizon", "By", {month: month for month in reversed(results.horizons)}),
    ]
    last = frame[frame["horizon"] == results.horizons[-1]]
    texts = [
        f"{found[name][0]}, {variants[variant]}: {joined(part['label'])}"
        for (name, variant), part in last.groupby(["shown", "variant"], sort=False)
    ]
    alt = f"{COST_TITLE}, by {results.horizons[-1]}. {'. '.join(texts)}."
    definitions = {
        name: sentence_case(results.dataset[f"{name}_mean"].attrs.get("long_name", "")) for name in found
    }
    spec = rows(frame, choices)
    return [WebChart("border_cost", COST_TITLE, alt, spec, "border", "", {"choose_shown": definitions})]
