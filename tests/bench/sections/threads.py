"""More threads instead of one: for one large world, and for many small ones."""

import os

from harness import median
from sections.reference import reference_run
from tables import commands, number, ratio, table

ROCKET = "scenarios/rocket.yaml"


def counts_of_threads():
    """1, 2, 4 and so on, as far as there are cores."""
    return [2**power for power in range(os.cpu_count().bit_length())]


def measure(bench):
    """One group for each piece of work, with ever more threads in turn."""
    def rocket(threads, replicates, **changes):
        options = ["--replicates", replicates, "--threads", threads, "-o", "{output}"]
        return bench.ketsim("run", ROCKET, *options, **changes)

    work = {
        "one world of the reference work, 1e6 agents": lambda t: reference_run(bench, 10**6, t),
        "one world of the full model, 260,000 firms": lambda t: rocket(
            t, 1, population__scope="enterprises"
        ),
        "64 worlds of the reference work, 10,000 agents": lambda t: reference_run(
            bench, 10**4, t, 64, network__per_replicate="false"
        ),
        "32 worlds of ROCKET": lambda t: rocket(t, 32),
    }
    return [
        {"work": name, "measured": bench.alternate({str(t): command(t) for t in counts_of_threads()})}
        for name, command in work.items()
    ]


def show(groups):
    """Times and speed-ups, of the monthly loops and of the whole process."""
    rows = []
    for group in groups:
        measured = group["measured"]
        one_wall, one_speed = (median(measured, "1", metric) for metric in ("wall", "agent-steps/s"))
        for threads in measured:
            wall, speed = (median(measured, threads, metric) for metric in ("wall", "agent-steps/s"))
            rows.append([group["work"], threads, number(wall), ratio(one_wall, wall), ratio(speed, one_speed)])
    header = ["work", "threads", "s", "speed-up", "of the monthly loops"]
    return table(header, rows) + "\n\n" + commands(*(group["measured"] for group in groups))
