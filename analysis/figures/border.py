"""The border: the share of collaboration ties that cross it, over time."""

from figures.over_time import level_and_difference

ORDER = 50


def draw(results):
    """Cross-border share of active collaboration ties."""
    return level_and_difference(
        results,
        "cross_border_share",
        "cross_border_share",
        "Collaboration across the border",
        "share of active collaboration ties that cross the border",
        "border",
    )
