"""Runs programs in turn and keeps what each run took: time, memory, and the numbers that it printed."""

import os
import re
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: `agent-steps/s 1.23e+08`: a name, a space and a number make up the line.
#: The same with a tab, and a share behind it, are the rows of ketsim's `--timings`.
METRIC = re.compile(r"^([A-Za-z][\w/-]*)[ \t](-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)(?:\t[\d.]+)?$", re.MULTILINE)


class SectionError(Exception):
    """Why a section cannot be measured, as one sentence."""


@dataclass(frozen=True)
class Bench:
    """How to measure.

    Attributes
    ----------
    build : str
        Build folder, relative to the root of the project.
    python : str
        Interpreter that has SciPy and h5py, where they are installed.
    rounds : int
        Measured rounds of each group, after one that warms up.
    is_quick : bool
        Small sizes only.
    """

    build: str
    python: str
    rounds: int
    is_quick: bool

    def ketsim(self, verb, scenario, *arguments, **changes):
        """Command of a ketsim verb; `changes` become `--set`, `__` standing for the dots."""
        if not (ROOT / scenario).exists():
            raise SectionError(f"scenario missing: {scenario}")
        command = [f"{self.build}/ketsim", verb, scenario, *map(str, arguments)]
        for name, value in changes.items():
            command += ["--set", f"{name.replace('__', '.')}={value}"]
        return command

    def baseline(self, name, **options):
        """Command of a baseline."""
        if name == "scipy_csr":
            command = [self.python, "tests/bench/baselines/scipy_csr.py"]
        else:
            command = [f"{self.build}/baselines/{name}"]
        for option, value in options.items():
            command += [f"--{option}", str(value)]
        return command

    def has_scipy(self):
        """Whether the interpreter can import SciPy."""
        return subprocess.run([self.python, "-c", "import scipy.sparse"], capture_output=True).returncode == 0

    def alternate(self, commands, rounds=None, warms_up=True, after=None):
        """Run commands A B C A B C ..., so that a machine that slows down slows down all of them.

        Parameters
        ----------
        commands : dict of str to list of str
            By what tables call them. `{output}` stands for a file that is thrown away.
        rounds : int, optional
            Instead of the usual number.
        warms_up : bool
            One more round first, whose numbers are thrown away.
        after : callable, optional
            Given the output file of each command's last run, returns more numbers for it.

        Returns
        -------
        dict of str to dict
            For each name `command` and `runs`, a list of what each run took.
        """
        rounds = rounds or self.rounds
        measured = {name: {"command": command, "runs": []} for name, command in commands.items()}
        with tempfile.TemporaryDirectory(dir=ROOT / self.build) as folder:
            output = Path(folder) / "output.h5"
            for turn in range(-1 if warms_up else 0, rounds):
                for name, command in commands.items():
                    output.unlink(missing_ok=True)
                    run = run_once([word.replace("{output}", str(output)) for word in command])
                    if turn >= 0:
                        measured[name]["runs"].append(run)
                    if after and turn == rounds - 1 and output.exists():
                        run.update(after(output))
        return measured


def run_once(command):
    """Run a command and wait for it.

    Returns
    -------
    dict
        `wall` and `cpu` [s], `rss`, the peak resident memory [byte], `memory`, a list of (time since
        the start [s], resident memory [byte]), and the numbers it printed. The peak is at least that
        of this Python, some 15 MB: the kernel carries it over.
    """
    with tempfile.TemporaryFile("w+") as printed:
        started = time.perf_counter()
        try:
            process = subprocess.Popen(command, cwd=ROOT, stdout=printed, stderr=printed)
        except OSError as error:
            raise SectionError(f"cannot run {command[0]}: {error.strerror}") from None
        memory, has_ended = [], threading.Event()

        def watch():
            while not has_ended.wait(0.05):
                memory.append((time.perf_counter() - started, resident(process.pid)))

        watcher = threading.Thread(target=watch)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        has_ended.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        text = printed.read()
    if process.returncode != 0:
        last = (text.strip().splitlines() or ["it printed nothing"])[-1]
        raise SectionError(f"exit code {process.returncode} of `{' '.join(command)}`: {last}")
    run = {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "rss": usage.ru_maxrss * 1024, "memory": memory}
    return run | {name: float(value) for name, value in METRIC.findall(text)}


def resident(pid):
    """Resident memory of a process [byte]; 0 where it has just ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def median(measured, name, metric):
    """Median of a number over the runs of a command; None where it was not measured."""
    runs = measured.get(name, {}).get("runs", [])
    values = [run[metric] for run in runs if metric in run]
    return statistics.median(values) if values else None
