"""Sample files, charts and reports, made once for all tests of the analysis."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import ketsim_cli

HERE = Path(__file__).resolve().parent
ANALYSIS = HERE.parents[1] / "analysis"
sys.path.insert(0, str(HERE))

from make_sample import make_sample  # noqa: E402

#: Series that every chart but the generic ones needs at least one of.
FEW = ("adopters", "firms_adopting", "products", "cross_border_share", "public_money_paid")


@pytest.fixture(scope="session")
def make(tmp_path_factory):
    """Function that makes a small sample file with the options of `make_sample`."""

    def small(name="sample.h5", **options):
        return make_sample(
            tmp_path_factory.mktemp("sample") / name, **{"regions": 5, "replicates": 6, **options}
        )

    return small


@pytest.fixture(scope="session")
def sample(make):
    """Sample file of `ketsim compare`."""
    return make()


@pytest.fixture(scope="session")
def run_sample(make):
    """Sample file of `ketsim run`: one scenario, no measures."""
    return make("run.h5", run=True)


@pytest.fixture
def call(capsys, monkeypatch):
    """Function that calls `main` in this process and gives exit code, output and errors."""

    def inside(main, *arguments):
        monkeypatch.setattr(sys, "argv", [f"{main.__module__}.py", *map(str, arguments)])
        try:
            ketsim_cli.run(main)
            code = 0
        except SystemExit as end:
            code = end.code
        return code, *capsys.readouterr()

    return inside


@pytest.fixture(scope="session")
def program():
    """Function that runs a program as users do and gives exit code, output and errors."""

    def call(name, *arguments, python=()):
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, *python, ANALYSIS / name, *arguments]
        return subprocess.run(
            list(map(str, command)), capture_output=True, text=True, env=environment, timeout=300
        )

    return call


@pytest.fixture(scope="session")
def chart_folder(make, program, tmp_path_factory):
    """Folder with the charts of the sample."""
    folder = tmp_path_factory.mktemp("charts")
    done = program("charts.py", make(only=FEW), "-o", folder)
    assert done.returncode == 0, done.stderr
    return folder
