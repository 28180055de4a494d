"""Mistakes in a sweep file, each told alone with its cause."""

import pytest

FILES = ["regions_file", "organisations_file", "firms_file", "ties_file"]


@pytest.mark.parametrize("name", FILES)
def test_a_factor_names_no_file(ketsim, sweep, name):
    path = sweep(factors={"table": {"path": f"population.{name}", "values": ["a.csv", "b.csv"]}})
    line = path.read_text().splitlines().index(f'   "path": "population.{name}",') + 1
    for verb in (["sweep", "plan", path, "-o", "d"], ["validate", path]):
        done = ketsim(*verb)
        assert done.code == 2
        assert done.lines == [
            f"{path}:{line}:12: population.{name} names a file, which no factor may; write a scenario for each file and "
            "list them all"
        ]


def test_no_parameter_but_these_names_a_file(ketsim):
    paths = [line.split("\t")[0] for line in ketsim("describe", "parameters").out.splitlines()]
    assert sorted(path for path in paths if "file" in path) == sorted(f"population.{name}" for name in FILES)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no such file"),
        ("factors: [\n", "is not valid YAML"),
        ("", "is empty"),
        ("extends: nowhere.yaml\nreplicates: 3\n", "nowhere.yaml"),
    ],
)
def test_of_a_sweep_file_that_cannot_be_read_only_the_cause_is_told(ketsim, tmp_path, content, message):
    if content is not None:
        (tmp_path / "s.yaml").write_text(content)
    done = ketsim("sweep", "plan", "s.yaml", "-o", "d")
    assert (done.code, len(done.lines)) == (2, 1) and message in done.err


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "there is no scenario"), ("time: [\n", "is not valid YAML"), ("extends: nowhere.yaml\n", "nowhere.yaml")],
)
@pytest.mark.parametrize("baseline", [None, "without.yaml"])
def test_of_a_scenario_that_cannot_be_read_only_the_cause_is_told(ketsim, sweep, tmp_path, content, message, baseline):
    factors = {"share": {"path": "programmes[rocket].start", "values": ["2016-01", "2016-02"]}}
    path = sweep(baseline=baseline, scenarios=["broken.yaml"], factors=factors, design={"kind": "grid"})
    if content is not None:
        (tmp_path / "broken.yaml").write_text(content)
    done = ketsim("sweep", "plan", path, "-o", "d")
    assert (done.code, len(done.lines)) == (2, 1) and message in done.err


def test_a_factor_is_not_called_like_a_column_of_the_points(ketsim, sweep):
    for name in ("design_point", "design_block", "design_part", "identity"):
        path = sweep(factors={name: {"path": "network.mixing", "low": 0, "high": 0.5}})
        done = ketsim("sweep", "plan", path, "-o", "d")
        assert done.code == 2 and f"factors[{name}]: an output or a column of that name exists" in done.err
