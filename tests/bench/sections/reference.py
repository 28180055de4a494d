"""The reference work: ketsim against programs that can do nothing else, at several sizes."""

from harness import ROOT, median, run_once
from tables import commands, count, number, ratio, speed, table, whole

SCENARIO = "scenarios/verification/bass_network.yaml"
BASELINES = ("plain_loop", "csr_loop", "scipy_csr")


def reference_run(bench, agents, threads, replicates=1, **changes):
    """ketsim's command for the reference work."""
    options = ["--replicates", replicates, "--threads", threads, "-o", "{output}"]
    return bench.ketsim("run", SCENARIO, *options, population__agents=agents, **changes)


def measure(bench):
    """One group for each number of agents."""
    groups = []
    for agents in (10**5, 10**6) if bench.is_quick else (10**5, 10**6, 10**7):
        run = {
            "ketsim, 1 thread": reference_run(bench, agents, 1),
            "ketsim, 2 threads": reference_run(bench, agents, 2),
        }
        is_long = agents > 10**6  # minutes a round: no need to warm up, and one of them
        for name in BASELINES:
            if name != "scipy_csr" or (bench.has_scipy() and not is_long):
                run[name] = bench.baseline(name, agents=agents)
        measured = bench.alternate(
            run,
            rounds=1 if is_long else None,
            warms_up=not is_long,
            after=lambda output: adopters_of(bench, output),
        )
        groups.append({"agents": agents, "measured": measured})
    return groups


def adopters_of(bench, output):
    """Numbers of adopters in a result file, as the baselines print them."""
    printed = run_once([bench.python, str(ROOT / "tests/bench/read_adopters.py"), str(output)])
    return {name: printed[name] for name in ("adopters", "adopters_half_way")}


def show(groups):
    """Speeds, ratios, and the adopters by which the reader sees that all do the same work."""
    rows = []
    for group in groups:
        measured = group["measured"]
        plain, csr = (median(measured, name, "agent-steps/s") for name in ("plain_loop", "csr_loop"))
        for name in measured:
            own = median(measured, name, "agent-steps/s")
            rows.append(
                [
                    f"{name} at {count(group['agents'])}",
                    speed(own),
                    number(1e9 / own),
                    ratio(own, plain),
                    ratio(own, csr),
                    whole(median(measured, name, "adopters_half_way")),
                    whole(median(measured, name, "adopters")),
                ]
            )
    header = ["program at agents", "agent-steps/s", "ns per agent-step", "of plain_loop", "of csr_loop"]
    header += ["adopters at step 50", "at step 100"]
    return table(header, rows) + "\n\n" + commands(groups[0]["measured"])
