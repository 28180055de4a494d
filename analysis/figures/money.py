"""Money: what the public commits and pays, and what partners bring, added up over time."""

import numpy as np

from figures import Chart
from figures.panels import (
    direct_labels,
    line_with_bands,
    mark_horizons,
    tidy_numbers,
    time_axis,
    year_ticks,
)
from figures.style import BANDS_TEXT, new_figure, panel_title, short_title
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
    """Scenarios in which money flows, up to three."""
    ends = [band.mean.isel(time=-1) for band in bands.values()]
    spend = [s for s in results.scenarios if any(float(end.sel(scenario=s)) > 0 for end in ends)]
    return spend[:3]


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
    spending = spending_scenarios(results, bands)
    if not spending:
        return []
    width = 5.6 if len(spending) == 1 else 3.4
    subtitle = f"million EUR, added up since the start;  {BANDS_TEXT}"
    size = {"columns": len(spending), "panel": (width, 2.9), "gap": 1.75, "right": 1.25}
    figure, panels = new_figure(TITLE, subtitle, **size)
    highest = [
        float(part.max()) for band in bands.values() for part in (band.mean, band.luck_high)
    ]
    texts = []
    for ax, scenario in zip(panels, spending):
        draw_flows(ax, results, bands, scenario, 1.06e-6 * np.nanmax(highest))
        panel_title(ax, short_title(results, scenario, 60))
        texts += texts_for(results, bands, scenario)
    alt = f"Cumulative money by {results.months[-1]}. {joined(texts)}."
    return [Chart("money", TITLE, alt, figure, "money")]
