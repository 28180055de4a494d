"""Sobol indices: shares of an output's variance that factors make, alone and with others.

With A and B two samples and AB_i the sample A with the column i of B,

    V_i  = mean(B (AB_i - A))        first order: Saltelli et al. (2010), table 2 (b)
    VT_i = mean((A - AB_i)^2) / 2    total: Jansen (1999), table 2 (f)
    V_ij = mean(BA_i AB_j - A B)     closed second order: Saltelli (2002); less V_i and V_j

over the variance V of A and B together. Noise of the means (noise.py) is in V and in VT_i, not in V_i, and is taken off both.

Saltelli et al. (2010), Computer Physics Communications 181, 259-270. Jansen (1999), Computer Physics Communications 117, 35-43.
Saltelli (2002), Computer Physics Communications 145, 280-297.
"""

import itertools

import numpy as np

from ketsim_cli import UserError
from sensitivities.noise import noise_of_differences
from sensitivities.tables import Indices, framed, resampled

LEAST_ROWS = 4


def sobol_indices(sweep, response, noise):
    """First and total indices, and those of second order where the design has them.

    Parameters
    ----------
    sweep : sweeps.Sweep
    response : sweeps.Response
    noise : noise.Noise

    Returns
    -------
    list of tables.Indices
        Of the factors, and, where the design allows it, of their pairs.

    Raises
    ------
    UserError
        Where too few rows of the base sample are complete.
    """
    names = [factor.name for factor in sweep.factors]
    parts, places = _samples(sweep, response, names)
    count = len(places["A"])
    if count < LEAST_ROWS:
        raise UserError(
            f"{response.name}: only {count} rows of the base sample are complete, {LEAST_ROWS} are needed"
        )
    of = len(set(sweep.block.tolist()))
    luck = {name: noise_of_differences(response, places["A"], places[f"AB:{name}"]) for name in names}
    first = lambda draw: _first(parts, names, draw, noise.variance)  # noqa: E731
    total = lambda draw: _total(parts, names, draw, noise.variance, luck)  # noqa: E731
    every = np.arange(count)
    table = framed(
        names,
        first=(first(every), *resampled(count, first)),
        total=(total(every), *resampled(count, total)),
    ).sort_values("total", ascending=False)
    indices = [Indices("sobol", table, count, of, "rows of the base sample")]
    if f"BA:{names[0]}" in parts:
        pairs = list(itertools.combinations(names, 2))
        second = lambda draw: _second(parts, pairs, draw, noise.variance)  # noqa: E731
        table = framed(
            [f"{a} x {b}" for a, b in pairs], second=(second(every), *resampled(count, second))
        ).sort_values("second", ascending=False)
        indices.append(Indices("sobol_pairs", table, count, of, "rows of the base sample"))
    return indices


def _samples(sweep, response, names):
    """Values and points by part of the design, over the rows of which all parts have a value."""
    wanted = {part for part in sweep.part if part}
    missing = {"A", "B", *(f"AB:{name}" for name in names)} - wanted
    if missing:
        raise UserError(f"{sweep.path} is no Saltelli design: it lacks {', '.join(sorted(missing))}")
    by_row = {}
    for point in np.flatnonzero(response.is_there):
        by_row.setdefault(int(sweep.block[point]), {})[sweep.part[point]] = point
    rows = [by_row[row] for row in sorted(by_row) if wanted <= set(by_row[row])]
    places = {part: np.array([row[part] for row in rows], dtype=int) for part in wanted}
    return {part: response.means[points] for part, points in places.items()}, places


def _variance(parts, draw, noise):
    both = np.concatenate([parts["A"][draw], parts["B"][draw]])
    return max(np.var(both, ddof=1) - noise, 0.0)


def _centred(parts, draw):
    """Values less their mean: the same indices, with less error."""
    mean = np.concatenate([parts["A"][draw], parts["B"][draw]]).mean()
    return {part: values[draw] - mean for part, values in parts.items()}


def _over(effects, variance):
    return np.asarray(effects) / variance if variance > 0 else np.full(len(effects), np.nan)


def _first(parts, names, draw, noise):
    y = _centred(parts, draw)
    return _over([np.mean(y["B"] * (y[f"AB:{name}"] - y["A"])) for name in names], _variance(parts, draw, noise))


def _total(parts, names, draw, noise, luck):
    y = _centred(parts, draw)
    effects = [np.mean((y["A"] - y[f"AB:{name}"]) ** 2 - luck[name][draw]) / 2 for name in names]
    return _over(effects, _variance(parts, draw, noise))


def _second(parts, pairs, draw, noise):
    y = _centred(parts, draw)
    alone = {name: np.mean(y["B"] * (y[f"AB:{name}"] - y["A"])) for name in {n for pair in pairs for n in pair}}
    closed = [np.mean(y[f"BA:{a}"] * y[f"AB:{b}"] - y["A"] * y["B"]) for a, b in pairs]
    return _over([v - alone[a] - alone[b] for v, (a, b) in zip(closed, pairs, strict=True)], _variance(parts, draw, noise))
