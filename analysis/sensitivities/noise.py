"""Luck and factors told apart.

Points of a sweep share the numbers of their replicates, and with them luck (common random numbers). With f the effect of the
factors, a the luck that all points share, and e what remains,

    y[point, replicate] = f[point] + a[replicate] + e[point, replicate].

a shifts all points alike and is no noise of their differences. The mean over R replicates varies over points by
Var(f) + Var(e) / R; the last term is what is called noise here, and is taken off where it would pass for an effect. Points that
differ in one factor share more luck than others: noise of their difference is taken from the replicates of the difference itself.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Noise:
    """What luck does to the means of points.

    Attributes
    ----------
    variance : float
        Variance of a point's mean by luck that the points do not share; 0 where it is not known.
    share : float
        Of the variance of the means over points; NaN where it is not known.
    """

    variance: float
    share: float


def noise_of(response):
    """Noise of a response.

    Variance of the residuals of points and replicates (two-way analysis of variance without interaction) over the number of
    replicates, from the points that have them all.

    Parameters
    ----------
    response : sweeps.Response

    Returns
    -------
    Noise
    """
    means = response.means[response.is_there]
    total = float(np.var(means, ddof=1)) if means.size > 1 else np.nan
    variance = np.nan if response.replicates is None else _residual_variance(response.replicates[response.is_there])
    if not np.isfinite(variance):
        return Noise(0.0, np.nan)
    return Noise(variance, min(variance / total, 1.0) if total > 0 else np.nan)


def _residual_variance(table):
    complete = table[np.isfinite(table).all(axis=1)]
    points, replicates = complete.shape
    if points < 2 or replicates < 2:
        return np.nan
    residuals = complete - complete.mean(axis=1, keepdims=True) - complete.mean(axis=0) + complete.mean()
    freedom = (points - 1) * (replicates - 1)
    return float((residuals**2).sum() / freedom / replicates)


def noise_of_differences(response, these, those):
    """Variance by luck of the difference of the means of two points.

    Parameters
    ----------
    response : sweeps.Response
    these, those : numpy.ndarray of int
        Numbers of points, pair by pair.

    Returns
    -------
    numpy.ndarray
        By pair, of the replicates that both have; 0 where it is not known: with fewer than two.
    """
    if response.replicates is None:
        return np.zeros(len(these))
    differences = response.replicates[these] - response.replicates[those]
    there = np.isfinite(differences)
    count = there.sum(axis=1)
    means = np.where(there, differences, 0.0).sum(axis=1) / np.maximum(count, 1)
    squares = np.where(there, (differences - means[:, None]) ** 2, 0.0).sum(axis=1)
    return np.where(count > 1, squares / np.maximum(count - 1, 1) / np.maximum(count, 1), 0.0)
