#!/usr/bin/env python3
"""Draw all charts of a result file as PNG, SVG and PDF.

Usage: python3 analysis/charts.py FILE.h5 -o FOLDER
"""

from pathlib import Path

from ketsim_cli import named_packages, parser, run

with named_packages():
    from figures import all_charts
    from figures.style import write
    from ketsim_results import open_results


def write_charts(results, folder):
    """Write every chart that the file has data for.

    Parameters
    ----------
    results : ketsim_results.Results
    folder : pathlib.Path
        Made where it is not there.

    Returns
    -------
    list of str
        Names of the charts written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for chart in all_charts(results):
        write(chart, folder)
        names.append(chart.name)
    return names


def main():
    """Run from the command line."""
    arguments = parser("Draw all charts of a ketsim result file as PNG, SVG and PDF.")
    arguments.add_argument(
        "-o", "--output", metavar="FOLDER", type=Path, required=True, help="folder for the charts"
    )
    options = arguments.parse_args()
    names = write_charts(open_results(options.file), options.output)
    print(f"{options.output}: {len(names)} charts as PNG, SVG and PDF: {', '.join(names)}")


if __name__ == "__main__":
    run(main)
