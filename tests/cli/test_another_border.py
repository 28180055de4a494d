"""A border of one's own: the invented one runs from its own YAML and tables, and its programme does something."""

import h5py
import numpy as np


def total(path, scenario, name):
    with h5py.File(path) as file:
        names = [text.decode() for text in file["scenario"][()].ravel()]
        return float(np.nansum(file[name][names.index(scenario)]))


def test_another_border_runs_and_its_programme_does_something(ketsim, scenarios, tmp_path):
    folder = scenarios / "another_border"
    done = ketsim("compare", folder / "another_border.yaml", folder / "with_studies.yaml", "-o", "border.h5", "--replicates", 5)
    assert done.code == 0, done.err
    result = tmp_path / "border.h5"
    with h5py.File(result) as file:
        assert [text.decode() for text in file["region"][()]] == ["AR1", "AR2", "BO1"]
        assert [text.decode() for text in file["ket"][()]] == ["robotics", "biosensors"]
        assert file["firms"][0, 0, 0].sum() > 50
    for name in ("firms_reached", "studies_funded", "public_money_paid"):
        assert total(result, "another_border", name) == 0
        assert total(result, "with_studies", name) > 0
    assert total(result, "another_border", "adoptions") > 0


def test_its_result_stands_in_for_its_scenario(ketsim, scenarios, tmp_path):
    scenario = scenarios / "another_border/with_studies.yaml"
    assert ketsim("run", scenario, "-o", "one.h5", "--replicates", 2).code == 0
    done = ketsim("run", "one.h5", "-o", "two.h5", "--replicates", 2)
    assert done.code == 0, done.err
    assert (tmp_path / "one.h5").read_bytes() == (tmp_path / "two.h5").read_bytes()


def test_mistakes_in_the_users_firms_are_told_with_line_and_column(ketsim, scenarios, write):
    folder = scenarios / "another_border"
    table = (folder / "firms.csv").read_text(encoding="utf-8").replace("F02,AR1,food", "F01,AR7,fod", 1)
    write("firms.csv", table)
    write("x.yaml", f"extends: {folder}/another_border.yaml\npopulation: {{firms_file: firms.csv, ties_file: null}}\n")
    done = ketsim("validate", "x.yaml")
    assert done.code == 2
    assert done.lines == [
        "firms.csv:3:1: firm 'F01' stands in the table twice",
        "firms.csv:3:5: region = 'AR7' is no region; did you mean 'AR1'?",
        "firms.csv:3:9: sector = 'fod' is no sector; did you mean 'food'?",
    ]
