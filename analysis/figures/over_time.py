"""A series over time, with and without the programme, and the paired difference between the two."""

from figures import Chart
from figures.panels import lines_over_time
from figures.style import BANDS_TEXT, footnote, new_figure, panel_title
from ketsim_bands import band_of
from ketsim_wording import is_share, joined, quantity, span


def month_text(results, band, position, unit, name, signed=False):
    """Mean and range of luck at a position in time, in words."""
    at = band.transformed(lambda values: values.isel(time=position))
    text = quantity(at.mean.item(), unit, name, (at.luck_high - at.luck_low).item(), signed)
    luck = span(at.luck_low.item(), at.luck_high.item(), unit, name, signed)
    return text if luck == "not defined" else f"{text} (5-95 % of replicates {luck})"


def level_and_difference(results, series, name, title, unit_text, section):
    """A chart of one series: left the level in each scenario, right what each alternative changes.

    The difference is taken within each replicate before the bands are formed, so that what the twin worlds share
    cancels: its bands are narrower than those of the two levels.

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
    unit = results.attribute(series, "units", "1")
    share = is_share(series, unit)
    level = results.band(series, accumulate=True)
    change = results.against_baseline(results.accumulated(series))
    figure, panels = new_figure(title, f"{unit_text};  {BANDS_TEXT}", columns=1 if change is None else 2)
    factor = 100 if share else 1
    lines_over_time(panels[0], results, {s: level.sel(scenario=s) for s in results.scenarios}, factor)
    panel_title(panels[0], f"Level{' in per cent' if share else ''}")
    last = results.position(results.horizons[-1] if results.horizons else None)
    texts = [f"{results.title(s)}: {month_text(results, level.sel(scenario=s), last, unit, series)}" for s in results.scenarios]
    if change is not None:
        changed = band_of(change)
        lines_over_time(panels[1], results, {s: changed.sel(scenario=s) for s in results.alternatives}, factor)
        panels[1].axhline(0, color="#6b7280", linewidth=1)
        panel_title(panels[1], f"Difference to {results.title(results.baseline)[:40]}{', in points' if share else ''}")
        texts += [f"difference made by {results.title(s)}: "
                  + month_text(results, changed.sel(scenario=s), last, unit, series, signed=True) for s in results.alternatives]
        footnote(figure, "Differences are taken between twin worlds that share their luck, replicate by replicate.")
    alt = f"{title}. By {results.months[last]}: {joined(texts)}."
    return [Chart(name, title, alt, figure, section)]
