"""What a user waits for before anything is simulated."""

from harness import median
from tables import commands, number, table

ROCKET = "scenarios/rocket.yaml"


def measure(bench):
    """One group of short commands, the last two with and without a second core."""
    options = ["--replicates", 1, "-o", "{output}"]
    run = {
        "version": [f"{bench.build}/ketsim", "--version"],
        "validate ROCKET": bench.ketsim("validate", ROCKET),
        "one world of ROCKET": bench.ketsim("run", ROCKET, *options),
        "one world of ROCKET, one thread": bench.ketsim("run", ROCKET, *options, "--threads", 1),
    }
    return [{"measured": bench.alternate(run)}]


def show(groups):
    """Milliseconds from start to exit."""
    measured = groups[0]["measured"]
    rows = [
        [name, number(1e3 * median(measured, name, "wall")), number(median(measured, name, "rss") / 1e6)]
        for name in measured
    ]
    return table(["command", "ms", "peak memory [MB]"], rows) + "\n\n" + commands(measured)
