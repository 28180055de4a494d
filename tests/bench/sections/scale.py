"""From ten thousand to millions of firms: what a firm costs in memory and a firm-month in time."""

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
    """Of one size: loop [ns per firm-month], set-up [s], memory [byte per firm]."""
    measured, agents = group["measured"], group["agents"]
    speed = median(measured, NAME, "agent-steps/s")
    set_up = median(measured, NAME, "wall") - agents * MONTHS / speed
    return 1e9 / speed, set_up, median(measured, NAME, "rss") / agents


def show(groups):
    """Costs by size."""
    rows = []
    for group in groups:
        loop, set_up, memory = costs(group)
        peak = median(group["measured"], NAME, "rss") / 1e9
        rows.append(
            [count(group["agents"]), *map(number, (loop, set_up, peak, memory))]
        )
    header = ["firms", "ns per firm-month", "set-up [s]", "peak memory [GB]", "bytes per firm"]
    return table(header, rows) + "\n\n" + commands(groups[-1]["measured"])
