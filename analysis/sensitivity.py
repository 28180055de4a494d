#!/usr/bin/env python3
"""Tell which factors of a sweep move an output most.

Usage: python3 analysis/sensitivity.py SWEEP.h5 [OUTPUT...] [--scenario NAME] [--at 2025-03] [-o FOLDER]

Indices by the design: Sobol's (saltelli), Morris' (morris), one at a time, else rank correlations; with intervals, luck taken
off, and missing runs left out. A cost per adopter is skewed, and shares of its variance are those of its dearest points: Sobol's
indices of its reciprocal, net_additional_adopters_per_million, say more.
"""

from pathlib import Path

from ketsim_cli import UserError, named_packages, parser, run

with named_packages():
    from figures.style import write
    from sensitivities.charts import indices_chart
    from sensitivities.morris import morris_indices
    from sensitivities.noise import noise_of
    from sensitivities.ranks import rank_indices
    from sensitivities.sobol import sobol_indices
    from sensitivities.steps import step_indices
    from sensitivities.sweeps import open_sweep

INDICES = {"saltelli": sobol_indices, "morris": morris_indices, "one_at_a_time": step_indices}
#: Above it, differences between points are mostly luck.
MUCH_NOISE = 0.5


def study(sweep, response):
    """All indices of a response that the design allows.

    Parameters
    ----------
    sweep : sensitivities.sweeps.Sweep
    response : sensitivities.sweeps.Response

    Returns
    -------
    list of sensitivities.tables.Indices
    notes : str
        What a reader must know of them: luck, missing values.
    """
    noise = noise_of(response)
    found = INDICES.get(sweep.design, rank_indices)(sweep, response, noise)
    return found, notes_on(response, found[0], noise)


def notes_on(response, indices, noise):
    """What a reader must know of indices, as one line."""
    notes = [f"{indices.used} of {indices.of} {indices.unit} used"]
    undefined = int((~response.is_there).sum())
    if undefined:
        notes.append(f"{undefined} points without a value left out")
    if noise.share == noise.share:
        notes.append(f"luck makes {100 * noise.share:.0f} % of the variance over points")
        if noise.share > MUCH_NOISE:
            notes.append("more replicates are needed")
    else:
        notes.append("luck cannot be told from factors: one replicate")
    return "; ".join(notes)


def tell(sweep, response, indices, notes):
    """Print the table of some indices."""
    print(f"\n{response.title} at the end of {response.at} [{response.unit}]: {response.doc}")
    print(notes)
    print(indices.table.to_string(float_format=lambda value: f"{value:.3g}"))


def arguments():
    """Arguments of the command line."""
    options = parser("Tell which factors of a sweep move an output most.")
    options.add_argument("outputs", metavar="OUTPUT", nargs="*", help="outputs of the file; else its headlines")
    options.add_argument("--scenario", metavar="NAME", help="scenario or alternative; else the last one")
    options.add_argument("--at", metavar="YYYY-MM", help="month; else the last one of the file")
    options.add_argument("-o", "--output", metavar="FOLDER", type=Path, help="folder for tables (CSV) and charts")
    return options.parse_args()


def main():
    """Run from the command line."""
    options = arguments()
    sweep = open_sweep(options.file)
    if not sweep.factors:
        raise UserError(f"{options.file} has no factors")
    print(f"{options.file}: design {sweep.design}, {sweep.points} points, {len(sweep.factors)} factors")
    if sweep.missing:
        print(sweep.missing)
    for name in options.outputs or sweep.headlines:
        response = sweep.response(name, options.scenario, options.at)
        try:
            found, notes = study(sweep, response)
        except UserError as error:
            if options.outputs:  # asked for
                raise
            print(f"\nNothing to tell: {error}")
            continue
        for indices in found:
            tell(sweep, response, indices, notes)
            if options.output:
                save(indices, response, notes, options.output)


def save(indices, response, notes, folder):
    """Write a table as CSV and its chart as PNG, SVG and PDF."""
    folder.mkdir(parents=True, exist_ok=True)
    chart = indices_chart(indices, response, notes)
    indices.table.to_csv(folder / f"{chart.name}.csv")
    write(chart, folder)


if __name__ == "__main__":
    run(main)
