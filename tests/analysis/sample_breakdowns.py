"""Made-up breakdowns of a sample result file: outcomes by part, money, shares, cost of the border.

Everything here is optional in a result file: `make_sample(breakdowns=False)` is an older file.
"""

import numpy as np
import xarray as xr

from sample_measures import mean_interval
from sample_series import KETS, SECTORS, SIZES

OUTCOMES = ["in_both", "only_with", "only_without", "in_neither"]
EXPOSURES = ["paid", "served", "untouched"]
CAUSES = ["firm_left", "rejected", "discontinued", "piloting", "waiting", "not_yet"]
INSTRUMENTS = ["event", "feasibility_study", "project_grant"]
POLICIES = 2  #: of the coordinate `policy`
VARIANTS = ["lifted", "never_there"]
BASE = ("alternative", "replicate", "horizon")


def coordinates(text):
    """Coordinates of the breakdowns; `text` makes variable-length strings."""
    return {
        "outcome": text(OUTCOMES),
        "exposure": text(EXPOSURES),
        "cause": text(CAUSES),
        "instrument": text(INSTRUMENTS),
        "border_variant": text(VARIANTS),
    }


def make_breakdowns(rng, measures, scenarios, regions):
    """Breakdowns that agree with the net additional adopters of the measures."""
    net = measures["net_additional_adopters"].values
    additional = measures["additional_adopters"].values
    displaced = measures["displaced_adopters"].values
    made = {}

    def add(name, values, dims, doc, unit="1"):
        made[name] = xr.Variable(dims, values, {"long_name": doc, "units": unit})

    def split(values, size):
        """Whole numbers that add up to each value."""
        shares = np.full((size,), 1 / size)
        parts = rng.multinomial(np.maximum(values, 0).astype(int), shares)
        parts[..., 0] += np.minimum(values, 0).astype(int)
        return parts.astype(float)

    def outcomes(size):
        """Counts by outcome, exposure and part."""
        counts = np.zeros((*net.shape, 4, 3, size))
        cells = (3, size)
        totals = (300 + 0 * net, additional, displaced, 5000 + 0 * net)
        for i, total in enumerate(totals):
            counts[..., i, :, :] = split(total, 3 * size).reshape(*net.shape, *cells)
        return counts

    sizes = {"region": regions, "sector": len(SECTORS), "ket": len(KETS), "size_class": len(SIZES)}
    doc = "Pairs of a firm and a KET by outcome in both worlds and exposure"
    for part, size in sizes.items():
        add(f"pair_outcomes_by_{part}", outcomes(size), (*BASE, "outcome", "exposure", part), doc)
        gained = rng.normal(20, 30, (*net.shape, size))
        add(f"months_gained_by_{part}", gained, (*BASE, part), "Months gained", "month")
    add("pair_outcomes", outcomes(1)[..., 0], (*BASE, "outcome", "exposure"), doc)
    firms = np.round(0.7 * outcomes(1)[..., 0])
    add("firm_outcomes", firms, (*BASE, "outcome", "exposure"), "Firms by outcome")
    by_instrument = outcomes(len(INSTRUMENTS)).sum(axis=4)
    add("pair_outcomes_by_instrument", by_instrument, (*BASE, "outcome", "instrument"), doc)
    for part, size in (("region", regions), ("instrument", len(INSTRUMENTS))):
        money = rng.gamma(4, 25e3, (*net.shape, size))
        add(f"award_money_by_{part}", money, (*BASE, part), "Awards to firms", "EUR")
    add("displaced_by_cause", split(displaced, 6), (*BASE, "cause"), "Displaced pairs by cause")
    parts = split(net, POLICIES)
    shapley = "shapley_net_additional_adopters"
    with_mean(made, shapley, parts, "policy", "Share of each policy in the net", "1")
    cost = rng.normal(40, 12, (len(scenarios), *net.shape[1:], 2))
    border = "Adopters without the border less with it"
    with_mean(made, "border_cost", cost, "border_variant", border, "1", "scenario")
    change = cost[1:] - cost[:1]
    with_mean(made, "border_cost_change", change, "border_variant", border + ", change", "1")
    for part in ("sector", "size_class"):
        cells = rng.poisson(2, (*net.shape, regions, sizes[part])) - 1.8
        name = f"net_additional_adopters_by_region_and_{part}"
        add(name, cells, (*BASE, "region", part), "Net additional adopters of the cell")
    for gain, gini in (("net_additional_adopters", 0.3), ("months_gained", 0.5)):
        for suffix, value in (("", gini), ("_low", gini - 0.1), ("_high", gini + 0.1)):
            numbers = np.full((net.shape[0], net.shape[2]), value)
            made[f"{gain}_gini{suffix}"] = xr.Variable(
                ("alternative", "horizon"), numbers, {"long_name": f"Gini of {gain}", "units": "1"}
            )
    return made


def with_mean(made, name, values, part, doc, unit, first="alternative"):
    """Add a variable by replicate, and its mean with the interval."""
    attributes = {"long_name": doc, "units": unit}
    made[name] = xr.Variable((first, "replicate", "horizon", part), values, attributes)
    for suffix, numbers in zip(("mean", "low", "high"), mean_interval(values)):
        made[f"{name}_{suffix}"] = xr.Variable((first, "horizon", part), numbers, attributes)
