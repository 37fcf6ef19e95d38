"""Reads a length as people write it after looking at a tape."""

import re
from decimal import Decimal
from typing import NamedTuple

from app.catalog.measures import LengthUnit

LONGEST = 30
# What word processors put in place of the keys of a keyboard.
MINUS_SIGN = "\u2212"
FRACTION_SLASH = "\u2044"
_VULGAR = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8"}
_UNITS = {
    LengthUnit.INCHES: ("in", "in.", "inch", "inches", '"', "″", "”", "''"),
    LengthUnit.CENTIMETERS: ("cm", "cm.", "centimeter", "centimeters"),
}
_WRITTEN = re.compile(
    r"""(?P<sign>[-\u2212+]?)\s*
    (?:
        (?P<whole>[0-9]{1,5})(?:[.,](?P<decimals>[0-9]{0,12}))?
      | (?:(?P<units>[0-9]{1,5})[ -]+)?(?P<parts>[0-9]{1,2})\s*/\s*(?P<of>2|4|8|16|32|64)
    )
    \s*(?P<unit>[^0-9]*)""",
    re.VERBOSE | re.ASCII,
)


class TypedMeasure(NamedTuple):
    """The exact number that was typed, and the unit if it stands behind."""

    number: Decimal
    unit: LengthUnit | None


def read_typed(text: str) -> TypedMeasure | None:
    """Read `33.5`, `33,5`, `33 1/2` or `33½`, with a unit behind or without; None when it cannot be told.

    Fractions are those of a tape, so that their decimals end.
    """
    for sign, fraction in _VULGAR.items():
        text = text.replace(sign, f" {fraction}")
    found = _WRITTEN.fullmatch(text.replace(FRACTION_SLASH, "/").strip()) if len(text) <= LONGEST else None
    if found is None:
        return None
    unit_text = found["unit"].strip().lower()
    unit = next((unit for unit, names in _UNITS.items() if unit_text in names), None)
    if unit_text and unit is None:
        return None
    number = _number(found)
    return TypedMeasure(-number if found["sign"] in ("-", MINUS_SIGN) else number, unit)


def _number(found: re.Match[str]) -> Decimal:
    if found["whole"]:
        return Decimal(f"{found['whole']}.{found['decimals'] or 0}")
    return Decimal(found["units"] or 0) + Decimal(found["parts"]) / Decimal(found["of"])
