"""Small scenarios, and the program under limits of all kinds."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SMALL = {"time": {"end": "2017-12"}, "horizons": ["2017-12"], "population": {"agents": 150}, "replicates": 3}


@pytest.fixture(scope="session")
def binary():
    """The program under test: KETSIM_BINARY, else that of preset `dev`."""
    named = os.environ.get("KETSIM_BINARY")
    path = Path(named or ROOT / "build/dev/ketsim")
    if not path.exists():
        (pytest.fail if named else pytest.skip)(f"{path} is not built")
    return path


@pytest.fixture
def inputs(tmp_path):
    """Folder with without.yaml, with.yaml and sweep.yaml."""
    for name, base in (("without", "no_programme"), ("with", "rocket")):
        (tmp_path / f"{name}.yaml").write_text(json.dumps({"extends": str(ROOT / f"scenarios/{base}.yaml"), **SMALL}))
    sweep = {
        "scenarios": ["with.yaml"],
        "replicates": 10,
        "design": {"kind": "sobol", "params": {"points": 8}},
        "factors": {"mixing": {"path": "network.mixing"}},
    }
    (tmp_path / "sweep.yaml").write_text(json.dumps(sweep))
    return tmp_path


@pytest.fixture
def shell(binary, inputs):
    """Function that runs a line of the shell in the folder of the inputs, where $K is the program."""

    def run(line, **options):
        return subprocess.run(
            ["bash", "-c", line], cwd=inputs, env={**os.environ, "K": str(binary)}, capture_output=True, text=True, timeout=120, **options
        )

    return run
