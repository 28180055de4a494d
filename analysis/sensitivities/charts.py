"""Charts of sensitivity indices: a row a factor, the strongest first."""

import numpy as np

from figures import Chart
from figures.style import ALTERNATIVES, FAINT, INK, MUTED, footnote, new_figure
from ketsim_wording import slug, words

ROW = 0.30  #: [inch]
FIRST, SECOND = ALTERNATIVES[0], ALTERNATIVES[1]
#: Kind of index -> (what the chart shows, columns, names of the columns, label of the axis).
SHOWN = {
    "sobol": ("Shares of variance", ("first", "total"), ("alone", "with all others"), "share of the variance over the sweep"),
    "sobol_pairs": ("Pairs of factors", ("second",), ("the pair beyond its factors",), "share of the variance over the sweep"),
    "morris": ("Elementary effects", ("mu_star", "sigma"), ("mean size (mu*)", "spread (sigma)"), "change over the whole range of the factor"),
    "ranks": ("Rank correlations", ("partial", "spearman"), ("partial (PRCC)", "Spearman"), "rank correlation, -1 to 1"),
}


def indices_chart(indices, response, notes):
    """Chart of indices of one response.

    Parameters
    ----------
    indices : tables.Indices
    response : sweeps.Response
    notes : str
        What stands under the chart.

    Returns
    -------
    figures.Chart
    """
    draw = _steps if indices.kind == "steps" else _dots
    title, axis = ("One factor at a time", "") if indices.kind == "steps" else (SHOWN[indices.kind][0], SHOWN[indices.kind][3])
    table = indices.table
    unit = "" if response.unit == "1" or indices.kind not in ("morris", "steps") else f" [{response.unit}]"
    figure, (panel,) = new_figure(
        f"{title}: {response.title}",
        f"at the end of {response.at};  " + _legend(indices),
        panel=(6.2, ROW * max(len(table), 3) + 0.1),
        left=0.3 + 0.085 * max(len(words(str(name))) for name in table.index),
        right=0.35,
    )
    draw(panel, indices)
    panel.set_yticks(range(len(table)), [words(str(name)) for name in table.index], color=INK)
    panel.set_ylim(len(table) - 0.5, -0.5)
    panel.grid(axis="y", visible=False)
    panel.grid(axis="x", visible=True)
    panel.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    panel.set_xlabel((axis or words(response.name)) + unit, labelpad=2)
    footnote(figure, notes)
    return Chart(
        slug(f"{indices.kind} {response.name}"), f"{title}: {response.title}", _alt(indices, response), figure, "Sensitivity"
    )


def _legend(indices):
    if indices.kind == "steps":
        return "bar: from the least to the greatest value; line: at the base point"
    _, columns, names, _ = SHOWN[indices.kind]
    dots = ";  ".join(f"{mark}: {name}" for mark, name in zip(("filled", "hollow"), names, strict=False))
    return f"{dots};  bars: 95 % intervals" + (";  grey: what luck alone would show" if "floor" in indices.table else "")


def _dots(panel, indices):
    _, columns, _, _ = SHOWN[indices.kind]
    table = indices.table
    if "floor" in table:
        panel.barh(range(len(table)), table["floor"], height=0.86, color=FAINT, zorder=0)
    panel.axvline(0.0, color=MUTED, linewidth=0.8)
    offsets = (-0.16, 0.16) if len(columns) == 2 else (0.0,)
    for column, offset, colour, fill in zip(columns, offsets, (FIRST, SECOND), (FIRST, "white"), strict=False):
        rows = np.arange(len(table)) + offset
        panel.hlines(rows, table[f"{column}_low"], table[f"{column}_high"], color=colour, linewidth=1.6)
        panel.plot(table[column], rows, "o", color=colour, markerfacecolor=fill, markersize=5.5, linestyle="none")


def _steps(panel, indices):
    table = indices.table
    panel.barh(range(len(table)), table["span"], left=table["lowest"], height=0.62, color=FIRST)
    panel.axvline(table["base"].iloc[0], color=INK, linewidth=1.0)


def _alt(indices, response):
    """Text alternative: the factors in their order, with the first column."""
    first = "span" if indices.kind == "steps" else SHOWN[indices.kind][1][-1 if indices.kind == "sobol" else 0]
    told = ", ".join(f"{words(str(name))} {value:.3g}" for name, value in indices.table[first].head(5).items())
    return f"Factors by their influence on {words(response.name)}, the strongest first ({words(first)}): {told}."
