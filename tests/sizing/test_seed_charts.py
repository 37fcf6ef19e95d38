"""Every size chart of the shop at each of its boundaries, in both units: rounding never changes the size."""

import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.measures import LengthUnit, Measure
from app.catalog.sizing import Fit
from app.storefront.typed_measure import read_typed
from tests.sizing.seed_charts import INCH, SeedChart, decimal, read_seed_charts
from tests.telling import count, say

CHARTS = read_seed_charts()
STEPS = [Fraction(step, 100) for step in (-100, -10, -1, 0, 1, 10, 100)]
# The marks of tapes in inches, tenths as people type them, and far finer than either.
MARKS = [Fraction(1, 2), Fraction(1, 4), Fraction(1, 8), Fraction(1, 10)]
FINEST = [Fraction(1, 16), Fraction(1, 64), Fraction(1, 100), Fraction(1, 10**6), Fraction(1, 10**12)]
every_chart = pytest.mark.parametrize("seed", CHARTS, ids=[chart.code for chart in CHARTS])


def size_in_cm(seed: SeedChart, cm: Fraction) -> str | None:
    size = seed.chart.answer(Measure(decimal(cm), LengthUnit.CENTIMETERS).cm).size
    return size.name if size else None


def size_in_inches(seed: SeedChart, inches: Fraction) -> str | None:
    size = seed.chart.answer(Measure(decimal(inches), LengthUnit.INCHES).cm).size
    return size.name if size else None


def marks_beside(boundary_cm: Fraction, step: Fraction) -> list[Fraction]:
    """The marks of a tape in inches around a boundary: two below, at or above, two beyond."""
    first = math.ceil(boundary_cm / INCH / step)
    return [(first + place) * step for place in (-2, -1, 0, 1)]


def read_shown(inches: str) -> tuple[Fraction, Fraction]:
    """Read a range off the page."""
    low, high = inches.removesuffix(" in").split(" to ")
    return Fraction(low), Fraction(high)


def test_the_charts_of_the_shop(request: pytest.FixtureRequest) -> None:
    say(request.node, "Size charts (from the first number up to, not including, the second):")
    for chart in CHARTS:
        sizes = ", ".join(f"{name} {low}-{high}" for name, low, high in chart.sizes)
        gaps = [(a[0], b[0]) for a, b in pairwise(chart.sizes) if b[1] > a[2]]
        laps = [(a[0], b[0]) for a, b in pairwise(chart.sizes) if b[1] < a[2]]
        say(request.node, f"  {chart.code} {chart.basis}: {sizes} cm; {len(gaps)} gaps, {len(laps)} overlaps")
    assert len(CHARTS) >= 22
    assert {chart.basis for chart in CHARTS} == {"waist", "hips", "chest", "under-bump"}


@every_chart
def test_each_boundary_in_centimeters_and_just_beside_it(
    seed: SeedChart, request: pytest.FixtureRequest
) -> None:
    points = [boundary + step for boundary in seed.boundaries for step in STEPS]
    assert [size_in_cm(seed, cm) for cm in points] == [seed.expect(cm) for cm in points]
    count(request.node, "Boundary points compared", in_centimeters=len(points))


@every_chart
def test_each_boundary_on_every_mark_of_a_tape_in_inches(
    seed: SeedChart, request: pytest.FixtureRequest
) -> None:
    points = [
        mark
        for boundary in seed.boundaries
        for step in (*MARKS, *FINEST)
        for mark in marks_beside(boundary, step)
    ]
    assert [size_in_inches(seed, inches) for inches in points] == [
        seed.expect(inches * INCH) for inches in points
    ]
    count(request.node, "Boundary points compared", in_inches=len(points))


@every_chart
def test_the_same_length_has_the_same_size_in_both_units(seed: SeedChart) -> None:
    points = [mark for boundary in seed.boundaries for step in MARKS for mark in marks_beside(boundary, step)]
    assert [size_in_inches(seed, inches) for inches in points] == [
        size_in_cm(seed, inches * INCH) for inches in points
    ]


@every_chart
@pytest.mark.parametrize("step", [Fraction(1, 10), Fraction(1, 4)], ids=["tenths", "quarters"])
def test_what_a_person_types_near_a_boundary_is_read_without_rounding(
    seed: SeedChart, step: Fraction
) -> None:
    for boundary in seed.boundaries:
        for mark in marks_beside(boundary, step):
            whole, part = divmod(mark, 1)
            texts = [f"{float(mark)}", f"{float(mark)}".replace(".", ",")]
            if step == Fraction(1, 4) and part:
                texts.append(f"{whole} {part.numerator}/{part.denominator}")
            for text in texts:
                typed = read_typed(text)
                assert typed
                size = seed.chart.answer(Measure(typed.number, LengthUnit.INCHES).cm).size
                assert (size.name if size else None) == seed.expect(mark * INCH), text


@every_chart
def test_the_chart_as_shown_in_inches_leads_to_the_size_that_is_found(seed: SeedChart) -> None:
    shown = [(size.name, *read_shown(size.inches)) for size in seed.chart.sizes]
    for boundary in seed.boundaries:
        for mark in (mark for step in MARKS for mark in marks_beside(boundary, step)):
            read_off = next((name for name, low, high in shown if low <= mark < high), None)
            assert read_off == size_in_inches(seed, mark), mark


@every_chart
def test_the_chart_is_without_gaps_overlaps_and_holes(seed: SeedChart) -> None:
    assert [low for _, low, _ in seed.sizes[1:]] == [high for _, _, high in seed.sizes[:-1]]


@every_chart
def test_just_outside_of_the_chart_is_not_made(seed: SeedChart) -> None:
    lowest, highest = decimal(seed.boundaries[0]), decimal(seed.boundaries[-1])
    hair = Decimal("0.0000000001")
    assert seed.chart.answer(lowest - hair).fit is Fit.BELOW
    assert seed.chart.answer(lowest).size == seed.chart.sizes[0]
    assert seed.chart.answer(highest - hair).size == seed.chart.sizes[-1]
    assert seed.chart.answer(highest).fit is Fit.ABOVE


@given(
    inches=st.decimals(min_value=8, max_value=98, places=4, allow_nan=False),
    seed=st.sampled_from(CHARTS),
)
def test_any_measure_in_inches_has_the_size_of_its_exact_centimeters(
    inches: Decimal, seed: SeedChart
) -> None:
    exact = Fraction(inches) * INCH
    assert size_in_inches(seed, Fraction(inches)) == size_in_cm(seed, exact) == seed.expect(exact)
