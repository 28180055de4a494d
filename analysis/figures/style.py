"""Look of all charts: colours safe for colour-blind readers, a plain frame, repeatable files."""

import io
import re
import textwrap

import matplotlib as mpl
from matplotlib.figure import Figure

from ketsim_files import whole

INK, MUTED, FAINT = "#1f2933", "#5b6672", "#d5dbe1"
BASELINE = "#6b7280"
#: Okabe and Ito (2008), the dark ones first: they carry text as well as lines.
ALTERNATIVES = ("#0072b2", "#d55e00", "#009e73", "#a8517f", "#b07c00", "#2b8cbe")
#: Once for all alternatives of these colours, then for the next ones.
LINES = ("-", "--", ":", "-.")
SETTINGS = {
    "font.family": "DejaVu Sans",
    "font.size": 10.5,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": "#e8ecf0",
    "grid.linewidth": 0.8,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelsize": 9.5,
    "ytick.labelsize": 9.5,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "lines.solid_capstyle": "round",
    "svg.hashsalt": "ketsim",
    "svg.fonttype": "path",
    "hatch.linewidth": 0.6,
    "hatch.color": "#7b8794",
}
mpl.rcParams.update(SETTINGS)
BANDS_TEXT = (
    "line: mean;  dark band: 95 % interval of the mean;  light band: 5-95 % of replicates (luck)"
)
BARS_TEXT = (
    "dot: mean;  thick bar: 95 % interval of the mean;  thin bar: 5-95 % of replicates (luck)"
)
HEAD, FOOT = 1.0, 0.62  #: inches above and below the panels


def colour_of(results, scenario):
    """Colour of a scenario: grey for the baseline."""
    if scenario == results.baseline:
        return BASELINE
    return ALTERNATIVES[results.alternatives.index(scenario) % len(ALTERNATIVES)]


def line_of(results, scenario):
    """Style of a scenario's line: dashed where its colour is another one's too."""
    if scenario == results.baseline:
        return "-"
    return LINES[results.alternatives.index(scenario) // len(ALTERNATIVES) % len(LINES)]


def some_of(scenarios, most):
    """The first `most` scenarios of a chart, and what to say where others are left out."""
    left_out = f";  the first {most} of {len(scenarios)} scenarios"
    return scenarios[:most], left_out if len(scenarios) > most else ""


def short_title(results, scenario, width=12):
    """Title of a scenario wrapped for a direct label; its label where the title is long."""
    title = " ".join(results.title(scenario).split())
    if len(title) > 36 or max(map(len, title.split()), default=99) > 14:
        title = scenario.replace("_", " ")
    return textwrap.fill(title, width)


def new_figure(
    title,
    subtitle,
    columns=1,
    rows=1,
    panel=(3.4, 2.8),
    left=0.62,
    right=1.2,
    gap=1.75,
    row_gap=0.9,
):
    """A figure with a heading at the left and panels of a fixed size in inches.

    Parameters
    ----------
    title, subtitle : str
        Heading, and a line on units and what bands mean.
    columns, rows : int
        Number of panels.
    panel : tuple of float
        Width and height of a panel.
    left, right, gap, row_gap : float
        Space left of, right of and between panels.

    Returns
    -------
    figure : matplotlib.figure.Figure
    panels : list of matplotlib.axes.Axes
        Row by row.
    """
    width = left + columns * panel[0] + (columns - 1) * gap + right
    subtitle = textwrap.wrap(subtitle, int(width * 11.8))
    head = HEAD + 0.19 * (len(subtitle) - 1)
    height = head + rows * panel[1] + (rows - 1) * row_gap + FOOT
    figure = Figure(figsize=(width, height))
    figure.text(0.14 / width, 1 - 0.12 / height, title, fontsize=14, fontweight="bold", va="top")
    figure.text(
        0.14 / width,
        1 - 0.43 / height,
        "\n".join(subtitle),
        color=MUTED,
        fontsize=9.5,
        va="top",
        linespacing=1.35,
    )
    panels = [
        figure.add_axes(
            [
                (left + column * (panel[0] + gap)) / width,
                1 - (head + (row + 1) * panel[1] + row * row_gap) / height,
                panel[0] / width,
                panel[1] / height,
            ]
        )
        for row in range(rows)
        for column in range(columns)
    ]
    return figure, panels


def footnote(figure, text):
    """A line in small grey type at the foot of a figure."""
    width, height = figure.get_size_inches()
    figure.text(0.14 / width, 0.1 / height, text, color=MUTED, fontsize=8.5)


def panel_title(ax, text):
    """A heading of one panel, at its left edge."""
    ax.set_title(text, loc="left", fontsize=10.5, color=INK, pad=8)


def svg_text(figure):
    """The figure as SVG text without dates and comments."""
    stream = io.StringIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    text = re.sub(r"<!--.*?-->\s*", "", stream.getvalue(), flags=re.DOTALL)
    return re.sub(r"[ \t]+\n", "\n", text)


def _drawn(figure, **options):
    """The figure as bytes: in memory first, as not every format copes with a disk that fills up."""
    stream = io.BytesIO()
    figure.savefig(stream, **options)
    return stream.getvalue()


def write(chart, folder):
    """Write a chart as PNG, SVG and PDF; the same bytes for the same data and library versions."""
    undated = dict.fromkeys(("CreationDate", "Creator", "Producer"))
    files = {
        "png": _drawn(chart.figure, format="png", dpi=144, metadata={"Software": None}),
        "pdf": _drawn(chart.figure, format="pdf", metadata=undated),
        "svg": svg_text(chart.figure).encode(),
    }
    for ending, content in files.items():
        with whole(folder / f"{chart.name}.{ending}") as part:
            part.write_bytes(content)
