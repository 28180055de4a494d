"""From informed to product: who reaches each step, beside the public record."""

import numpy as np
import pandas as pd

from figures import Chart, WebChart
from figures.panels import tidy_numbers
from figures.style import FAINT, INK, colour_of, new_figure, panel_title, short_title
from figures.vega import Choice
from figures.vega_rows import estimates_of, row_of, rows
from ketsim_bands import band_of
from ketsim_headlines import months_of
from ketsim_wording import joined, plain, slug, span

ORDER = 20
TITLE = "From informed to product"
STEPS = {
    "Firms": {
        "firms_reached": "Reached in person",
        "firms_supported": "Supported with an award",
        "firms_with_research_partner": "With a research partner",
    },
    "Proposals, projects, products": {
        "proposals_submitted": "Proposals",
        "study_proposals_submitted": "Study proposals",
        "projects_funded": "Projects funded",
        "studies_funded": "Studies funded",
        "projects_completed": "Projects completed",
        "products": "Products",
    },
}


def draw_steps(ax, results, steps, month, scenario):
    """Bars of one group of steps, their range of luck, and the record as a diamond."""
    record = {entry.name: entry for entry in results.record if scenario == results.recorded}
    colour = colour_of(results, scenario)
    bands = {name: band_of(results.reached(name, month)).sel(scenario=scenario) for name in steps}
    tops = [record[name].value for name in steps if name in record] + [1.0]
    widest = max(
        [*(float(np.nanmax([band.mean, band.luck_high])) for band in bands.values()), *tops]
    )
    for row, (name, band) in enumerate(bands.items()):
        mean, low, high = band.mean.item(), band.luck_low.item(), band.luck_high.item()
        ax.barh(row, mean, height=0.56, color=colour, alpha=0.82)
        if np.isfinite(low):
            ax.hlines(row, low, high, color=INK, linewidth=1.3)
        if name in record:
            ax.plot(
                record[name].value,
                row,
                "D",
                color="white",
                markeredgecolor=INK,
                markeredgewidth=1.2,
                markersize=5.5,
            )
        end = np.nanmax([mean, high, record[name].value if name in record else 0])
        luck = f"  ({span(low, high)})" if np.isfinite(low) else ""
        ax.text(
            end + widest * 0.025,
            row,
            plain(mean, 0 if mean >= 10 else 1) + luck,
            va="center",
            fontsize=9.2,
            color=INK,
        )
    ax.set_yticks(range(len(steps)), list(steps.values()), color=INK)
    ax.set_ylim(len(steps) - 0.4, -0.6)
    ax.set_xlim(0, widest * 1.45)
    ax.grid(axis="x")
    ax.grid(False, axis="y")
    ax.axvline(0, color=FAINT)
    tidy_numbers(ax, "x")
    return bands


def steps_in(results):
    """Groups of steps that the file has series for."""
    groups = {
        title: {name: label for name, label in steps.items() if name in results}
        for title, steps in STEPS.items()
    }
    return {title: steps for title, steps in groups.items() if steps}


def draw_scenario(results, groups, month, scenario):
    """The funnel of one scenario; returns the figure and the numbers in words."""
    names = {name for steps in groups.values() for name in steps}
    has_record = scenario == results.recorded and any(entry.name in names for entry in results.record)
    diamond = ";  diamond: the public record" * has_record
    subtitle = (
        f"{short_title(results, scenario, 60)}, by {month};  bar: mean;  line and brackets: 5-95 %"
        f" of replicates (luck){diamond}"
    )
    size = {"panel": (3.15, 2.7), "left": 2.0, "gap": 1.75, "right": 0.2}
    figure, panels = new_figure(TITLE, subtitle, columns=len(groups), **size)
    texts = []
    for ax, (group, steps) in zip(panels, groups.items()):
        bands = draw_steps(ax, results, steps, month, scenario)
        panel_title(ax, group)
        for name, band in bands.items():
            texts.append(f"{steps[name].lower()} {plain(band.mean.item(), 1)}")
    return figure, joined(texts)


def draw(results):
    """One funnel for each alternative in which anything happens."""
    groups = steps_in(results)
    month = months_of(results)[0]
    names = [name for steps in groups.values() for name in steps]
    most = {name: results.reached(name, month).max("replicate") for name in names}
    charts = []
    for scenario in results.alternatives:
        if not any(float(values.sel(scenario=scenario)) > 0 for values in most.values()):
            continue
        figure, texts = draw_scenario(results, groups, month, scenario)
        stem = "funnel" if scenario == results.alternatives[0] else f"funnel-{slug(scenario)}"
        alt = f"{results.title(scenario)}, mean numbers by {month}: {texts}."
        charts.append(Chart(stem, TITLE, alt, figure, "funnel"))
    return charts


def web(results):
    """The funnel for the report, with lists of scenario, horizon and group of steps."""
    groups = steps_in(results)
    record = {entry.name: entry.value for entry in results.record}
    happens, records = {}, []
    for month in reversed(results.horizons):
        for group, steps in groups.items():
            for order, (name, label) in enumerate(steps.items()):
                band = band_of(results.reached(name, month))
                for scenario in results.scenarios:
                    (estimate,) = estimates_of(band.sel(scenario=scenario))
                    row = row_of(label, estimate, signed=False, order=order, group=group)
                    known = record.get(name, np.nan) if scenario == results.recorded else np.nan
                    happens[scenario] = happens.get(scenario) or estimate.mean > 0
                    names = {"scenario": results.names[scenario], "horizon": month}
                    records.append({**row, **names, "record": known})
    shown = [results.names[scenario] for scenario, does in happens.items() if does]
    if not shown:
        return []
    frame = pd.DataFrame(records)
    frame = frame[frame["scenario"].isin(shown)]
    choices = [
        Choice("scenario", "Scenario", {name: name for name in shown}),
        Choice("horizon", "By", {month: month for month in results.horizons}),
        Choice("group", "Steps", {group: group for group in groups}),
    ]
    has_record = bool(frame["record"].notna().any())
    spec = rows(frame, choices, bars=True, record=has_record)
    first = frame[(frame["horizon"] == results.horizons[0]) & (frame["scenario"] == shown[0])]
    alt = f"{shown[0]}, mean numbers by {results.horizons[0]}: {joined(first['label'])}."
    note = "Bar: mean; thin line: 5-95 % of replicates (luck)." + (
        f" Diamond: the public record, set beside {results.names[results.recorded]}." if has_record else ""
    )
    return [WebChart("funnel", TITLE, alt, spec, "funnel", note)]
