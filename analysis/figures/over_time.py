"""A series over time in each scenario, and the paired difference to the baseline."""

import json

import numpy as np
import pandas as pd

from figures import Chart, WebChart
from figures.panels import lines_over_time
from figures.style import BANDS_TEXT, footnote, new_figure, panel_title, short_title
from figures.vega import Choice, frame_of, scenario_styles
from figures.vega_lines import lines
from ketsim_bands import band_of
from ketsim_wording import UNDEFINED, is_share, joined, quantity, sentence_case, span


TWINS = "Differences are taken between twin worlds that share their luck, replicate by replicate."


def last_position(results):
    """Position in time of the last horizon, or of the end without horizons."""
    return results.position(results.horizons[-1] if results.horizons else None)


def texts_for(results, series, bands, before):
    """Mean and range of luck of each scenario at the last horizon, in words."""
    unit = results.attribute(series, "units", "1")
    texts = []
    for scenario, band in bands.items():
        at = band.transformed(lambda values: values.isel(time=last_position(results)))
        low, high = at.luck_low.item(), at.luck_high.item()
        mean = quantity(at.mean.item(), unit, series, high - low, signed=bool(before))
        luck = span(low, high, unit, series, signed=bool(before))
        luck = "" if luck == UNDEFINED else f" (5-95 % of replicates {luck})"
        texts.append(f"{before}{results.title(scenario)}: {mean}{luck}")
    return texts


def words_of(results, series, title, change):
    """The text alternative: mean and range of luck at the last horizon, of levels and changes."""
    level = results.band(series, accumulate=True)
    levels = {scenario: level.sel(scenario=scenario) for scenario in results.scenarios}
    texts = texts_for(results, series, levels, "")
    if change is not None:
        changed = band_of(change)
        changes = {scenario: changed.sel(scenario=scenario) for scenario in results.alternatives}
        texts += texts_for(results, series, changes, "difference made by ")
    return f"{title}. By {results.months[last_position(results)]}: {joined(texts)}."


def level_and_difference(results, series, name, title, unit_text, section):
    """A chart of one series: left the level in each scenario, right what each alternative changes.

    The difference is taken within each replicate before the bands are formed, so that what the
    twin worlds share cancels: its bands are narrower than those of the two levels.

    Parameters
    ----------
    results : ketsim_results.Results
    series : str
    name, title : str
        Stem of the files and heading.
    unit_text : str
        What is on the vertical axis.
    section : str
        Part of the report.

    Returns
    -------
    list of Chart
    """
    if series not in results:
        return []
    level = results.band(series, accumulate=True)
    change = results.against_baseline(results.accumulated(series))
    columns = 1 if change is None else 2
    figure, panels = new_figure(title, f"{unit_text};  {BANDS_TEXT}", columns=columns)
    share = is_share(series, results.attribute(series, "units", "1"))
    factor = 100 if share else 1
    panel_title(panels[0], f"Level{' in per cent' if share else ''}")
    levels = {scenario: level.sel(scenario=scenario) for scenario in results.scenarios}
    lines_over_time(panels[0], results, levels, factor)
    if change is not None:
        baseline = short_title(results, results.baseline, 40)
        panel_title(panels[1], f"Difference to {baseline}{', in points' if share else ''}")
        changed = band_of(change)
        changes = {scenario: changed.sel(scenario=scenario) for scenario in results.alternatives}
        lines_over_time(panels[1], results, changes, factor)
        panels[1].axhline(0, color="#6b7280", linewidth=1)
        footnote(figure, TWINS)
    alt = words_of(results, series, title, change)
    return [Chart(name, title, alt, figure, section)]


def positions_of(results, every):
    """Positions in time from one point of a line to the next; the last month is always there."""
    last = len(results.months) - 1
    return np.unique(np.append(np.arange(every - 1, last, every), last))


def frame_over_time(results, values, **labels):
    """Levels and differences of a series over time as rows of a chart of the report.

    Parameters
    ----------
    results : ketsim_results.Results
    values : xarray.DataArray
        Dimensions (scenario, replicate, time), and those that become columns.
    **labels : str
        Constant columns.
    """
    months = [str(month) for month in values["time"].values.astype("datetime64[M]")]
    values = values.assign_coords(time=months)
    frames = []
    for what, shown in (("level", values), ("difference", results.against_baseline(values))):
        if shown is not None:
            shown = shown.rename(time="month")
            frames.append(frame_of(band_of(shown), what=what, **labels))
    frame = pd.concat(frames, ignore_index=True)
    return frame.assign(line=frame["scenario"].map(results.names)).drop(columns="scenario")


def shown_choice(results):
    """The list: difference to the baseline, which the twins tell best, or level."""
    return Choice(
        "what",
        "Show",
        {
            "difference": f"difference to {results.names[results.baseline]}",
            "level": "level in each scenario",
        },
    )


def lines_named(results):
    """Expression for the lines that a legend names: the baseline is none of the differences."""
    alternatives = [results.names[scenario] for scenario in results.alternatives]
    return (
        f"choose_what === 'difference' ? {json.dumps(alternatives)} :"
        f" {json.dumps(list(results.names.values()))}"
    )


def web_over_time(results, series, name, title, unit_text, section, parts=(), lists=()):
    """The same chart for the report: level or difference, with lists of parts.

    Parameters
    ----------
    results, series, name, title, unit_text, section
        As of `level_and_difference`.
    parts : list of pandas.DataFrame
        Rows of `frame_over_time` for parts, with a column for each list.
    lists : list of figures.vega.Choice
        Lists of parts; the first option of each stands for the whole.

    Returns
    -------
    list of WebChart
    """
    if series not in results:
        return []
    values = results.accumulated(series)
    share = is_share(series, results.attribute(series, "units", "1"))
    factor, unit_text = (100, f"{unit_text}, per cent") if share else (1, unit_text)
    whole = {one.column: next(iter(one.options)) for one in lists}
    frames = [frame_over_time(results, values * factor, **whole), *parts]
    spec = lines(
        pd.concat(frames, ignore_index=True),
        scenario_styles(results, results.scenarios),
        [shown_choice(results), *lists],
        unit_text,
        results.horizons,
        legend_values=lines_named(results),
    )
    alt = words_of(results, series, title, results.against_baseline(values))
    note = f"{sentence_case(results.attribute(series, 'long_name'))} {TWINS}"
    return [WebChart(name, title, alt, spec, section, note)]
