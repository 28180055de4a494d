"""Adoption over time: firms that have adopted at least one KET, with and without the programme."""

from figures.outlines import region_names
from figures.over_time import frame_over_time, level_and_difference, positions_of, web_over_time
from figures.vega import Choice
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
EVERY = {"ket": "any", "region": "all"}  #: what a list shows at first


def what_is_drawn(results):
    """Series, name, title, unit and section: firms adopting, or adopters where a file lacks them."""
    series = next((name for name in SERIES if name in results), "firms_adopting")
    return series, "adoption", *SERIES[series], "adoption"


def draw(results):
    """Level and difference of adoption."""
    return level_and_difference(results, *what_is_drawn(results))


def frame_of_parts(results, series, keep):
    """Rows of a stock by KET, by region, or by both."""
    months = positions_of(results, max(MONTHS_BETWEEN[dimension] for dimension in keep))
    frame = frame_over_time(results, results.values(series, keep, list(months)))
    return frame.assign(
        ket=frame["ket"].map(heading) if "ket" in keep else EVERY["ket"],
        region=frame["region"].map(named_regions(results)) if "region" in keep else EVERY["region"],
    )


def named_regions(results):
    """Code -> name of the regions of the file."""
    return {code: region_names().get(code, code) for code in results.labels("region")}


def lists_and_parts(results):
    """Lists of KETs and regions, and rows of each KET in each region.

    Of one KET a pair is a firm, so that adopters by KET go with firms by region.
    """
    series = what_is_drawn(results)[0]
    by_ket = "adopters" in results and "ket" in results.partition("adopters")
    by_region = series in results and "region" in results.partition(series)
    lists, parts = [], []
    if by_ket:
        kets = [heading(code) for code in results.labels("ket")]
        lists.append(Choice("ket", "Technology", {one: one for one in (EVERY["ket"], *kets)}))
        parts.append(frame_of_parts(results, "adopters", ("ket",)))
    if by_region:
        names = named_regions(results).values()
        lists.append(Choice("region", "Region", {one: one for one in (EVERY["region"], *names)}))
        parts.append(frame_of_parts(results, series, ("region",)))
    if by_ket and by_region and "region" in results.partition("adopters"):
        parts.append(frame_of_parts(results, "adopters", ("region", "ket")))
    return parts, lists


def web(results):
    """The same for the report, with lists of KETs and regions."""
    series, name, title, unit, section = what_is_drawn(results)
    unit = unit.removesuffix(" with at least one KET")  # or with the one that is chosen
    return web_over_time(results, series, name, title, unit, section, *lists_and_parts(results))
