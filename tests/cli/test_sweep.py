"""Sweeps as a user meets them: plan, run, status, collect; interrupted, killed, changed, damaged."""

import csv
import json
import random
import shutil
import signal
import subprocess
import time

import h5py
import numpy as np
import pytest


def table(path):
    """The lines of points.csv."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def same_data(tmp_path, one, other):
    """h5diff of two files in the temporary folder."""
    done = subprocess.run(["h5diff", one, other], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[:2000]


def test_the_whole_way(ketsim, planned, tmp_path):
    assert "5 points x 2 replicates = 10 runs, 0 of them done" in planned().out
    assert ketsim("sweep", "run", "d").code == 0
    assert "done     10\n" in ketsim("sweep", "status", "d").out
    done = ketsim("sweep", "collect", "d", "-o", "x.h5")
    assert (done.code, done.lines) == (0, ["wrote x.h5: 10 of 10 runs"])
    points = table(tmp_path / "d/points.csv")
    with h5py.File(tmp_path / "x.h5") as file:
        assert file.attrs["command"] == "sweep" and file.attrs["design"] == "latin_hypercube"
        assert file["mixing"].attrs["role"] == "factor" and file["mixing"].attrs["path"] == "network.mixing"
        assert [float(point["mixing"]) for point in points] == list(file["mixing"])
        assert (file["years"].attrs["low"], file["years"].attrs["high"]) == (4, 10)
        assert not file["run_state"][()].any()
        assert file["adopters"].shape == (5, 2, 2, 4)
        assert np.isfinite(file["net_additional_adopters"][()]).all()


def test_a_point_is_a_comparison_with_its_values_set(ketsim, planned, tmp_path):
    planned(replicates=3)
    ketsim("sweep", "run", "d")
    ketsim("sweep", "collect", "d", "-o", "x.h5")
    point = table(tmp_path / "d/points.csv")[3]
    settings = [f"--set=network.mixing={point['mixing']}", f"--set=decisions.benefit_years={point['years']}"]
    assert ketsim("compare", "without.yaml", "with.yaml", "-o", "c.h5", "--replicates", 3, *settings).code == 0
    with h5py.File(tmp_path / "x.h5") as swept, h5py.File(tmp_path / "c.h5") as compared:
        for name in ("net_additional_adopters", "public_money_per_additional_adopter", "pair_outcomes_by_region"):
            np.testing.assert_array_equal(swept[name][3], compared[name][()])
        adopters = compared["adopters"][()].sum(axis=(3, 4, 5, 6))[:, :, 11::12]  # [scenario][replicate][year]
        np.testing.assert_array_equal(swept["adopters"][3].swapaxes(0, 1), adopters)


def test_both_engines_of_xarray_open_it(ketsim, planned, tmp_path):
    xarray = pytest.importorskip("xarray")
    planned(baseline=None, margins=True, outputs=["adopters", "cross_border_share"])
    ketsim("sweep", "run", "d")
    ketsim("sweep", "collect", "d", "-o", "x.h5")
    for engine in ("h5netcdf", "netcdf4"):
        with xarray.open_dataset(tmp_path / "x.h5", engine=engine) as data:
            assert data["adopters"].dims[:4] == ("design_point", "replicate", "scenario", "time")
            assert {"region", "ket"} <= set(data["adopters"].dims)
            assert list(data["scenario"].values) == ["with"]
            assert str(data["time"].values[0])[:7] == "2014-12"
            assert data["mixing"].dims == ("design_point",)


def test_killed_at_any_moment_and_run_again_gives_the_same_file(ketsim, binary, planned, tmp_path):
    planned(replicates=4)
    shutil.copytree(tmp_path / "d", tmp_path / "undisturbed")
    assert ketsim("sweep", "run", "undisturbed").code == 0
    assert ketsim("sweep", "collect", "undisturbed", "-o", "u.h5").code == 0
    moments = random.Random(5)
    for _ in range(6):
        process = subprocess.Popen([binary, "sweep", "run", "d"], cwd=tmp_path, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.01, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert ketsim("sweep", "status", "d").code == 0
    assert ketsim("sweep", "run", "d").code == 0
    assert ketsim("sweep", "collect", "d", "-o", "x.h5").code == 0
    same_data(tmp_path, "x.h5", "u.h5")
    assert ketsim("sweep", "run", "d").lines[0] == "0 runs done, 20 done before"


def test_interrupted_it_goes_on_where_it_stopped(ketsim, binary, planned, tmp_path):
    planned(replicates=60)
    process = subprocess.Popen([binary, "sweep", "run", "d", "--threads", "1"], cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    while "done     0\n" in ketsim("sweep", "status", "d").out:
        time.sleep(0.05)
    told = ketsim("sweep", "status", "d").out
    assert "running  1\n" in told and "left     about" in told
    second = ketsim("sweep", "run", "d")
    assert (second.code, second.lines) == (1, ["ketsim: d/runs/shard-1-of-1.journal: another process is writing it"])
    assert "a process is working on this sweep" in ketsim("sweep", "plan", tmp_path / "sweep.yaml", "-o", "d").err
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 143
    assert err == "ketsim: interrupted; what is done is kept, `ketsim sweep run d` goes on\n"
    assert ketsim("sweep", "run", "d").code == 0
    assert "missing  0\n" in ketsim("sweep", "status", "d").out


def test_shards_and_more_replicates_share_one_folder(ketsim, planned, tmp_path):
    planned()
    for shard in ("2/3", "1/3", "3/3"):
        assert ketsim("sweep", "run", "d", "--shard", shard).code == 0
    assert "10 of them done" in planned().out
    assert "15 runs, 10 of them done" in planned(replicates=3).out
    assert ketsim("sweep", "run", "d").lines[0] == "5 runs done, 10 done before"


def test_changed_scenarios_are_told_and_done_anew(ketsim, planned, sweep, tmp_path):
    planned()
    ketsim("sweep", "run", "d")
    changed = tmp_path / "sweep.yaml"
    changed.write_text(changed.read_text().replace('"replicates": 2', '"replicates": 1'))
    note = ketsim("sweep", "run", "d")
    assert note.code == 0 and "sweep.yaml has changed since the sweep was planned" in note.lines[0]
    assert "0 runs done, 10 done before" in note.err
    other = json.loads((tmp_path / "with.yaml").read_text())
    other["decisions"] = {"hurdle": 0.1}
    (tmp_path / "with.yaml").write_text(json.dumps(other))
    assert "5 runs, 0 of them done" in ketsim("sweep", "plan", changed, "-o", "d").out
    other["title"] = "another title changes no result"
    ketsim("sweep", "run", "d")
    (tmp_path / "with.yaml").write_text(json.dumps(other))
    assert "5 runs, 5 of them done" in ketsim("sweep", "plan", changed, "-o", "d").out


def test_the_folder_is_all_that_a_cluster_needs(ketsim, planned, tmp_path):
    planned()
    (tmp_path / "elsewhere").mkdir()
    shutil.move(tmp_path / "d", tmp_path / "elsewhere/d")
    for name in ("sweep.yaml", "with.yaml", "without.yaml"):
        (tmp_path / name).unlink()
    done = ketsim("sweep", "run", "elsewhere/d")
    assert (done.code, done.lines[0]) == (0, "10 runs done, 0 done before")


def test_failed_runs_are_marked_with_their_reason_and_the_rest_goes_on(ketsim, planned, tmp_path, write):
    # A window that ends before its start shows only when both values meet.
    rows = "end,start\n2020-06,2016-01\n2015-06,2016-01\n2020-12,2016-01\n"
    write("points.csv", rows)
    path = "programmes[rocket]"
    planned(
        baseline=None,
        factors={"start": {"path": f"{path}.start"}, "end": {"path": f"{path}.end"}},
        design={"kind": "list", "params": {"file": "points.csv"}},
    )
    done = ketsim("sweep", "run", "d")
    assert done.code == 1
    assert "2 runs failed, the first at point 1, replicate 0:" in done.err
    assert "failed   2\n  2 runs, the first at point 1, replicate 0:" in ketsim("sweep", "status", "d").out
    assert ketsim("sweep", "collect", "d", "-o", "x.h5", "--complete").code == 1
    assert not (tmp_path / "x.h5").exists()
    assert "4 of 6 runs" in ketsim("sweep", "collect", "d", "-o", "x.h5").err
    with h5py.File(tmp_path / "x.h5") as file:
        np.testing.assert_array_equal(file["run_state"][()], [[0, 0], [1, 1], [0, 0]])
        assert np.isnan(file["adopters"][1]).all() and np.isfinite(file["adopters"][2]).all()
        assert [text.decode() for text in file["end"][()]] == ["2020-06", "2015-06", "2020-12"]


def test_every_mistake_of_a_sweep_file_at_once(ketsim, sweep, tmp_path):
    path = sweep(
        titel="x",
        scenarios=["with.yaml", "nowhere.yaml"],
        replicates=0,
        design={"kind": "latin_hypercub"},
        outputs=["adoptrs"],
        factors={
            "a": {"path": "network.mixin"},
            "b": {"path": "network.mixing", "low": 0, "high": 1.5},
            "c": {"path": "decisions.hurdle", "low": 0.3, "high": 0.1},
            "d": {"path": "decisions.hurdle"},
            "time": {"path": "decisions.rivalry"},
            "f/g": {"path": "seed"},
            "h": {"path": "draws", "values": ["thresholds", "nothing"]},
            "i": {"path": "title"},
            "j": {"path": "network.turnover", "low": 0, "high": 0.1, "scale": "logarithmic"},
            "k": {"path": "population.agents"},
        },
    )
    done = ketsim("sweep", "plan", path, "-o", "d")
    assert (done.code, done.out) == (2, "")
    for message in (
        "titel is not known; did you mean 'title'?",
        "there is no scenario",
        "replicates = 0 is below 1",
        "'latin_hypercub' is not known; did you mean 'latin_hypercube'?",
        "'adoptrs' is not known; did you mean 'adopters'?",
        "network.mixin is no parameter of any scenario of the sweep; did you mean 'network.mixing'?",
        "network.mixing = 1.5 is above 1",
        "from 0.3 to 0.1: low must be below high",
        "decisions.hurdle is varied by 'c' already",
        "factors[time]: an output or a column of that name exists",
        "factors[f/g]: a name has letters, digits and _ only",
        "seed is a setting of the sweep",
        "draws = 'nothing' is not known",
        "title is no number; list what it takes under factors[i].values",
        "from 0: a logarithmic scale begins above 0",
        "population.agents declares no plausible range; give factors[k].low and high",
    ):
        assert message in done.err
    assert all(line.startswith(f"{path}:") for line in done.lines)
    assert not (tmp_path / "d").exists()
    validated = ketsim("validate", path)
    assert (validated.code, validated.err) == (2, done.err)


def test_what_contradicts_itself_at_an_end_of_a_range_shows_when_it_is_planned(ketsim, sweep):
    path = sweep(factors={"end": {"path": "time.end", "values": ["2017-12", "2016-12"]}})
    done = ketsim("sweep", "plan", path, "-o", "d")
    assert done.code == 2
    assert "a factor may not change the months that are simulated" in done.err or "horizons" in done.err


def test_a_plan_that_was_cut_off_is_made_again(ketsim, sweep, tmp_path):
    path = sweep()
    for left in (["plan.yaml.part"], ["plan.yaml.part", "scenarios/x.yaml.part", "points.csv"]):
        folder = tmp_path / f"d{len(left)}"
        (folder / "scenarios").mkdir(parents=True)
        for name in left:
            (folder / name).write_text("half")
        assert ketsim("sweep", "plan", path, "-o", folder).code == 0
        assert not list(folder.glob("**/*.part"))


def test_a_folder_of_something_else_is_left_alone(ketsim, sweep, tmp_path):
    path = sweep()
    done = ketsim("sweep", "plan", path, "-o", ".")
    assert (done.code, done.lines) == (2, [".: holds other files; name a folder of the sweep's own"])
    assert "is a file" in ketsim("sweep", "plan", path, "-o", "with.yaml").err
    for verb in (["run"], ["status"], ["collect", "-o", "x.h5"]):
        done = ketsim("sweep", verb[0], ".", *verb[1:])
        assert (done.code, len(done.lines)) == (2, 1) and "holds no planned sweep" in done.err


@pytest.mark.parametrize("name", ["points.csv", "plan.yaml", "scenarios/with.yaml"])
def test_a_changed_plan_is_refused(ketsim, planned, tmp_path, name):
    planned()
    file = tmp_path / "d" / name
    file.write_text(file.read_text()[:-20])
    done = ketsim("sweep", "run", "d")
    assert done.code == 2 and len(done.lines) <= 3
    planned()
    assert ketsim("sweep", "run", "d").code == 0


def test_a_full_disk_ends_the_work_and_loses_nothing(ketsim, binary, planned, tmp_path):
    planned(replicates=6)
    limited = subprocess.run(
        ["bash", "-c", f"ulimit -f 30; trap '' XFSZ; '{binary}' sweep run d"], cwd=tmp_path, capture_output=True, text=True
    )
    assert limited.returncode == 1
    assert "cannot be written: File too large" in limited.stderr
    before = ketsim("sweep", "status", "d").out
    assert "failed   0\n" in before and "done     0\n" not in before
    assert ketsim("sweep", "run", "d").code == 0
    assert "done     30\n" in ketsim("sweep", "status", "d").out


def test_a_journal_that_is_none_is_refused(ketsim, planned, tmp_path):
    planned()
    (tmp_path / "d/runs/shard-1-of-1.journal").write_text("something else")
    done = ketsim("sweep", "run", "d")
    assert done.code == 1
    assert done.lines == ["ketsim: d/runs/shard-1-of-1.journal: is no journal of this version of ketsim"]
