#!/usr/bin/env python3
"""Print the answer of a result file: what changed, for how much, each number with its interval.

Usage: python3 analysis/answer.py FILE.h5
"""

import textwrap

from ketsim_cli import named_packages, parser, run

with named_packages():
    from ketsim_headlines import cost_explained, facts_of, months_of
    from ketsim_measures import Measures
    from ketsim_results import open_results
    from ketsim_wording import one_line

INDENT = "  "
WITHOUT_BASELINE = (
    "One scenario has no baseline, so nothing can be said of what it changed:"
    " use `ketsim compare`."
)
NOTE = (
    "[ ] is the 95 % interval of the mean over {} replicates. It shrinks with more replicates; it"
    " holds neither the luck of a single history nor the doubt about parameters."
)


def wrapped(text, indent=""):
    """A sentence as lines of up to 96 characters."""
    return textwrap.wrap(text, 96, initial_indent=indent, subsequent_indent=indent)


def table(rows):
    """Rows of cells as aligned lines."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        INDENT + "   ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
        for row in rows
    ]


def lines_for(results, measures, alternative):
    """Lines of the answer for one alternative."""
    months = months_of(results)
    rows = [("", *(f"by {month}" for month in months))]
    rows += [
        (INDENT * fact.is_detail + fact.label, *fact.cells)
        for fact in facts_of(results, measures, alternative)
    ]
    lines = table(rows)
    for month in months if measures else ():
        lines += wrapped(cost_explained(measures, alternative, month), INDENT)
    return lines


def answer(results):
    """The whole answer as a list of lines."""
    measures = Measures(results)
    seed = f", seed {results.provenance.seed}" if results.provenance.seed else ""
    twins = "twin replicates" if results.baseline else "replicates"
    lines = []
    for alternative in results.alternatives:
        against = (
            f", against {one_line(results.title(results.baseline))}" if results.baseline else ""
        )
        title = one_line(results.title(alternative))
        lines += [f"{title}{against} ({results.replicates} {twins}{seed})", ""]
        lines += [*lines_for(results, measures, alternative), ""]
    if not results.baseline:
        lines += [WITHOUT_BASELINE]
    return lines + wrapped(NOTE.format(results.replicates))


def main():
    """Run from the command line."""
    options = parser("Print the answer of a ketsim result file.").parse_args()
    print("\n".join(answer(open_results(options.file))))


if __name__ == "__main__":
    run(main)
