"""Adoption over time: firms that have adopted at least one KET, with and without the programme."""

from figures.over_time import level_and_difference

ORDER = 10


def draw(results):
    """Firms adopting; where the file lacks them, adopting pairs of a firm and a KET."""
    if "firms_adopting" in results:
        return level_and_difference(
            results,
            "firms_adopting",
            "adoption",
            "Firms that have adopted a key enabling technology",
            "number of firms with at least one KET",
            "adoption",
        )
    return level_and_difference(
        results,
        "adopters",
        "adoption",
        "Adoptions of key enabling technologies",
        "pairs of a firm and a KET",
        "adoption",
    )
