"""Calls of the program, and scenarios small enough to run in a moment."""

import json
import os
import resource
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios"

#: Of the example, a small and short world.
SMALL = {"time": {"end": "2017-12"}, "horizons": ["2017-06", "2017-12"], "population": {"agents": 150}, "replicates": 3}

#: Of a small sweep.
FACTORS = {"mixing": {"path": "network.mixing", "low": 0, "high": 0.5}, "years": {"path": "decisions.benefit_years"}}


@pytest.fixture(scope="session")
def binary():
    """The program under test: KETSIM_BINARY, else that of preset `dev`."""
    named = os.environ.get("KETSIM_BINARY")
    path = Path(named or ROOT / "build/dev/ketsim")
    if not path.exists():
        (pytest.fail if named else pytest.skip)(f"{path} is not built")
    return path


@pytest.fixture(scope="session")
def scenarios():
    """Folder of the example scenarios."""
    return SCENARIOS


@pytest.fixture
def ketsim(binary, tmp_path):
    """Function that calls the program in a temporary folder and gives code, out, err and lines of err."""

    def call(*arguments, cwd=tmp_path):
        done = subprocess.run(
            [binary, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120
        )
        assert "terminate called" not in done.stderr
        return SimpleNamespace(code=done.returncode, out=done.stdout, err=done.stderr, lines=done.stderr.splitlines())

    return call


@pytest.fixture
def small(tmp_path):
    """Function that writes a small scenario over one of the examples; JSON, which is YAML too."""

    def write(name="small.yaml", base="no_programme.yaml", **changes):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"extends": str(SCENARIOS / base), **SMALL, **changes}, indent=1), encoding="utf-8")
        return path

    return write


@pytest.fixture
def sweep(tmp_path, small):
    """Function that writes a sweep of two small worlds over a few points; a comparison, unless it has no baseline."""

    def write(name="sweep.yaml", **changes):
        small("without.yaml")
        small("with.yaml", base="rocket.yaml")
        content = {
            "baseline": "without.yaml",
            "scenarios": ["with.yaml"],
            "replicates": 2,
            "design": {"kind": "latin_hypercube", "params": {"points": 5}},
            "factors": FACTORS,
            **changes,
        }
        path = tmp_path / name
        path.write_text(json.dumps({key: value for key, value in content.items() if value is not None}, indent=1))
        return path

    return write


@pytest.fixture
def planned(ketsim, sweep):
    """Function that plans a sweep into DIR."""

    def plan(folder="d", **changes):
        done = ketsim("sweep", "plan", sweep(**changes), "-o", folder)
        assert (done.code, done.err) == (0, ""), done.err
        return done

    return plan


@pytest.fixture
def write(tmp_path):
    """Function that writes a text file and gives its name in the temporary folder."""

    def write_text(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return name

    return write_text


#: Of a single call, of the processor: a second is promised of the release (0.45 at most when last measured); here a build that
#: is less optimised shares the machine with others.
MOST_SECONDS = 2
MOST_SECONDS_WATCHED = 20  # by a sanitizer, or to count lines
MOST_BYTES = 500_000_000


@pytest.fixture
def guarded(binary, tmp_path):
    """Function that calls the program with at most 500 MB of its own and gives code, out, err and the processor's time."""
    program = binary.read_bytes()
    sanitized = b"__asan_init" in program  # its shadow memory takes terabytes of addresses
    most_seconds = MOST_SECONDS_WATCHED if sanitized or b"__gcov_" in program else MOST_SECONDS

    def call(*arguments):
        def limit():
            if not sanitized:
                resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))

        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [binary, *map(str, arguments)], cwd=tmp_path, capture_output=True, stdin=subprocess.DEVNULL, timeout=60,
            preexec_fn=limit,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        err = done.stderr.decode("utf-8")
        assert seconds < most_seconds
        assert "terminate called" not in err and "bad_alloc" not in err
        return SimpleNamespace(code=done.returncode, out=done.stdout.decode("utf-8"), err=err, seconds=seconds)

    return call


@pytest.fixture
def refused(guarded, tmp_path):
    """Function that validates the bytes of a file and gives what is said of them; all of it must be an error."""

    def message(content, name="x.yaml"):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        done = guarded("validate", name)
        assert done.code == 2, (done.code, done.err)
        assert done.out == "" and done.err
        return done.err

    return message
