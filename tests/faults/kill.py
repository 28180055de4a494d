"""Kill ketsim at random moments; nothing finished may be lost, nothing unfinished pass for finished.

Usage: python3 tests/faults/kill.py [KILLS] [SEED]        200 kills of seed 1 where none are given

Each time a comparison, a plan, a run or a collection of a sweep is ended by SIGKILL at a moment drawn evenly from its length. Then
whatever stands under a final name must be complete, and going on (resume, or the same command again) must end in the bytes of an
undisturbed run. Prints what had been under way, and how often.
"""

import collections
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("KETSIM_BINARY", ROOT / "build/dev/ketsim"))
SMALL = {"time": {"end": "2017-12"}, "horizons": ["2017-12"], "population": {"agents": 150}}


class Failure(Exception):
    """Something was lost, or passed for what it was not."""


def expect(holds, what):
    """Raise Failure with a sentence unless something holds."""
    if not holds:
        raise Failure(what)


def call(folder, *arguments):
    """Run ketsim to its end."""
    done = subprocess.run([BINARY, *arguments], cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    expect(done.returncode == 0, f"ketsim {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")


def killed(folder, seconds, *arguments):
    """Run ketsim and end it after so many seconds; whether it was still at work."""
    process = subprocess.Popen([BINARY, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def length(folder, *arguments):
    """Seconds that a command takes."""
    begin = time.monotonic()
    call(folder, *arguments)
    return time.monotonic() - begin


class Comparison:
    """A comparison that keeps checkpoints; goes on with `resume`."""

    command = ("compare", "without.yaml", "with.yaml", "-o", "x.h5", "--replicates", "6", "--checkpoint-every", "4", "--quiet")

    def __init__(self, folder):
        self.seconds = length(folder, *self.command)
        self.bytes = (folder / "x.h5").read_bytes()

    def prepare(self, folder):
        """Remove what an earlier trial left."""
        for path in folder.glob("x.h5*"):
            path.unlink()

    def moment(self, folder):
        """What had been under way."""
        names = {path.name for path in folder.glob("x.h5*")}
        if "x.h5" in names:
            return "comparison: just complete" if len(names) == 1 else "comparison: renamed, not cleared up"
        if any(name.startswith("x.h5.ckpt.") and name.endswith(".part") for name in names):
            return "comparison: in a checkpoint"
        if "x.h5.ckpt" in names:
            return "comparison: months, with checkpoints"
        return "comparison: before the first checkpoint" if "x.h5.part" in names else "comparison: setting up"

    def check(self, folder):
        """What stands under the final name is complete; going on gives the same bytes."""
        final = folder / "x.h5"
        if final.exists():
            expect(final.read_bytes() == self.bytes, "a file under its final name is not complete")
            return
        if (folder / "x.h5.ckpt").exists() and (folder / "x.h5.ckpt").stat().st_size > 100:
            call(folder, "resume", "x.h5.part", "--quiet")
        else:
            call(folder, *self.command)
        expect(final.read_bytes() == self.bytes, "going on did not give the bytes of an undisturbed comparison")


class Sweep:
    """One step of a sweep; goes on with the same command."""

    steps = {
        "plan": ("sweep", "plan", "sweep.yaml", "-o", "d"),
        "run": ("sweep", "run", "d", "--quiet"),
        "collect": ("sweep", "collect", "d", "-o", "x.h5"),
    }

    def __init__(self, folder, step):
        self.step = step
        self.names = list(self.steps)
        self.prepare(folder)
        self.seconds = length(folder, *self.steps[step])
        self.go_on(folder)
        self.bytes = (folder / "x.h5").read_bytes()

    def prepare(self, folder):
        """Bring the sweep to where the step begins."""
        shutil.rmtree(folder / "d", ignore_errors=True)
        for path in folder.glob("x.h5*"):
            path.unlink()
        for name in self.names[: self.names.index(self.step)]:
            call(folder, *self.steps[name])

    @property
    def command(self):
        """The step."""
        return self.steps[self.step]

    def moment(self, folder):  # noqa: ARG002  (asked like that of a comparison)
        """What had been under way."""
        return f"sweep {self.step}"

    def go_on(self, folder):
        """The step again, and those after it."""
        for name in self.names[self.names.index(self.step) :]:
            call(folder, *self.steps[name])

    def check(self, folder):
        """What stands under the final name is complete; going on gives the same bytes."""
        if (folder / "x.h5").exists():
            expect((folder / "x.h5").read_bytes() == self.bytes, "a collected file under its final name is not complete")
        self.go_on(folder)
        expect((folder / "x.h5").read_bytes() == self.bytes, f"a sweep killed in {self.step} did not end in the same bytes")


def write_inputs(folder):
    """Scenarios and a sweep, small enough to run in a moment."""
    for name, base in (("without", "no_programme"), ("with", "rocket")):
        (folder / f"{name}.yaml").write_text(json.dumps({"extends": str(ROOT / f"scenarios/{base}.yaml"), **SMALL}))
    sweep = {
        "baseline": "without.yaml",
        "scenarios": ["with.yaml"],
        "replicates": 3,
        "design": {"kind": "sobol", "params": {"points": 8}},
        "factors": {"mixing": {"path": "network.mixing"}},
    }
    (folder / "sweep.yaml").write_text(json.dumps(sweep))


def kill(kills, seed):
    """Do so many kills; counts by moment."""
    moments = random.Random(seed)
    counts = collections.Counter()
    with tempfile.TemporaryDirectory(prefix="ketsim-kill-") as name:
        folder = Path(name)
        write_inputs(folder)
        kinds = [Comparison(folder), *(Sweep(folder, step) for step in Sweep.steps)]
        for _ in range(kills):
            kind = moments.choices(kinds, weights=(5, 1, 3, 1))[0]
            kind.prepare(folder)
            was_at_work = killed(folder, moments.uniform(0, kind.seconds), *kind.command)
            counts[kind.moment(folder) if was_at_work else "over before the kill"] += 1
            kind.check(folder)
    return counts


def main():
    """Run from the command line."""
    kills, seed = (int(number) for number in (*sys.argv[1:], *("200", "1")[len(sys.argv) - 1 :]))
    counts = kill(kills, seed)
    for moment, count in sorted(counts.items()):
        print(f"{count:5}  {moment}")
    print(f"{kills} kills, nothing lost")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"kill.py: {failure}")
