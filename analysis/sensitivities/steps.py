"""One factor at a time: how far an output moves from the base point over the range of each factor."""

import numpy as np

from ketsim_cli import UserError
from sensitivities.tables import Indices, framed


def step_indices(sweep, response, noise):
    """Least and greatest value over the range of each factor, all others at the base point.

    Intervals: no change would stay within 1.96 standard errors of a difference (`floor`).

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
        Where the base point has no value.
    """
    base = [p for p, part in enumerate(sweep.part) if part == "base"]
    if not base or not np.isfinite(response.means[base[0]]):
        raise UserError(f"{response.name}: the base point of the design has no value")
    at_base = response.means[base[0]]
    rows = {}
    for factor in sweep.factors:
        own = [response.means[p] for p, part in enumerate(sweep.part) if part == factor.name]
        values = np.array([at_base, *own])
        values = values[np.isfinite(values)]
        rows[factor.name] = (values.min(), values.max())
    low, high = np.array(list(rows.values())).T
    table = framed(
        list(rows), span=high - low, lowest=low, highest=high, base=at_base, floor=1.96 * np.sqrt(2 * noise.variance)
    ).sort_values("span", ascending=False)
    return [Indices("steps", table, int(response.is_there.sum()), sweep.points, "points")]
