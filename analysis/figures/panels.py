"""Building blocks of charts: lines with bands and direct labels, rows of dots with intervals."""

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from figures.style import INK, MUTED, colour_of, line_of, short_title
from ketsim_wording import plain


def tidy_numbers(ax, axis="y"):
    """Few ticks, with thousands separators."""
    side = ax.yaxis if axis == "y" else ax.xaxis
    side.set_major_locator(MaxNLocator(5, min_n_ticks=3, steps=[1, 2, 2.5, 5, 10]))

    def text(value, _):
        ticks = side.get_majorticklocs()
        exact = (
            decimals
            for decimals in range(5)
            if np.allclose(ticks, np.round(ticks, decimals), rtol=1e-9, atol=1e-9)
        )
        return plain(value, next(exact, 4))

    side.set_major_formatter(FuncFormatter(text))


def time_axis(results):
    """Ends of months in years: values hold at the end of their month, and 2016-03 is 2016.25."""
    months = results.dataset["time"].values.astype("datetime64[M]").astype(int)
    return 1970 + (months + 1) / 12


def year_ticks(ax, x):
    """Whole years on the horizontal axis; half a year around a single month."""
    around = 0.5 if len(x) == 1 else 0.0
    ax.set_xlim(x[0] - around, x[-1] + around)
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True, steps=[1, 2, 5, 10], min_n_ticks=1))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda year, _: f"{year:.0f}"))


def line_with_bands(ax, x, band, colour, style="-"):
    """Mean as a line, interval of the mean dark, range of luck light."""
    if np.isfinite(band.luck_low.values).any():
        ax.fill_between(x, band.luck_low, band.luck_high, color=colour, alpha=0.13, linewidth=0)
        ax.fill_between(x, band.mean_low, band.mean_high, color=colour, alpha=0.36, linewidth=0)
    marker = "o" if len(x) == 1 else ""
    ax.plot(x, band.mean, color=colour, linewidth=1.9, linestyle=style, marker=marker)


def direct_labels(ax, entries):
    """Labels right of the ends of lines, moved apart where they would overlap.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    entries : list of (float, str, str)
        Height in data units, text, colour.
    """
    room = 0.155 / (
        ax.get_position().height * ax.figure.get_size_inches()[1]
    )  # of a line of text, as a share of the panel
    low, high = ax.get_ylim()
    entries = sorted(entries, key=lambda entry: entry[0])
    halves = [room * (text.count("\n") + 1.2) / 2 for _, text, _ in entries]
    centres, floor = [], 0.0
    for (height, _, _), half in zip(entries, halves):  # upwards: no label below the one before
        centres.append(max((height - low) / (high - low), floor + half))
        floor = centres[-1] + half
    ceiling = max(1.0, 2 * sum(halves))
    for i in reversed(range(len(entries))):  # downwards: none above the panel
        centres[i] = min(centres[i], ceiling - halves[i])
        ceiling = centres[i] - halves[i]
    for (_, text, colour), centre in zip(entries, centres):
        ax.text(
            1.015,
            centre,
            text,
            transform=ax.transAxes,
            color=colour,
            fontsize=9.2,
            va="center",
            linespacing=1.15,
            fontweight="bold",
        )


def mark_horizons(ax, results):
    """Dotted lines at the months at which `compare` measures."""
    for horizon in results.horizons:
        year, month = int(horizon[:4]), int(horizon[5:7])
        ax.axvline(
            year + month / 12, color=MUTED, linewidth=0.8, linestyle=(0, (1, 2.5)), zorder=0.5
        )
        ax.text(
            year + month / 12,
            1.0,
            f" {horizon}",
            transform=ax.get_xaxis_transform(),
            fontsize=8,
            color=MUTED,
            va="top",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.6},
        )


def lines_over_time(ax, results, bands, factor=1.0, horizons=True):
    """One line with bands for each scenario, labelled at its end.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    results : ketsim_results.Results
    bands : dict of str to ketsim_bands.Band
        Scenario to its band over time.
    factor : float
        Multiplies the values.
    horizons : bool
        Whether to mark the months at which `compare` measures.
    """
    x = time_axis(results)
    ends = []
    for scenario, band in bands.items():
        colour = colour_of(results, scenario)
        scaled = band.transformed(lambda values: values * factor)
        line_with_bands(ax, x, scaled, colour, line_of(results, scenario))
        ends.append((float(scaled.mean.isel(time=-1)), short_title(results, scenario), colour))
    year_ticks(ax, x)
    if all((band.mean >= 0).all() for band in bands.values()):
        ax.set_ylim(0, ax.get_ylim()[1] * 1.03)
    tidy_numbers(ax)
    direct_labels(ax, ends)
    if horizons:
        mark_horizons(ax, results)


def dot_rows(ax, labels, sets, texts=None):
    """Rows of dots with their interval of the mean (thick) and range of luck (thin).

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    labels : list of str
        One per row, top to bottom.
    sets : list of (Band, str)
        Bands over the rows, with a colour.
    texts : list of list of str, optional
        Printed right of the panel, for each set.
    """
    rows = np.arange(len(labels), dtype=float)
    step = min(0.36 if texts else 0.26, 0.8 / max(len(sets), 1))
    for i, (band, colour) in enumerate(sets):
        y = rows + (i - (len(sets) - 1) / 2) * step
        if np.isfinite(band.luck_low.values).all():
            ax.hlines(y, band.luck_low, band.luck_high, color=colour, alpha=0.45, linewidth=1.4)
            ax.hlines(y, band.mean_low, band.mean_high, color=colour, alpha=0.6, linewidth=5)
        ax.plot(
            band.mean,
            y,
            "o",
            color=colour,
            markersize=4.6,
            markeredgecolor="white",
            markeredgewidth=0.8,
        )
        for row, text in zip(y, texts[i] if texts else ()):
            ax.text(
                1.02,
                row,
                text,
                transform=ax.get_yaxis_transform(),
                fontsize=9.2,
                va="center",
                color=INK,
            )
    ax.set_yticks(rows, labels, color=INK)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.grid(axis="x")
    ax.grid(False, axis="y")
    ax.axvline(0, color=MUTED, linewidth=0.9, zorder=0.6)
    tidy_numbers(ax, "x")
