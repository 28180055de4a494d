"""Means over replicates, and two kinds of doubt about them.

Three kinds of doubt are never merged:

* the *interval of the mean* (95 %, Student's t) says how well the replicates at hand pin down the
  mean; it shrinks as replicates are added;
* the *range of luck* (5 to 95 % of the replicates) says how far a single history may lie from the
  mean; it does not shrink. A single history like that of a real programme is compared with this
  range;
* the *doubt about parameters* needs runs with other parameter values (`ketsim sweep`); one result
  file does not hold it, so nothing here pretends to measure it.
"""

import warnings
from dataclasses import dataclass

import numpy as np
import xarray as xr
from scipy import stats

MEAN_LEVEL = 0.95
LUCK_QUANTILES = (0.05, 0.95)


@dataclass(frozen=True)
class Band:
    """Mean over replicates with its interval and the range of luck.

    Attributes
    ----------
    mean : xarray.DataArray
        Mean over replicates.
    mean_low, mean_high : xarray.DataArray
        95 % interval of the mean; NaN with fewer than two replicates.
    luck_low, luck_high : xarray.DataArray
        5 and 95 % quantiles of the replicates, themselves values that replicates took; NaN with fewer than two replicates.
    """

    mean: xr.DataArray
    mean_low: xr.DataArray
    mean_high: xr.DataArray
    luck_low: xr.DataArray
    luck_high: xr.DataArray

    def sel(self, **labels):
        """The band at labels of the remaining dimensions, as `xarray.DataArray.sel`."""
        return Band(*(getattr(self, name).sel(**labels) for name in self.__dataclass_fields__))

    def transformed(self, function):
        """The band with an increasing function (a change of unit) applied to each of its lines."""
        return Band(*(function(getattr(self, name)) for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Estimate:
    """One number with the 95 % interval of the mean and the range of luck; NaN where not defined."""

    mean: float
    low: float = np.nan
    high: float = np.nan
    luck_low: float = np.nan
    luck_high: float = np.nan

    @property
    def is_defined(self):
        """Whether the number and both ends of its interval are finite and in order."""
        return bool(
            np.all(np.isfinite([self.mean, self.low, self.high])) and self.low <= self.high
        )

    @property
    def excludes_zero(self):
        """Whether the interval lies on one side of zero."""
        return self.is_defined and (self.low > 0 or self.high < 0)


def band_of(values):
    """Band over the dimension `replicate`; missing values are left out.

    Parameters
    ----------
    values : xarray.DataArray
        Values with a dimension `replicate`.

    Returns
    -------
    Band
    """
    data = np.moveaxis(np.asarray(values, dtype=float), values.get_axis_num("replicate"), 0)
    frame = values.isel(replicate=0, drop=True)
    missing = np.isnan(data)
    count = (~missing).sum(axis=0)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", RuntimeWarning
        )  # places without any value become NaN, as they should
        quantile = (
            np.nanquantile if missing.any() else np.quantile
        )  # the first is many times slower
        mean = np.nanmean(data, axis=0)
        # Bounds of luck are values that replicates took: 6 studies, never 6.05.
        low_high = quantile(data, LUCK_QUANTILES, axis=0, method="inverted_cdf")
        error = np.nanstd(data, axis=0, ddof=1) / np.sqrt(count)
    half = np.where(
        count >= 2, stats.t.ppf((1 + MEAN_LEVEL) / 2, np.maximum(count - 1, 1)) * error, np.nan
    )
    luck = np.where(count >= 2, low_high, np.nan)
    return Band(
        *(frame.copy(data=part) for part in (mean, mean - half, mean + half, luck[0], luck[1]))
    )


def estimate_of(values):
    """Mean of a plain sequence over replicates with both kinds of doubt, as an `Estimate`."""
    band = band_of(xr.DataArray(np.asarray(values, dtype=float), dims="replicate"))
    return Estimate(*(getattr(band, name).item() for name in Band.__dataclass_fields__))


def ratio_of_means(numerator, denominator):
    """Ratio of two means over paired replicates, with Fieller's 95 % interval.

    The interval solves (mean_n - r mean_d)^2 <= t^2 var(mean_n - r mean_d) for r. It is bounded
    only where the denominator can be told from zero; elsewhere both ends are NaN.

    Parameters
    ----------
    numerator, denominator : array_like
        One value per replicate, in the same order.

    Returns
    -------
    Estimate
    """
    pairs = np.array([numerator, denominator], dtype=float)
    pairs = pairs[:, np.all(np.isfinite(pairs), axis=0)]
    count = pairs.shape[1]
    if count < 2 or pairs[1].mean() == 0:
        return Estimate(np.nan)
    n, d = pairs.mean(axis=1)
    covariance = np.cov(pairs) / count
    t_squared = stats.t.ppf((1 + MEAN_LEVEL) / 2, count - 1) ** 2
    a = d * d - t_squared * covariance[1, 1]
    b = n * d - t_squared * covariance[0, 1]
    c = n * n - t_squared * covariance[0, 0]
    root = b * b - a * c
    if a <= 0 or root < 0:
        return Estimate(n / d)
    return Estimate(n / d, (b - np.sqrt(root)) / a, (b + np.sqrt(root)) / a)
