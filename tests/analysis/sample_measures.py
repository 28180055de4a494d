"""Made-up measures of a sample result file of `ketsim compare`, in agreement with its series."""

import numpy as np
import xarray as xr

from sample_series import TIME

HORIZONS = ["2020-03", "2025-03"]


def mean_interval(values):
    """Mean over replicates with a 95 % interval (normal, good enough for made-up numbers)."""
    spread = values.std(1, ddof=1) if values.shape[1] > 1 else np.nan * values[:, 0]
    mean, error = values.mean(1), spread / np.sqrt(values.shape[1])
    return mean, mean - 2.09 * error, mean + 2.09 * error


def make_measures(rng, variables):
    """Measures of the second and later scenarios against the first."""
    total = variables["adopters"].values.sum(axis=(3, 4, 5, 6))
    paid = variables["public_money_paid"].values.sum(axis=3).cumsum(axis=2)
    own = variables["private_contribution"].values.sum(axis=3).cumsum(axis=2)
    at = [TIME.get_loc(f"{month}-01") for month in HORIZONS]

    def change(values):
        return (values[1:] - values[:1])[:, :, at].astype(float)

    net = change(total)
    displaced = rng.poisson(4, net.shape).astype(float)
    measures = {
        "additional_adopters": (
            net + displaced,
            "1",
            "Pairs that adopted only with the alternative",
        ),
        "displaced_adopters": (displaced, "1", "Pairs that adopted only in the baseline"),
        "net_additional_adopters": (net, "1", "Additional less displaced adopters"),
        "deadweight_adopters": (
            rng.poisson(14, net.shape) * 1.0,
            "1",
            "Paid adopters that adopt in both",
        ),
        "spillover_adopters": (
            np.round(0.3 * net),
            "1",
            "Additional adopters that no policy reached",
        ),
        "net_additional_firms": (np.round(0.7 * net), "1", "Additional less displaced firms"),
        "months_gained": (net * 21, "month", "Months by which adoption came earlier, summed"),
        "public_money_change": (change(paid), "EUR", "Public money, alternative less baseline"),
        "private_money_change": (
            1.2 * change(own),
            "EUR",
            "Private KET spending, alternative less baseline",
        ),
    }
    made, dims = {}, ("alternative", "replicate", "horizon")
    for name, (values, unit, doc) in measures.items():
        made[name] = xr.Variable(dims, values, {"long_name": doc, "units": unit})
        luck = np.quantile(values, (0.05, 0.95), axis=1, method="inverted_cdf")
        suffixes = ("mean", "low", "high", "luck_low", "luck_high")
        for suffix, part in zip(suffixes, (*mean_interval(values), *luck)):
            made[f"{name}_{suffix}"] = xr.Variable(
                (dims[0], dims[2]), part, {"units": unit, "long_name": doc}
            )
    with np.errstate(invalid="ignore", divide="ignore"):
        cost = made["public_money_change_mean"].values / made["net_additional_adopters_mean"].values
        leverage = made["private_money_change_mean"].values / made["public_money_change_mean"].values
    for name, centre, unit in (
        ("public_money_per_additional_adopter", cost, "EUR"),
        ("leverage", leverage, "1"),
    ):
        for suffix, factor in (("", 1), ("_low", 0.87), ("_high", 1.17)):
            made[name + suffix] = xr.Variable(
                (dims[0], dims[2]), centre * factor, {"units": unit, "long_name": name}
            )
    return made
