"""Displaced adopters: where pairs stand with the policy that would have adopted without it."""

import pandas as pd

from figures import WebChart
from figures.vega import Choice
from figures.vega_rows import estimates_of, row_of, rows
from ketsim_bands import band_of
from ketsim_breakdowns import displaced_by_cause
from ketsim_wording import heading, joined

ORDER = 47
TITLE = "Why adopters are displaced"
CAUSES = {
    "firm_left": "The firm has left",
    "rejected": "Rejected the technology",
    "discontinued": "Adopted and gave it up",
    "waiting": "Waits for an award",
    "piloting": "Still in its pilot",
    "not_yet": "Not yet that far",
}
NOTE = (
    "Pairs of a firm and a KET that adopted without the policy and not with it, by where they stand with it:"
    " the first cause that holds. How many are displaced depends on how the luck of the twin worlds is coupled"
    " (ODD, section 10.1)."
)


def records_of(results, month):
    """Rows of one horizon by scenario and cause."""
    counts = displaced_by_cause(results, month)
    if counts is None:
        return []
    band, records = band_of(counts), []
    for scenario in results.alternatives:
        estimates = estimates_of(band.sel(scenario=scenario))
        for order, (cause, estimate) in enumerate(zip(results.labels("cause"), estimates)):
            row = row_of(CAUSES.get(cause, heading(cause)), estimate, signed=False, order=order)
            records.append({**row, "scenario": results.names[scenario], "horizon": month})
    return records


def web(results):
    """Displaced adopters by cause, with lists of scenario and horizon."""
    frame = pd.DataFrame([row for month in results.horizons for row in records_of(results, month)])
    if frame.empty:
        return []
    names = [results.names[scenario] for scenario in results.alternatives]
    choices = [
        Choice("scenario", "Scenario", {name: name for name in names}),
        Choice("horizon", "By", {month: month for month in reversed(results.horizons)}),
    ]
    first = frame[(frame["scenario"] == names[0]) & (frame["horizon"] == results.horizons[-1])]
    alt = f"{names[0]}, displaced adopters by {results.horizons[-1]}: {joined(first['label'])}."
    return [WebChart("causes", TITLE, alt, rows(frame, choices), "gains", NOTE)]
