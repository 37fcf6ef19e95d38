"""Reads the fields of the developers' forms."""

import math
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from .errors import invalid
from .faults import KINDS, Fault
from .money import decimals

_LONGEST_WAIT: Final = 24 * 60 * 60
_MOST: Final = 100_000
_COPIES: Final = 20
_SECONDS: Final = {"delay": 5.0, "slow": 2.0, "reorder": 1.0}
_UNITS: Final = {"minutes": 60, "hours": 60 * 60, "days": 24 * 60 * 60}


def read_amount(typed: str, currency: str) -> int | None:
    """Return an amount such as 12.50 in minor units, None for an empty field; raises ApiError."""
    if not typed.strip():
        return None
    try:
        return int(Decimal(typed.strip()) * 10 ** decimals(currency))
    except (InvalidOperation, ValueError, OverflowError):
        raise invalid("Enter an amount such as 12.50, or leave it empty for the remainder.") from None


def read_number(form: Mapping[str, str], name: str, usual: float, least: float, most: float) -> float:
    """Return a number from a form, `usual` for an empty field; raises ApiError when it is out of bounds."""
    typed = form.get(name, "").strip()
    try:
        number = float(typed) if typed else usual
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        raise invalid(f"Enter {name} as a number from {least:g} to {most:g}.", name)
    return number


def read_fault(form: Mapping[str, str]) -> Fault:
    """Return the rule a form describes; raises ApiError."""
    kind = form.get("kind", "")
    if kind not in KINDS:
        raise invalid(f"Choose one of these faults: {', '.join(KINDS)}.", "kind")
    chance = read_number(form, "chance", 0, 0, 100) if form.get("chance", "").strip() else None
    counted = bool(form.get("count", "").strip()) or chance is None
    usual_count = 2 if kind == "reorder" else 1
    method, _, prefix = form.get("match", "").strip().rpartition(" ")
    return Fault(
        id=0,
        kind=kind,
        method=method.strip().upper(),
        prefix=prefix,
        remaining=_whole(form, "count", usual_count, 1, _MOST) if counted else None,
        chance=chance,
        seed=_whole(form, "seed", 0, 0, 2**53),
        seconds=read_number(form, "seconds", _SECONDS.get(kind, 0), 0, _LONGEST_WAIT),
        copies=_whole(form, "copies", 2, 2, _COPIES) if kind == "duplicate" else 1,
    )


def read_advance(form: Mapping[str, str]) -> float:
    """Return by how many seconds to put the clock forward; raises ApiError."""
    seconds = sum(read_number(form, unit, 0, 0, 100_000) * size for unit, size in _UNITS.items())
    if not seconds:
        raise invalid("Say by how many minutes, hours or days.", "minutes")
    return seconds


def _whole(form: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    number = read_number(form, name, usual, least, most)
    if number != int(number):
        raise invalid(f"Enter {name} as a whole number.", name)
    return int(number)
