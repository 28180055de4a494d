"""Morris' elementary effects: how far an output moves when one factor moves, from many places.

An elementary effect is the change of the output over the change of the factor, in shares of its range. mu is their mean, mu*
the mean of their sizes (Campolongo et al. 2007), sigma their standard deviation: large where a factor acts by others or not
linearly. Noise of the means (noise.py) makes effects of a factor that does nothing: the floor is the mu* that it gives,
sqrt(2 / pi) of its standard deviation, and its variance is taken off sigma.

Morris (1991), Technometrics 33, 161-174. Campolongo, Cariboni and Saltelli (2007), Environmental Modelling & Software 22,
1509-1518.
"""

import numpy as np

from ketsim_cli import UserError
from sensitivities.noise import noise_of_differences
from sensitivities.tables import Indices, framed, resampled

LEAST_EFFECTS = 2


def morris_indices(sweep, response, noise):  # noqa: ARG001  (all kinds are asked alike)
    """mu*, mu and sigma of every factor.

    Parameters
    ----------
    sweep : sweeps.Sweep
    response : sweeps.Response
    noise : noise.Noise
        Not used: each step has the noise of its own difference.

    Returns
    -------
    list of tables.Indices

    Raises
    ------
    UserError
        Where a factor has too few complete steps.
    """
    effects, luck, of = _effects(sweep, response)
    few = [name for name, values in effects.items() if len(values) < LEAST_EFFECTS]
    if few:
        raise UserError(f"{response.name}: {', '.join(few)} has fewer than {LEAST_EFFECTS} complete steps")
    names = [factor.name for factor in sweep.factors]
    floors = [np.sqrt(2 / np.pi * np.mean(luck[name])) for name in names]
    columns = {
        "mu_star": lambda values, _: np.mean(np.abs(values)),
        "mu": lambda values, _: np.mean(values),
        "sigma": lambda values, luck: np.sqrt(max(np.var(values, ddof=1) - np.mean(luck), 0.0)),
    }
    table = framed(
        names,
        **{
            column: _with_interval([(effects[name], luck[name]) for name in names], statistic)
            for column, statistic in columns.items()
        },
        floor=floors,
    ).sort_values("mu_star", ascending=False)
    used = sum(len(values) for values in effects.values())
    return [Indices("morris", table, used, of, "steps")]


def _with_interval(factors, statistic):
    """A statistic of each factor's effects and their noise, with its bootstrap interval."""
    values, lows, highs = [], [], []
    for own, luck in factors:
        values.append(statistic(own, luck))
        low, high = resampled(len(own), lambda draw, own=own, luck=luck: statistic(own[draw], luck[draw]))
        lows.append(float(low))
        highs.append(float(high))
    return values, lows, highs


def _effects(sweep, response):
    """Elementary effects and the variance that luck gives them, by factor, over the complete steps; number of all steps."""
    quantiles = {factor.name: factor.quantiles for factor in sweep.factors}
    effects = {name: [] for name in quantiles}
    luck = {name: [] for name in quantiles}
    points = np.arange(1, sweep.points)
    noise = noise_of_differences(response, points, points - 1)
    of = 0
    for point in points:
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
        luck[name].append(noise[point - 1] / step**2)
    return {n: np.array(v) for n, v in effects.items()}, {n: np.array(v) for n, v in luck.items()}, of
