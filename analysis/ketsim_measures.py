"""Measures of `ketsim compare`: what an alternative changed against the baseline, at each horizon.

A measure is any variable over (alternative, horizon), with or without `replicate`. `<name>_mean`,
`<name>_low` and `<name>_high` belong to `<name>`; a ratio of means has no replicates, and its
value stands under its own name.
"""

import numpy as np

from ketsim_bands import Estimate, estimate_of, ratio_of_means

SUFFIXES = ("_mean", "_low", "_high")
AXES = {"alternative", "horizon", "replicate"}


class Measures:
    """The measures of a result file; without any in a file of `ketsim run`.

    Parameters
    ----------
    results : ketsim_results.Results
    """

    def __init__(self, results):
        self.alternatives = (
            results.labels("alternative") if "alternative" in results.dataset.coords else []
        )
        self.horizons = results.horizons
        variables = [
            str(name)
            for name, variable in results.dataset.data_vars.items()
            if {"alternative", "horizon"} <= set(variable.dims) <= AXES
            and np.issubdtype(variable.dtype, np.number)
        ]
        self._dataset = results.dataset[
            variables
        ].load()  # read once: they are small, and opening each takes time
        names = [self._base(name, variables) for name in variables]
        self.names = list(dict.fromkeys(names))

    @staticmethod
    def _base(name, variables):
        """Name of the measure that a variable belongs to."""
        for suffix in SUFFIXES:
            base = name.removesuffix(suffix)
            if base != name and (base in variables or f"{base}_mean" in variables):
                return base
        return name

    def __bool__(self):
        return bool(self.names)

    def __contains__(self, name):
        return name in self.names

    def attribute(self, name, key, default=""):
        """An attribute of a measure as text."""
        variable = name if name in self._dataset else f"{name}_mean"
        return str(self._dataset[variable].attrs.get(key, default))

    def replicates(self, name, alternative, horizon):
        """Values of a measure in each replicate, or None where it is not measured by replicate."""
        if name not in self._dataset or "replicate" not in self._dataset[name].dims:
            return None
        return np.asarray(
            self._dataset[name].sel(alternative=alternative, horizon=horizon).values, dtype=float
        )

    def estimate(self, name, alternative, horizon):
        """Mean (or ratio of means) with its interval, as the file gives it; NaN if undefined."""

        def value(variable):
            if variable not in self._dataset:
                return np.nan
            return float(self._dataset[variable].sel(alternative=alternative, horizon=horizon))

        values = self.replicates(name, alternative, horizon)
        if f"{name}_mean" not in self._dataset and values is not None:
            return estimate_of(values)
        centre = name if values is None and name in self._dataset else f"{name}_mean"
        return Estimate(value(centre), value(f"{name}_low"), value(f"{name}_high"))

    def adopters_per_million(self, alternative, horizon):
        """Net additional adopters per million EUR, for where EUR per adopter is not defined."""
        net = self.replicates("net_additional_adopters", alternative, horizon)
        money = self.replicates("public_money_change", alternative, horizon)
        return None if net is None or money is None else ratio_of_means(net, money / 1e6)

    def dominates(self, alternative, horizon):
        """Whether it costs the public no more and achieves no less, beyond doubt of the means."""
        if "net_additional_adopters" not in self or "public_money_change" not in self:
            return False
        net = self.estimate("net_additional_adopters", alternative, horizon)
        money = self.estimate("public_money_change", alternative, horizon)
        return bool(net.low >= 0 and money.high <= 0 and (net.low > 0 or money.high < 0))
