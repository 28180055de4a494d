"""Result files below the level of series: is it whole, and fast sums over its series."""

import contextlib
import os
from pathlib import Path

import h5py
import netCDF4  # noqa: F401  (the engine of xarray, named here so that it is missed at once)
import numpy as np
import xarray as xr

from ketsim_cli import UserError

FORMAT_VERSION = 1
BLOCK_BYTES = 8_000_000  #: read at once: more does not fit caches


def first_line(error):
    """The first line of an error, or its kind where it says nothing."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def check_file(path):
    """Raise UserError unless the file is there, readable and whole HDF5."""
    if not path.exists():
        raise UserError(f"{path}: no such file")
    if not path.is_file():
        raise UserError(f"{path} is not a file")
    if not os.access(path, os.R_OK):
        raise UserError(f"{path} may not be read by this user")
    if path.stat().st_size == 0:
        raise UserError(f"{path} is empty")
    if not h5py.is_hdf5(path):
        raise UserError(f"{path} is not an HDF5 file")
    try:
        h5py.File(path, "r").close()
    except OSError as error:
        reason = (
            "is cut off: it was copied or written only in part"
            if "truncated" in str(error)
            else f"cannot be opened: {first_line(error)}"
        )
        raise UserError(f"{path} {reason}") from None


@contextlib.contextmanager
def whole(path):
    """A path to write to that gets the name `path` once all is written; what was begun goes where that fails."""
    part = path.with_name(f"{path.stem}.part{path.suffix}")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def open_dataset(path, axes):
    """Open a file of ketsim that has the coordinates `axes`.

    Parameters
    ----------
    path : str or pathlib.Path
    axes : sequence of str

    Returns
    -------
    xarray.Dataset

    Raises
    ------
    UserError
        With one sentence, where the file is none that this version reads.
    """
    path = Path(path)
    check_file(path)
    try:
        dataset = xr.open_dataset(path, engine="netcdf4")
    except (OSError, ValueError, KeyError, RuntimeError, TypeError) as error:
        raise UserError(
            f"{path} cannot be read as a ketsim result: {first_line(error)}"
        ) from None
    version = str(dataset.attrs.get("format_version", FORMAT_VERSION))
    if version.isdecimal() and int(version) > FORMAT_VERSION:
        raise UserError(
            f"{path} has format version {version}, newer than {FORMAT_VERSION}, the newest that"
            " this program reads; use the analysis folder of the ketsim that wrote it"
        )
    lacking = [axis for axis in axes if axis not in dataset.coords]
    if lacking:
        raise UserError(
            f"{path} is an HDF5 file but not a ketsim result: it lacks the coordinates"
            f" {', '.join(lacking)}"
        )
    return dataset


def sums(path, variable, keeps, months=slice(None)):
    """Sums of a series over its partitions, read in blocks of replicates.

    Parameters
    ----------
    path : pathlib.Path
    variable : xarray.DataArray
        Dimensions (scenario, replicate, time, *partition).
    keeps : list of tuple of str
        Dimensions of the partition that are kept: one sum for each.
    months : slice or list of int
        Positions on the time axis.

    Returns
    -------
    dict of tuple of str to xarray.DataArray
        Kept dimensions -> sums; as numbers with a point, missing ones NaN.
    """
    at = variable["time"][months]
    dims = {
        keep: tuple(d for i, d in enumerate(variable.dims) if i < 3 or d in keep) for keep in keeps
    }
    sizes = {**variable.sizes, "time": at.size}
    totals = {keep: np.empty([sizes[dim] for dim in dims[keep]]) for keep in keeps}
    rest = {
        keep: tuple(i for i, dim in enumerate(variable.dims) if i > 2 and dim not in keep)
        for keep in keeps
    }
    missing = variable.encoding.get("_FillValue")
    with h5py.File(path, "r") as file:
        stored = file[variable.name]
        for scenario, replicates in blocks(stored):
            block = stored[scenario : scenario + 1, replicates][:, :, months]
            if missing is not None and (block == missing).any():
                block = np.where(block == missing, np.nan, block)
            for keep, values in totals.items():
                values[scenario : scenario + 1, replicates] = block.sum(axis=rest[keep])
    return {
        keep: xr.DataArray(values, {dim: variable[dim] for dim in dims[keep]} | {"time": at}, dims[keep])
        for keep, values in totals.items()
    }


def blocks(stored):
    """Scenario and range of replicates of each block: whole chunks, few megabytes."""
    chunk = stored.chunks[1] if stored.chunks else 1
    world = stored.dtype.itemsize * int(np.prod(stored.shape[2:]))
    step = max(BLOCK_BYTES // (world * chunk), 1) * chunk
    for scenario in range(stored.shape[0]):
        for first in range(0, stored.shape[1], step):
            yield scenario, slice(first, min(first + step, stored.shape[1]))
