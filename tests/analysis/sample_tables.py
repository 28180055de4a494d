"""Made-up parameters, and the public record, of a sample result file."""

import numpy as np
import xarray as xr


TOTAL_COST = 9994868.76


def text(values):
    """Strings as an object array, which becomes variable-length UTF-8."""
    return np.array(values, dtype=object)


def make_parameters(scenarios):
    """A few parameters of every grade."""
    rows = [
        ("seed_of_world", "1", "Which world", "", "S", "1"),
        (
            "market.entry",
            "1",
            "Chance that a product reaches the market",
            "parameters.csv: zim.market_entry_share",
            "M",
            "0.6",
        ),
        (
            "adoption.media",
            "1/yr",
            "Hazard of awareness from media",
            "products: more than 40 in the record",
            "F",
            "0.021",
        ),
        (
            "border.language_friction",
            "1",
            "Language friction",
            "proposals_submitted = 24, studies_funded = 6",
            "F",
            "0.4",
        ),
        ("adoption.hurdle_rate", "1/yr", "Return that a firm asks for", "assumption", "A", "0.12"),
        ("projects.tech_success", "1", "Technical success", "project.tech_success", "E", "0.7"),
        (
            "programmes[rocket].budget",
            "EUR",
            "Budget of the programme",
            "rocket.budget_eur",
            "M",
            "9994868.76",
        ),
    ]
    columns = ("path", "unit", "doc", "source", "grade", "default")
    data = {name: ("parameter", text([row[i] for row in rows])) for i, name in enumerate(columns)}
    values = [
        [row[5] if s or "rocket" not in row[0] else "" for row in rows]
        for s in range(len(scenarios))
    ]
    data["value"] = (("scenario", "parameter"), text(values))
    return xr.Dataset(data)


def make_record():
    """The public record of ROCKET."""
    page = "project page, 2018-03-29"
    rows = [
        ("proposals_submitted", 24, 20, 24, "1", page, "almost two dozen proposals"),
        ("projects_funded", 11, 11, 11, "1", "INTERREG page", "innovation projects"),
        ("studies_funded", 6, 6, 7, "1", "INTERREG page", "feasibility studies"),
        ("products", 40, 40, np.nan, "1", page, "more than 40 products"),
        (
            "firms_reached",
            500,
            200,
            1000,
            "1",
            page,
            "hundreds of SMEs; the range is a reading of the word",
        ),
        (
            "public_money_paid+private_contribution",
            TOTAL_COST,
            TOTAL_COST,
            TOTAL_COST,
            "EUR",
            "Interreg Europe 1926",
            "total cost of the programme's work",
        ),
    ]
    columns = ("name", "value", "low", "high", "unit", "source", "doc")
    record = {}
    for i, name in enumerate(columns):
        values = [row[i] for row in rows]
        is_text = isinstance(values[0], str)
        record[name] = ("entry", text(values) if is_text else np.array(values, dtype=float))
    return xr.Dataset(record)
