"""Charts of a result file: each module here draws some, and a new chart is a new module.

`draw` takes a `ketsim_results.Results` and returns a list of `Chart` for papers, `web` a list of
`WebChart` for the report; both are empty where the file lacks what the chart shows. Titles, data
and text alternatives are made once for both. `ORDER` says where the charts stand among the others.
"""

import importlib
import pkgutil
from dataclasses import dataclass, field

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


@dataclass(frozen=True)
class WebChart:
    """A chart of the report.

    Attributes
    ----------
    name, title, alt, section : str
        As of `Chart`.
    spec : dict
        Vega-Lite specification with its data.
    note : str
        A sentence under the chart: definitions, source.
    definitions : dict
        Parameter of the specification -> value -> sentence shown while it is chosen.
    """

    name: str
    title: str
    alt: str
    spec: dict
    section: str
    note: str = ""
    definitions: dict = field(default_factory=dict)


def _all(results, function):
    """What a function of each module gives, one after another, in order."""
    modules = [
        importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
    ]
    able = [module for module in modules if hasattr(module, function)]
    for module in sorted(able, key=lambda module: module.ORDER):
        yield from getattr(module, function)(results)


def all_charts(results):
    """Every `Chart` that the file has data for, drawn one after another."""
    return _all(results, "draw")


def all_web_charts(results):
    """Every `WebChart` that a file of `compare` has data for."""
    return _all(results, "web")
