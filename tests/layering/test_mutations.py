"""Each deliberate fault of tests/mutations can still be put into the code: an hour before `tests/mutation.sh` finds that one cannot."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATCHES = sorted((ROOT / "tests/mutations").glob("*.patch"))


def test_there_are_ten():
    assert len(PATCHES) == 10


@pytest.mark.parametrize("patch", PATCHES, ids=lambda path: path.stem)
def test_it_applies_and_changes_the_model(patch):
    checked = subprocess.run(["git", "apply", "--numstat", "--check", patch], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert checked.returncode == 0, f"make it anew from the code as it is: {checked.stderr}"
    changed = [line.split("\t")[2] for line in checked.stdout.splitlines()]
    assert changed and all(path.startswith("sim/") for path in changed), changed
