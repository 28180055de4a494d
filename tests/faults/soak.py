"""Work for a long time; memory, open files and results must not drift. Usage: python3 tests/faults/soak.py MINUTES

One process works on a sweep all the time, on one thread. Beside it comparisons and short sweeps are run again and again, with one
thread and with two, and must give the bytes of the first each time. At the end the long process may hold a tenth more memory than
after the first fifth of the time, and as many open files; its peak beside that of the comparisons is printed as a table.
"""

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("KETSIM_BINARY", ROOT / "build/release/ketsim"))
SMALL = {"time": {"end": "2018-12"}, "horizons": ["2018-12"], "population": {"agents": 400}}
SWEEP = {
    "baseline": "small_no_programme.yaml",
    "scenarios": ["small_rocket.yaml"],
    "design": {"kind": "sobol", "params": {"points": 16}},
    "factors": {
        "mixing": {"path": "network.mixing", "low": 0.05, "high": 0.3},
        "benefit_years": {"path": "decisions.benefit_years", "low": 3, "high": 8},
    },
}
ROWS = 20  # of the table
GROWTH = 1.10


class Failure(Exception):
    """Something drifted."""


def expect(holds, what):
    """Raise Failure with a sentence unless something holds."""
    if not holds:
        raise Failure(what)


def call(folder, *arguments):
    """Run ketsim to its end; its largest memory [MB]."""
    process = subprocess.Popen([BINARY, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    expect(process.returncode == 0, f"ketsim {' '.join(arguments)} ended with {process.returncode}")
    return usage.ru_maxrss / 1024


def digest(path):
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def prepare(folder):
    """Scenarios, a short sweep and an endless one."""
    for name in ("no_programme", "rocket"):
        text = json.dumps({"extends": str(ROOT / f"scenarios/{name}.yaml"), **SMALL})
        (folder / f"small_{name}.yaml").write_text(text, encoding="utf-8")
    for name, replicates in (("short", 2), ("endless", 20_000)):
        (folder / f"{name}.yaml").write_text(json.dumps({**SWEEP, "replicates": replicates}), encoding="utf-8")
    call(folder, "sweep", "plan", "endless.yaml", "-o", "endless")


def one_round(folder, number):
    """A comparison and a short sweep: the digests of their files, and the larger memory of the two."""
    threads = str(1 + number % 2)
    memory = call(folder, "compare", "small_no_programme.yaml", "small_rocket.yaml", "-o", "c.h5", "--replicates", "8", "--threads", threads)
    runs = folder / "short"
    subprocess.run(["rm", "-rf", runs], check=True)
    call(folder, "sweep", "plan", "short.yaml", "-o", "short")
    memory = max(memory, call(folder, "sweep", "run", "short", "--threads", threads))
    call(folder, "sweep", "collect", "short", "-o", "s.h5")
    return (digest(folder / "c.h5"), digest(folder / "s.h5")), memory


def state_of(pid):
    """Resident memory [MB] and open files of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20, len(list(Path(f"/proc/{pid}/fd").iterdir()))


def soak(folder, seconds):
    """Rows of minute, rounds, memory and files of the long process, largest memory of the rounds, journal of the long process [MB]."""
    began = time.monotonic()
    long = subprocess.Popen([BINARY, "sweep", "run", "endless", "--threads", "1", "--quiet"], cwd=folder, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)
    rows, first, rounds = [], None, 0
    try:
        while (passed := time.monotonic() - began) < seconds:
            digests, memory = one_round(folder, rounds)
            first = first or digests
            rounds += 1
            expect(digests == first, f"round {rounds} gave other results than the first")
            expect(long.poll() is None, f"the long sweep ended with {long.returncode}")
            if passed >= len(rows) * seconds / ROWS:
                done = sum(path.stat().st_size for path in (folder / "endless/runs").glob("*.journal")) / 1e6
                rows.append((passed / 60, rounds, *state_of(long.pid), memory, done))
                print("| {:.1f} | {} | {:.1f} | {} | {:.1f} | {:.1f} |".format(*rows[-1]), flush=True)
    finally:
        long.send_signal(signal.SIGTERM)
        long.wait(timeout=60)
    expect(long.returncode == 143, f"the long sweep ended with {long.returncode} when it was asked to stop")
    return rows


def check(rows):
    """Nothing grew since the first fifth of the time."""
    start, end = rows[len(rows) // 5], rows[-1]
    expect(end[2] < GROWTH * start[2], f"the long sweep grew from {start[2]:.1f} to {end[2]:.1f} MB")
    expect(end[3] <= start[3], f"the long sweep had {start[3]} files open, and then {end[3]}")
    expect(end[5] > start[5], "the long sweep came to a halt")
    expect(end[4] < GROWTH * start[4], f"a round took {start[4]:.1f} MB, and then {end[4]:.1f}")


def main():
    """Soak for the minutes that the command line says."""
    print("| minute | rounds | long sweep [MB] | files open | a round, peak [MB] | journal of the long sweep [MB] |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="ketsim-soak-") as name:
        folder = Path(name)
        prepare(folder)
        check(soak(folder, 60 * float(sys.argv[1])))
    print("nothing drifted")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"soak.py: {failure}")
