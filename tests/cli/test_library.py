"""The library of scenarios: each one is valid, differs from the one that it extends, and keeps to its money."""

import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import h5py
import numpy as np
import pytest

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"

#: Until the projects of the follow-up programme have begun, with few firms.
SHORT = ["--replicates", 2, "--set", "time.end=2023-06", "--set", "horizons=[2023-06]", "--set", "population.agents=400"]

#: A quota for newcomers need not bind in each world (tests/verification/stylised_facts_test.cpp).
MAY_EQUAL_WHAT_IT_EXTENDS = {"newcomer_quota"}

LIBRARY = sorted(SCENARIOS.glob("*.yaml"))
EXAMPLES = sorted((SCENARIOS / "instruments").glob("*.yaml"))
OTHERS = [path for folder in ("another_border", "verification") for path in sorted((SCENARIOS / folder).glob("*.yaml"))]
EVERY = LIBRARY + EXAMPLES + OTHERS


def name_of(path):
    """Name of a scenario, also of its tests."""
    return path.stem


def compared(tmp_path_factory, binary, baseline, alternatives):
    """Series by name and parameters by scenario of one `ketsim compare`."""
    result = tmp_path_factory.mktemp("library") / "all.h5"
    subprocess.run([binary, "compare", baseline, *alternatives, "-o", result, *map(str, SHORT)], check=True)
    with h5py.File(result) as file:
        texts = {name: [text.decode() for text in file[name][()].ravel()] for name in ("scenario", "instrument", "programme")}
        series = {name: item[()] for name, item in file.items() if isinstance(item, h5py.Dataset) and item.dtype.kind in "fiu"}
        paths = [text.decode() for text in file["parameters/path"][()]]
        values = file["parameters/value"][()]
    parameters = {
        name: {path: value.decode() for path, value in zip(paths, row) if value} for name, row in zip(texts["scenario"], values)
    }
    return SimpleNamespace(**texts, series=series, parameters=parameters)


@pytest.fixture(scope="module")
def library(tmp_path_factory, binary):
    """All scenarios of the folder against no programme."""
    baseline = SCENARIOS / "no_programme.yaml"
    return compared(tmp_path_factory, binary, baseline, [path for path in LIBRARY if path != baseline])


@pytest.fixture(scope="module")
def examples(tmp_path_factory, binary):
    """All examples of single instruments against no programme."""
    return compared(tmp_path_factory, binary, SCENARIOS / "no_programme.yaml", EXAMPLES)


def test_every_scenario_is_valid(ketsim):
    done = ketsim("validate", *EVERY)
    assert (done.code, done.err) == (0, "")
    assert len(done.out.splitlines()) == len(EVERY) > 40


def of_scenario(result, name, series):
    """A series of one scenario: replicate, time, and its own dimensions."""
    return result.series[series][result.scenario.index(name)]


def differs(result, one, other):
    """Whether any series differs between two scenarios."""
    here, there = result.scenario.index(one), result.scenario.index(other)
    by_scenario = [values for values in result.series.values() if len(values) == len(result.scenario)]
    return any(not np.array_equal(values[here], values[there], equal_nan=True) for values in by_scenario)


def expect_difference(result, path):
    """Differs from no programme, and from the scenario which it extends."""
    parent = re.search(r"^extends: (?:.*/)?(\w+)\.yaml$", path.read_text(encoding="utf-8"), re.MULTILINE).group(1)
    assert differs(result, path.stem, "no_programme")
    assert path.stem in MAY_EQUAL_WHAT_IT_EXTENDS or differs(result, path.stem, parent), parent


def expect_money_in_order(result, name):
    """Programmes spend, and each keeps to its budget and to what comes back; entitlements and guarantees may exceed it."""
    parameters = result.parameters[name]
    programmes = {match.group(1) for path in parameters if (match := re.match(r"programmes\[(\w+)\]", path))}
    money = {series: of_scenario(result, name, f"public_money_{series}") for series in ("committed", "released", "paid", "repaid")}
    assert (sum(money.values()).sum() > 0) == bool(programmes)
    for programme in programmes:
        column = result.programme.index(programme)
        committed, released, paid, repaid = (np.cumsum(values[..., column], axis=1) for values in money.values())
        owed = committed[:, -1] - released[:, -1]
        assert (owed > 0).any(), programme  # where awards are few, a world may have none
        assert ((paid[:, -1] > 0) == (owed > 0)).all(), "what was promised and not given back is paid"
        assert (committed - released >= paid - 0.01).all(), "nothing is paid that was not promised"
        rules = [value for path, value in parameters.items() if path.startswith(f"programmes[{programme}]")
                 and path.endswith((".rule", ".instrument"))]
        if "entitlement" not in rules and "loan_guarantee" not in rules:
            budget = float(parameters[f"programmes[{programme}].budget"])
            assert (committed - released <= budget + repaid + 0.01).all(), programme


@pytest.mark.parametrize("path", [path for path in LIBRARY if path.stem != "no_programme"], ids=name_of)
def test_a_scenario_of_the_library_differs_and_keeps_to_its_money(library, path):
    expect_difference(library, path)
    expect_money_in_order(library, path.stem)


@pytest.mark.parametrize("path", EXAMPLES, ids=name_of)
def test_an_example_spends_through_its_instrument(examples, path):
    name = path.stem
    expect_difference(examples, path)
    expect_money_in_order(examples, name)
    used = {value for key, value in examples.parameters[name].items() if key.endswith(".instrument")}
    assert name in used
    for column, instrument in enumerate(examples.instrument):
        committed = of_scenario(examples, name, "net_commitments")[..., column]
        applications, awards = (of_scenario(examples, name, series)[..., column].sum() for series in ("applications", "awards"))
        assert (committed > 0).any() == (instrument in used)
        assert (awards > 0) == (applications > 0) and awards <= applications
        if instrument not in used:
            assert applications == 0


def test_every_instrument_has_an_example(examples):
    assert sorted(examples.instrument) == sorted(map(name_of, EXAMPLES))
