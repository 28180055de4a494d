"""Inputs above 1 MB: a result file knows them by path and SHA-256, and checks both when it stands in for its scenario."""

import h5py
import pytest


@pytest.fixture
def result(ketsim, small, write, tmp_path):
    """Result of a run with a table of ties above 1 MB, most of it notes."""
    rows = [f"{a},{a + 1},{'x' * 9000}\n" for a in range(149)]
    write("ties.csv", "a,b,note\n" + "".join(rows))
    scenario = small("large.yaml", population={"agents": 150, "ties_file": "ties.csv"})
    done = ketsim("run", scenario, "-o", "large.h5")
    assert done.code == 0, done.err
    return tmp_path / "large.h5"


def test_a_large_input_is_not_copied_into_the_result(result):
    assert result.stat().st_size < 1_000_000
    with h5py.File(result) as file:
        paths = [path.decode() for path in file["inputs/path"][()]]
        texts = dict(zip(paths, file["inputs/text"][()]))
        hashes = dict(zip(paths, file["inputs/sha256"][()]))
    assert texts["ties.csv"] == b"" and len(hashes["ties.csv"]) == 64
    others = [path for path in paths if path != "ties.csv"]
    assert others and all(texts[path] and not hashes[path] for path in others)


def test_the_result_stands_in_for_its_scenario_where_the_input_stands_beside_it(ketsim, result, tmp_path):
    done = ketsim("run", "large.h5", "-o", "again.h5")
    assert done.code == 0, done.err
    assert (tmp_path / "again.h5").read_bytes() == result.read_bytes()


def test_a_missing_input_is_told(ketsim, result, tmp_path):
    (tmp_path / "ties.csv").unlink()
    done = ketsim("validate", "large.h5")
    assert done.code == 2
    assert len(done.lines) == 1
    assert done.lines[0].endswith(
        "'ties.csv' is too large to travel in the result file; put it in its place or name another with --set: "
        "cannot read ties.csv: there is no such file"
    )


def test_a_changed_input_is_told(ketsim, result, tmp_path):
    with (tmp_path / "ties.csv").open("a") as file:
        file.write("0,149,\n")
    done = ketsim("validate", "large.h5")
    assert done.code == 2
    assert len(done.lines) == 1
    assert done.lines[0].endswith("ties.csv is not the file that the result was made with: its SHA-256 is another")


def test_another_input_may_be_named(ketsim, result, write, tmp_path):
    (tmp_path / "ties.csv").unlink()
    write("others.csv", "a,b\n0,1\n")
    done = ketsim("run", "large.h5", "-o", "again.h5", "--set", "population.ties_file=others.csv")
    assert done.code == 0, done.err


def test_the_input_is_never_written_over(ketsim, result):
    done = ketsim("run", "large.h5", "-o", "ties.csv")
    assert done.code == 2
    assert "would write over the input ties.csv" in done.err


def test_a_scenario_that_no_result_could_hold_is_refused_before_it_runs(ketsim, small, tmp_path):
    scenario = small("long.yaml", description="x" * 1_999_000)
    for command in (["run", scenario, "-o", "long.h5"], ["validate", scenario]):
        done = ketsim(*command)
        assert done.code == 2, command
        assert done.lines == ["long with every default written out is larger than 2 MB, more than can be read again; shorten its texts"]
    assert not list(tmp_path.glob("long.h5*"))
