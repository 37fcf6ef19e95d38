"""Metric and US units side by side, worked out from the one that the catalogue keeps."""

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal

CM_PER_INCH = Decimal("2.54")
KG_PER_POUND = Decimal("0.45359237")
GRAMS_PER_OUNCE = Decimal("28.349523125")
OUNCES_PER_POUND = 16
# Of one kilogram per cubic meter.
POUNDS_PER_CUBIC_FOOT = Decimal("0.0624279606")
GRAMS_PER_KILOGRAM = 1000

_TENTH = Decimal("0.1")
_EIGHTH = Decimal("0.125")
# From here on a larger unit reads better, or a whole number is exact enough.
_METERS_FROM_CM = 300
_WHOLE_INCHES_FROM = 10
_HOURS_FROM_MINUTES = 120


def to_inches(centimeters: Decimal) -> Decimal:
    """Return inches to one decimal."""
    return round_to(centimeters / CM_PER_INCH, _TENTH)


def to_first_mark(centimeters: Decimal) -> Decimal:
    """Return inches at the first eighth or tenth that is not below a length.

    It stands in size charts. Half-up rounding would name 36.2 in for 92 cm, and 36.2 in is less than 92 cm:
    whoever reads a tape would be led to another size than the exact length leads to.
    """
    inches = centimeters / CM_PER_INCH
    marks = ((inches / step).to_integral_value(ROUND_CEILING) * step for step in (_EIGHTH, _TENTH))
    return min(marks)


def to_kilograms(pounds: Decimal) -> Decimal:
    """Return kilograms to one decimal."""
    return round_to(pounds * KG_PER_POUND, _TENTH)


def to_pounds(kilograms: Decimal) -> Decimal:
    """Return whole pounds, rounded down because they are used for limits."""
    return (kilograms / KG_PER_POUND).quantize(Decimal(1), ROUND_DOWN)


def to_fahrenheit(celsius: Decimal) -> Decimal:
    """Return whole degrees Fahrenheit."""
    return round_to(celsius * 9 / 5 + 32, Decimal(1))


def write_mass(kilograms: int) -> str:
    """Write a load limit as `120 kg (264 lb)`."""
    return f"{kilograms} kg ({to_pounds(Decimal(kilograms))} lb)"


def write_density(kilograms: int) -> str:
    """Write kilograms per cubic meter as `28 kg per cubic meter (1.7 lb per cubic foot)`."""
    pounds = round_to(kilograms * POUNDS_PER_CUBIC_FOOT, _TENTH)
    return f"{kilograms} kg per cubic meter ({pounds} lb per cubic foot)"


def round_to(number: Decimal, step: Decimal) -> Decimal:
    """Round half up to a step such as 0.1."""
    return number.quantize(step, ROUND_HALF_UP)


def write_number(number: Decimal) -> str:
    """Write a number without needless zeros: `3.80` as `3.8`, `1200` as `1,200`."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_length(centimeters: Decimal) -> str:
    """Write a length as `30 cm (12 in)`, with millimeters below one centimeter and meters above three."""
    if centimeters >= _METERS_FROM_CM:
        feet = round_to(centimeters / CM_PER_INCH / 12, Decimal(1))
        return f"{write_number(centimeters / 100)} m ({write_number(feet)} ft)"
    inches = centimeters / CM_PER_INCH
    step = Decimal(1) if inches >= _WHOLE_INCHES_FROM else _TENTH if inches >= _TENTH else Decimal("0.01")
    us = f"{write_number(round_to(inches, step))} in"
    if centimeters < 1:
        return f"{write_number(centimeters * 10)} mm ({us})"
    return f"{write_number(centimeters)} cm ({us})"


def write_weight(grams: int) -> str:
    """Write a weight as `148 g (5 oz)`, or in kilograms and pounds when heavier."""
    ounces = Decimal(grams) / GRAMS_PER_OUNCE
    if ounces < OUNCES_PER_POUND:
        us = f"{write_number(round_to(ounces, Decimal(1) if ounces >= 1 else _TENTH))} oz"
    else:
        us = f"{write_number(round_to(ounces / OUNCES_PER_POUND, _TENTH))} lb"
    if grams < GRAMS_PER_KILOGRAM:
        return f"{grams} g ({us})"
    return f"{write_number(round_to(Decimal(grams) / GRAMS_PER_KILOGRAM, Decimal('0.01')))} kg ({us})"


def write_pull(low_pounds: Decimal, high_pounds: Decimal) -> str:
    """Write a range of force as `8 to 15 lb (3.6 to 6.8 kg)`."""
    kilograms = f"{to_kilograms(low_pounds)} to {to_kilograms(high_pounds)} kg"
    return f"{write_number(low_pounds)} to {write_number(high_pounds)} lb ({kilograms})"


def write_temperature(celsius: int) -> str:
    """Write a temperature as `45 C (113 F)`."""
    return f"{celsius} C ({to_fahrenheit(Decimal(celsius))} F)"


def write_minutes(minutes: Decimal) -> str:
    """Write a time as `20 minutes`, or in hours from two hours on."""
    if minutes >= _HOURS_FROM_MINUTES:
        return write_hours(minutes / 60)
    return f"{write_number(minutes)} {'minute' if minutes == 1 else 'minutes'}"


def write_hours(hours: Decimal) -> str:
    """Write a time as `2.5 hours`."""
    return f"{write_number(round_to(hours, _TENTH))} {'hour' if hours == 1 else 'hours'}"
