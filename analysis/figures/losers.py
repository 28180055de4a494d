"""Who loses: parts with fewer adopters with the policy than without it, and those that gain most."""

import pandas as pd

from figures import WebChart
from figures.gains import labels_of
from figures.outlines import short_name
from figures.vega import Choice
from figures.vega_rows import estimates_of, row_of, rows
from ketsim_bands import Estimate, band_of
from ketsim_breakdowns import by_part, net_by_cell, net_of
from ketsim_wording import heading, joined

ORDER = 45.5
TITLE = "Who loses, who gains most"
MOST = 12  #: parts shown
PARTS = {"sector": "region and sector", "size_class": "region and size of firm", "instrument": "instrument"}
SIDES = {"loses": "largest losses", "gains": "largest gains"}
NOTE = (
    f"Net additional adopters of the {MOST} parts with the largest losses or gains. Where the interval holds"
    " zero, luck alone may be behind it: of forty parts that neither gain nor lose, about one has an interval"
    " wholly below zero."
)


def net_and_labels(results, part, month):
    """Net additional adopters over (scenario, replicate, place) and the names of the places, or None."""
    if part == "instrument":
        counts = by_part(results, "pair_outcomes", part, month)
        if counts is None:
            return None
        return net_of(counts), [heading(str(code)) for code in counts[part].values]
    values = net_by_cell(results, part, month)
    if values is None:
        return None
    words = labels_of(results, part)
    return values, [f"{short_name(region)}, {words[code].lower()}" for region, code in values["cell"].values]


def records_by(results, part, month):
    """Rows of the parts that lose or gain most, by scenario and side; one that says so where none does."""
    found = net_and_labels(results, part, month)
    if found is None:
        return []
    values, labels = found
    band, records = band_of(values), []
    for scenario in results.alternatives:
        pairs = list(zip(labels, estimates_of(band.sel(scenario=scenario))))
        for side, sign in (("loses", 1), ("gains", -1)):
            columns = {"scenario": results.names[scenario], "horizon": month, "part": part, "side": side}
            shown = sorted((pair for pair in pairs if sign * pair[1].mean < 0), key=lambda pair: sign * pair[1].mean)
            for order, (label, estimate) in enumerate(shown[:MOST]):
                records.append(row_of(label, estimate, order=order, **columns))
            if not shown:
                none = f"None of {len(pairs)} {'loses' if sign > 0 else 'gains'}"
                records.append({**row_of(none, Estimate(0.0), order=0, **columns), "label": none})
    return records


def web(results):
    """Largest losses and gains, with lists of side, part, scenario and horizon."""
    records = [
        row for part in PARTS for month in results.horizons for row in records_by(results, part, month)
    ]
    if not records:
        return []
    frame = pd.DataFrame(records)
    choices = [
        Choice("side", "Show", SIDES),
        Choice("part", "By", {part: text for part, text in PARTS.items() if part in set(frame["part"])}),
        Choice("scenario", "Scenario", {results.names[s]: results.names[s] for s in results.alternatives}),
        Choice("horizon", "Until", {month: month for month in reversed(results.horizons)}),
    ]
    return [WebChart("losers", TITLE, words_of(results, frame), rows(frame, choices), "gains", NOTE)]


def words_of(results, frame):
    """The text alternative: losses of the first alternative at the last horizon."""
    scenario, month = results.names[results.alternatives[0]], results.horizons[-1]
    shown = frame[(frame["scenario"] == scenario) & (frame["horizon"] == month) & (frame["side"] == "loses")]
    texts = [f"By {PARTS[part]}: {joined(group['label'])}" for part, group in shown.groupby("part", sort=False)]
    return f"{scenario}, largest losses by {month}. {'. '.join(texts)}."
