"""Rank correlations of an output with the factors, for any sample that fills their ranges.

Spearman's coefficient, and the partial one (PRCC): of the ranks of output and factor after a linear fit to the ranks of all
other factors. They measure how monotonic an effect is, not how large a part of the variance it makes, and do not mind a skewed
output. Noise weakens them.

Saltelli et al. (2004), Sensitivity Analysis in Practice, chapter 5; Marino et al. (2008), Journal of Theoretical Biology 254,
178-196.
"""

import numpy as np
from scipy import stats

from ketsim_cli import UserError
from sensitivities.tables import Indices, framed, resampled


def rank_indices(sweep, response, noise):  # noqa: ARG001  (all kinds are asked alike)
    """Spearman's and partial rank correlation coefficients.

    Parameters
    ----------
    sweep : sweeps.Sweep
    response : sweeps.Response
    noise : noise.Noise
        Not used: ranks cannot be corrected for it.

    Returns
    -------
    list of tables.Indices

    Raises
    ------
    UserError
        Where there are too few points.
    """
    there = response.is_there
    names = [factor.name for factor in sweep.factors]
    least = len(names) + 3
    if there.sum() < least:
        raise UserError(f"{response.name}: only {there.sum()} points have a value, {least} are needed")
    inputs = np.column_stack([factor.values[there] for factor in sweep.factors])
    output = response.means[there]
    count = len(output)
    rho = spearman(inputs, output)
    table = framed(
        names,
        spearman=(rho, *resampled(count, lambda draw: spearman(inputs[draw], output[draw]))),
        partial=(
            partial_rank_correlation(inputs, output),
            *resampled(count, lambda draw: partial_rank_correlation(inputs[draw], output[draw])),
        ),
    )
    table = table.iloc[np.argsort(-np.abs(table["partial"].fillna(0.0)), kind="stable")]
    return [Indices("ranks", table, count, sweep.points, "points")]


def spearman(inputs, output):
    """Spearman's rank correlation of each column of `inputs` with `output`; NaN of a column that does not vary."""
    ranks = np.apply_along_axis(stats.rankdata, 0, inputs)
    return np.array([_correlation(column, stats.rankdata(output)) for column in ranks.T])


def partial_rank_correlation(inputs, output):
    """Partial rank correlation of each column of `inputs` with `output`, given the others."""
    ranks = np.apply_along_axis(stats.rankdata, 0, inputs)
    target = stats.rankdata(output)
    coefficients = []
    for column in range(ranks.shape[1]):
        others = np.column_stack([np.ones(len(target)), np.delete(ranks, column, axis=1)])
        residuals = [values - others @ np.linalg.lstsq(others, values, rcond=None)[0] for values in (ranks[:, column], target)]
        coefficients.append(_correlation(*residuals))
    return np.array(coefficients)


def _correlation(a, b):
    a, b = a - a.mean(), b - b.mean()
    size = np.sqrt((a @ a) * (b @ b))
    return a @ b / size if size > 1e-12 * max(len(a), 1) else np.nan
