"""A dozen of the kills of kill.py; tests/full.sh does two hundred."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import kill as kills  # noqa: E402
import pytest  # noqa: E402


def test_nothing_is_lost_whenever_it_is_killed():
    if not kills.BINARY.exists():
        pytest.skip(f"{kills.BINARY} is not built")
    counts = kills.kill(12, seed=7)
    assert sum(counts.values()) == 12
    assert counts["over before the kill"] < 12
