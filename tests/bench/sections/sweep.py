"""What a large sweep costs beside its runs: planning it, looking at it, collecting it, and a call that finds all done."""

import json
import shutil

from harness import ROOT, median, run_once
from tables import commands, number, table

END = "2020-06"
#: Six months of fifty firms: the smallest world that still does what a large one does.
WORLD = {
    "extends": str(ROOT / "scenarios/verification/bass_network.yaml"),
    "time": {"end": END},
    "horizons": [END],
    "population": {"agents": 50},
}
FACTORS = {
    "media_rate": {"path": "processes[awareness].media_rate", "low": 0.01, "high": 0.1},
    "mean_degree": {"path": "network.mean_degree", "low": 4, "high": 16},
}
REPLICATES = 10


def write_sweep(folder, points):
    """Write a sweep of tiny worlds."""
    design = {"kind": "latin_hypercube", "params": {"points": points}}
    sweep = {"scenarios": ["world.yaml"], "replicates": REPLICATES, "outputs": ["adopters"], "design": design}
    (folder / "world.yaml").write_text(json.dumps(WORLD), encoding="utf-8")
    (folder / "sweep.yaml").write_text(json.dumps(sweep | {"factors": FACTORS}), encoding="utf-8")


def measure(bench):
    """One group: what happens once, measured once, then what happens again and again."""
    points = 100 if bench.is_quick else 10_000
    name = f"{bench.build}/sweep"
    folder = ROOT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_sweep(folder, points)
    sweep = [f"{bench.build}/ketsim", "sweep"]
    plan = [*sweep, "plan", f"{name}/sweep.yaml", "-o", f"{name}/plan"]
    run = [*sweep, "run", f"{name}/plan", "--quiet"]
    status = [*sweep, "status", f"{name}/plan"]
    try:
        once = {"plan": plan, "status, nothing done": status, "run": run}
        measured = {what: {"command": command, "runs": [run_once(command)]} for what, command in once.items()}
        size = sum(file.stat().st_size for file in (folder / "plan/runs").iterdir())
        collect = [*sweep, "collect", f"{name}/plan", "--complete", "-o", "{output}"]
        again = {"plan, all done": plan, "run, all done": run, "status, all done": status, "collect": collect}
        measured |= bench.alternate(again, after=lambda output: {"file": output.stat().st_size})
    finally:
        shutil.rmtree(folder)
    return [{"runs": points * REPLICATES, "points": points, "journals": size, "measured": measured}]


def show(groups):
    """Seconds and memory of each call, and what lies on disk."""
    [group] = groups
    measured = group["measured"]
    rows = [
        [name, number(median(measured, name, "wall")), number(median(measured, name, "cpu")),
         number(median(measured, name, "rss") / 1e6)]
        for name in measured
    ]
    head = f"{group['points']:,} points x {group['runs'] // group['points']} replicates"
    file = measured["collect"]["runs"][-1]["file"]
    on_disk = f"On disk: {number(group['journals'] / 1e6)} MB of journals, {number(file / 1e6)} MB collected."
    return "\n\n".join([table([head, "s", "processor time [s]", "peak memory [MB]"], rows), on_disk, commands(measured)])
