"""A measure is read as people write it, exactly, or not at all."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.measures import LengthUnit, Measure
from app.storefront.typed_measure import read_typed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("33", "33"),
        (" 33.5 ", "33.5"),
        ("33,5", "33.5"),
        ("33.", "33"),
        ("33 1/2", "33.5"),
        ("33-1/2", "33.5"),
        ("33  3 / 4", "33.75"),
        ("33½", "33.5"),
        ("33 ¼", "33.25"),
        ("33⅞", "33.875"),
        ("33 1\u20442", "33.5"),
        ("33 5/16", "33.3125"),
        ("1/2", "0.5"),
        ("033.50", "33.5"),
        ("+33", "33"),
        ("-33", "-33"),
        ("\u221233.5", "-33.5"),
        ("0", "0"),
        ("33.333333333333", "33.333333333333"),
    ],
)
def test_a_number_is_read_exactly(text: str, number: str) -> None:
    typed = read_typed(text)
    assert typed is not None
    assert (typed.number, typed.unit) == (Decimal(number), None)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("33.5 in", LengthUnit.INCHES),
        ('33"', LengthUnit.INCHES),
        ("33½ Inches", LengthUnit.INCHES),
        ("85cm", LengthUnit.CENTIMETERS),
        ("85 CM.", LengthUnit.CENTIMETERS),
    ],
)
def test_a_unit_behind_the_number_is_read_too(text: str, unit: LengthUnit) -> None:
    typed = read_typed(text)
    assert typed is not None
    assert typed.unit is unit


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "abc", "M", "33.5.1", "33 34", "1/3", "33 1/0", "33 1/5", "1e2", "1E400", "NaN", "inf",
        "0x21", "33 m", "33 ft", "5'3", "٣٣", ".5", "--3", "33_000", "9" * 6, "9" * 31, "33." + "3" * 13,
        "½½", "<script>", "33%",
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_not_guessed(text: str) -> None:
    assert read_typed(text) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    typed = read_typed(text)
    assert typed is None or typed.number.is_finite()


@given(whole=st.integers(0, 99999), decimals=st.text("0123456789", min_size=1, max_size=12))
def test_inches_become_centimeters_without_rounding(whole: int, decimals: str) -> None:
    typed = read_typed(f"{whole}.{decimals}")
    assert typed is not None
    exact = Fraction(f"{whole}.{decimals}") * Fraction(254, 100)
    assert Fraction(Measure(typed.number, LengthUnit.INCHES).cm) == exact


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        ("33.5", LengthUnit.INCHES, "33.5 in (85.09 cm)"),
        ("85", LengthUnit.CENTIMETERS, "85 cm (33.46 in)"),
        ("40", LengthUnit.INCHES, "40 in (101.6 cm)"),
        ("36.2204", LengthUnit.INCHES, "36.2204 in (91.99 cm)"),
    ],
)
def test_a_measure_is_repeated_in_both_units(number: str, unit: LengthUnit, words: str) -> None:
    assert Measure(Decimal(number), unit).words == words
