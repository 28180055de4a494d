"""Chart of the section scale: bytes per firm and nanoseconds per firm-month against the number of firms."""

import sys

from harness import ROOT
from sections.scale import costs
from tables import count, number

sys.path.insert(0, str(ROOT / "analysis"))
from figures import Chart, style  # noqa: E402


def draw(groups):
    """Two panels over the number of firms, on a logarithmic scale."""
    firms = [group["agents"] for group in groups]
    loop, _, memory, _ = zip(*map(costs, groups), strict=True)
    title = "What a firm costs as populations grow"
    subtitle = "full model, one year, one thread; memory of the whole process while it runs"
    figure, panels = style.new_figure(title, subtitle, columns=2, right=0.4, gap=0.8)
    for ax, values, heading, colour in zip(
        panels,
        (memory, loop),
        ("memory [bytes per firm]", "time [ns per firm-month]"),
        style.ALTERNATIVES,
        strict=False,
    ):
        ax.plot(firms, values, marker="o", color=colour, linewidth=2)
        for x, y in zip(firms, values, strict=True):
            ax.annotate(
                number(y), (x, y), (0, 8), textcoords="offset points", ha="center", color=colour,
                bbox={"color": "white", "pad": 0.5},
            )
        ax.set_xscale("log")
        ax.set_xticks(firms, [count(size) for size in firms])
        ax.minorticks_off()
        ax.set_xlim(firms[0] / 2, firms[-1] * 2)
        if max(values) > 4 * min(values):  # small populations weigh less than the program itself
            ax.set_yscale("log")
            ax.set_yticks([100, 300, 1000, 3000], ["100", "300", "1,000", "3,000"])
            ax.minorticks_off()
            ax.set_ylim(100, 2.5 * max(values))
        else:
            ax.set_ylim(0, 1.2 * max(values))
        ax.set_xlabel("firms")
        style.panel_title(ax, heading)
    sizes = ", ".join(
        f"{count(n)}: {number(m)} bytes, {number(t)} ns"
        for n, m, t in zip(firms, memory, loop, strict=True)
    )
    return Chart("scale", title, f"Cost per firm by number of firms. {sizes}.", figure, "scale")


def write(groups, folder):
    """Draw the chart into a folder as PNG, as pages of text show it."""
    chart = draw(groups)
    chart.figure.savefig(folder / f"{chart.name}.png", dpi=144, metadata={"Software": None})
