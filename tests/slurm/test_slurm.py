"""Sweeps on a cluster: batch scripts, and a real Slurm of one node that runs, loses and requeues their tasks."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
HARNESS = Path(__file__).with_name("one_node_slurm.sh")
#: Folders of users have such names; Slurm and the shell must take them as they are.
AWKWARD = "sweeps of J's 100%a"
#: Parts of the sweep that Slurm runs, one a processor of its node.
TASKS = 4


def call(*command, code=0, **options):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, **options)
    assert done.returncode == code, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def binary():
    """The program under test: KETSIM_BINARY, else that of preset `dev`."""
    named = os.environ.get("KETSIM_BINARY")
    path = Path(named or SCENARIOS.parent / "build/dev/ketsim")
    if not path.exists():
        (pytest.fail if named else pytest.skip)(f"{path} is not built")
    return path


@pytest.fixture
def plan(binary, tmp_path):
    """Function that plans a sweep of 8 points with `replicates` each and gives its folder."""

    def make(replicates=2, end="2017-12", agents=150):
        world = {"time": {"end": end}, "horizons": [end], "population": {"agents": agents}}
        scenario = tmp_path / "small.yaml"
        scenario.write_text(json.dumps({"extends": str(SCENARIOS / "rocket.yaml"), **world}))
        sweep = {
            "scenarios": ["small.yaml"],
            "replicates": replicates,
            "outputs": ["adopters", "projects_funded"],
            "design": {"kind": "sobol", "params": {"points": 8}},
            "factors": {"mixing": {"path": "network.mixing", "low": 0, "high": 0.5}},
        }
        (tmp_path / "sweep.yaml").write_text(json.dumps(sweep))
        folder = tmp_path / AWKWARD / "sweep"
        folder.parent.mkdir()
        call(binary, "sweep", "plan", tmp_path / "sweep.yaml", "-o", folder)
        return folder

    return make


def options_of(script):
    """The #SBATCH lines of a script."""
    return [line.removeprefix("#SBATCH ") for line in script.read_text().splitlines() if line.startswith("#SBATCH ")]


def test_scripts_hold_what_was_asked_for(binary, plan):
    folder = plan()
    where = ["--account", "ket_1", "--partition", "short", "--time", "02:00:00", "--module", "gcc/12", "hdf5"]
    done = call(binary, "sweep", "slurm", folder, "--tasks", "4", "--cpus-per-task", "3", *where)
    array = options_of(folder / "sweep.sbatch")
    assert {"--array=1-4", "--cpus-per-task=3", "--requeue", "--signal=B:USR1@60", "--open-mode=append"} <= set(array)
    for script in ("sweep.sbatch", "collect.sbatch"):
        assert {"--account=ket_1", "--partition=short", "--time=02:00:00"} <= set(options_of(folder / script))
        assert "\nmodule load gcc/12 hdf5\n" in (folder / script).read_text()
        call("bash", "-n", folder / script)
        assert script in done.stdout


def test_scripts_leave_out_what_was_not_asked_for(binary, plan):
    folder = plan()
    call(binary, "sweep", "slurm", folder, "--tasks", "4")
    text = (folder / "sweep.sbatch").read_text()
    assert "module" not in text and "--account" not in text and "--time" not in text


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--tasks", "17"], "--tasks = 17 is above 16, the number of runs"),
        (["--tasks", "4", "--account", "a; rm"], "--account = 'a; rm' has characters"),
        (["--tasks", "4", "--time", "abc"], "--time = 'abc' is no time of Slurm"),
        (["--tasks", "4", "--time", "-1"], "--time = '-1' is no time of Slurm"),
        (["--tasks", "4", "--time", "1:2:3:4"], "--time = '1:2:3:4' is no time of Slurm"),
        (["--tasks", "4", "--time", "1-"], "--time = '1-' is no time of Slurm"),
        (["--tasks", "4", "--module", ""], "--module names no module"),
        (["--tasks", "0"], "--tasks"),
        ([], "--tasks is required"),
    ],
)
def test_bad_requests_are_refused(binary, plan, arguments, problem):
    assert problem in call(binary, "sweep", "slurm", plan(), *arguments, code=2).stderr


@pytest.mark.parametrize("limit", ["90", "90:30", "1:30:00", "2-12", "2-12:30", "2-12:30:00"])
def test_every_form_of_a_time_limit_is_taken(binary, plan, limit):
    folder = plan()
    call(binary, "sweep", "slurm", folder, "--tasks", "4", "--time", limit)
    assert f"--time={limit}" in options_of(folder / "sweep.sbatch")


