"""How near the model comes to the public record: one history against the range of luck."""

from dataclasses import dataclass

import numpy as np

from ketsim_bands import Estimate, band_of
from ketsim_headlines import months_of
from ketsim_wording import heading, quantity, span, with_interval, words

INSIDE, OVERLAPS, OUTSIDE, UNKNOWN = "inside", "overlaps", "outside", "not known"


@dataclass(frozen=True)
class Comparison:
    """One figure of the public record beside what the model predicts for one history."""

    label: str
    doc: str
    source: str
    record: str
    predicted: str
    mean: str
    month: str
    verdict: str
    fitted: bool


def verdict_of(entry, low, high):
    """Where the record lies: inside the predicted range, overlapping it, or outside.

    A missing upper end of the record means "or more", a missing lower end beside an upper one "or
    less".
    """
    if not (np.isfinite(low) and np.isfinite(high)):
        return UNKNOWN
    if low <= entry.value <= high:
        return INSIDE
    if np.isnan(entry.low) and np.isnan(entry.high):
        return OUTSIDE
    least = entry.low if np.isfinite(entry.low) else -np.inf
    most = entry.high if np.isfinite(entry.high) else np.inf
    return OVERLAPS if least <= high and low <= most else OUTSIDE


def record_text(entry):
    """The record's figure with its own range: "24 (20 to 24)", "40 or more"."""
    text = quantity(
        entry.value, entry.unit, entry.name, spread=1e5 if entry.unit == "EUR" else np.nan
    )
    if np.isfinite(entry.low) and np.isfinite(entry.high):
        return (
            text
            if entry.low == entry.high
            else f"{text} ({span(entry.low, entry.high, entry.unit, entry.name)})"
        )
    if np.isfinite(entry.low):
        return f"{text} or more"
    return f"{text} or less" if np.isfinite(entry.high) else text


def is_fitted_to(entry, parameters):
    """Whether a fitted parameter names the figure as its target: then it tests nothing."""
    names = [part.strip() for part in entry.name.split("+")]
    targets = [*names, *map(words, names)] + ([entry.source] if entry.source else [])
    return any(
        target in parameter.source
        for parameter in parameters
        if parameter.grade == "F"
        for target in targets
    )


def compare_record(results, scenario):
    """Figures of the public record beside the model's, for one scenario.

    Parameters
    ----------
    results : ketsim_results.Results
    scenario : str
        The scenario that stands for what happened.

    Returns
    -------
    list of Comparison
        Without the figures whose series the file lacks.
    """
    rows = []
    for entry in results.record:
        if entry.name not in results:
            continue
        month = entry.month or months_of(results)[0]
        band = band_of(results.reached(entry.name, month)).sel(scenario=scenario)
        low, high = band.luck_low.item(), band.luck_high.item()
        mean = Estimate(band.mean.item(), band.mean_low.item(), band.mean_high.item())
        label = heading(entry.name.replace("+", " + "))
        rows.append(
            Comparison(
                label,
                entry.doc,
                entry.source,
                record_text(entry),
                span(low, high, entry.unit, entry.name),
                with_interval(mean, entry.unit, entry.name),
                month,
                verdict_of(entry, low, high),
                is_fitted_to(entry, results.parameters),
            )
        )
    return rows
