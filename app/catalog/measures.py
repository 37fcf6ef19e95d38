"""A length that somebody measured on a body, in the unit that they used."""

from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import NamedTuple

from app.catalog.units import CM_PER_INCH, write_number

_HUNDREDTH = Decimal("0.01")


class LengthUnit(StrEnum):
    """The two units that a tape shows."""

    INCHES = "in"
    CENTIMETERS = "cm"

    @property
    def other(self) -> "LengthUnit":
        """The other side of the tape."""
        return LengthUnit.CENTIMETERS if self is LengthUnit.INCHES else LengthUnit.INCHES


class Measure(NamedTuple):
    """What the tape said."""

    number: Decimal
    unit: LengthUnit

    @property
    def cm(self) -> Decimal:
        """The exact length in centimeters; it is never rounded, because sizes are chosen by it."""
        return self.number * CM_PER_INCH if self.unit is LengthUnit.INCHES else self.number

    @property
    def in_other_unit(self) -> "Measure":
        """The same number read on the other side of the tape, which is another length."""
        return Measure(self.number, self.unit.other)

    @property
    def words(self) -> str:
        """Write it as `33.5 in (85.09 cm)`, for reading only.

        Rounded down, so that what lies just below a size is never shown as its first number.
        """
        length = self.cm if self.unit is LengthUnit.INCHES else self.cm / CM_PER_INCH
        shown = write_number(length.quantize(_HUNDREDTH, ROUND_DOWN))
        return f"{write_number(self.number)} {self.unit} ({shown} {self.unit.other})"
