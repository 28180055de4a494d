"""Files that an earlier ketsim wrote are still read, and still mean the same.

They were made by `ketsim compare` (two replicates of no_programme.yaml and rocket.yaml with 60 agents to 2016-12) and by a Morris
sweep of the same over network.mixing and decisions.benefit_years; the number in their names is their format. Where numbers change
on purpose, make compare-1.h5.gz anew and say in the CHANGELOG, under "Numbers change", which outputs moved and why.
"""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

HERE = Path(__file__).resolve().parent
ANALYSIS = HERE.parents[1] / "analysis"


@pytest.fixture(scope="module")
def binary():
    """The program under test: KETSIM_BINARY, else that of preset `dev`."""
    named = os.environ.get("KETSIM_BINARY")
    path = Path(named or HERE.parents[1] / "build/dev/ketsim")
    if not path.exists():
        (pytest.fail if named else pytest.skip)(f"{path} is not built")
    return path


@pytest.fixture
def kept(tmp_path):
    """Function that unpacks a kept file and gives its path."""

    def unpack(name):
        path = tmp_path / name
        path.write_bytes(gzip.decompress((HERE / f"{name}.gz").read_bytes()))
        return path

    return unpack


def call(*command, code=0):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=120)
    assert done.returncode == code, done.stderr
    return done


def datasets(path):
    """Numbers of the root group by name."""
    with h5py.File(path) as file:
        return {
            name: item[()]
            for name, item in file.items()
            if isinstance(item, h5py.Dataset) and item.dtype.kind in "if"
        }


def test_its_scenarios_still_give_its_data(binary, kept, tmp_path):
    path = kept("compare-1.h5")
    scenarios = [f"{path}#no_programme", f"{path}#rocket"]
    call(binary, "compare", *scenarios, "-o", tmp_path / "again.h5")
    now = datasets(tmp_path / "again.h5")
    changed = [
        name
        for name, values in datasets(path).items()
        if name not in now or not np.array_equal(values, now[name], equal_nan=values.dtype.kind == "f")
    ]
    assert not changed, "numbers changed: see the head of this file"


def test_the_analysis_still_opens_them(kept):
    assert "rocket" in call(sys.executable, ANALYSIS / "answer.py", kept("compare-1.h5")).stdout.lower()
    told = call(sys.executable, ANALYSIS / "sensitivity.py", kept("sweep-1.h5"), "adopters")
    assert "design morris, 9 points, 2 factors" in told.stdout


@pytest.mark.parametrize("name", ["compare-1.h5", "sweep-1.h5"])
def test_files_of_a_later_format_are_refused_in_one_sentence(binary, kept, tmp_path, name):
    path = kept(name)
    with h5py.File(path, "r+") as file:
        file.attrs["format_version"] = np.int32(2)
    for command in (
        [binary, "run", f"{path}#rocket", "-o", tmp_path / "x.h5"],
        [sys.executable, ANALYSIS / ("sensitivity.py" if "sweep" in name else "charts.py"), path, "-o", tmp_path / "out"],
    ):
        done = call(*command, code=2)
        assert "format version 2" in done.stderr and done.stderr.count("\n") == 1
