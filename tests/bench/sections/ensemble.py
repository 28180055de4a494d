"""Many small worlds on two threads: a whole run of ketsim, file and all, against the bare loops of others."""

from harness import median
from sections.reference import reference_run
from tables import commands, number, ratio, table

AGENTS, REPLICATES, THREADS = 10**4, 64, 2
KETSIM = "ketsim, whole process but for the shared graph"


def measure(bench):
    """One group: the same worlds on one network that all of them share."""
    options = {"agents": AGENTS, "replicates": REPLICATES, "threads": THREADS}
    ketsim = reference_run(bench, AGENTS, THREADS, REPLICATES, network__per_replicate="false")
    run = {KETSIM: [*ketsim, "--timings"]}
    for name in ("plain_loop", "csr_loop"):
        run[f"{name}, loop alone"] = bench.baseline(name, **options)
    return [{"measured": bench.alternate(run)}]


def show(groups):
    """Times; ketsim's with everything, those of the baselines without building the network."""
    measured = groups[0]["measured"]
    plain = median(measured, "plain_loop, loop alone", "seconds")
    rows = []
    for name in measured:
        seconds = median(measured, name, "wall" if name == KETSIM else "seconds")
        if name == KETSIM:
            seconds -= median(measured, name, "graph")
        rows.append([name, number(1e3 * seconds), ratio(plain, seconds)])
    header = [f"{REPLICATES} worlds of {AGENTS:,} agents, {THREADS} threads", "ms", "speed of plain_loop"]
    return table(header, rows) + "\n\n" + commands(measured)
