"""Numbers and names as people read them: digits that the interval supports, units in words."""

import math
import re

#: Words that are written otherwise in running text than in the file.
SPELLING = {
    "ket": "KET",
    "kets": "KETs",
    "smes": "SMEs",
    "sme": "SME",
    "eur": "EUR",
    "micro electronics": "micro-electronics",
    "cross border": "cross-border",
}
COUNTRIES = {"NL": "Netherlands", "DE": "Germany", "BE": "Belgium"}
COUNT_UNITS = ("", "1")
UNIT_WORDS = {
    "month": "months",
    "h": "hours",
    "year": "years",
    "1/MEUR": "per million EUR",
    "1/award": "per award",
}
UNDEFINED = "not defined"


def words(name):
    """A snake_case name in words: `cross_border_share` is "cross-border share"."""
    text = f" {name.replace('_', ' ')} "
    for plain, spelt in SPELLING.items():
        text = text.replace(f" {plain} ", f" {spelt} ")
    return text.strip()


def heading(name):
    """A snake_case name in words with a capital."""
    text = words(name)
    return text[:1].upper() + text[1:]


def sentence_case(text):
    """A text of the file as a sentence: with a capital and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:].rstrip(".") + "." if text else ""


def slug(text):
    """A text as part of a file name."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "untitled"


def country(code):
    """Name of a country, or its code where it has no name here."""
    return COUNTRIES.get(code, code)


def is_share(name, unit):
    """Whether values are shares of one, to be shown in per cent."""
    return unit in COUNT_UNITS and (name.endswith("share") or "_share_" in name)


def decimals_for(spread, value):
    """Decimal places at which the width of an interval is 5 to 50 units of the last digit.

    Without an interval: three digits of the value.
    """
    if math.isfinite(spread) and spread > 1e-9 * abs(value):
        return -math.floor(math.log10(spread / 5))
    if value == 0 or not math.isfinite(value) or value == round(value):
        return 0
    return 2 - math.floor(math.log10(abs(value)))


def width_of(low, high):
    """Width of an interval for `decimals_for`: where zero is outside, narrow enough that both ends
    keep a digit.
    """
    if low * high > 0:
        return min(high - low, 5 * min(abs(low), abs(high)))
    return high - low


def plain(value, decimals=0, signed=False):
    """A number with thousands separators; negative `decimals` round to tens, hundreds ..."""
    if not math.isfinite(value):
        return UNDEFINED
    value = round(value, decimals) + 0.0
    text = f"{abs(value):,.{min(max(decimals, 0), 6)}f}"
    sign = "\N{MINUS SIGN}" if value < 0 else ("+" if signed and value > 0 else "")
    return sign + text


def _scaled(unit, name, largest, signed):
    """Factor, prefix and suffix that turn values of the file into what is printed."""
    if is_share(name, unit):
        return 100.0, "", " points" if signed else " %"
    if unit == "EUR":
        return (1e-6, "EUR ", " million") if abs(largest) >= 1e6 else (1.0, "EUR ", "")
    return 1.0, "", "" if unit in COUNT_UNITS else f" {UNIT_WORDS.get(unit, unit)}"


def quantity(value, unit="1", name="", spread=math.nan, signed=False):
    """One number with its unit: "EUR 412,000", "11.3 %", "62".

    Parameters
    ----------
    value : float
    unit : str
        Unit as in the file; "1" for counts and shares.
    name : str
        Name of the series, which tells shares from counts.
    spread : float
        Width of the interval (`width_of`) that decides how many digits are shown.
    signed : bool
        Whether a plus is written.
    """
    if not math.isfinite(value):
        return UNDEFINED
    factor, prefix, suffix = _scaled(unit, name, value, signed)
    return (
        prefix
        + plain(value * factor, decimals_for(spread * factor, value * factor), signed)
        + suffix
    )


def span(low, high, unit="1", name="", signed=False, bare=False):
    """An interval or range: "54 to 68", "EUR 98,000 to 131,000"; `bare` leaves the unit out."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return UNDEFINED
    factor, prefix, suffix = _scaled(unit, name, max(abs(low), abs(high)), signed)
    ends = low * factor, high * factor
    whole = not bare and all(end == round(end) and abs(end) < 100 for end in ends)
    decimals = 0 if whole else decimals_for(width_of(*ends), ends[1])
    text = f"{plain(ends[0], decimals)} to {plain(ends[1], decimals)}"
    return text if bare and suffix != " million" else prefix * (not bare) + text + suffix


def with_interval(estimate, unit="1", name="", signed=False):
    """Mean and interval: "62 [54 to 68]"; square brackets always hold that of the mean."""
    text = quantity(estimate.mean, unit, name, width_of(estimate.low, estimate.high), signed)
    inner = span(estimate.low, estimate.high, unit, name, signed, bare=True)
    return text if UNDEFINED in (text, inner) else f"{text} [{inner}]"


def one_line(text):
    """Text from a file fit for a terminal: one line, without control characters."""
    return "".join(
        character if character.isprintable() else " " for character in " ".join(text.split())
    )


def joined(items):
    """A list in words: "a, b and c"."""
    items = list(items)
    return (
        items[0]
        if len(items) == 1
        else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
    )
