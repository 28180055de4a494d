"""Sections of the measurements, in the order in which they are run and shown.

A section is a module with `measure(bench)`, which returns a list of groups (a dict of what they have
in common, and `measured`, what `Bench.alternate` returned), and `show(groups)`, which makes
Markdown of them. Groups go through a JSON file in between.
"""

import importlib

NAMES = ("reference", "full", "scale", "threads", "ensemble", "sweep", "startup", "kernels")


def section(name):
    """The module of a section."""
    return importlib.import_module(f"sections.{name}")
