"""Instruments: which of them the additional adopters owe their adoption to, and what they got."""

import pandas as pd

from figures import WebChart
from figures.vega import Choice
from figures.vega_rows import estimates_of, row_of, rows
from ketsim_bands import band_of
from ketsim_breakdowns import by_part, net_of
from ketsim_wording import heading, joined, sentence_case

ORDER = 48
TITLE = "What each instrument reached, paid and added"
SHAPLEY = {
    "shapley_net_additional_adopters": "share of the net additional adopters (Shapley value)",
    "shapley_public_money": "share of the public money (Shapley value), EUR",
}


def _values(results, month):
    """What can be shown -> (text, definition, unit, values over scenario, replicate, part)."""
    pairs = by_part(results, "pair_outcomes", "instrument", month)
    money = by_part(results, "award_money", "instrument", month)
    found = {}
    if pairs is not None:
        found["net"] = (
            "additional adopters, net, among those it reached first",
            "Only pairs that were paid or reached in person, counted with the instrument of their first"
            " award, else of the act that first reached the firm. This says whom an instrument reached,"
            " not what would be missing without it.",
            "1",
            net_of(pairs),
        )
    if money is not None:
        found["money"] = (
            "award money, EUR",
            "Awards to firms with the policy, less those in the baseline.",
            "EUR",
            money,
        )
    for name, text in SHAPLEY.items():
        if name in results.dataset.data_vars:
            variable = results.dataset[name]
            values = variable.sel(horizon=month, drop=True).rename(alternative="scenario").load()
            definition = sentence_case(variable.attrs.get("long_name", ""))
            found[name] = (text, definition, variable.attrs.get("units", "1"), values)
    return found


def records_of(results, month, shown, unit, values):
    """Rows of the instruments or policies in which anything happens, largest first."""
    part = next(str(dim) for dim in values.dims if dim not in ("scenario", "replicate"))
    band = band_of(values)
    labels = [str(label) for label in values[part].values]
    records = []
    for scenario in results.alternatives:
        estimates = estimates_of(band.sel(scenario=scenario))
        pairs = [pair for pair in zip(labels, estimates) if pair[1].mean or pair[1].luck_high]
        pairs = [pair for pair in pairs if pair[1].mean == pair[1].mean]  # NaN: not in this scenario
        pairs.sort(key=lambda pair: -pair[1].mean)
        for order, (label, estimate) in enumerate(pairs):
            row = row_of(heading(label), estimate, unit, order=order, shown=shown, horizon=month)
            records.append({**row, "scenario": results.names[scenario]})
    return records


def web(results):
    """Instruments by what they reached, paid or added, with lists of scenario and horizon."""
    records, found = [], {}
    for month in results.horizons:
        found = _values(results, month)
        for shown, (_, _, unit, values) in found.items():
            records += records_of(results, month, shown, unit, values)
    if not records:
        return []
    frame = pd.DataFrame(records)
    scenarios = [results.names[s] for s in results.alternatives]
    choices = [
        Choice("scenario", "Scenario", {name: name for name in scenarios if name in set(frame["scenario"])}),
        Choice("horizon", "By", {month: month for month in reversed(results.horizons)}),
        Choice("shown", "Show", {shown: entry[0] for shown, entry in found.items()}),
    ]
    definitions = {"choose_shown": {shown: entry[1] for shown, entry in found.items()}}
    alt = words_of(results, frame, found)
    return [
        WebChart("instruments", TITLE, alt, rows(frame, choices), "instruments", "", definitions)
    ]


def words_of(results, frame, found):
    """The text alternative: each scenario at the last horizon."""
    month = results.horizons[-1]
    texts = []
    for (scenario, shown), part in frame[frame["horizon"] == month].groupby(
        ["scenario", "shown"], sort=False
    ):
        texts.append(f"{scenario}, {found[shown][0]}: {joined(part['label'])}")
    return f"By {month}. {'. '.join(texts)}."
