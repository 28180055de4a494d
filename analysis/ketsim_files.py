"""Result files below the level of series: is it whole, and fast sums over a large series."""

import contextlib
import os
from pathlib import Path

import h5py
import netCDF4  # noqa: F401  (the engine of xarray, named here so that it is missed at once)
import numpy as np
import xarray as xr

from ketsim_cli import UserError

FORMAT_VERSION = 1


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


def margins(path, variable):
    """Sums of a series over all partitions and over all but one, read world by world.

    The world is the unit in which a large series is stored; a report needs all of these sums.

    Parameters
    ----------
    path : pathlib.Path
    variable : xarray.DataArray
        Dimensions (scenario, replicate, time, *partition).

    Returns
    -------
    dict of tuple of str to xarray.DataArray
        Kept dimensions of the partition -> sums.
    """
    parts = variable.dims[3:]
    keeps = [(), *((part,) for part in parts)]
    dims = {keep: (*variable.dims[:3], *keep) for keep in keeps}
    sums = {keep: np.empty([variable.sizes[dim] for dim in dims[keep]]) for keep in keeps}
    rest = {
        keep: tuple(i + 1 for i, part in enumerate(parts) if part not in keep) for keep in keeps
    }
    missing = variable.encoding.get("_FillValue")
    with h5py.File(path, "r") as file:
        stored = file[variable.name]
        for world in np.ndindex(stored.shape[:2]):
            block = stored[world]
            if missing is not None and (block == missing).any():
                block = np.where(block == missing, np.nan, block)
            for keep, values in sums.items():
                values[world] = block.sum(axis=rest[keep])
    return {
        keep: xr.DataArray(values, {dim: variable[dim] for dim in dims[keep]}, dims[keep])
        for keep, values in sums.items()
    }
