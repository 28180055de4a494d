"""The folder of a sweep: what changes in it is told, nothing of it is written over, and what is damaged counts as missing."""

import hashlib
import os
import shutil
import subprocess
import time

import h5py
import pytest

JOURNAL = "d/runs/shard-1-of-1.journal"
ONE_SCENARIO = {
    "baseline": None,
    "design": {"kind": "grid", "params": {"levels": 3}},
    "factors": {"mixing": {"path": "network.mixing", "low": 0, "high": 0.5}},
}


def sha256(text):
    """As a plan holds it: in quotes where it could be taken for a number."""
    digits = hashlib.sha256(text.encode()).hexdigest()
    return digits if digits[0].isalpha() else f'"{digits}"'


def with_right_hashes(folder):
    """Makes the hashes of a changed plan right again, as one would who wants it to pass."""
    plan = folder / "plan.yaml"
    heading, *lines = plan.read_text().splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.strip() == "- path: points.csv":
            lines[number + 1] = f"    sha256: {sha256((folder / 'points.csv').read_text())}\n"
    said = "".join(lines[:-1])
    assert lines[-1].startswith("sha256: ")
    plan.write_text(f'{heading}{said}sha256: {sha256(said)}\n')


def flip(path, place):
    """Damages one byte of a file."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n  seed: 1\n", "\n  seed: 3\n"),
        ("path: network.mixing\n", "path: decisions.hurdle\n"),
        ("low: 0\n", "low: 0.1\n"),
        ("kind: latin_hypercube\n", "kind: sobol\n"),
        ("- scenarios/with.yaml\n", "- scenarios/without.yaml\n"),
        ("every: 12\n", "every: 6\n"),
        ("margins: false\n", "margins: true\n"),
        ("outputs: []\n", "outputs: [adopters]\n"),
        ("baseline: scenarios/without.yaml\n", 'baseline: ""\n'),
    ],
)
def test_a_change_of_the_sweep_in_a_plan_is_told(ketsim, planned, tmp_path, old, new):
    planned()
    plan = tmp_path / "d/plan.yaml"
    text = plan.read_text()
    assert old in text
    plan.write_text(text.replace(old, new))
    for verb in (["run"], ["status"], ["collect", "--complete", "-o", "x.h5"]):
        done = ketsim("sweep", verb[0], "d", *verb[1:])
        assert (done.code, done.err) == (2, "d: plan.yaml was changed; plan the sweep again\n")


@pytest.mark.parametrize(
    ("old", "new"), [("\n  seed: 1\n", "\n  seed: 3\n"), ("path: network.mixing\n", "path: network.turnover\n")]
)
def test_a_plan_whose_identities_are_others_is_refused_whatever_its_hashes_say(ketsim, planned, tmp_path, old, new):
    planned()
    plan = tmp_path / "d/plan.yaml"
    plan.write_text(plan.read_text().replace(old, new))
    with_right_hashes(tmp_path / "d")
    done = ketsim("sweep", "run", "d")
    assert (done.code, done.err) == (2, "d: plan.yaml and points.csv do not belong together; plan the sweep again\n")


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.rsplit(",", 1)[0],
        lambda line: line + ",1",
        lambda line: line.replace(line.split(",")[3], "no identity") if line[0] != "d" else line,
        lambda line: line.replace(line.split(",")[3][:4], "zzzz") if line[0] != "d" else line,
        lambda line: line.replace(",0,", ",x,", 1) if line[0] != "d" else line,
        lambda line: line.replace("mixing", "mixed"),
    ],
)
def test_points_of_another_form_are_refused_whatever_their_hash_says(ketsim, planned, tmp_path, change):
    planned()
    points = tmp_path / "d/points.csv"
    points.write_text("".join(change(line) + "\n" for line in points.read_text().splitlines()))
    with_right_hashes(tmp_path / "d")
    done = ketsim("sweep", "status", "d")
    assert done.code == 2
    assert "points.csv" in done.err and "plan.yaml was changed" not in done.err


def test_a_copy_of_a_table_gives_the_same_runs(ketsim, planned, small, tmp_path, scenarios):
    planned(**ONE_SCENARIO)
    assert ketsim("sweep", "run", "d").code == 0
    (tmp_path / "tables").mkdir()
    shutil.copy(scenarios / "data/regions.csv", tmp_path / "tables/copied.csv")
    small("with.yaml", base="rocket.yaml", population={"agents": 150, "regions_file": "tables/copied.csv"})
    assert "6 runs, 6 of them done" in ketsim("sweep", "plan", "sweep.yaml", "-o", "d").out


def test_a_table_may_have_the_longest_name_of_a_file(ketsim, planned, small, tmp_path, scenarios):
    name = "n" * 251 + ".csv"
    shutil.copy(scenarios / "data/regions.csv", tmp_path / name)
    small("long.yaml", base="rocket.yaml", population={"agents": 150, "regions_file": name})
    planned(**ONE_SCENARIO | {"scenarios": ["long.yaml"]})
    assert ketsim("sweep", "run", "d").code == 0


def test_a_scenario_in_a_deep_folder_can_be_swept(ketsim, planned, tmp_path, small):
    deep = "/".join(["a folder with a long name"] * 8)
    planned(baseline=None, scenarios=[str(small(f"{deep}/with.yaml", base="rocket.yaml"))])
    assert ketsim("sweep", "run", "d").code == 0


def test_a_sweep_goes_on_with_what_was_planned_when_its_folder_changes_meanwhile(binary, ketsim, planned, tmp_path):
    planned(**ONE_SCENARIO | {"design": {"kind": "grid", "params": {"levels": 60}}})
    run = [binary, "sweep", "run", "d", "--threads", "1"]
    process = subprocess.Popen(run, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    while "done     0\n" in ketsim("sweep", "status", "d").out:
        time.sleep(0.02)
    shutil.rmtree(tmp_path / "d/scenarios")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0 and "120 runs done" in err


def inputs_of_a_sweep(folder):
    return [
        "d/plan.yaml", "d/points.csv", "d/scenarios/with.yaml", JOURNAL, "sweep.yaml", "with.yaml",
        str(folder / "without.yaml"), "link.h5", "x.h5",
    ]


def test_collecting_never_writes_over_what_it_is_made_from(ketsim, planned, tmp_path):
    planned()
    assert ketsim("sweep", "run", "d").code == 0
    (tmp_path / "link.h5").symlink_to("d/plan.yaml")
    (tmp_path / "x.h5.part").hardlink_to(tmp_path / "with.yaml")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for output in inputs_of_a_sweep(tmp_path):
        done = ketsim("sweep", "collect", "d", "-o", output)
        assert done.code == 2, output
        assert done.lines[0].startswith(f"-o {output}: would write over the input "), done.err
    assert "is for the sweep's own files" in ketsim("sweep", "collect", "d", "-o", "d/runs/x.journal").err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert ketsim("sweep", "collect", "d", "-o", "d/sweep.h5").code == 0


def test_a_damaged_run_is_missing_and_nothing_complete_is_collected(ketsim, planned, tmp_path):
    planned()
    assert ketsim("sweep", "run", "d").code == 0
    flip(tmp_path / JOURNAL, -500)
    status = ketsim("sweep", "status", "d").out
    assert "done     9\n" in status and "missing  1\n" in status
    done = ketsim("sweep", "collect", "d", "--complete", "-o", "x.h5")
    assert (done.code, len(done.lines)) == (1, 1)
    assert done.err == "ketsim: 9 of 10 runs are done, 0 failed, 1 are damaged on disk; nothing is written\n"
    assert not list(tmp_path.glob("x.h5*"))
    assert "9 of 10 runs" in ketsim("sweep", "collect", "d", "-o", "x.h5").err
    assert ketsim("sweep", "run", "d").lines[0] == "1 runs done, 9 done before"
    assert ketsim("sweep", "collect", "d", "--complete", "-o", "x.h5").code == 0


def test_a_damaged_session_only_hides_its_threads(ketsim, planned, tmp_path):
    planned()
    assert ketsim("sweep", "run", "d").code == 0
    flip(tmp_path / JOURNAL, len("ketsim journal 1\n") + 56 + 4)  # behind the head of the first record
    assert "done     10\n" in ketsim("sweep", "status", "d").out
    assert ketsim("sweep", "run", "d").lines[0] == "0 runs done, 10 done before"
    assert ketsim("sweep", "collect", "d", "--complete", "-o", "x.h5").code == 0
    assert "10 of them done" in ketsim("sweep", "plan", "sweep.yaml", "-o", "d").out


def test_a_damaged_reason_does_not_hide_the_failure(ketsim, planned, tmp_path, write):
    factors = {"start": {"path": "programmes[rocket].start"}, "end": {"path": "programmes[rocket].end"}}
    design = {"kind": "list", "params": {"file": "points.csv"}}
    write("points.csv", "end,start\n2020-06,2016-01\n2015-06,2016-01\n2020-12,2016-01\n")
    planned(baseline=None, replicates=1, factors=factors, design=design)
    assert ketsim("sweep", "run", "d", "--threads", 1).code == 1
    content = (tmp_path / JOURNAL).read_bytes()
    failed = content.index(b"\x0aket\x04\x00\x00\x00")  # the head of a record of kind 4
    flip(tmp_path / JOURNAL, failed + 56 + 4)
    status = ketsim("sweep", "status", "d")
    assert status.code == 0 and "failed   1\n" in status.out and "the reason is damaged on disk" in status.out


def test_runs_that_cannot_be_read_are_not_taken_for_none(ketsim, planned, tmp_path):
    planned()
    shutil.rmtree(tmp_path / "d/runs")
    assert "done     0\n" in ketsim("sweep", "status", "d").out
    (tmp_path / "d/runs").write_text("a file where the folder was")
    for verb in (["status"], ["collect", "-o", "x.h5"]):
        done = ketsim("sweep", verb[0], "d", *verb[1:])
        assert (done.code, done.lines) == (1, ["ketsim: d/runs: cannot be read: Not a directory"])
    done = ketsim("sweep", "plan", "sweep.yaml", "-o", "d")
    assert (done.code, done.lines) == (2, ["d/runs: cannot be read: Not a directory"])


@pytest.mark.parametrize("name", ["../../evil", "sub/evil", "a\\b", "a\nb", "", ".", "..", "n" * 201])
def test_the_name_of_a_scenario_in_a_result_file_leads_nowhere(ketsim, sweep, small, tmp_path, name):
    small("one.yaml", replicates=1)
    assert ketsim("run", "one.yaml", "-o", "one.h5").code == 0
    with h5py.File(tmp_path / "one.h5", "r+") as file:
        file["provenance/scenario"][0] = name
    before = set(tmp_path.rglob("*.yaml"))
    path = sweep(**ONE_SCENARIO | {"scenarios": ["one.h5"]})
    done = ketsim("sweep", "plan", path, "-o", "deep/er/d")
    assert done.code == 2 and len(done.lines) == 1
    assert "one.h5: has a scenario whose name " in done.err
    assert set(tmp_path.rglob("*.yaml")) - before <= {path, tmp_path / "with.yaml", tmp_path / "without.yaml"}


def test_a_path_that_is_no_text_does_not_spoil_the_plan(ketsim, sweep, tmp_path):
    folder = os.fsencode(tmp_path) + b"/caf\xe9"
    os.mkdir(folder)
    os.rename(sweep(**ONE_SCENARIO | {"scenarios": ["../with.yaml"]}), folder + b"/sweep.yaml")
    assert ketsim("sweep", "plan", os.fsdecode(folder + b"/sweep.yaml"), "-o", "d").code == 0
    assert ketsim("sweep", "run", "d").code == 0


def test_a_plan_is_not_written_over_what_it_is_made_from(ketsim, planned, sweep, tmp_path):
    planned()
    before = {path: path.read_bytes() for path in (tmp_path / "d").rglob("*") if path.is_file()}
    path = sweep(**ONE_SCENARIO | {"scenarios": ["d/scenarios/with.yaml"]})
    done = ketsim("sweep", "plan", path, "-o", "d")
    assert (done.code, len(done.lines)) == (2, 1)
    assert "d/scenarios/with.yaml, which it is made from; name another folder" in done.err
    assert {path: path.read_bytes() for path in (tmp_path / "d").rglob("*") if path.is_file()} == before
    assert ketsim("sweep", "plan", path, "-o", "e").code == 0


def test_the_file_of_a_scenario_has_a_name_that_the_folder_can_take(ketsim, sweep, small):
    small("a\\b.yaml")
    done = ketsim("sweep", "plan", sweep(**ONE_SCENARIO | {"scenarios": ["a\\b.yaml"]}), "-o", "d")
    assert done.code == 2 and len(done.lines) == 1
    assert "holds a slash; rename it" in done.err


@pytest.mark.parametrize("name", ["plan.yaml.part", "points.csv.part", "scenarios/with.yaml.part", "sweep.sbatch.part"])
def test_a_pipe_in_the_way_is_not_waited_for(ketsim, planned, tmp_path, name):
    planned(**ONE_SCENARIO)
    os.mkfifo(tmp_path / "d" / name)
    if "sbatch" in name:
        assert ketsim("sweep", "slurm", "d", "--tasks", "2").code == 0
    else:
        assert ketsim("sweep", "plan", "sweep.yaml", "-o", "d").code == 0
    assert not (tmp_path / "d" / name).exists()
