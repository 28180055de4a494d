"""From ten thousand to millions of firms: what a firm costs in memory and a firm-month in time."""

import statistics

from harness import median
from tables import commands, count, number, table

SCENARIO = "scenarios/rocket.yaml"
MONTHS = 12
NAME = "ketsim, 1 thread"


def measure(bench):
    """One group for each number of firms: the year 2016 of the full model."""
    groups = []
    sizes = (10**4, 10**5) if bench.is_quick else (10**4, 10**5, 10**6, 10**7, 25 * 10**6)
    for agents in sizes:
        command = bench.ketsim(
            "run", SCENARIO, "--replicates", 1, "--threads", 1, "-o", "{output}",
            population__scope="enterprises", population__agents=agents,
            time__start="2016-01", time__end="2016-12", horizons="[2016-12]",
        )
        is_long = agents >= 10**7
        measured = bench.alternate(
            {NAME: command}, rounds=1 if is_long else None, warms_up=not is_long
        )
        groups.append({"agents": agents, "measured": measured})
    return groups


def costs(group):
    """Of one size: loop [ns per firm-month], set-up [s], memory in the loop and at the peak [byte per firm]."""
    measured, agents = group["measured"], group["agents"]
    speed = median(measured, NAME, "agent-steps/s")
    loop = agents * MONTHS / speed
    set_up = median(measured, NAME, "wall") - loop
    peak = median(measured, NAME, "rss")
    # What stays: halfway through the loop, which is the last thing that a run does but for a small file.
    run = measured[NAME]["runs"][-1]
    during = [memory for when, memory in run["memory"] if run["wall"] - loop * 0.7 < when < run["wall"] - loop * 0.3]
    lasting = statistics.median(during) if len(during) > 2 else peak
    return 1e9 / speed, set_up, lasting / agents, peak / agents


def show(groups):
    """Costs by size."""
    rows = []
    for group in groups:
        loop, set_up, memory, peak = costs(group)
        total = median(group["measured"], NAME, "rss") / 1e9
        rows.append([count(group["agents"]), *map(number, (loop, set_up, total, memory, peak))])
    header = ["firms", "ns per firm-month", "set-up [s]", "peak memory [GB]", "bytes per firm", "at the peak"]
    return table(header, rows) + "\n\n" + commands(groups[-1]["measured"])
