"""Single kernels, by Google Benchmark."""

import json
import tempfile

from harness import ROOT, run_once
from tables import number, table

PROGRAM = "ketsim_kernels"


def measure(bench):
    """One group with the median of each kernel over the rounds."""
    with tempfile.NamedTemporaryFile(dir=ROOT / bench.build, suffix=".json") as report:
        options = [f"--benchmark_repetitions={bench.rounds}", "--benchmark_report_aggregates_only=true"]
        options += [f"--benchmark_out={report.name}", "--benchmark_out_format=json"]
        options += ["--benchmark_min_time=0.05"] if bench.is_quick else ["--benchmark_min_time=0.2"]
        run_once([f"{bench.build}/{PROGRAM}", *options])
        entries = json.load(report)["benchmarks"]
    return [{"kernels": [entry for entry in entries if entry.get("aggregate_name") in (None, "median")]}]


def show(groups):
    """Time of one call, and of one item (a firm, a cell, an argument) where a call has several."""
    to_ns = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
    rows = []
    for kernel in groups[0]["kernels"]:
        call = kernel["cpu_time"] * to_ns[kernel["time_unit"]]
        items = kernel.get("items_per_second")
        name = kernel["run_name"].replace("_", " ")
        rows.append([name, number(call), number(1e9 / items if items else call)])
    return table(["kernel / size", "ns per call", "ns per item"], rows)
