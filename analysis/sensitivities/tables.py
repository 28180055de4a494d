"""What every kind of index gives: a table with a row a factor, and what there is to say about it."""

import warnings
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

RESAMPLES = 1000
LEVEL = 0.95
SEED = 20160101  #: of the resampling alone


@dataclass(frozen=True)
class Indices:
    """Indices of one response.

    Attributes
    ----------
    kind : str
        `sobol`, `morris`, `ranks` or `steps`.
    table : pandas.DataFrame
        Row a factor, by its name; columns NAME, NAME_low, NAME_high.
    used, of : int
        Units that were complete, and all: rows of a base sample, trajectories, points.
    unit : str
        What these are, in the plural.
    notes : list of str
    """

    kind: str
    table: pd.DataFrame
    used: int
    of: int
    unit: str
    notes: list = field(default_factory=list)


def resampled(count, statistic):
    """Ends of bootstrap intervals over `count` units.

    Parameters
    ----------
    count : int
    statistic : callable
        Takes numbers of units, gives an array.

    Returns
    -------
    low, high : numpy.ndarray
        2.5 and 97.5 % quantiles; NaN with fewer than two units.
    """
    if count < 2:
        shape = np.shape(statistic(np.arange(count)))
        return np.full(shape, np.nan), np.full(shape, np.nan)
    draws = np.random.default_rng(SEED).integers(0, count, size=(RESAMPLES, count))
    values = np.array([statistic(draw) for draw in draws])
    tail = 100 * (1 - LEVEL) / 2
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # all NaN: stays NaN
        low, high = np.nanpercentile(values, [tail, 100 - tail], axis=0)
    return low, high


def framed(names, **columns):
    """A table of factors from columns given as (value, low, high) or as values alone."""
    data = {}
    for name, given in columns.items():
        if isinstance(given, tuple):
            data |= {name: given[0], f"{name}_low": given[1], f"{name}_high": given[2]}
        else:
            data[name] = given
    return pd.DataFrame(data, index=pd.Index(names, name="factor"))
