"""Money: what the public commits and pays, and what partners bring, added up over time."""

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
from ketsim_wording import joined, quantity, span

ORDER = 30
FLOWS = {
    "public_money_committed": ("Committed", "#56697d", (0, (4, 2))),
    "public_money_paid": ("Paid by\nthe public", "#0072b2", "-"),
    "private_contribution": ("Matched by\npartners", "#b35900", "-"),
}
WITHOUT_BANDS = (
    "public_money_committed",
)  #: runs close to what is paid, so that its bands would hide the others


def draw_flows(ax, results, bands, scenario):
    """Cumulative money of one scenario, in millions."""
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
    ax.set_ylim(bottom=0)
    tidy_numbers(ax)
    direct_labels(ax, ends)
    mark_horizons(ax, results)


def draw(results):
    """Cumulative money in each scenario that spends any, up to three."""
    names = [name for name in FLOWS if name in results]
    bands = {name: results.band(name, accumulate=True) for name in names}
    spending = [
        scenario
        for scenario in results.scenarios
        if any(
            float(band.mean.sel(scenario=scenario).isel(time=-1)) > 0 for band in bands.values()
        )
    ][:3]
    if not spending:
        return []
    title = "Money committed, paid and matched"
    figure, panels = new_figure(
        title,
        f"million EUR, added up since the start;  {BANDS_TEXT}",
        columns=len(spending),
        panel=(5.6 if len(spending) == 1 else 3.4, 2.9),
        gap=1.75,
        right=1.25,
    )
    texts = []
    for ax, scenario in zip(panels, spending):
        draw_flows(ax, results, bands, scenario)
        panel_title(ax, short_title(results, scenario, 60))
        for name, band in bands.items():
            end = band.sel(scenario=scenario).transformed(lambda values: values.isel(time=-1))
            luck = span(end.luck_low.item(), end.luck_high.item(), "EUR")
            texts.append(
                f"{results.title(scenario)}, {FLOWS[name][0].replace(chr(10), ' ').lower()}: "
                + quantity(end.mean.item(), "EUR", spread=(end.luck_high - end.luck_low).item())
                + (f" (5-95 % of replicates {luck})" if luck != "not defined" else "")
            )
    alt = f"Cumulative money by {results.months[-1]}. {joined(texts)}."
    return [Chart("money", title, alt, figure, "money")]
