"""The JSON Schema of sweep files takes what `ketsim sweep plan` takes, and refuses what it refuses for its form."""

import json

import pytest

jsonschema = pytest.importorskip("jsonschema")
yaml = pytest.importorskip("yaml")

PATH = "network.mixing"


@pytest.fixture
def validator(ketsim):
    """Validator of the schema that the program prints."""
    schema = json.loads(ketsim("schema", "sweep").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture
def sweep(small, tmp_path, write):
    """Function that writes a sweep of a small world; JSON, which is YAML too. A change to None leaves a key out."""

    def write_sweep(**changes):
        small("without.yaml")
        small("with.yaml", base="rocket.yaml")
        write("points.csv", "mixing\n0.1\n0.3\n")
        content = {
            "scenarios": ["with.yaml"],
            "replicates": 2,
            "design": {"kind": "grid"},
            "factors": {"mixing": {"path": PATH, "low": 0, "high": 0.5}},
            **changes,
        }
        path = tmp_path / "sweep.yaml"
        path.write_text(json.dumps({key: value for key, value in content.items() if value is not None}), encoding="utf-8")
        return path

    return write_sweep


def test_example_sweeps_are_valid(validator, scenarios):
    examples = sorted((scenarios / "sweeps").glob("*.yaml"))
    assert len(examples) >= 2
    for example in examples:
        validator.validate(yaml.safe_load(example.read_text(encoding="utf-8")))


def test_every_design_has_its_parameters_in_the_schema(ketsim, validator):
    told = {line.split("\t")[0] for line in ketsim("describe", "sweeps").out.splitlines()}
    named = {
        f"{branch['if']['properties']['kind']['const']}.{name}"
        for branch in validator.schema["properties"]["design"]["allOf"]
        for name in branch["then"]["properties"]["params"]["properties"]
    }
    assert named == {name for name in told if "." in name and not name.startswith(("design.", "factors["))}
    assert "sobol.points" in named


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": "x", "description": "y", "seed": 7, "every": 3, "margins": True, "outputs": ["adopters"]},
        {"baseline": "without.yaml"},
        {"design": {"kind": "grid", "params": {"levels": 4}}},
        {"design": {"kind": "one_at_a_time", "params": {"levels": 3}}},
        {"design": {"kind": "list", "params": {"file": "points.csv"}}},
        {"design": {"kind": "latin_hypercube", "params": {"points": 6, "placement": "centred"}}},
        {"design": {"kind": "sobol", "params": {"points": 8}}},
        {"design": {"kind": "saltelli", "params": {"base_points": 8, "second_order": True}}},
        {"design": {"kind": "morris", "params": {"trajectories": 3, "levels": 4}}},
        {"factors": {"years": {"path": "decisions.benefit_years"}}},
        {"factors": {"hurdle": {"path": "decisions.hurdle", "low": 0.1, "high": 0.3, "scale": "logarithmic"}}},
        {"factors": {"mixing": {"path": PATH, "values": [0, 0.2, 0.5]}}},
    ],
)
def test_schema_and_plan_accept(ketsim, validator, sweep, changes):
    path = sweep(**changes)
    planned = ketsim("sweep", "plan", path, "-o", "d")
    assert (planned.code, planned.err) == (0, "")
    validator.validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "changes",
    [
        {"tittle": "x"},
        {"scenarios": "with.yaml"},
        {"seed": -1},
        {"seed": 1.5},
        {"replicates": 0},
        {"replicates": "two"},
        {"every": 0},
        {"margins": "some"},
        {"outputs": "adopters"},
        {"design": None},
        {"design": {"params": {"levels": 3}}},
        {"design": {"kind": "gird"}},
        {"design": {"kind": "grid", "params": {"levels": 1}}},
        {"design": {"kind": "grid", "params": {"points": 8}}},
        {"design": {"kind": "sobol", "params": {"points": "many"}}},
        {"design": {"kind": "latin_hypercube", "params": {"placement": "middle"}}},
        {"design": {"kind": "grid", "levels": 3}},
        {"factors": ["network.mixing"]},
        {"factors": {"mixing": PATH}},
        {"factors": {"mixing": {"path": PATH, "lo": 0}}},
        {"factors": {"mixing": {"path": PATH, "low": "none"}}},
        {"factors": {"mixing": {"path": PATH, "low": 0.1, "high": 0.5, "scale": "log"}}},
        {"factors": {"mixing": {"path": PATH, "values": 0.2}}},
    ],
)
def test_schema_and_plan_refuse(ketsim, validator, sweep, changes):
    path = sweep(**changes)
    assert ketsim("sweep", "plan", path, "-o", "d").code == 2
    assert not validator.is_valid(json.loads(path.read_text(encoding="utf-8")))


def test_only_a_file_that_extends_another_may_lack_a_design(ketsim, validator, sweep, write):
    sweep()
    laid_over = {"extends": "sweep.yaml", "replicates": 3}
    assert ketsim("sweep", "plan", write("more.yaml", json.dumps(laid_over)), "-o", "d").code == 0
    assert validator.is_valid(laid_over)
    assert not validator.is_valid({"replicates": 3})
