"""Who gains: additional adopters by size of firm, sector, technology and country."""

import numpy as np

from figures import Chart
from figures.panels import dot_rows
from figures.style import BARS_TEXT, colour_of, new_figure, panel_title, short_title
from ketsim_bands import band_of
from ketsim_headlines import months_of
from ketsim_wording import country, heading, joined, quantity

ORDER = 45
SERIES = "adopters"
HEADINGS = {
    "size_class": "Size of firm",
    "sector": "Sector",
    "ket": "Technology",
    "country": "Country",
}


def parts_of(results, dimension, month):
    """Adopters by a dimension as (values, labels); None where the file lacks it."""
    if dimension == "country" and "country" not in results.partition(SERIES):
        if "region" not in results.partition(SERIES):
            return None
        values = results.reached(SERIES, month, keep=("region",))
        values = (
            values.assign_coords(region=np.array(results.countries(), dtype=object))
            .groupby("region")
            .sum("region")
        )
        values = values.rename(region="country")
        return values, [country(str(code)) for code in values["country"].values]
    if dimension not in results.partition(SERIES):
        return None
    labels = [
        heading(label) if dimension != "country" else country(label)
        for label in results.labels(dimension)
    ]
    return results.reached(SERIES, month, keep=(dimension,)), labels


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
    shown = results.alternatives[:4]
    dimension = values.dims[-1]
    bands = [band.sel(scenario=s).transformed(lambda one: one.transpose(dimension)) for s in shown]
    texts = [texts_for(band, level, s) for s in shown]
    dot_rows(ax, labels, [(one, colour_of(results, s)) for one, s in zip(bands, shown)], texts)
    return texts[0]


def draw(results):
    """Change of adopters by part at the last horizon; with one scenario, adopters by part."""
    if SERIES not in results:
        return []
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
    if len(results.alternatives) > 1:
        what += ";  from top to bottom: " + ", ".join(
            short_title(results, s, 40) for s in results.alternatives[:4]
        )
    figure, panels = new_figure(
        title,
        f"{what}, by {month};  {BARS_TEXT}",
        columns=2,
        rows=(len(parts) + 1) // 2,
        panel=(2.35, max(1.5, 0.3 + 0.8 * len(results.alternatives[:4]))),
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
