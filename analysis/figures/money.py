"""Money: what the public commits and pays, and what partners bring, added up over time."""

import numpy as np
import pandas as pd

from figures import Chart, WebChart
from figures.panels import (
    direct_labels,
    line_with_bands,
    mark_horizons,
    tidy_numbers,
    time_axis,
    year_ticks,
)
from figures.style import BANDS_TEXT, new_figure, panel_title, short_title, some_of
from figures.vega import DASHES, SHAPES, Choice, band_over_months, frame_of
from figures.vega_lines import lines
from ketsim_wording import UNDEFINED, joined, quantity, span

ORDER = 30
TITLE = "Money committed, paid and matched"
FLOWS = {
    "public_money_committed": ("Committed", "#56697d", (0, (4, 2))),
    "public_money_paid": ("Paid by\nthe public", "#0072b2", "-"),
    "private_contribution": ("Matched by\npartners", "#b35900", "-"),
}
#: Runs close to what is paid, so that its bands would hide the others.
WITHOUT_BANDS = ("public_money_committed",)


def spending_scenarios(results, bands):
    """Scenarios in which money flows."""
    ends = [band.mean.isel(time=-1) for band in bands.values()]
    return [s for s in results.scenarios if any(float(end.sel(scenario=s)) > 0 for end in ends)]


def texts_for(results, bands, scenario):
    """Money by the end in words."""
    texts = []
    for name, band in bands.items():
        end = band.sel(scenario=scenario).transformed(lambda values: values.isel(time=-1))
        low, high = end.luck_low.item(), end.luck_high.item()
        text = quantity(end.mean.item(), "EUR", spread=high - low)
        luck = span(low, high, "EUR")
        luck = "" if luck == UNDEFINED else f" (5-95 % of replicates {luck})"
        label = " ".join(FLOWS[name][0].split()).lower()
        texts.append(f"{results.title(scenario)}, {label}: {text}{luck}")
    return texts


def draw_flows(ax, results, bands, scenario, top):
    """Cumulative money of one scenario, in millions, on a scale up to `top`."""
    x = time_axis(results)
    ends = []
    for name, band in bands.items():
        label, colour, style = FLOWS[name]
        millions = band.sel(scenario=scenario).transformed(lambda values: values / 1e6)
        if name in WITHOUT_BANDS:
            ax.plot(x, millions.mean, color=colour, linewidth=1.6, linestyle=style)
        else:
            line_with_bands(ax, x, millions, colour, style)
        ends.append((float(millions.mean.isel(time=-1)), label, colour))
    year_ticks(ax, x)
    ax.set_ylim(0, top)
    tidy_numbers(ax)
    direct_labels(ax, ends)
    mark_horizons(ax, results)


def draw(results):
    """Cumulative money in each scenario that spends any, up to three."""
    names = [name for name in FLOWS if name in results]
    bands = {name: results.band(name, accumulate=True) for name in names}
    spending, left_out = some_of(spending_scenarios(results, bands), 3)
    if not spending:
        return []
    width = 5.6 if len(spending) == 1 else 3.4
    subtitle = f"million EUR, added up since the start{left_out};  {BANDS_TEXT}"
    size = {"columns": len(spending), "panel": (width, 2.9), "gap": 1.75, "right": 1.25}
    figure, panels = new_figure(TITLE, subtitle, **size)
    highest = [
        float(part.max()) for band in bands.values() for part in (band.mean, band.luck_high)
    ]
    for ax, scenario in zip(panels, spending):
        draw_flows(ax, results, bands, scenario, 1.06e-6 * np.nanmax(highest))
        panel_title(ax, short_title(results, scenario, 60))
    return [Chart("money", TITLE, words_of(results, bands, spending), figure, "money")]


def words_of(results, bands, spending):
    """The text alternative."""
    texts = [text for scenario in spending for text in texts_for(results, bands, scenario)]
    return f"Cumulative money by {results.months[-1]}. {joined(texts)}."


def web(results):
    """Cumulative money for the report, with a list of the scenarios that spend any."""
    names = [name for name in FLOWS if name in results]
    bands = {name: results.band(name, accumulate=True) for name in names}
    spending = spending_scenarios(results, bands)
    if not spending:
        return []
    frames, styles = [], {}
    for name, shape in zip(names, SHAPES):
        label, colour, _ = FLOWS[name]
        line = " ".join(label.split())
        styles[line] = (colour, DASHES[len(styles)], shape)
        frame = frame_of(band_over_months(results, bands[name]), flow=line)
        frames.append(frame[frame["scenario"].isin(spending)])
    frame = pd.concat(frames, ignore_index=True).rename(columns={"flow": "line"})
    frame = frame.assign(scenario=frame["scenario"].map(results.names))
    choices = [Choice("scenario", "Scenario", {results.names[s]: results.names[s] for s in spending})]
    spec = lines(frame, styles, choices, "EUR, added up since the start", results.horizons)
    alt = words_of(results, bands, spending)
    note = "; ".join(
        f"{line}: {results.attribute(name, 'long_name')}" for line, name in zip(styles, names)
    )
    return [WebChart("money", TITLE, alt, spec, "money", f"{note}.")]
