"""Prints the mean number of adopters at the end and half-way of a ketsim result file.

A program of its own, so that measure.py stays small: the memory of a child counts from its parent's.
"""

import sys

import h5py


def main(path):
    """Print what the baselines print (see baselines/baseline.hpp)."""
    with h5py.File(path) as file:
        series = file["adopters"]
        labels = [dimension.keys()[0] for dimension in series.dims]
        others = tuple(i for i, label in enumerate(labels) if label not in ("replicate", "time"))
        by_month = series[...].sum(axis=others).mean(axis=0)
    print(f"adopters {by_month[-1]:.1f}")
    print(f"adopters_half_way {by_month[(by_month.size - 1) // 2]:.1f}")


if __name__ == "__main__":
    main(sys.argv[1])
