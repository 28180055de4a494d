"""Measures of `ketsim compare`: what an alternative changed against the baseline, at each horizon.

A measure is any variable over (alternative, horizon), with or without `replicate`. `<name>_mean`,
`<name>_low`, `<name>_high` (interval of the mean), `<name>_luck_low` and `<name>_luck_high` (range
of luck) belong to `<name>`; a ratio of means has no replicates, and its value stands under its own
name.
"""

import numpy as np

from ketsim_bands import Estimate, band_of, ratio_of_means

SUFFIXES = ("_mean", "_luck_low", "_luck_high", "_low", "_high")
AXES = {"alternative", "horizon", "replicate"}
COST = "public_money_per_additional_adopter"


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
        self._dataset = (
            results.dataset[variables]
            .load()  # read once: they are small, and opening each takes time
            .transpose("alternative", "horizon", ..., missing_dims="ignore")
        )
        names = [self._base(name, variables) for name in variables]
        self.names = list(dict.fromkeys(names))
        self._bands = {}

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

    def _has_replicates(self, name):
        return name in self._dataset and "replicate" in self._dataset[name].dims

    def _place(self, alternative, horizon):
        return self.alternatives.index(alternative), self.horizons.index(horizon)

    def replicates(self, name, alternative, horizon):
        """Values of a measure in each replicate, or None where it is not measured by replicate."""
        if not self._has_replicates(name):
            return None
        return self._dataset[name].values[self._place(alternative, horizon)].astype(float)

    def _band(self, name):
        """The fields of an `Estimate`, each over (alternative, horizon): as the file gives them.

        What the file lacks of a measure by replicate is made from the replicates.
        """
        if name not in self._bands:
            made = [np.full((len(self.alternatives), len(self.horizons)), np.nan)] * 5
            if self._has_replicates(name):
                band = band_of(self._dataset[name])
                made = [getattr(band, part).values for part in band.__dataclass_fields__]
            elif name in self._dataset:
                made[0] = self._dataset[name].values
            for i, suffix in enumerate(("_mean", "_low", "_high", "_luck_low", "_luck_high")):
                if name + suffix in self._dataset:
                    made[i] = self._dataset[name + suffix].values
            self._bands[name] = made
        return self._bands[name]

    def estimate(self, name, alternative, horizon):
        """Mean (or ratio of means) with its interval and range of luck; NaN where undefined."""
        place = self._place(alternative, horizon)
        return Estimate(*(float(values[place]) for values in self._band(name)))

    def adopters_per_million(self, alternative, horizon):
        """Net additional adopters per million EUR, for where EUR per adopter is not defined."""
        if "net_additional_adopters_per_million" in self:
            return self.estimate("net_additional_adopters_per_million", alternative, horizon)
        net = self.replicates("net_additional_adopters", alternative, horizon)
        money = self.replicates("public_money_change", alternative, horizon)
        return None if net is None or money is None else ratio_of_means(net, money / 1e6)

    def trade(self, alternative, horizon):
        """What public money and adopters say together; their ratio alone does not tell.

        Returns
        -------
        str
            "dominates": costs no more and achieves no less, beyond doubt of the means;
            "dominated": costs no less and achieves no more;
            "saves": achieves less for less, the ratio is the money saved for each adopter fewer;
            "costs": the ratio is the price of an additional adopter;
            "undefined": the adopters cannot be told from none;
            "unclear": the change of public money cannot be told from none.
        """
        is_defined = self.estimate(COST, alternative, horizon).is_defined if COST in self else False
        if "net_additional_adopters" not in self or "public_money_change" not in self:
            return "costs" if is_defined else "undefined"
        net = self.estimate("net_additional_adopters", alternative, horizon)
        money = self.estimate("public_money_change", alternative, horizon)
        if net.low >= 0 and money.high <= 0 and (net.low > 0 or money.high < 0):
            return "dominates"
        if net.high <= 0 and money.low >= 0 and (net.high < 0 or money.low > 0):
            return "dominated"
        if not is_defined:
            return "undefined"
        if money.low <= 0 <= money.high:
            return "unclear"
        return "saves" if net.mean < 0 else "costs"
