"""Files as `ketsim sweep collect` writes them, of functions whose indices are known."""

import h5py
import numpy as np
import xarray as xr


def write_sweep(path, design, factors, values, *, block=None, part=None, name="adopters", measures=None):
    """Write a sweep file.

    Parameters
    ----------
    path : pathlib.Path
    design : str
    factors : dict of str to (numpy.ndarray, float, float)
        Values by point, and the ends of the range.
    values : numpy.ndarray, shape (points, replicates)
        NaN where a run is missing.
    block, part : sequence, optional
    name : str
        Output that has the values.
    measures : dict of str to numpy.ndarray, shape (points,) or (points, replicates), optional
        Measures of a comparison; those over all replicates with a `_low` and `_high`.
    """
    points, replicates = values.shape
    data = xr.Dataset(
        coords={
            "design_point": np.arange(points),
            "replicate": np.arange(replicates),
            "scenario": ["with"],
            "time": np.array(["2020-12-01"], dtype="datetime64[ns]"),
            "alternative": ["with"],
            "horizon": ["2020-12"],
        },
        attrs={"command": "sweep", "design": design, "format_version": 1, "seed": 1},
    )
    for factor, (settings, low, high) in factors.items():
        attributes = {"role": "factor", "path": f"a.{factor}", "units": "1", "long_name": factor, "scale": "linear", "low": low, "high": high}
        data[factor] = ("design_point", settings, attributes)
    data["design_block"] = ("design_point", np.zeros(points, int) if block is None else np.asarray(block))
    data["design_part"] = ("design_point", np.array([""] * points if part is None else list(part), dtype=object))
    data["run_state"] = (("design_point", "replicate"), np.where(np.isfinite(values), 0, 2))
    data[name] = (
        ("design_point", "replicate", "scenario", "time"),
        values[:, :, None, None],
        {"units": "1", "long_name": "a function", "kind": "stock"},
    )
    for measure, numbers in (measures or {}).items():
        if numbers.ndim == 2:
            data[measure] = (("design_point", "alternative", "replicate", "horizon"), numbers[:, None, :, None], {"units": "1"})
            continue
        for ending in ("", "_low", "_high"):
            data[measure + ending] = (("design_point", "alternative", "horizon"), numbers[:, None, None], {"units": "EUR"})
    data.to_netcdf(path, engine="h5netcdf")
    with h5py.File(path, "r") as file:
        assert "design_point" in file
    return path


def saltelli(inputs, function, names, low=0.0, high=1.0, second_order=False):
    """Factors, values, blocks and parts of a Saltelli design of a function.

    Parameters
    ----------
    inputs : numpy.ndarray, shape (rows, 2 * factors)
        In [0, 1].
    """
    k = len(names)
    a, b = low + (high - low) * inputs[:, :k], low + (high - low) * inputs[:, k:]
    samples = {"A": a, "B": b}
    for i, name in enumerate(names):
        samples[f"AB:{name}"] = np.where(np.arange(k) == i, b, a)
        if second_order:
            samples[f"BA:{name}"] = np.where(np.arange(k) == i, a, b)
    order = [(row, part) for row in range(len(a)) for part in samples]
    points = np.array([samples[part][row] for row, part in order])
    factors = {name: (points[:, i], low, high) for i, name in enumerate(names)}
    return factors, function(points), [row for row, _ in order], [part for _, part in order]


def ishigami(x):
    """Ishigami's function, of three factors in [-pi, pi]."""
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


#: Its analytic indices (Ishigami and Homma 1990).
ISHIGAMI_FIRST = (0.3139, 0.4424, 0.0)
ISHIGAMI_TOTAL = (0.5576, 0.4424, 0.2437)

G_WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0])


def g_function(x):
    """Sobol's g-function."""
    return np.prod((np.abs(4 * x - 2) + G_WEIGHTS) / (1 + G_WEIGHTS), axis=1)


def g_indices():
    """Its analytic indices: first order and total."""
    alone = 1 / (3 * (1 + G_WEIGHTS) ** 2)
    total = np.prod(1 + alone) - 1
    others = np.array([np.prod(1 + np.delete(alone, i)) for i in range(len(alone))])
    return alone / total, alone * others / total
