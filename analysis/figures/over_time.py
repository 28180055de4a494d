"""A series over time in each scenario, and the paired difference to the baseline."""

from figures import Chart
from figures.panels import lines_over_time
from figures.style import BANDS_TEXT, footnote, new_figure, panel_title, short_title
from ketsim_bands import band_of
from ketsim_wording import UNDEFINED, is_share, joined, quantity, span


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
    texts = texts_for(results, series, levels, "")
    if change is not None:
        baseline = short_title(results, results.baseline, 40)
        panel_title(panels[1], f"Difference to {baseline}{', in points' if share else ''}")
        changed = band_of(change)
        changes = {scenario: changed.sel(scenario=scenario) for scenario in results.alternatives}
        lines_over_time(panels[1], results, changes, factor)
        panels[1].axhline(0, color="#6b7280", linewidth=1)
        texts += texts_for(results, series, changes, "difference made by ")
        footnote(figure, TWINS)
    alt = f"{title}. By {results.months[last_position(results)]}: {joined(texts)}."
    return [Chart(name, title, alt, figure, section)]
