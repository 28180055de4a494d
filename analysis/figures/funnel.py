"""From informed to product: how many firms and projects reach each step, beside the public record."""

import numpy as np

from figures import Chart
from figures.panels import tidy_numbers
from figures.style import FAINT, INK, colour_of, new_figure, panel_title, short_title
from ketsim_bands import band_of
from ketsim_headlines import months_of
from ketsim_wording import joined, plain, slug, span

ORDER = 20
STEPS = {
    "Firms": {"firms_reached": "Reached in person", "firms_supported": "Supported with an award",
              "firms_with_research_partner": "With a research partner"},
    "Proposals, projects, products": {
        "proposals_submitted": "Proposals", "study_proposals_submitted": "Study proposals", "projects_funded": "Projects funded",
        "studies_funded": "Studies funded", "projects_completed": "Projects completed", "products": "Products"},
}


def draw_steps(ax, results, steps, month, scenario):
    """Bars of one group of steps with their range of luck, their number, and the record as a diamond."""
    record = {entry.name: entry for entry in results.record}
    colour = colour_of(results, scenario)
    bands = {name: band_of(results.reached(name, month)).sel(scenario=scenario) for name in steps}
    tops = [record[name].value for name in steps if name in record] + [1.0]
    widest = max([*(float(np.nanmax([band.mean, band.luck_high])) for band in bands.values()), *tops])
    for row, (name, band) in enumerate(bands.items()):
        mean, low, high = band.mean.item(), band.luck_low.item(), band.luck_high.item()
        ax.barh(row, mean, height=0.56, color=colour, alpha=0.82)
        if np.isfinite(low):
            ax.hlines(row, low, high, color=INK, linewidth=1.3)
        if name in record:
            ax.plot(record[name].value, row, "D", color="white", markeredgecolor=INK, markeredgewidth=1.2, markersize=5.5)
        end = np.nanmax([mean, high, record[name].value if name in record else 0])
        luck = f"  ({span(low, high)})" if np.isfinite(low) else ""
        ax.text(end + widest * 0.025, row, plain(mean, 0 if mean >= 10 else 1) + luck, va="center", fontsize=9.2, color=INK)
    ax.set_yticks(range(len(steps)), list(steps.values()), color=INK)
    ax.set_ylim(len(steps) - 0.4, -0.6)
    ax.set_xlim(0, widest * 1.45)
    ax.grid(axis="x")
    ax.grid(False, axis="y")
    ax.axvline(0, color=FAINT)
    tidy_numbers(ax, "x")
    return bands


def draw(results):
    """One funnel for each scenario in which anybody is reached, up to three."""
    groups = {title: {name: label for name, label in steps.items() if name in results} for title, steps in STEPS.items()}
    groups = {title: steps for title, steps in groups.items() if steps}
    month = months_of(results)[0]
    charts = []
    for scenario in results.alternatives[:3]:
        names = [name for steps in groups.values() for name in steps]
        if not any(float(results.reached(name, month).sel(scenario=scenario).max()) > 0 for name in names):
            continue
        title = "From informed to product"
        diamond = ";  diamond: the public record" if {entry.name for entry in results.record} & set(names) else ""
        figure, panels = new_figure(title, f"{short_title(results, scenario, 60)}, by {month};  bar: mean;  line and "
                                    f"brackets: 5-95 % of replicates (luck){diamond}", columns=len(groups),
                                    panel=(3.15, 2.7), left=2.0, gap=1.75, right=0.2)
        texts = []
        for ax, (group, steps) in zip(panels, groups.items()):
            bands = draw_steps(ax, results, steps, month, scenario)
            panel_title(ax, group)
            texts += [f"{steps[name].lower()} {plain(band.mean.item(), 1)}" for name, band in bands.items()]
        stem = "funnel" if scenario == results.alternatives[0] else f"funnel-{slug(scenario)}"
        charts.append(Chart(stem, title, f"{results.title(scenario)}, mean numbers by {month}: {joined(texts)}.", figure, "funnel"))
    return charts
