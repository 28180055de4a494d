"""What became of the pairs of a firm and a KET: outcome in both worlds, by what reached the firm."""

import pandas as pd

from figures import WebChart
from figures.vega import Choice
from figures.vega_rows import estimates_of, row_of, rows
from ketsim_bands import band_of
from ketsim_breakdowns import EXPOSURES, OUTCOMES, outcomes_by_exposure
from ketsim_wording import joined, plain

ORDER = 46
TITLE = "Who adopts because of it, who would have anyway"
NOTE = (
    "Pairs of a firm and a KET, each seen in the two twin worlds. Firms that exist in one world only"
    " and adopters from before the start are not among them. Spill-over is what is additional among"
    " the untouched; deadweight is what is paid and adopts in both worlds."
)


COUNTED = {"pair": "pairs of a firm and a KET", "firm": "firms, by at least one KET"}


def records_of(results, counted, month):
    """Rows of one horizon, of pairs or of firms, by scenario, exposure and outcome."""
    counts = outcomes_by_exposure(results, month, counted)
    if counts is None:
        return []
    records = []
    every = counts.sum("exposure").expand_dims(exposure=["all"])
    for exposure in ("all", *EXPOSURES):
        shown = (every if exposure == "all" else counts).sel(exposure=exposure)
        band = band_of(shown.sel(outcome=list(OUTCOMES)))
        for scenario in results.alternatives:
            columns = {"scenario": results.names[scenario], "horizon": month}
            columns |= {"exposure": exposure, "counted": counted}
            estimates = estimates_of(band.sel(scenario=scenario))
            for order, (text, estimate) in enumerate(zip(OUTCOMES.values(), estimates)):
                records.append(row_of(text, estimate, signed=False, order=order, **columns))
    return records


def web(results):
    """Pairs and firms by outcome, with lists of scenario, horizon and exposure."""
    records = [
        record
        for counted in COUNTED
        for month in results.horizons
        for record in records_of(results, counted, month)
    ]
    if not records:
        return []
    frame = pd.DataFrame(records)
    counted = {key: text for key, text in COUNTED.items() if key in set(frame["counted"])}
    choices = [
        Choice("counted", "Count", counted),
        Choice("scenario", "Scenario", {results.names[s]: results.names[s] for s in results.alternatives}),
        Choice("horizon", "By", {month: month for month in reversed(results.horizons)}),
        Choice("exposure", "Reached", {"all": "all", **EXPOSURES}),
    ]
    return [WebChart("outcomes", TITLE, words_of(results, frame), rows(frame, choices), "gains", NOTE)]


def words_of(results, frame):
    """The text alternative: the first alternative at the last horizon."""
    scenario, month = results.names[results.alternatives[0]], results.horizons[-1]
    shown = frame[(frame["scenario"] == scenario) & (frame["horizon"] == month)]
    shown = shown[shown["counted"] == frame["counted"].iloc[0]]
    texts = [
        f"{'all pairs' if exposure == 'all' else EXPOSURES[exposure]}: "
        + joined(f"{row.row.lower()} {plain(row.mean, 1)}" for row in part.itertuples())
        for exposure, part in shown.groupby("exposure", sort=False)
    ]
    return f"{scenario}, mean number of pairs by {month}. {'. '.join(texts)}."
