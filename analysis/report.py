#!/usr/bin/env python3
"""Write the report of a result file: one HTML page that needs no network and prints well.

Usage: python3 analysis/report.py FILE.h5 -o report.html
"""

import re
from pathlib import Path

from ketsim_cli import UserError, named_packages, parser, run

with named_packages():
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from figures import all_charts
    from figures.regions import ATTRIBUTION
    from figures.style import svg_text
    from ketsim_headlines import facts_of, months_of
    from ketsim_measures import Measures
    from ketsim_metadata import GRADES
    from ketsim_prose import month_in_words, sentences
    from ketsim_record import compare_record
    from ketsim_results import open_results
    from ketsim_wording import heading, with_interval

TEMPLATES = Path(__file__).resolve().parent / "templates"


def inline_svg(chart):
    """A chart as SVG inside a page: unique ids, size left to the page, text alternative."""
    text = svg_text(chart.figure)
    text = text[text.index("<svg") :]
    text = re.sub(r"\s*<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    prefix = f"{chart.name}--"
    text = re.sub(r'\bid="', f'id="{prefix}', text)
    text = re.sub(r'xlink:href="#', f'xlink:href="#{prefix}', text)
    text = text.replace("url(#", f"url(#{prefix}")
    opening, rest = text.split(">", 1)
    width = float(re.search(r'\bwidth="([\d.]+)pt"', opening).group(1))
    opening = re.sub(r'\s(width|height)="[\d.]+pt"', "", opening)
    style = f' style="max-width: {width / 72:.2f}in"'
    return (
        Markup(opening)
        + Markup(' role="img" aria-label="{}"').format(chart.alt)
        + Markup(f"{style}>{rest}")
    )


def charts_by_section(results):
    """Section of the report -> its charts, drawn and made ready for the page."""
    sections = {}
    for chart in all_charts(results):
        entry = {
            "name": chart.name,
            "title": chart.title,
            "alt": chart.alt,
            "svg": inline_svg(chart),
        }
        sections.setdefault(chart.section, []).append(entry)
    return sections


def measure_rows(measures, alternative):
    """Every measure of the file at every horizon, with its definition."""
    rows = []
    for name in measures.names:
        unit = measures.attribute(name, "units", "1")
        cells = [
            with_interval(measures.estimate(name, alternative, horizon), unit, name)
            for horizon in measures.horizons
        ]
        rows.append(
            {"label": heading(name), "cells": cells, "doc": measures.attribute(name, "long_name")}
        )
    return rows


def answers(results, measures):
    """For each alternative: sentences, facts and measures."""
    last = months_of(results)[-1]
    return [
        {
            "title": results.title(alternative),
            "description": results.provenance.descriptions.get(alternative, ""),
            "sentences": sentences(results, measures, alternative, last),
            "facts": facts_of(results, measures, alternative),
            "measures": (
                measure_rows(measures, alternative) if alternative in measures.alternatives else []
            ),
        }
        for alternative in results.alternatives
    ]


def command_lines(results):
    """The command that makes the file again, from what the file says of itself."""
    said = results.provenance.command
    if "ketsim" in said:
        return said
    verb = said or ("compare" if results.baseline else "run")
    files = " ".join(f"{scenario}.yaml" for scenario in results.scenarios)
    seed = f" --seed {results.provenance.seed}" if results.provenance.seed else ""
    return f"ketsim {verb} {files} -o {results.path.name} --replicates {results.replicates}{seed}"


def context_of(results):
    """All that the template shows."""
    measures = Measures(results)
    parameters = results.parameters
    months = months_of(results)
    return {
        "title": " and ".join(results.title(alternative) for alternative in results.alternatives),
        "baseline": results.title(results.baseline) if results.baseline else "",
        "answers": answers(results, measures),
        "months": months,
        "last_month": month_in_words(months[-1]),
        "has_measures": bool(measures),
        "replicates": results.replicates,
        "span": (results.months[0], results.months[-1]),
        "record": compare_record(results, results.alternatives[0]),
        "record_title": results.title(results.alternatives[0]),
        "scenarios": [(scenario, results.title(scenario)) for scenario in results.scenarios],
        "charts": charts_by_section(results),
        "attribution": ATTRIBUTION,
        "grades": GRADES,
        "parameters": parameters,
        "fitted": [parameter for parameter in parameters if parameter.grade == "F"],
        "judged": [parameter for parameter in parameters if parameter.grade in ("E", "A")],
        "differing": [parameter for parameter in parameters if parameter.differs],
        "provenance": results.provenance,
        "command": command_lines(results),
        "css": Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
    }


def render(results):
    """The report as HTML text; all that comes from the file is escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2").render(context_of(results))


def main():
    """Run from the command line."""
    arguments = parser("Write the report of a ketsim result file as one HTML page.")
    arguments.add_argument(
        "-o", "--output", metavar="report.html", type=Path, required=True, help="page to write"
    )
    options = arguments.parse_args()
    if options.output.is_dir():
        raise UserError(
            f"{options.output} is a folder; name the page to write, such as"
            f" {options.output / 'report.html'}"
        )
    page = render(open_results(options.file))
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(page, encoding="utf-8")
    print(f"{options.output}: report written")


if __name__ == "__main__":
    run(main)
