"""The question of the size finder: what the tape says, and in which unit."""

from decimal import Decimal

from wtforms import Form, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs are of 3.2

from app.catalog.measures import LengthUnit, Measure
from app.catalog.sizing import SizeChart
from app.storefront.typed_measure import read_typed

# No place on a grown body is measured outside of these.
SMALLEST_CM = Decimal(20)
LARGEST_CM = Decimal(250)
UNIT_NAMES = {LengthUnit.INCHES: "Inches", LengthUnit.CENTIMETERS: "Centimeters"}


class SizeForm(Form):
    """One length in one unit; every message says what to do."""

    measure = StringField("What the tape says")
    unit = RadioField(
        "Unit",
        choices=[SelectChoice(unit.value, name) for unit, name in UNIT_NAMES.items()],
        # The shop is in the United States.
        default=LengthUnit.INCHES.value,
        validate_choice=False,
    )

    chart: SizeChart | None = None

    @property
    def body_measure(self) -> Measure | None:
        """The exact measure, as soon as number and unit can be read."""
        typed = read_typed(self.measure.data or "")
        return Measure(typed.number, LengthUnit(self.unit.data)) if typed and self._has_unit else None

    @property
    def _has_unit(self) -> bool:
        return self.unit.data in set(LengthUnit)

    def validate_unit(self, _field: RadioField) -> None:
        """Accept inches or centimeters, and nothing by default once the form was sent."""
        if not self.unit.raw_data or not self._has_unit:
            raise ValidationError("Please choose inches or centimeters.")

    def validate_measure(self, field: StringField) -> None:
        """Accept a length that a body can have."""
        if not (field.data or "").strip():
            raise ValidationError("Please enter what the tape says, such as 33.5 or 33 1/2.")
        typed = read_typed(field.data or "")
        if typed is None:
            raise ValidationError(
                "We could not read this as a number. Please write it like 33.5, 33,5 or 33 1/2."
            )
        if typed.number <= 0:
            raise ValidationError("Please enter a number above zero.")
        measure = self.body_measure
        if measure is None:
            return
        if typed.unit not in (None, measure.unit):
            raise ValidationError(
                f"You wrote {UNIT_NAMES[measure.unit.other].lower()} here but chose "
                f"{UNIT_NAMES[measure.unit].lower()} below. Please make them the same."
            )
        if not SMALLEST_CM <= measure.cm <= LARGEST_CM:
            raise ValidationError(self._out_of_reach(measure))

    def _out_of_reach(self, measure: Measure) -> str:
        size = "small" if measure.cm < SMALLEST_CM else "large"
        advice = unit_hint(self.chart, measure) or "Please measure once more."
        return f"{measure.words} is too {size} for a person. {advice}"


def unit_hint(chart: SizeChart | None, measure: Measure) -> str:
    """Ask to check the unit when the same number in the other unit lies in the chart; else nothing."""
    other = measure.in_other_unit
    if chart is None or chart.answer(other.cm).size is None:
        return ""
    return f"Please check the unit: did you mean {UNIT_NAMES[other.unit].lower()}?"
