#!/usr/bin/env python3
"""Measures the tables of sim/ODD.md anew that a change of the model moves, and writes them there.

Not a test: run it by hand after a change that the changelog calls "Numbers change"; about ten minutes on two cores.

Usage: python3 tests/verification/odd_tables.py [--ketsim build/release/ketsim] [library] [instruments] [switches]
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "analysis"))

from ketsim_headlines import estimate_at  # noqa: E402
from ketsim_results import open_results  # noqa: E402

ODD = ROOT / "sim" / "ODD.md"
BASELINE = "no_programme.yaml"
OWN_FUNDS = "decisions.own_funds_share=0.4"
HORIZONS = ("2020-03", "2025-03")

LIBRARY = (
    "rocket rocket_double vouchers tax_credit loans pre_financing outreach_only funding_only follow_up demonstrators"
    " shared_cleanroom closed_calls open_calls slow_decisions fast_decisions matchmaking language_and_law"
).split()
#: Scenario of scenarios/instruments -> how the table calls it.
INSTRUMENTS = {
    "rd_tax_credit": "rd_tax_credit (everyone)",
    "project_grant": "project_grant",
    "proposal_coaching": "project_grant with coaching",
    "pre_financing": "project_grant with pre_financing",
    "soft_loan": "soft_loan",
    "loan_guarantee": "loan_guarantee",
    "innovation_voucher": "innovation_voucher",
    "feasibility_study": "feasibility_study",
    "broadcast_campaign": "broadcast_campaign",
    "company_visit": "company_visit",
    "event": "event",
    "shared_cleanroom": "shared_cleanroom",
    "demonstrator": "demonstrator",
    "matchmaking": "matchmaking",
    "language_training": "language_training",
    "legal_help_desk": "legal_help_desk",
    "intermediary_capacity": "intermediary_capacity",
}
KETS = ("nanotechnology", "photonics", "micro_electronics", "smart_materials")
PROCESSES = (
    "entry spin_offs awareness publicity learning advice_portfolios staff_hours facilities interest review adoption partnering"
    " applying selection joint_pilots outreach projects market ecosystem contact_fading tie_turnover research_lines finance"
    " lending exit"
).split()
#: Mechanism -> what makes it do nothing.
SWITCHES = {
    "everything on": [],
    **{process: [f"processes[{process}].enabled=false"] for process in PROCESSES},
    "frictions of the border": ["borders={DE-NL: {language: 0, culture: 0, legislation: 0}}"],
    "rivalry and business stealing": ["decisions.rivalry=0", "decisions.business_stealing=0"],
    "uncertainty of the benefit": [f"technologies[{ket}].uncertainty=0" for ket in KETS],
    "learning curve of cost": [f"technologies[{ket}].cost_decline=0" for ket in KETS],
    "moving frontier": [f"technologies[{ket}].frontier_growth=0" for ket in KETS],
    "ties between peers": ["network.mean_degree=0"],
    "own funds for investments": ["decisions.own_funds_share=0"],
    "aversion to risk": ["firms.risk_aversion=0"],
    "adopters nearby": ["decisions.nearby_evidence=0"],
    "hearsay of awards": ["processes[selection].hearsay=0"],
    "resubmission": ["processes[selection].resubmission=0"],
    "giving up while waiting": ["processes[applying].withdrawal=0"],
    "novelty across the border": ["processes[projects].border_novelty=0"],
    "erosion by repeated work": ["processes[projects].erosion=0", "processes[joint_pilots].erosion=0"],
}


class Comparison:
    """Results of `ketsim compare` of the baseline with some scenarios."""

    def __init__(self, ketsim, scenarios, replicates, settings=()):
        self._folder = tempfile.TemporaryDirectory()  # goes with the comparison
        path = Path(self._folder.name) / "x.h5"
        files = [str(ROOT / "scenarios" / name) for name in (BASELINE, *scenarios)]
        changes = [part for setting in settings for part in ("--set", setting)]
        command = [ketsim, "compare", *files, "-o", str(path), "--quiet", "--replicates", str(replicates), *changes]
        subprocess.run(command, check=True)
        self._results = open_results(path)

    def measure(self, name, scenario, month):
        return self._results.measures.estimate(name, scenario, month)

    def level(self, name, scenario, month):
        return estimate_at(self._results, name, month, scenario).mean

    def share_across(self, scenario):
        return 100 * self.level("cross_border_share", scenario, "2029-12")


def row(*cells):
    return f"| {' | '.join(cells)} |"


def side_by_side(cells, width):
    """Rows of two columns of entries, the left column first."""
    half = (len(cells) + 1) // 2
    left, right = cells[:half], cells[half:] + [[""] * width] * (2 * half - len(cells))
    return [row(*a, *b) for a, b in zip(left, right)]


def library(ketsim):
    """Net additional adopters and cost of each scenario of the library."""
    found = Comparison(ketsim, [f"{name}.yaml" for name in LIBRARY], 24, [OWN_FUNDS])
    cells = []
    for name in LIBRARY:
        net = [f"{found.measure('net_additional_adopters', name, month).mean:.1f}" for month in HORIZONS]
        money = found.measure("public_money_change", name, HORIZONS[1]).mean / 1e6
        cells.append([name, *net, f"{money:.1f}"])
    return "| scenario | 2020-03 |", side_by_side(cells, 4)


def instruments(ketsim):
    """Net additional adopters and cost of each instrument by itself."""
    files = [f"instruments/{name}.yaml" for name in INSTRUMENTS]
    found = Comparison(ketsim, files, 20, [OWN_FUNDS])
    cells = []
    for name, text in INSTRUMENTS.items():
        net = found.measure("net_additional_adopters", name, HORIZONS[1]).mean
        money = found.measure("public_money_change", name, HORIZONS[1]).mean / 1e6
        cells.append([text, f"{net:.1f}", f"{money:.2f}"])
    return "| instrument | net |", side_by_side(cells, 3)


def switches(ketsim):
    """Adopters, net and shares across the border with each mechanism switched off."""
    rows = []
    for name, settings in SWITCHES.items():
        own_funds = [] if any(setting.startswith("decisions.own_funds") for setting in settings) else [OWN_FUNDS]
        found = Comparison(ketsim, ["rocket.yaml"], 40, [*own_funds, *settings])
        net = found.measure("net_additional_adopters", "rocket", HORIZONS[1])
        rows.append(
            row(
                name,
                f"{found.level('adopters', 'no_programme', HORIZONS[1]):.0f}",
                f"{net.mean:+.1f} ± {(net.high - net.low) / 2:.1f}",
                *(f"{found.share_across(scenario):.1f}" for scenario in ("no_programme", "rocket")),
            )
        )
    return "| switched off | adopters |", rows


def replace_table(start, rows):
    """The body of the table of sim/ODD.md whose header begins with `start`."""
    lines = ODD.read_text(encoding="utf-8").split("\n")
    (header,) = (i for i, line in enumerate(lines) if line.startswith(start))
    end = next(i for i in range(header, len(lines)) if not lines[i].startswith("|"))
    lines[header + 2 : end] = rows
    ODD.write_text("\n".join(lines), encoding="utf-8")


def main():
    tables = {"library": library, "instruments": instruments, "switches": switches}
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("tables", nargs="*", choices=[[], *tables], help="else all")
    arguments.add_argument("--ketsim", default=str(ROOT / "build/release/ketsim"), help="program to measure")
    options = arguments.parse_args()
    for name in options.tables or tables:
        replace_table(*tables[name](options.ketsim))
        print(f"{ODD.name}: {name}", flush=True)


if __name__ == "__main__":
    main()
