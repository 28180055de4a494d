"""Where adoption changes: additional adopters by region on a schematic map of the border."""

import matplotlib as mpl
import matplotlib.patheffects as effects
import numpy as np
from matplotlib.patches import PathPatch

from figures import Chart
from figures.outlines import (
    ATTRIBUTION,
    CELLS,
    COUNTRIES,
    COUNTRY_NAMES,
    EAST,
    NORTH,
    SOUTH,
    SQUEEZE,
    WEST,
    centre_of,
    read_outlines,
    region_names,
    short_name,
)
from figures.region_map import web_map
from figures.style import INK, MUTED, footnote, new_figure, panel_title, short_title, some_of
from ketsim_bands import band_of
from ketsim_breakdowns import adopters_by, net_by
from ketsim_headlines import months_of
from ketsim_wording import joined, quantity

ORDER = 40
TITLE = "Where adoption changes"
NO_DATA = "#f1f3f5"
MOST_LABELS = 7


def colours_for(values):
    """Colour scale of a map: one hue where nothing is lost, else two hues around zero."""
    top = float(np.nanmax(np.abs(values))) or 1.0
    if np.nanmin(values) < -0.03 * top:
        return mpl.colormaps["RdBu"], mpl.colors.Normalize(-top, top)
    return mpl.colors.LinearSegmentedColormap.from_list(
        "blues", ["#ffffff", "#9ecae1", "#2b83ba", "#08406f"]
    ), mpl.colors.Normalize(0, top)


def label_regions(ax, cells, mean, signed):
    """Names and numbers of the regions that change most, where they do not overlap."""
    placed = []
    for code in sorted(mean, key=lambda code: -abs(mean[code])):
        if code not in cells or len(placed) == MOST_LABELS or mean[code] == 0:
            continue
        x, y = centre_of(cells[code][1])
        if any(abs(x - left) < 0.72 and abs(y - up) < 0.2 for left, up in placed):
            continue
        placed.append((x, y))
        ax.text(
            x,
            y,
            f"{short_name(code)}\n{quantity(mean[code], spread=2.0, signed=signed)}",
            ha="center",
            va="center",
            fontsize=8,
            color=INK,
            zorder=5,
            path_effects=[effects.withStroke(linewidth=2.2, foreground="white", alpha=0.85)],
        )


def draw_map(ax, results, band, scale, signed):
    """One map; of a difference, regions whose interval holds zero are hatched."""
    palette, norm = scale
    mean = dict(zip(results.labels("region"), band.mean.values))
    doubtful = dict(
        zip(results.labels("region"), ((band.mean_low <= 0) & (band.mean_high >= 0)).values)
    )
    cells = {
        properties["nuts3_2016"]: (properties, outline)
        for properties, outline in read_outlines(CELLS)
    }
    for code, (_, outline) in cells.items():
        fill = palette(norm(mean[code])) if code in mean else NO_DATA
        hatch = "//////" if signed and doubtful.get(code, False) else None
        ax.add_patch(
            PathPatch(outline, facecolor=fill, edgecolor="#aab4be", linewidth=0.5, hatch=hatch)
        )
    for _, outline in read_outlines(COUNTRIES):
        ax.add_patch(PathPatch(outline, facecolor="none", edgecolor=INK, linewidth=1.1, zorder=4))
    label_regions(ax, cells, mean, signed)
    for text, (x, y) in COUNTRY_NAMES.items():
        ax.text(x, y, text, color=MUTED, fontsize=8.5, ha="center")
    ax.set(
        xlim=(WEST, EAST), ylim=(SOUTH, NORTH), aspect=1 / SQUEEZE
    )
    ax.set_axis_off()


def colour_bar(figure, panel, scale, label):
    """A slim colour bar at the right of the last map."""
    box = panel.get_position()
    width = figure.get_size_inches()[0]
    axes = figure.add_axes(
        [box.x1 + 0.12 / width, box.y0 + box.height * 0.2, 0.13 / width, box.height * 0.5]
    )
    bar = figure.colorbar(mpl.cm.ScalarMappable(scale[1], scale[0]), cax=axes)
    bar.outline.set_visible(False)
    axes.grid(False)
    axes.set_title(label, fontsize=9, color=MUTED, loc="left", pad=6)


def text_for(mean):
    """The regions with the most, and how many lose, in words."""
    most = mean.to_series().sort_values(ascending=False).head(5)
    items = joined(
        f"{region_names().get(code, code)} {quantity(value, spread=2.0)}"
        for code, value in most.items()
    )
    return f"most in {items}; {int((mean < 0).sum())} of {mean.size} regions below zero"


def draw_maps(results, band, title, subtitle, signed):
    """One map for each alternative, up to three."""
    shown, left_out = some_of(results.alternatives, 3)
    size = {"panel": (5.4, 5.75), "left": 0.1, "gap": 0.2, "right": 0.95}
    figure, panels = new_figure(title, subtitle + left_out, columns=len(shown), **size)
    scale = colours_for(band.mean.sel(scenario=shown).values)
    for ax, scenario in zip(panels, shown):
        draw_map(ax, results, band.sel(scenario=scenario), scale, signed)
        if len(shown) > 1:
            panel_title(ax, short_title(results, scenario, 40))
    colour_bar(figure, panels[-1], scale, "adopters")
    footnote(figure, ATTRIBUTION)
    return figure


def words_of(results, what, band):
    """The text alternative."""
    texts = [
        f"{results.names[scenario]}: {text_for(band.mean.sel(scenario=scenario))}"
        for scenario in results.alternatives
    ]
    return f"Schematic map, {what}. {'. '.join(texts)}. {ATTRIBUTION}"


def can_be_drawn(results):
    """Whether the file has regions of this map."""
    known = "region" in results.dataset.coords
    return known and bool(set(region_names()) & set(results.labels("region")))


def draw(results):
    """Change of adopters by region at the last horizon; with one scenario, adopters by region."""
    if not can_be_drawn(results):
        return []
    month = months_of(results)[-1]
    gains = results.baseline is not None
    values = (net_by if gains else adopters_by)(results, "region", month)
    if values is None:
        return []
    title, what, hatching = "Where adoption happens", "adopters", ""
    if gains:
        title = TITLE
        what = f"additional adopters, against {short_title(results, results.baseline, 40)}"
        hatching = ";  hatched: the 95 % interval of the mean holds zero"
    what = f"{what}, by {month}, mean of {results.replicates} replicates"
    band = band_of(values)
    figure = draw_maps(
        results, band, title, f"{what}{hatching};  light grey: not in the model", signed=gains
    )
    return [Chart("regions", title, words_of(results, what, band), figure, "regions")]


def web(results):
    """The map for the report, with lists of scenario, horizon and what is shown."""
    if not can_be_drawn(results):
        return []
    return web_map(results, TITLE, words_of)
