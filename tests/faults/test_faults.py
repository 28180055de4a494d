"""What goes wrong with machines: each time one clear sentence, an exit code as documented, and no damaged file."""

import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

ANALYSIS = Path(__file__).resolve().parents[2] / "analysis"
COMPARE = '"$K" compare without.yaml with.yaml -o {} --replicates 4 --quiet'


@pytest.fixture
def small_disk(inputs):
    """Function that mounts a file system of so many kilobytes as folder `disk`."""
    folder = inputs / "disk"

    def mount(kilobytes):
        folder.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], capture_output=True)
        if done.returncode != 0:
            pytest.skip("needs the right to mount")
        return folder

    yield mount
    subprocess.run(["umount", folder], capture_output=True)


@pytest.mark.parametrize("kilobytes", [4, 64, 500])
def test_a_full_disk_ends_a_comparison_and_leaves_room(shell, small_disk, kilobytes):
    disk = small_disk(kilobytes)
    done = shell(COMPARE.format("disk/x.h5"))
    assert (done.returncode, done.stderr) == (1, "ketsim: cannot write disk/x.h5: No space left on device\n")
    assert not list(disk.iterdir())


def test_a_full_disk_in_a_checkpoint_keeps_what_was_kept_before(shell, small_disk, inputs):
    disk = small_disk(1000)
    done = shell(COMPARE.format("disk/x.h5").replace("--replicates 4", "--replicates 20") + " --checkpoint-every 3")
    assert done.returncode == 1
    assert done.stderr.startswith("ketsim: ") and "No space left on device" in done.stderr and done.stderr.count("\n") == 1
    assert not (disk / "x.h5").exists() and (disk / "x.h5.ckpt").exists()
    subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)
    assert shell('"$K" resume disk/x.h5.part --quiet').returncode == 0
    shell(COMPARE.format("u.h5").replace("--replicates 4", "--replicates 20"))
    assert (disk / "x.h5").read_bytes() == (inputs / "u.h5").read_bytes()


def test_a_full_disk_in_a_sweep_keeps_the_runs_before(shell, small_disk, inputs):
    disk = small_disk(90)
    assert shell('"$K" sweep plan sweep.yaml -o disk/d').returncode == 0
    done = shell('"$K" sweep run disk/d --quiet')
    assert done.returncode == 1 and "No space left on device" in done.stderr and done.stderr.count("\n") == 1
    collected = shell('"$K" sweep collect disk/d -o disk/x.h5')
    assert collected.returncode == 1 and "No space left on device" in collected.stderr
    assert not list(disk.glob("x.h5*"))
    subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)
    assert shell('"$K" sweep run disk/d --quiet && "$K" sweep collect disk/d -o disk/x.h5 --complete').returncode == 0
    assert shell('"$K" sweep plan sweep.yaml -o e && "$K" sweep run e --quiet && "$K" sweep collect e -o y.h5').returncode == 0
    assert (disk / "x.h5").read_bytes() == (inputs / "y.h5").read_bytes()


def test_a_full_disk_while_planning_leaves_no_half_plan(shell, small_disk):
    disk = small_disk(8)
    done = shell('"$K" sweep plan sweep.yaml -o disk/d')
    assert done.returncode == 1 and "No space left on device" in done.stderr and done.stderr.count("\n") == 1
    assert not (disk / "d/plan.yaml").exists()
    assert shell('"$K" sweep run disk/d').returncode == 2


def test_a_read_only_disk_is_told(shell, small_disk):
    disk = small_disk(100)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    for line, code in ((COMPARE.format("disk/x.h5"), 2), ('"$K" sweep plan sweep.yaml -o disk/d', 1)):
        done = shell(line)
        assert done.returncode == code and "Read-only file system" in done.stderr and done.stderr.count("\n") == 1, done.stderr


def test_a_limit_on_the_size_of_files_is_told(shell, inputs):
    done = shell("ulimit -f 100; " + COMPARE.format("x.h5"))
    assert (done.returncode, done.stderr) == (1, "ketsim: cannot write x.h5: File too large\n")
    assert not list(inputs.glob("x.h5*"))


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("megabytes", [36, 40, 45, 50, 55, 60, 65, 75, 90, 130, 200])
def test_too_little_memory_is_told_or_enough(shell, inputs, megabytes, threads):
    line = f"ulimit -v {megabytes * 1024}; " + COMPARE.format("x.h5") + f" --threads {threads} --set population.agents=20000"
    done = shell(line)
    assert done.returncode in (0, 1, 127), done.stderr  # 127: not even the program's libraries could be loaded
    if done.returncode == 1:
        assert done.stderr == "ketsim: there is not enough memory; take fewer agents or threads\n"
    assert (inputs / "x.h5").exists() == (done.returncode == 0)


