"""The answer in a few numbers: what changed, at what cost, each with the interval of its mean.

The terminal (`answer.py`) and the first page of the report show the same facts, made here.
"""

from dataclasses import dataclass

from ketsim_bands import Estimate, band_of
from ketsim_measures import COST
from ketsim_wording import UNDEFINED, heading, quantity, span, width_of, with_interval

#: Series shown beside the measures: level with the alternative, then the difference to the
#: baseline.
LEVELS = {"products": "Products", "cross_border_share": "Cross-border share of ties"}
#: What takes the place of EUR per additional adopter where there is no such price.
TRADES = {
    "dominates": "dominates: costs no more, achieves no less",
    "dominated": "dominated: costs no less, achieves no more",
    "undefined": UNDEFINED,
    "unclear": "no price: public money may have risen or fallen",
}


@dataclass(frozen=True)
class Fact:
    """One line of the answer: a text for each month, and what the number means."""

    label: str
    cells: tuple
    definition: str = ""
    is_detail: bool = False  #: belongs to the line above


def months_of(results):
    """Months that the answer is given for: the horizons of `compare`, or the last month."""
    return results.horizons or [results.months[-1]]


def estimate_at(results, name, month, scenario, difference=False):
    """Mean of a series by a month with its interval; or its difference to the baseline."""
    values = results.reached(name, month)
    if difference:
        values = results.against_baseline(values)
    band = band_of(values).sel(scenario=scenario)
    return Estimate(band.mean.item(), band.mean_low.item(), band.mean_high.item())


def cost_text(measures, alternative, horizon):
    """EUR per additional adopter with its interval, or plainly why there is no such number."""
    trade = measures.trade(alternative, horizon)
    if trade in TRADES:
        return TRADES[trade]
    number = with_interval(measures.estimate(COST, alternative, horizon), "EUR")
    return f"saves {number} per adopter fewer" if trade == "saves" else number


def cost_explained(measures, alternative, horizon):
    """A sentence where EUR per additional adopter is not defined, else an empty text."""
    if COST not in measures or measures.trade(alternative, horizon) != "undefined":
        return ""
    text = (
        f"By {horizon} EUR per additional adopter is not defined: with these replicates the net"
        " number of additional adopters cannot be told from zero."
    )
    rate = measures.adopters_per_million(alternative, horizon)
    if rate is not None and rate.is_defined:
        text += (
            " Per million EUR of public money the net change is"
            f" {quantity(rate.mean, spread=width_of(rate.low, rate.high))} adopters (95 % interval of the"
            f" mean {span(rate.low, rate.high)})."
        )
    return text


def _measure_facts(results, measures, alternative, months):
    """Facts that `compare` measured."""
    facts = []
    name = "net_additional_adopters"
    if name in measures:
        cells = tuple(
            with_interval(measures.estimate(name, alternative, month), signed=True)
            for month in months
        )
        facts.append(
            Fact("Additional adopters, net", cells, measures.attribute(name, "long_name"))
        )
    if "net_additional_firms" in measures:
        name = "net_additional_firms"
        cells = tuple(
            with_interval(measures.estimate(name, alternative, month), signed=True)
            for month in months
        )
        facts.append(
            Fact("Additional firms with a KET", cells, measures.attribute(name, "long_name"))
        )
    elif "firms_adopting" in results and results.baseline:
        cells = tuple(
            with_interval(
                estimate_at(results, "firms_adopting", month, alternative, True), signed=True
            )
            for month in months
        )
        facts.append(
            Fact(
                "Additional firms with a KET",
                cells,
                results.attribute("firms_adopting", "long_name"),
            )
        )
    if COST in measures:
        cells = tuple(
            cost_text(measures, alternative, month).removeprefix("EUR ") for month in months
        )
        facts.append(
            Fact("EUR per additional adopter", cells, measures.attribute(COST, "long_name"))
        )
    return facts


def facts_of(results, measures, alternative):
    """Lines of the answer for one alternative.

    Parameters
    ----------
    results : ketsim_results.Results
    measures : ketsim_measures.Measures
    alternative : str

    Returns
    -------
    list of Fact
    """
    months = months_of(results)
    facts = _measure_facts(results, measures, alternative, months) if measures else []
    for name, label in LEVELS.items():
        if name not in results or (
            results.attribute(name, "kind") == "ratio" and results.partition(name)
        ):
            continue
        unit = results.attribute(name, "units", "1")
        facts.append(
            Fact(
                label or heading(name),
                tuple(
                    with_interval(estimate_at(results, name, month, alternative), unit, name)
                    for month in months
                ),
                results.attribute(name, "long_name"),
            )
        )
        if results.baseline:
            facts.append(
                Fact(
                    "against the baseline",
                    tuple(
                        with_interval(
                            estimate_at(results, name, month, alternative, True),
                            unit,
                            name,
                            signed=True,
                        )
                        for month in months
                    ),
                    is_detail=True,
                )
            )
    return facts