def test_submitting_without_slurm_tells_that_sbatch_failed(binary, plan):
    done = call(binary, "sweep", "slurm", plan(), "--tasks", "2", "--submit", code=1, env={"PATH": "/nowhere"})
    assert "sbatch" in done.stderr


@pytest.fixture(scope="module")
def slurm(tmp_path_factory):
    """Environment of calls of a Slurm of the tests' own."""
    if os.geteuid() != 0:
        pytest.skip("a Slurm of the tests' own needs root")
    folder = Path("/tmp") / f"ketsim-slurm-{os.getpid()}"
    call("bash", HARNESS, "up", folder, TASKS)
    yield {**os.environ, "SLURM_CONF": str(folder / "slurm.conf")}
    call("bash", HARNESS, "down", folder)
    shutil.rmtree(folder)


def await_that(condition, seconds=60):
    """Waits until the function gives something true, and gives it back."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)
    return found


def program_of(folder, part):
    """Process number of the program that works on a part of the sweep, once it has done a run of its own; or None."""
    journal = folder / "runs" / f"shard-{part}-of-{TASKS}.journal"
    if not journal.exists() or journal.stat().st_size < 300:
        return None
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if f"{part}/{TASKS}" in words and str(folder) in words and Path(words[0]).name == "ketsim":
            return int(process.name)
    return None


def has_been_signalled(process, number):
    """Whether a signal waits for a stopped process."""
    status = Path(f"/proc/{process}/status").read_text()
    pending = next(line.split()[1] for line in status.splitlines() if line.startswith("ShdPnd:"))
    return int(pending, 16) >> (number - 1) & 1 == 1


def run_alone(binary, sweep, folder):
    """The sweep's file as one machine makes it, without a cluster."""
    call(binary, "sweep", "plan", sweep, "-o", folder)
    call(binary, "sweep", "run", folder, "--quiet")
    file = folder.with_suffix(".h5")
    call(binary, "sweep", "collect", folder, "--complete", "-o", file)
    return file


def jobs_of(done):
    """Numbers of the jobs `sweep` and `collect` that --submit has told."""
    return [int(line.split()[-1]) for line in done.stdout.splitlines()]


def state_of(job, slurm):
    return call("squeue", "--noheader", "--states=all", "--format=%T", "--job", job, env=slurm).stdout.split()


def await_end(job, slurm):
    over = {"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL"}
    return await_that(lambda: (states := state_of(job, slurm)) and set(states) <= over and states)


def test_tasks_that_are_killed_or_out_of_time_lose_nothing(binary, plan, slurm):
    folder = plan(replicates=4, end="2030-12", agents=1500)
    runs = folder / "runs"
    submission = [binary, "sweep", "slurm", folder, "--tasks", TASKS, "--time", "00:01:00", "--submit"]
    sweep, collect = jobs_of(call(*submission, env=slurm))

    # One task's program is killed, as by a lack of memory; one is stopped in the middle of a world, so that it cannot end
    # before its time is nearly up. Slurm looks at the limits of jobs twice a minute.
    os.kill(await_that(lambda: program_of(folder, 2)), signal.SIGKILL)
    slow = await_that(lambda: program_of(folder, 3))
    os.kill(slow, signal.SIGSTOP)
    alone = run_alone(binary, folder.parents[1] / "sweep.yaml", folder.parent / "alone")
    await_that(lambda: has_been_signalled(slow, signal.SIGUSR1))
    os.kill(slow, signal.SIGCONT)

    # It leaves its world unfinished, waits in the queue, and goes on with that world.
    saved = runs / f"shard-3-of-{TASKS}.worlds"
    await_that(saved.exists)
    assert sorted(await_end(sweep, slurm)) == ["COMPLETED"] * (TASKS - 1) + ["FAILED"]
    log = (folder / "logs/part-3.log").read_text()
    assert "back to the queue" in log and "interrupted" in log
    assert not saved.exists()

    # Collecting finds what the killed task has left, and says so.
    assert await_end(collect, slurm) == ["FAILED"]
    assert "To do what is missing" in (folder / "logs/collect.log").read_text()
    assert not (folder / "sweep.h5").exists()

    # Submitted again, the sweep does that and no more.
    sizes = {file.name: file.stat().st_size for file in runs.iterdir()}
    sweep, collect = jobs_of(call(*submission, env=slurm))
    assert await_end(collect, slurm) == ["COMPLETED"]
    grown = {file.name for file in runs.iterdir() if file.stat().st_size > sizes.get(file.name, 0)}
    assert grown == {f"shard-2-of-{TASKS}.journal"}

    # The same data as without any of this, on one machine.
    assert call("h5diff", "--verbose", folder / "sweep.h5", alone).stdout.strip()
