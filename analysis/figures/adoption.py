"""Adoption over time: firms that have adopted at least one KET, with and without the programme."""

from figures.over_time import level_and_difference, web_over_time
from figures.outlines import region_names
from ketsim_wording import heading

ORDER = 10
SERIES = {
    "firms_adopting": (
        "Firms that have adopted a key enabling technology",
        "number of firms with at least one KET",
    ),
    "adopters": ("Adoptions of key enabling technologies", "pairs of a firm and a KET"),
}
MONTHS_BETWEEN = {"ket": 3, "region": 12}  #: points of the parts: fewer keep the page small


def what_is_drawn(results):
    """Series, name, title, unit and section: firms adopting, or adopters where a file lacks them."""
    series = next((name for name in SERIES if name in results), "firms_adopting")
    return series, "adoption", *SERIES[series], "adoption"


def draw(results):
    """Level and difference of adoption."""
    return level_and_difference(results, *what_is_drawn(results))


def parts_of(results):
    """Label -> adoption over time in one part, and months from point to point.

    Of one KET a pair is a firm, so that adopters by KET go with firms by region.
    """
    parts = {}
    names = region_names()
    for series, dimension in (("adopters", "ket"), (what_is_drawn(results)[0], "region")):
        if series not in results or dimension not in results.partition(series):
            continue
        values = results.accumulated(series, keep=(dimension,))
        for code in results.labels(dimension):
            label = names.get(code, code) if dimension == "region" else heading(code)
            values_there = values.sel({dimension: code}, drop=True)
            parts[label] = values_there, MONTHS_BETWEEN[dimension]
    return parts


def web(results):
    """The same for the report, with a list of KETs and regions."""
    return web_over_time(results, *what_is_drawn(results), parts_of(results))