def test_two_processes_with_one_output_do_not_mix(shell, inputs):
    line = COMPARE.format("x.h5").replace("--replicates 4", "--replicates 60")
    done = shell(f"{line} & first=$!; sleep 0.3; {line}; second=$?; wait $first; echo $? $second")
    assert done.stdout.split() == ["0", "1"]
    assert "another run is writing it" in done.stderr or "another process is writing it" in done.stderr
    assert [path.name for path in inputs.glob("x.h5*")] == ["x.h5"]
    shell(line.replace("x.h5", "u.h5"))
    assert (inputs / "x.h5").read_bytes() == (inputs / "u.h5").read_bytes()


# Many clusters switch the locks of HDF5 off, and a batch system starts two jobs in the same moment.
@pytest.mark.parametrize("locks_of_hdf5", ["TRUE", "FALSE"])
def test_of_two_processes_that_start_together_one_writes(shell, inputs, locks_of_hdf5):
    shell(COMPARE.format("u.h5"))
    line = COMPARE.format("x.h5") + " --checkpoint-every 6"
    for _ in range(6):
        done = shell(f"export HDF5_USE_FILE_LOCKING={locks_of_hdf5}; {line} & first=$!; {line}; second=$?; wait $first; echo $? $second")
        assert sorted(done.stdout.split()) in (["0", "0"], ["0", "1"]), done.stderr  # both: one after the other
        assert [path.name for path in inputs.glob("x.h5*")] == ["x.h5"]
        assert (inputs / "x.h5").read_bytes() == (inputs / "u.h5").read_bytes()
        (inputs / "x.h5").unlink()


@pytest.mark.parametrize("name", ["x.h5", "x.h5.part", "x.h5.ckpt"])
def test_a_folder_in_the_place_of_a_file_is_told(shell, inputs, name):
    (inputs / name).mkdir()
    (inputs / name / "precious").touch()
    done = shell(COMPARE.format("x.h5") + " --checkpoint-every 6")
    assert done.returncode in (1, 2) and done.stderr.count("\n") == 1, done.stderr
    assert (inputs / name / "precious").exists()


def test_nobody_reads_the_output(shell):
    for line in ('"$K" describe parameters | true', '"$K" schema | head -c 10 >/dev/null', '"$K" sweep --help | true'):
        done = shell(f"set -o pipefail; {line}")
        assert done.returncode in (0, 1, 141) and "terminate" not in done.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_do_not_disturb_the_file(shell, inputs, closed):
    done = shell(COMPARE.format("x.h5") + f" {closed}")
    assert done.returncode == 0
    shell(COMPARE.format("u.h5"))
    assert (inputs / "x.h5").read_bytes() == (inputs / "u.h5").read_bytes()


def test_a_terminal_that_goes_away_keeps_the_work(binary, inputs):
    line = [binary, "run", "with.yaml", "-o", "x.h5", "--replicates", "100000", "--checkpoint-every", "6", "--quiet"]
    default = partial(signal.signal, signal.SIGHUP, signal.SIG_DFL)  # also where the tests are run under nohup
    with subprocess.Popen(line, cwd=inputs, stderr=subprocess.DEVNULL, preexec_fn=default) as process:
        try:
            end = time.monotonic() + 30
            while not (inputs / "x.h5.ckpt").exists() and time.monotonic() < end:
                time.sleep(0.01)
            process.send_signal(signal.SIGHUP)
            assert process.wait(timeout=30) == 128 + 1
        finally:
            process.kill()
    assert (inputs / "x.h5.ckpt").exists() and not (inputs / "x.h5").exists()


def test_a_clock_that_jumps_changes_no_result(shell, inputs):
    plan = '"$K" sweep plan sweep.yaml -o '
    assert shell(plan + 'u && "$K" sweep run u --quiet && "$K" sweep collect u -o u.h5').returncode == 0
    assert shell(plan + "d").returncode == 0
    jumping = "FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -f"  # ten years ahead, then ten behind, then an hour at each look
    for shard, clock in enumerate(["+10y", "-10y", "+0 i3600"], start=1):
        done = shell(f"{jumping} '{clock}' \"$K\" sweep run d --shard {shard}/3 --quiet")
        assert done.returncode == 0, done.stderr
        done = shell('"$K" sweep status d')
        assert done.returncode == 0 and not re.search(r"-\d", done.stdout), done.stdout
    assert shell('"$K" sweep collect d -o d.h5').returncode == 0
    assert (inputs / "d.h5").read_bytes() == (inputs / "u.h5").read_bytes()


def test_programs_of_the_analysis_tell_a_full_disk(shell, small_disk, inputs):
    assert shell(COMPARE.format("x.h5")).returncode == 0
    disk = small_disk(40)
    for line in ("report.py x.h5 -o disk/report.html", "charts.py x.h5 -o disk/charts"):
        done = shell(f"'{sys.executable}' '{ANALYSIS}'/{line}")
        assert done.returncode == 2 and "No space left on device" in done.stderr and done.stderr.count("\n") == 1, done.stderr
    assert not (disk / "report.html").exists()
