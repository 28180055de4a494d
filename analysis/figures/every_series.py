"""Every series of the file, drawn from its metadata alone: a new output appears by itself.

Series that share a heading (attribute `chart`) share a figure. A flow is shown as what has
happened so far, a stock or ratio as it stands. Small partitions (up to eight parts) are broken
down at the last horizon. A series with an empty heading asks for no chart; one without the
attribute stands under "Other series".
"""

import textwrap

import numpy as np
import pandas as pd

from figures import Chart, WebChart
from figures.over_time import frame_over_time, lines_named, positions_of, shown_choice
from figures.panels import dot_rows, lines_over_time
from figures.style import BANDS_TEXT, colour_of, new_figure, panel_title
from figures.vega import Choice, scenario_styles
from figures.vega_lines import lines
from ketsim_bands import band_of
from ketsim_headlines import months_of
from ketsim_wording import (
    COUNT_UNITS,
    heading,
    is_share,
    joined,
    quantity,
    sentence_case,
    slug,
    words,
)

ORDER = 90
MOST_PARTS = 8
MONTHS_BETWEEN = 12  #: points of the chart of the report: there are many series
COLUMNS = 2


def headings(results):
    """Heading -> names of the series under it, in file order."""
    groups = {}
    for name in results.series:
        chart = results.attribute(name, "chart", "Other series")
        if chart:
            groups.setdefault(chart, []).append(name)
    return groups


def scale_of(results, name):
    """Factor and word for the unit of a series."""
    unit = results.attribute(name, "units", "1")
    if is_share(name, unit):
        return 100.0, "per cent"
    if unit == "EUR":
        return 1e-6, "million EUR"
    return 1.0, "" if unit in COUNT_UNITS else unit


def panel_heading(results, name, dimension="", month=""):
    """Name of a series with its unit and kind."""
    notes = [scale_of(results, name)[1], month or ("so far" if results.is_flow(name) else "")]
    notes = ", ".join(note for note in notes if note)
    title = heading(name) + (f" by {words(dimension)}" if dimension else "")
    return textwrap.shorten(f"{title}{f' ({notes})' if notes else ''}", 62, placeholder=" ...")


def total_panel(ax, results, name):
    """The series over time, partitions added up."""
    band = results.band(name, accumulate=True)
    lines_over_time(
        ax,
        results,
        {s: band.sel(scenario=s) for s in results.scenarios},
        scale_of(results, name)[0],
        horizons=False,
    )
    panel_title(ax, panel_heading(results, name))


def parts_panel(ax, results, name, dimension):
    """The series by one small partition at the last horizon."""
    month = months_of(results)[-1]
    factor = scale_of(results, name)[0]
    band = band_of(results.reached(name, month, keep=(dimension,)) * factor)
    sets = [(band.sel(scenario=s), colour_of(results, s)) for s in results.scenarios]
    dot_rows(ax, [heading(label) for label in results.labels(dimension)], sets)
    panel_title(ax, panel_heading(results, name, dimension, month))


def panels_for(results, name):
    """What is drawn of a series: functions that each fill one panel."""
    partition = results.partition(name)
    is_ratio = results.attribute(name, "kind") == "ratio"
    panels = []
    if not (is_ratio and partition):
        panels.append(lambda ax: total_panel(ax, results, name))
    if is_ratio and len(partition) > 1:
        return panels  # ratios do not sum: one over several partitions has no margins
    for dimension in partition:
        if 1 < results.dataset.sizes[dimension] <= MOST_PARTS:
            panels.append(
                lambda ax, dimension=dimension: parts_panel(ax, results, name, dimension)
            )
    return panels


def sentence(results, name):
    """The total of a series at the end of the time axis in each scenario, in words."""
    if results.attribute(name, "kind") == "ratio" and results.partition(name):
        return f"{heading(name)}: by part only"
    unit = results.attribute(name, "units", "1")
    band = band_of(results.reached(name))
    values = [
        f"{results.title(s)} "
        + quantity(
            float(band.mean.sel(scenario=s)),
            unit,
            name,
            float((band.luck_high - band.luck_low).sel(scenario=s)),
        )
        for s in results.scenarios
    ]
    return f"{heading(name)}: {joined(values)}"


def draw(results):
    """One figure for each heading."""
    charts = []
    for title, names in headings(results).items():
        fillers = [filler for name in names for filler in panels_for(results, name)]
        if not fillers:
            continue
        figure, panels = new_figure(
            title,
            f"{BANDS_TEXT};  in rows: dot, thick and thin bar",
            columns=COLUMNS,
            rows=int(np.ceil(len(fillers) / COLUMNS)),
            panel=(3.0, 1.8),
            left=1.45,
            gap=2.6,
            right=1.2,
            row_gap=0.85,
        )
        for ax, filler in zip(panels, fillers):
            filler(ax)
        for ax in panels[len(fillers) :]:
            ax.set_axis_off()
        stem = f"series-{slug(title)}"
        stem += f"-{len(charts)}" * any(chart.name == stem for chart in charts)
        alt = (
            f"By {results.months[-1]}, mean over replicates. "
            + "; ".join(sentence(results, name) for name in names)
            + "."
        )
        charts.append(Chart(stem, title, alt, figure, "series"))
    return charts


def can_be_added_up(results, name):
    """Whether the series has a total: ratios over parts have none."""
    return not (results.attribute(name, "kind") == "ratio" and results.partition(name))


def web(results):
    """One chart for all series of the file, with a list of them and of level or difference."""
    names = [
        name
        for group in headings(results).values()
        for name in group
        if can_be_added_up(results, name)
    ]
    if not names:
        return []
    frames, options, definitions = [], {}, {}
    for name in names:
        factor, unit = scale_of(results, name)
        values = results.accumulated(name) * (1e6 * factor if unit == "million EUR" else factor)
        values = values.isel(time=positions_of(results, MONTHS_BETWEEN))
        frames.append(frame_over_time(results, values, series=name))
        unit = "EUR" if unit == "million EUR" else unit
        notes = ", ".join(note for note in (unit, "so far" if results.is_flow(name) else "") if note)
        options[name] = f"{results.attribute(name, 'chart', 'Other series')}: {words(name)}" + (
            f" ({notes})" if notes else ""
        )
        definitions[name] = sentence_case(results.attribute(name, "long_name"))
    choices = [
        Choice("series", "Output", options),
        shown_choice(results),
    ]
    styles = scenario_styles(results, results.scenarios)
    frame = pd.concat(frames, ignore_index=True)
    spec = lines(frame, styles, choices, None, results.horizons, legend_values=lines_named(results))
    alt = f"By {results.months[-1]}, mean over replicates. " + "; ".join(
        sentence(results, name) for name in names
    )
    note = "Values at the end of each year; what happened in a month is shown as what has happened so far."
    chart = WebChart("series", "All outputs", alt, spec, "series", note, {"choose_series": definitions})
    return [chart]
