#!/usr/bin/env python3
"""Write the report of a result file: one HTML page that needs no network and prints well.

Usage: python3 analysis/report.py FILE.h5 -o report.html
"""

import base64
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

from ketsim_cli import UserError, named_packages, parser, run

with named_packages():
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from figures import all_web_charts
    from figures.outlines import ATTRIBUTION
    from figures.ranking import MAIN, ranked
    from ketsim_cards import cards_of
    from ketsim_files import whole
    from ketsim_headlines import COST, cost_text, facts_of, months_of
    from ketsim_metadata import GRADES
    from ketsim_prose import month_in_words, sentences, verdict
    from ketsim_record import compare_record
    from ketsim_results import open_results
    from ketsim_wording import heading, with_interval

HERE = Path(__file__).resolve().parent
TEMPLATES, VENDOR = HERE / "templates", HERE / "vendor"
LIBRARIES = ("vega.min.js", "vega-lite.min.js", "vega-embed.min.js")
#: Sections that the template has a place for; charts of others stand at the end.
SECTIONS = "ranking adoption funnel money border regions gains instruments doubt series".split()


def json_text(value):
    """JSON that cannot end the script element that it stands in, whatever its texts are."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def scripts():
    """The libraries of the charts and the page's own script, in order."""
    texts = [(VENDOR / name).read_text(encoding="utf-8") for name in LIBRARIES]
    texts = [re.sub(r"\n?//# sourceMappingURL=\S+", "", text) for text in texts]
    return [*texts, (TEMPLATES / "report.js").read_text(encoding="utf-8")]


def hash_of(script):
    """The source of a script in a content security policy: only these scripts may run."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def charts_by_section(results):
    """Section of the report -> its charts, ready for the page."""
    sections = {}
    for chart in all_web_charts(results):
        payload = {"spec": {**chart.spec, "description": chart.alt}, "definitions": chart.definitions}
        entry = {
            "name": chart.name,
            "title": chart.title,
            "alt": chart.alt,
            "note": chart.note,
            "json": json_text(payload),
        }
        sections.setdefault(chart.section, []).append(entry)
    return sections


def measure_rows(measures, alternative):
    """Every measure of the file at every horizon, with its definition."""
    rows = []
    for name in measures.names:
        unit = measures.attribute(name, "units", "1")
        cells = [
            cost_text(measures, alternative, horizon)
            if name == COST
            else with_interval(measures.estimate(name, alternative, horizon), unit, name)
            for horizon in measures.horizons
        ]
        rows.append(
            {"label": heading(name), "cells": cells, "doc": measures.attribute(name, "long_name")}
        )
    return rows


def best_first(results):
    """Alternatives by their net additional adopters at the last horizon."""
    if MAIN not in results.measures:
        return results.alternatives
    return [scenario for scenario, _ in ranked(results, MAIN, results.horizons[-1])]


def answers(results, order):
    """For each alternative, in this order: cards, sentences, facts and measures."""
    last = months_of(results)[-1]
    return [
        {
            "title": results.names[alternative],
            "description": results.provenance.descriptions.get(alternative, ""),
            "cards": cards_of(results, alternative, last),
            "sentences": sentences(results, results.measures, alternative, last),
            "facts": facts_of(results, results.measures, alternative),
            "measures": measure_rows(results.measures, alternative),
        }
        for alternative in order
    ]


def question_of(results):
    """What the report answers, as a heading."""
    baseline = results.names[results.baseline]
    if len(results.alternatives) > 1:
        return f"What do {len(results.alternatives)} scenarios change, against {baseline}?"
    return f"{results.names[results.alternatives[0]]}: what does it change, against {baseline}?"


def stopping_of(results):
    """How the number of replicates was chosen, where it was by precision."""
    until = str(results.dataset.attrs.get("until", ""))
    if not until:
        return ""
    reached = str(results.dataset.attrs.get("until_reached", "")) == "yes"
    return f"Replicates were added until {until}: this was{'' if reached else ' not'} reached."


def command_lines(results):
    """The command that makes the file again, from what the file says of itself."""
    said = results.provenance.command
    if "ketsim" in said:
        return said
    files = " ".join(f"{scenario}.yaml" for scenario in results.scenarios)
    seed = f" --seed {results.provenance.seed}" if results.provenance.seed else ""
    return (
        f"ketsim {said or 'compare'} {files} -o {results.path.name} --replicates"
        f" {results.replicates}{seed}"
    )


def parameters_of(results):
    """What the template shows of the parameters."""
    parameters = results.parameters
    titles = {
        "A": "Assumed",
        "E": "Estimated",
        "D": "Derived",
        "M": "Measured",
        "S": "Settings",
    }
    parameters = [one for one in parameters if one.path not in ("title", "description")]
    same = [parameter for parameter in parameters if not parameter.differs]
    return {
        "parameters": parameters,
        "counts": Counter(parameter.grade for parameter in parameters),
        "fitted": [parameter for parameter in same if parameter.grade == "F"],
        "differing": [parameter for parameter in parameters if parameter.differs],
        "by_grade": [
            (title, [parameter for parameter in same if parameter.grade == grade])
            for grade, title in titles.items()
        ],
        "grades": GRADES,
    }


def context_of(results):
    """All that the template shows."""
    order = best_first(results)
    months = months_of(results)
    script_texts = scripts()
    licences = [path.read_text(encoding="utf-8") for path in sorted(VENDOR.glob("LICENSE.*"))]
    return {
        "question": question_of(results),
        "verdict": verdict(results, order, months[-1]),
        "baseline": results.names[results.baseline],
        "answers": answers(results, order),
        "months": months,
        "last_month": month_in_words(months[-1]),
        "replicates": results.replicates,
        "span": (month_in_words(results.months[0]), month_in_words(results.months[-1])),
        "stopping": stopping_of(results),
        "record": compare_record(results, results.recorded) if results.recorded else [],
        "record_title": results.names[results.recorded] if results.recorded else "",
        "scenarios": list(results.names.items()),
        "charts": charts_by_section(results),
        "known_sections": SECTIONS,
        "attribution": ATTRIBUTION,
        **parameters_of(results),
        "provenance": results.provenance,
        "command": command_lines(results),
        "css": Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
        "scripts": [Markup(text) for text in script_texts],
        "script_hashes": Markup(" ".join(map(hash_of, script_texts))),
        "licences": "\n".join(licences),
    }


def render(results):
    """The report as HTML text; all that comes from the file is escaped.

    Raises
    ------
    UserError
        Where the file is not one of `ketsim compare`.
    """
    if results.baseline is None:
        raise UserError(
            f"{results.path} holds one scenario, as `ketsim run` writes; a report needs a file of"
            " `ketsim compare` (charts.py draws this one)"
        )
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
    arguments = parser("Write the report of a file of `ketsim compare` as one HTML page.")
    arguments.add_argument(
        "-o", "--output", metavar="report.html", type=Path, required=True, help="page to write"
    )
    options = arguments.parse_args()
    if options.output.is_dir():
        raise UserError(
            f"{options.output} is a folder; name the page to write, such as"
            f" {options.output / 'report.html'}"
        )
    if options.output.exists() and options.output.samefile(options.file):
        raise UserError(f"{options.output} is the result file itself; name another page to write")
    page = render(open_results(options.file))
    options.output.parent.mkdir(parents=True, exist_ok=True)
    with whole(options.output) as part:
        part.write_text(page, encoding="utf-8")
    print(f"{options.output}: report written")


if __name__ == "__main__":
    run(main)
