"""Charts of a result file: each module here draws some, and a new chart is a new module.

`draw` takes a `ketsim_results.Results` and returns a list of `Chart`, empty where the file lacks
what the chart shows. `ORDER` says where its charts stand among the others.
"""

import importlib
import pkgutil
from dataclasses import dataclass

import matplotlib
from matplotlib.figure import Figure

matplotlib.use("Agg")


@dataclass(frozen=True)
class Chart:
    """A drawn chart.

    Attributes
    ----------
    name : str
        Stem of its files.
    title : str
        What it shows, as a heading.
    alt : str
        Text alternative: what a reader would see, with the main numbers.
    figure : matplotlib.figure.Figure
    section : str
        Part of the report that it belongs to.
    """

    name: str
    title: str
    alt: str
    figure: Figure
    section: str


def all_charts(results):
    """Every chart that the file has data for, one after another, in order.

    Parameters
    ----------
    results : ketsim_results.Results

    Yields
    ------
    Chart
    """
    modules = [
        importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
    ]
    drawing = [module for module in modules if hasattr(module, "draw")]
    for module in sorted(drawing, key=lambda module: module.ORDER):
        yield from module.draw(results)
