"""Who gains: additional adopters by size of firm, sector, technology and country."""

import pandas as pd

from figures import Chart, WebChart
from figures.outlines import region_names
from figures.panels import dot_rows
from figures.style import BARS_TEXT, colour_of, new_figure, panel_title, short_title, some_of
from figures.vega import Choice
from figures.vega_rows import estimates_of, row_of, rows
from ketsim_bands import band_of
from ketsim_breakdowns import PARTS, adopters_by, net_by
from ketsim_headlines import months_of
from ketsim_wording import country, heading, joined, quantity

ORDER = 45
HEADINGS = {part: PARTS[part] for part in ("size_class", "sector", "ket", "country")}
NOTE = (
    "Additional adopters are pairs of a firm and a KET that adopted only with the policy, less those"
    " that adopted only without it. A part below zero loses by the policy."
)
MOST_SHOWN = 4  #: scenarios in one picture


def labels_of(results, dimension):
    """Labels of a dimension in words; countries and regions by their names."""
    codes = results.labels(dimension) if dimension in results.dataset.coords else []
    if dimension == "region":
        return {code: region_names().get(code, code) for code in codes}
    return {code: country(code) if dimension == "country" else heading(code) for code in codes}


def parts_of(results, dimension, month):
    """Adopters by a dimension as (values, labels); None where the file lacks it."""
    values = adopters_by(results, dimension, month)
    if values is None:
        return None
    labels = labels_of(results, dimension)
    return values, [labels.get(str(code), str(code)) for code in values[dimension].values]


def texts_for(change, level, scenario):
    """Mean change of each part, and how much that is of the baseline's level."""
    band = change.sel(scenario=scenario)
    texts = []
    for i in range(band.mean.size):
        width = (band.mean_high - band.mean_low).values[i]
        text = quantity(float(band.mean[i]), spread=width, signed=level is not None)
        if level is not None and float(level[i]) > 0:
            text += (
                f"  ({quantity(100 * float(band.mean[i] / level[i]), spread=10, signed=True)} %)"
            )
        texts.append(text)
    return texts


def draw_part(ax, results, values, labels):
    """One panel; returns the texts of the first alternative."""
    change = results.against_baseline(values)
    band = band_of(values if change is None else change)
    level = (
        None if change is None else values.sel(scenario=results.baseline).mean("replicate").values
    )
    shown, _ = some_of(results.alternatives, MOST_SHOWN)
    dimension = values.dims[-1]
    bands = [band.sel(scenario=s).transformed(lambda one: one.transpose(dimension)) for s in shown]
    texts = [texts_for(band, level, s) for s in shown]
    dot_rows(ax, labels, [(one, colour_of(results, s)) for one, s in zip(bands, shown)], texts)
    return texts[0]


def draw(results):
    """Change of adopters by part at the last horizon; with one scenario, adopters by part."""
    month = months_of(results)[-1]
    parts = {
        dimension: found
        for dimension in HEADINGS
        if (found := parts_of(results, dimension, month))
    }
    if not parts:
        return []
    gains = results.baseline is not None
    title = "Who gains" if gains else "Who adopts"
    what = (
        f"additional adopters, against {short_title(results, results.baseline, 40)} (in brackets:"
        " per cent of its adopters)"
        if gains
        else "adopters"
    )
    shown, left_out = some_of(results.alternatives, MOST_SHOWN)
    if len(shown) > 1:
        titles = ", ".join(short_title(results, s, 40) for s in shown)
        what += f"{left_out};  from top to bottom: {titles}"
    figure, panels = new_figure(
        title,
        f"{what}, by {month};  {BARS_TEXT}",
        columns=2,
        rows=(len(parts) + 1) // 2,
        panel=(2.35, max(1.5, 0.3 + 0.8 * len(shown))),
        left=1.5,
        gap=2.85,
        right=1.3,
        row_gap=0.85,
    )
    sentences = []
    for ax, (dimension, (values, labels)) in zip(panels, parts.items()):
        texts = draw_part(ax, results, values, labels)
        panel_title(ax, HEADINGS[dimension])
        sentences.append(
            f"{HEADINGS[dimension]}:"
            f" {joined(f'{label} {text}' for label, text in zip(labels, texts))}"
        )
    low, high = min(ax.get_xlim()[0] for ax in panels), max(ax.get_xlim()[1] for ax in panels)
    for ax in panels:
        ax.set_xlim(min(low, 0), high)
    for ax in panels[len(parts) :]:
        ax.set_axis_off()
    alt = f"{title}: {what}, by {month}. {'. '.join(sentences)}."
    return [Chart("gains", title, alt, figure, "gains")]


def web(results):
    """Net additional adopters by part for the report, with lists of part, scenario and horizon."""
    records = []
    for part in (*HEADINGS, "region"):
        for month in results.horizons:
            records += records_by(results, part, month)
    if not records:
        return []
    frame = pd.DataFrame(records)
    parts = {part: PARTS[part] for part in frame["part"].unique()}
    scenarios = [results.names[s] for s in results.alternatives]
    choices = [
        Choice("part", "By", parts),
        Choice("scenario", "Scenario", {name: name for name in scenarios}),
        Choice("horizon", "Until", {month: month for month in reversed(results.horizons)}),
    ]
    alt = web_words(results, frame, parts)
    return [WebChart("gains", "Net additional adopters by part", alt, rows(frame, choices), "gains", NOTE)]


def records_by(results, part, month):
    """Rows of one part: regions by their change, largest first; others in the file's order."""
    values = net_by(results, part, month)
    if values is None:
        return []
    band, labels, records = band_of(values), labels_of(results, part), []
    for scenario in results.alternatives:
        estimates = estimates_of(band.sel(scenario=scenario))
        for place, (code, estimate) in enumerate(zip(values[part].values, estimates)):
            order = -estimate.mean if part == "region" else place
            row = row_of(labels.get(str(code), str(code)), estimate, order=order, part=part)
            records.append({**row, "scenario": results.names[scenario], "horizon": month})
    return records


def web_words(results, frame, parts):
    """The text alternative: the first alternative at the last horizon, regions left to the map."""
    scenario, month = results.names[results.alternatives[0]], results.horizons[-1]
    shown = frame[(frame["scenario"] == scenario) & (frame["horizon"] == month)]
    texts = [
        f"{parts[part]}: {joined(rows_of['label'])}"
        for part, rows_of in shown[shown["part"] != "region"].groupby("part", sort=False)
    ]
    return f"{scenario}, net additional adopters by {month}. {'. '.join(texts)}."
