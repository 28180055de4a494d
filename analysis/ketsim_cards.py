"""The five numbers of the report's first page, each with its interval and what it means."""

from dataclasses import dataclass

from ketsim_headlines import COST, cost_text, estimate_at
from ketsim_wording import UNDEFINED, quantity, span, width_of, with_interval

MOST = 5
#: Measures and series in order of interest: the first five that the file knows are shown.
#: name -> (label, whether a plus is written, meaning)
MEASURES = {
    "net_additional_adopters": (
        "Additional adoptions",
        True,
        "counted for each firm and technology; those that it held back are subtracted",
    ),
    "public_money_change": ("Public money", False, "cost to the public, less that of the baseline"),
    COST: ("Public money per additional adoption", False, "public money over additional adoptions"),
    "deadweight_adopters": (
        "Would have adopted anyway",
        False,
        "paid adoptions that happen without it as well; this split depends on how the luck of the twin"
        " worlds is coupled (ODD, section 10.1)",
    ),
}
SERIES = {
    "cross_border_share": ("Ties across the border", "change of their share in all collaboration"),
    "products": ("New products", "brought to market from projects, less those of the baseline"),
}


@dataclass(frozen=True)
class Card:
    """One number of the first page.

    Attributes
    ----------
    label, meaning : str
    number, interval : str
        Number with its unit, and in what range its mean is known.
    cell : str
        Both in short, for a table.
    is_number : bool
        Whether `number` is one, or says why there is none.
    """

    label: str
    number: str
    interval: str
    meaning: str
    cell: str
    is_number: bool = True


def _card(label, meaning, estimate, unit, name, signed):
    """A card of a number and its interval."""
    width = width_of(estimate.low, estimate.high)
    ends = span(estimate.low, estimate.high, unit, name, signed, bare=True)
    return Card(
        label,
        quantity(estimate.mean, unit, name, width, signed),
        f"{ends}, 95 % interval of the mean" if estimate.is_defined else "no interval",
        meaning,
        with_interval(estimate, unit, name, signed),
    )


def _measure_card(measures, name, alternative, month):
    """Card of a measure, or None where it is not defined here (cost says why in words)."""
    label, signed, meaning = MEASURES[name]
    if name not in measures:
        return None
    estimate = measures.estimate(name, alternative, month)
    if name == COST and measures.trade(alternative, month) != "costs":
        text = cost_text(measures, alternative, month)
        why = "the additional adoptions cannot be told from zero" if text == UNDEFINED else ""
        return Card(label, text, why, meaning, text, is_number=False)
    unit = measures.attribute(name, "units", "1")
    known = estimate.mean == estimate.mean
    return _card(label, meaning, estimate, unit, name, signed) if known else None


def cards_of(results, alternative, month):
    """Up to five cards for an alternative by a month.

    Parameters
    ----------
    results : ketsim_results.Results
    alternative, month : str

    Returns
    -------
    list of Card
    """
    cards = [_measure_card(results.measures, name, alternative, month) for name in MEASURES]
    for name, (label, meaning) in SERIES.items():
        if name in results and not (
            results.attribute(name, "kind") == "ratio" and results.partition(name)
        ):
            estimate = estimate_at(results, name, month, alternative, difference=True)
            unit = results.attribute(name, "units", "1")
            cards.append(_card(label, meaning, estimate, unit, name, signed=True))
    return [card for card in cards if card][:MOST]
