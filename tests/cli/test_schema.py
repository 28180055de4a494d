"""The JSON Schema of scenarios takes what ketsim takes, and refuses what ketsim refuses."""

import json

import h5py
import pytest

jsonschema = pytest.importorskip("jsonschema")


@pytest.fixture
def validator(ketsim):
    """Validator of the schema that the program prints."""
    schema = json.loads(ketsim("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def split(path):
    """Keys of a path such as programmes[rocket].budget."""
    return path.replace("]", "").replace("[", ".").split(".")


def value_of(text, kind):
    """A text of the table of parameters as JSON."""
    if kind in ("real", "integer", "boolean", "reals by name"):
        return json.loads(text)
    if kind.startswith("list"):
        return text.split(", ") if text else []
    return text


def resolved(path):
    """The scenario of a result file with all its parameters, rebuilt from their table."""
    scenario = {}
    with h5py.File(path) as file:
        columns = [[text.decode() for text in values] for values in
                   (file["parameters/path"][()], file["parameters/type"][()], file["parameters/value"][0])]
    for name, kind, text in zip(*columns, strict=True):
        *sections, last = split(name)
        at = scenario
        for section in sections:
            at = at.setdefault(section, {})
        at[last] = value_of(text, kind)
    return scenario


@pytest.mark.parametrize("name", ["no_programme", "rocket"])
def test_examples_are_valid(ketsim, validator, scenarios, tmp_path, name):
    done = ketsim("run", scenarios / f"{name}.yaml", "-o", "x.h5", "--replicates", 1, "--set", "time.end=2014-02",
                  "--set", "horizons=[2014-02]", "--set", "population.agents=50")
    assert done.code == 0, done.err
    scenario = resolved(tmp_path / "x.h5")
    assert len(scenario) > 8
    validator.validate(scenario)
    scenario["network"]["mixing"] = 2
    assert not validator.is_valid(scenario)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"time": {"start": "2014-03"}},
        {"programmes": {"rocket": None}},
        {"programmes": {"rocket": {"policies": {"projects": {"params": {"co_funding_rate": 0.5}}}}}},
        {"programmes": {"rocket": {"policies": {"more": {"instrument": "event", "share": 0, "params": {"cost": 5000}}}}}},
        {"processes": {"awareness": {"enabled": False}}},
        {"technologies": {"photonics": {"cost": {"micro": 1000}}}},
    ],
)
def test_schema_and_program_accept(ketsim, validator, small, changes):
    path = small(base="rocket.yaml", **changes)
    assert ketsim("validate", path).err == ""
    validator.validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "changes",
    [
        {"tittle": "x"},
        {"seed": "x"},
        {"seed": 1.5},
        {"replicates": 0},
        {"time": {"start": "2014-13"}},
        {"horizons": "2017-01"},
        {"network": {"mixing": 2}},
        {"population": {"scope": "cor"}},
        {"sectors": []},
        {"technologies": {"photonics": {"cost": {"micro": "cheap"}}}},
        {"processes": {"awarenes": {"enabled": False}}},
        {"processes": {"awareness": {"media_rat": 1}}},
        {"programmes": {"rocket": {"policies": {"more": {"instrument": "evnt"}}}}},
        {"programmes": {"rocket": {"policies": {"events": {"instrument": "event", "params": {"co_funding_rate": 0.5}}}}}},
        {"programmes": {"rocket": {"policies": {"events": {"instrument": "event", "params": {"cost": -1}}}}}},
    ],
)
def test_schema_and_program_refuse(ketsim, validator, small, changes):
    path = small(base="rocket.yaml", **changes)
    assert ketsim("validate", path).code == 2
    assert not validator.is_valid(json.loads(path.read_text(encoding="utf-8")))


def test_only_a_file_that_extends_another_may_lack_the_tables(validator):
    assert validator.is_valid({"extends": "other.yaml"})
    assert not validator.is_valid({})
    assert not validator.is_valid({"population": {"regions_file": "r.csv"}})
    assert validator.is_valid({"population": {"regions_file": "r.csv", "organisations_file": "o.csv"}})
