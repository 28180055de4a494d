"""Measures ketsim beside the baselines, and writes what was measured as Markdown.

The numbers go to results.json in the build folder, section by section: a section that is measured
again replaces its old numbers. `--markdown` makes RESULTS.md of them and of RESULTS.template.md, which
holds all text that people write.
"""

import argparse
import json
import os
import string
import sys
from pathlib import Path

import machine
from harness import ROOT, Bench, SectionError
from sections import NAMES, section

FOLDER = Path(__file__).resolve().parent


def read(path):
    """Everything measured so far."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"sections": {}}


def measure(bench, names, path):
    """Measure sections one after another, and save and print each as it is done.

    Returns
    -------
    int
        Number of sections that could not be measured.
    """
    failed = 0
    for name in names:
        about = machine.describe(bench.build)
        try:
            groups = section(name).measure(bench)
        except SectionError as error:
            print(f"\n{name}: not measured: {error}", file=sys.stderr, flush=True)
            failed += 1
            continue
        results = read(path)
        results["machine"] = about
        results["sections"][name] = {"rounds": bench.rounds, "is_quick": bench.is_quick, "groups": groups}
        path.write_text(json.dumps(results, indent=1), encoding="utf-8")
        print(f"\n## {name}\n\n{section(name).show(groups)}", flush=True)
    return failed


def markdown(results):
    """The page of results."""
    parts = {"machine": "\n".join(f"- {key}: {value}" for key, value in results["machine"].items())}
    for name in NAMES:
        measured = results["sections"].get(name)
        if not measured:
            parts[name] = f"Not measured yet: `bash tests/bench/run.sh {name}`."
            continue
        parts[name] = section(name).show(measured["groups"])
        if measured["is_quick"]:
            parts[name] += f"\n\nA quick look only: small sizes, {measured['rounds']} rounds."
    template = (FOLDER / "RESULTS.template.md").read_text(encoding="utf-8")
    return string.Template(template).substitute(parts)


def main():
    """Command line; exit code 1 where a section could not be measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {', '.join(NAMES)}; all")
    parser.add_argument("--build", default="build/bench", help="build folder, from the project's root")
    parser.add_argument("--rounds", type=int, help="measured rounds (5; quick: 2)")
    parser.add_argument("--quick", action="store_true", help="small sizes, two rounds")
    parser.add_argument("--markdown", action="store_true", help="only write RESULTS.md")
    parser.add_argument("--chart", action="store_true", help="draw the chart of the section scale, too")
    options = parser.parse_args()
    unknown = [name for name in options.sections if name not in NAMES]
    if unknown:
        parser.error(f"no section {unknown[0]} (sections: {' '.join(NAMES)})")
    path = ROOT / options.build / "results.json"
    failed = 0
    if not options.markdown:
        rounds = options.rounds or (2 if options.quick else 5)
        bench = Bench(options.build, sys.executable, rounds, options.quick)
        if os.getloadavg()[0] > 0.5:
            print("measure.py: the machine is busy with other work; expect noise", file=sys.stderr)
        failed = measure(bench, options.sections or NAMES, path)
    elif not path.exists():
        parser.error(f"nothing measured yet: {path} is missing")
    else:
        (FOLDER / "RESULTS.md").write_text(markdown(read(path)), encoding="utf-8")
    if options.chart:
        import scale_chart  # only now: Matplotlib would weigh on the memory of every child

        scale_chart.write(read(path)["sections"]["scale"]["groups"], ROOT / "analysis/images")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
