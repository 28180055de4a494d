"""The full model: what a firm-month costs, against an agent-step of the plain loop of the reference work."""

import subprocess

from harness import ROOT, median
from tables import commands, count, number, ratio, table

SCENARIO = "scenarios/rocket.yaml"
TOP_ROWS = 16  #: the largest of ketsim's own timings


def measure(bench):
    """One group for each scope, the last with ketsim's own timings where it has them."""
    groups = []
    scopes = {"sectors": 26_000} if bench.is_quick else {"sectors": 26_000, "enterprises": 260_000}
    for scope, agents in scopes.items():
        run = {
            name: bench.ketsim(
                "run", SCENARIO, "--replicates", 1, "--threads", threads, "-o", "{output}",
                population__scope=scope,
            )
            for name, threads in {"ketsim, 1 thread": 1, "ketsim, 2 threads": 2}.items()
        }
        run["plain_loop"] = bench.baseline("plain_loop", agents=agents)
        measured = bench.alternate(run)
        timings = own_timings(bench, run["ketsim, 1 thread"])
        groups.append({"scope": scope, "agents": agents, "measured": measured, "timings": timings})
    return groups


def own_timings(bench, command):
    """Rows of `--timings` (name, seconds, share), the header first; none where ketsim lacks it."""
    usage = subprocess.run(
        [f"{bench.build}/ketsim", "run", "--help"], cwd=ROOT, capture_output=True, text=True
    ).stdout
    if "--timings" not in usage:
        return []
    command = [word.replace("{output}", f"{bench.build}/timings.h5") for word in command]
    printed = subprocess.run([*command, "--timings"], cwd=ROOT, capture_output=True, text=True).stderr
    rows = [line.split("\t") for line in printed.splitlines()]
    return [row for row in rows if len(row) == 3]


def show(groups):
    """Costs and ratios; below them where the time goes."""
    rows = []
    for group in groups:
        measured = group["measured"]
        plain = median(measured, "plain_loop", "agent-steps/s")
        for name in measured:
            own = median(measured, name, "agent-steps/s")
            wall = median(measured, name, "wall")
            label = f"{name}, {group['scope']} ({count(group['agents'])})"
            rows.append([label, number(1e9 / own), ratio(plain, own), number(wall)])
    header = ["program, scope (agents)", "ns per firm-month", "times plain_loop", "whole process [s]"]
    parts = [table(header, rows)]
    for group in groups:
        if group["timings"]:
            header, *processes = group["timings"]
            parts.append(f"Where the time goes, {group['scope']}, one thread:")
            largest = sorted(processes, key=lambda row: -float(row[1]))[:TOP_ROWS]
            parts.append(table(header, largest))
    return "\n\n".join([*parts, commands(groups[0]["measured"])])
