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
    parts, rows = _samples(sweep, response, names)
    if len(rows) < LEAST_ROWS:
        raise UserError(
            f"{response.name}: only {len(rows)} rows of the base sample are complete, {LEAST_ROWS} are needed"
        )
    of = len(set(sweep.block.tolist()))
    moved = _moved(sweep, rows, names)
    first = lambda draw: _first(parts, names, draw, noise.variance)  # noqa: E731
    total = lambda draw: _total(parts, names, draw, noise.variance, moved)  # noqa: E731
    every = np.arange(len(rows))
    table = framed(
        names,
        first=(first(every), *resampled(len(rows), first)),
        total=(total(every), *resampled(len(rows), total)),
    ).sort_values("total", ascending=False)
    indices = [Indices("sobol", table, len(rows), of, "rows of the base sample")]
    if f"BA:{names[0]}" in parts:
        pairs = list(itertools.combinations(names, 2))
        second = lambda draw: _second(parts, pairs, draw, noise.variance)  # noqa: E731
        table = framed(
            [f"{a} x {b}" for a, b in pairs], second=(second(every), *resampled(len(rows), second))
        ).sort_values("second", ascending=False)
        indices.append(Indices("sobol_pairs", table, len(rows), of, "rows of the base sample"))
    return indices


def _samples(sweep, response, names):
    """Values by part of the design, over the rows of which all parts are there."""
    by_row = {}
    for block, part, value in zip(sweep.block, sweep.part, response.means, strict=True):
        if np.isfinite(value):
            by_row.setdefault(int(block), {})[part] = value
    wanted = {part for part in sweep.part if part}
    rows = sorted(row for row, values in by_row.items() if wanted <= set(values))
    parts = {part: np.array([by_row[row][part] for row in rows]) for part in wanted}
    missing = {"A", "B", *(f"AB:{name}" for name in names)} - wanted
    if missing:
        raise UserError(f"{sweep.path} is no Saltelli design: it lacks {', '.join(sorted(missing))}")
    return parts, rows


def _moved(sweep, rows, names):
    """By factor, whether the points A and AB_i of a row differ: the same point twice has no noise of its own."""
    place = {(int(block), part): p for p, (block, part) in enumerate(zip(sweep.block, sweep.part, strict=True))}
    values = {factor.name: factor.values for factor in sweep.factors}
    return {
        name: np.array(
            [values[name][place[row, "A"]] != values[name][place[row, f"AB:{name}"]] for row in rows], dtype=float
        )
        for name in names
    }


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


def _total(parts, names, draw, noise, moved):
    y = _centred(parts, draw)
    effects = [
        np.mean((y["A"] - y[f"AB:{name}"]) ** 2) / 2 - noise * np.mean(moved[name][draw]) for name in names
    ]
    return _over(effects, _variance(parts, draw, noise))


def _second(parts, pairs, draw, noise):
    y = _centred(parts, draw)
    alone = {name: np.mean(y["B"] * (y[f"AB:{name}"] - y["A"])) for name in {n for pair in pairs for n in pair}}
    closed = [np.mean(y[f"BA:{a}"] * y[f"AB:{b}"] - y["A"] * y["B"]) for a, b in pairs]
    return _over([v - alone[a] - alone[b] for v, (a, b) in zip(closed, pairs, strict=True)], _variance(parts, draw, noise))
