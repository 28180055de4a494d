"""Who and where: the net change of adopters by part, and what became of pairs of firm and KET.

`compare` counts pairs by outcome (adopted in both worlds, only with, only without, in neither) and
exposure (paid, served, untouched). An older file without these counts gives the change of the
stock of adopters instead.
"""

import numpy as np
import xarray as xr

#: Parts that a change is broken down by -> heading.
PARTS = {
    "size_class": "Size of firm",
    "sector": "Sector",
    "ket": "Technology",
    "country": "Country",
    "region": "Region",
    "instrument": "Instrument",
}
OUTCOMES = {
    "only_with": "Adopted only with the policy (additional)",
    "only_without": "Adopted only without it (displaced)",
    "in_both": "Adopted in both worlds",
}
EXPOSURES = {
    "paid": "Paid: with an award",
    "served": "Served: reached in person, not paid",
    "untouched": "Untouched",
}


def _counts(results, name, month):
    """A variable of `compare` at a horizon, over (scenario, replicate, ...); None if lacking."""
    variables = results.dataset.data_vars
    if name not in variables or "alternative" not in variables[name].dims:
        return None
    values = variables[name].sel(horizon=month, drop=True).rename(alternative="scenario")
    return values.transpose("scenario", "replicate", ...).load().astype(float)


def by_part(results, name, part, month):
    """`<name>_by_<part>` at a horizon over (scenario, replicate, [...], part), or None.

    Countries are sums over regions.
    """
    if part == "country":
        regions = by_part(results, name, "region", month)
        return None if regions is None else over_countries(results, regions)
    return _counts(results, f"{name}_by_{part}", month)


def over_countries(results, values):
    """Sums over the regions of each country."""
    countries = np.array(results.countries(), dtype=object)
    names = sorted(set(countries))
    parts = [values.isel(region=countries == name).sum("region") for name in names]
    together = xr.concat(parts, xr.DataArray(names, dims="country", name="country"))
    return together.transpose(..., "country")


def net_of(counts):
    """Net additional adopters in counts by outcome and exposure."""
    net = counts.sel(outcome="only_with", drop=True) - counts.sel(outcome="only_without", drop=True)
    return net.sum("exposure") if "exposure" in net.dims else net


def adopters_by(results, part, month):
    """Adopters by part in every scenario, over (scenario, replicate, part), or None."""
    partition = results.partition("adopters") if "adopters" in results else ()
    if part in partition:
        return results.reached("adopters", month, keep=(part,))
    if part == "country" and "region" in partition:
        return over_countries(results, results.reached("adopters", month, keep=("region",)))
    return None


def net_by(results, part, month):
    """Net change of adopters by part in each alternative, over (scenario, replicate, part).

    Parameters
    ----------
    results : ketsim_results.Results
    part : str
        One of `PARTS`.
    month : str
        A horizon.

    Returns
    -------
    xarray.DataArray or None
        None where the file lacks it.
    """
    counts = by_part(results, "pair_outcomes", part, month)
    if counts is not None:
        return net_of(counts)
    stock = adopters_by(results, part, month)
    return None if stock is None else results.against_baseline(stock)


def outcomes_by_exposure(results, month, of="pair"):
    """Pairs (or firms) by outcome and exposure, over (scenario, replicate, outcome, exposure), or None."""
    return _counts(results, f"{of}_outcomes", month)


def displaced_by_cause(results, month):
    """Displaced adopters by where they stand instead, over (scenario, replicate, cause), or None."""
    return _counts(results, "displaced_by_cause", month)


def net_by_cell(results, part, month):
    """Net additional adopters by region and `part`, over (scenario, replicate, cell), or None.

    A cell is a pair of codes: of a region, and of a sector or size class.
    """
    values = _counts(results, f"net_additional_adopters_by_region_and_{part}", month)
    return None if values is None else values.stack(cell=("region", part))
