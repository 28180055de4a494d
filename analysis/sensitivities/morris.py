"""Morris' elementary effects: how far an output moves when one factor moves, from many places.

An elementary effect is the change of the output over the change of the factor, in shares of its range. mu is their mean, mu*
the mean of their sizes (Campolongo et al. 2007), sigma their standard deviation: large where a factor acts by others or not
linearly. Noise of the means (noise.py), on a step twice, makes effects of a factor that does nothing: the floor is the mu* that
it gives, and its variance is taken off sigma.

Morris (1991), Technometrics 33, 161-174. Campolongo, Cariboni and Saltelli (2007), Environmental Modelling & Software 22,
1509-1518.
"""

import numpy as np

from ketsim_cli import UserError
from sensitivities.tables import Indices, framed, resampled

LEAST_EFFECTS = 2


def morris_indices(sweep, response, noise):
    """mu*, mu and sigma of every factor.

    Parameters
    ----------
    sweep : sweeps.Sweep
    response : sweeps.Response
    noise : noise.Noise

    Returns
    -------
    list of tables.Indices

    Raises
    ------
    UserError
        Where a factor has too few complete steps.
    """
    effects, steps, of = _effects(sweep, response)
    few = [name for name, values in effects.items() if len(values) < LEAST_EFFECTS]
    if few:
        raise UserError(f"{response.name}: {', '.join(few)} has fewer than {LEAST_EFFECTS} complete steps")
    names = [factor.name for factor in sweep.factors]
    floors = [np.sqrt(4 * noise.variance / np.pi) / np.mean(steps[name]) for name in names]
    spread = [2 * noise.variance / np.mean(steps[name]) ** 2 for name in names]
    columns = {
        "mu_star": lambda values, _: np.mean(np.abs(values)),
        "mu": lambda values, _: np.mean(values),
        "sigma": lambda values, luck: np.sqrt(max(np.var(values, ddof=1) - luck, 0.0)),
    }
    table = framed(
        names,
        **{
            column: _with_interval([effects[name] for name in names], spread, statistic)
            for column, statistic in columns.items()
        },
        floor=floors,
    ).sort_values("mu_star", ascending=False)
    used = sum(len(values) for values in effects.values())
    return [Indices("morris", table, used, of, "steps")]


def _with_interval(effects, spread, statistic):
    """A statistic of each factor's effects, with its bootstrap interval."""
    values, lows, highs = [], [], []
    for own, luck in zip(effects, spread, strict=True):
        values.append(statistic(own, luck))
        low, high = resampled(len(own), lambda draw, own=own, luck=luck: statistic(own[draw], luck))
        lows.append(float(low))
        highs.append(float(high))
    return values, lows, highs


def _effects(sweep, response):
    """Elementary effects and sizes of steps by factor, over the complete steps; and the number of all steps."""
    quantiles = {factor.name: factor.quantiles for factor in sweep.factors}
    effects = {name: [] for name in quantiles}
    steps = {name: [] for name in quantiles}
    of = 0
    for point in range(1, sweep.points):
        kind, _, name = sweep.part[point].partition(":")
        if kind != "step":
            continue
        if name not in quantiles or sweep.block[point] != sweep.block[point - 1]:
            raise UserError(f"{sweep.path}: point {point} is no step of a Morris design")
        of += 1
        step = quantiles[name][point] - quantiles[name][point - 1]
        change = response.means[point] - response.means[point - 1]
        if step == 0 or not np.isfinite(change):
            continue
        effects[name].append(change / step)
        steps[name].append(abs(step))
    return {name: np.array(values) for name, values in effects.items()}, steps, of
