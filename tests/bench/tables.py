"""Markdown tables, and numbers as people read them."""


def table(header, rows):
    """A Markdown table; the first column holds words, the others numbers."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def number(value, digits=3):
    """So many significant digits and thousands apart; a dash for what was not measured."""
    if value is None:
        return "–"
    if value == 0 or abs(value) >= 10 ** (digits - 1):
        return f"{value:,.0f}"
    return f"{float(f'{value:.{digits}g}'):g}"


def whole(value):
    """A whole number, thousands apart; a dash for what was not measured."""
    return "–" if value is None else f"{value:,.0f}"


def count(value):
    """A number of agents as people write it: 260,000, 1e6, 2.5e7."""
    if value < 10**6:
        return f"{value:,}"
    exponent = len(str(value)) - 1
    return f"{value / 10**exponent:g}e{exponent}"


def speed(value):
    """Agent-steps per second, 1.23e8."""
    return "–" if value is None else f"{value:.2e}".replace("e+0", "e")


def ratio(value, base):
    """How many times `base`; a dash where either was not measured."""
    return "–" if not value or not base else f"{value / base:.2f}"


def commands(*groups):
    """The commands of groups, as a block of code."""
    lines = [
        " ".join(entry["command"]).replace("{output}", "OUT.h5")
        for measured in groups
        for entry in measured.values()
    ]
    return "```\n" + "\n".join(lines) + "\n```"
