"""The answer in plain words: sentences for a reader who decides, not for one who models."""

import numpy as np

from ketsim_headlines import COST, cost_explained, estimate_at
from ketsim_wording import is_share, joined, quantity, span, width_of

MONTHS = (
    "January February March April May June July August September October November December"
).split()


def month_in_words(month):
    """ "2020-03" as "March 2020"."""
    return f"{MONTHS[int(month[5:7]) - 1]} {month[:4]}"


def about(estimate, unit="1", name="", signed=False):
    """A number with the 95 % interval of its mean in round brackets, for running text."""
    text = quantity(estimate.mean, unit, name, width_of(estimate.low, estimate.high), signed)
    if not estimate.is_defined:
        return text
    return f"{text} ({span(estimate.low, estimate.high, unit, name, signed, bare=True)})"


def adoption_sentence(measures, alternative, month, baseline):
    """How many more adopted than in the `baseline` of this title, or that it cannot be told."""
    if "net_additional_adopters" not in measures:
        return ""
    net = measures.estimate("net_additional_adopters", alternative, month)
    if not net.excludes_zero:
        return (
            f"By {month_in_words(month)} these replicates cannot tell whether it changed the"
            f" number of adoptions: the net change is {about(net, signed=True)}."
        )
    more, other = (
        ("more", "after subtracting those that it displaced")
        if net.mean > 0
        else ("fewer", "counting those that it added against them")
    )
    size = type(net)(abs(net.mean), *sorted((abs(net.low), abs(net.high))))
    return (
        f"By {month_in_words(month)} there were {about(size)} {more} adoptions of a key enabling"
        f" technology than in the same worlds with {baseline}, {other}."
    )


def cost_sentence(measures, alternative, month):
    """What each additional adoption cost the public, or each one fewer saved it."""
    if COST not in measures:
        return ""
    trade = measures.trade(alternative, month)
    if trade == "undefined":
        return cost_explained(measures, alternative, month)
    by = f"By {month_in_words(month)} it costs the public"
    if trade == "unclear":
        return "Whether it costs the public money at all cannot be told from these replicates."
    if trade == "dominates":
        return f"{by} no more and achieves no less: it dominates the baseline."
    if trade == "dominated":
        return f"{by} no less and achieves no more: the baseline dominates it."
    money = about(measures.estimate(COST, alternative, month), "EUR")
    if trade == "saves":
        return f"For each of them the public saved {money}."
    return f"Each of them cost the public {money}."


def shares_sentence(measures, alternative, month):
    """Who would have adopted anyway, and what spread beyond those reached."""
    texts = {
        "spillover_adopters": " of the additional adoptions were in firms that no policy had"
        " reached (spill-over)",
        "deadweight_adopters": " paid adoptions would have happened anyway (deadweight)",
    }
    parts = []
    for name, text in texts.items():
        if name not in measures:
            continue
        estimate = measures.estimate(name, alternative, month)
        if np.isfinite(estimate.mean):  # deadweight is not, against a baseline with a programme
            parts.append(about(estimate) + text)
    return f"{'; '.join(parts)}." if parts else ""


def level_sentence(results, alternative, month, name, text):
    """Level of a series with the alternative and in the baseline."""
    if name not in results or (
        results.attribute(name, "kind") == "ratio" and results.partition(name)
    ):
        return ""
    unit = results.attribute(name, "units", "1")
    here = about(estimate_at(results, name, month, alternative), unit, name)
    if not results.baseline:
        return f"{text}: {here}."
    base = estimate_at(results, name, month, results.baseline)
    decimals = (
        "0"
        if base.mean == 0 and not is_share(name, unit)
        else quantity(base.mean, unit, name, width_of(base.low, base.high))
    )
    return f"{text}: {here}, against {decimals} in the baseline."


def sentences(results, measures, alternative, month):
    """The answer for one alternative by one month.

    Parameters
    ----------
    results : ketsim_results.Results
    measures : ketsim_measures.Measures
    alternative : str
    month : str
        Like "2025-03".

    Returns
    -------
    list of str
        Whole sentences, those that the file has numbers for.
    """
    found = (
        [
            adoption_sentence(measures, alternative, month, results.names[results.baseline]),
            cost_sentence(measures, alternative, month),
            shares_sentence(measures, alternative, month),
        ]
        if measures
        else []
    )
    found += [
        level_sentence(results, alternative, month, "products", "Products brought to market"),
        level_sentence(
            results,
            alternative,
            month,
            "cross_border_share",
            "Share of collaboration ties that cross the border",
        ),
    ]
    return [sentence for sentence in found if sentence]


def luck_sentence(measures, title, alternative, month):
    """In how many of the simulated histories it added adopters at all."""
    values = measures.replicates("net_additional_adopters", alternative, month)
    if values is None:
        return ""
    return (
        f"{title} added adoptions in {int((values > 0).sum())} of the"
        f" {int(np.isfinite(values).sum())} simulated histories."
    )


def scale_sentence(results, month):
    """How many firms adopt without the policy, so that the change can be judged."""
    if "firms_adopting" not in results:
        return ""
    level = estimate_at(results, "firms_adopting", month, results.baseline)
    return (
        f"For scale: in {results.names[results.baseline]}"
        f" {quantity(level.mean, spread=width_of(level.low, level.high))} firms use at least one by then."
    )


def comparison(results, ranked, month):
    """`verdict` on several: the first, the cheapest, those that cannot be told from no change."""
    measures, names = results.measures, results.names
    net = {s: measures.estimate("net_additional_adopters", s, month) for s in ranked}
    unclear = [names[s] for s in ranked if not net[s].excludes_zero]
    first = ranked[0]
    found = []
    if net[first].excludes_zero and net[first].mean > 0:
        rivals = [s for s in ranked[1:] if net[s].high >= net[first].low]
        lead = f"Of {len(ranked)} scenarios, {names[first]} adds most: by {month_in_words(month)}"
        found.append(
            f"{lead} {about(net[first])} more adoptions of a key enabling technology than"
            f" {names[results.baseline]}."
        )
        if rivals:
            found.append(
                f"Its interval overlaps with that of {joined(names[s] for s in rivals)}: which of"
                " them adds more is not settled by these replicates."
            )
    costs = {
        s: measures.estimate(COST, s, month)
        for s in ranked
        if COST in measures and measures.trade(s, month) == "costs"
    }
    if costs:
        cheapest = min(costs, key=lambda s: costs[s].mean)
        found.append(
            f"Public money goes furthest with {names[cheapest]}: {about(costs[cheapest], 'EUR')}"
            " for each additional adoption."
        )
    if unclear:
        found.append(
            f"For {joined(unclear)} these replicates cannot tell whether the number of adoptions"
            " changed."
        )
    return found


def verdict(results, ranked, month):
    """The first page in plain words.

    Parameters
    ----------
    results : ketsim_results.Results
    ranked : list of str
        Alternatives, most additional adopters first.
    month : str

    Returns
    -------
    list of str
        A few sentences.
    """
    measures, first = results.measures, ranked[0]
    if "net_additional_adopters" not in measures:
        return sentences(results, measures, first, month) if len(ranked) == 1 else []
    if len(ranked) > 1:
        found = comparison(results, ranked, month)
    else:
        found = [
            adoption_sentence(measures, first, month, results.names[results.baseline]),
            cost_sentence(measures, first, month),
        ]
    found += [
        luck_sentence(measures, results.names[first], first, month),
        scale_sentence(results, month),
    ]
    return [text for text in found if text]
