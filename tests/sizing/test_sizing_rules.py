"""The rules of a size chart, also for charts that the shop does not have yet: gaps, overlaps, holes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.facts import SizeBasis
from app.catalog.sizing import WIDEST_GAP_CM, Fit, Size, SizeAnswer, SizeChart


def chart(*ranges: tuple[str, str, str]) -> SizeChart:
    return SizeChart(SizeBasis.WAIST, [Size(name, Decimal(low), Decimal(high)) for name, low, high in ranges])


def names(answer: SizeAnswer) -> tuple[Fit, str | None, str | None, str | None]:
    def name(size: Size | None) -> str | None:
        return size.name if size else None

    return answer.fit, name(answer.size), name(answer.next_best), name(answer.close_to)


TIDY = chart(("M", "80", "92"), ("S", "70", "80"), ("L", "92", "104"))
WITH_GAP = chart(("S", "78", "86"), ("M", "87", "95"))
WITH_OVERLAP = chart(("S", "70", "85"), ("M", "80", "95"))
WITH_HOLE = chart(("S", "70", "80"), ("L", "92", "104"))


@pytest.mark.parametrize(
    ("sizes", "cm", "expected"),
    [
        (TIDY, "69.99", (Fit.BELOW, None, None, None)),
        (TIDY, "70", (Fit.HELD, "S", None, None)),
        (TIDY, "75", (Fit.HELD, "S", None, None)),
        (TIDY, "79", (Fit.HELD, "S", None, "M")),
        (TIDY, "79.99", (Fit.HELD, "S", None, "M")),
        (TIDY, "80", (Fit.HELD, "M", None, "S")),
        (TIDY, "80.99", (Fit.HELD, "M", None, "S")),
        (TIDY, "81", (Fit.HELD, "M", None, None)),
        (TIDY, "103.99", (Fit.HELD, "L", None, None)),
        (TIDY, "104", (Fit.ABOVE, None, None, None)),
        (WITH_GAP, "85.99", (Fit.HELD, "S", None, None)),
        (WITH_GAP, "86", (Fit.BETWEEN, "M", None, "S")),
        (WITH_GAP, "86.5", (Fit.BETWEEN, "M", None, "S")),
        (WITH_GAP, "87", (Fit.HELD, "M", None, None)),
        (WITH_OVERLAP, "79.99", (Fit.HELD, "S", None, "M")),
        (WITH_OVERLAP, "80", (Fit.HELD, "M", "S", None)),
        (WITH_OVERLAP, "84.99", (Fit.HELD, "M", "S", None)),
        (WITH_OVERLAP, "85", (Fit.HELD, "M", None, "S")),
        (WITH_HOLE, "80", (Fit.MISSING, None, None, None)),
        (WITH_HOLE, "91.99", (Fit.MISSING, None, None, None)),
        (WITH_HOLE, "92", (Fit.HELD, "L", None, None)),
    ],
)
def test_a_measure_has_the_answer_that_a_maker_gives(
    sizes: SizeChart, cm: str, expected: tuple[Fit, str | None, str | None, str | None]
) -> None:
    assert names(sizes.answer(Decimal(cm))) == expected


def test_a_gap_of_one_inch_is_between_two_sizes_and_a_wider_one_is_a_size_that_is_not_made() -> None:
    above = 86 + WIDEST_GAP_CM
    narrow = chart(("S", "78", "86"), ("M", str(above), "95"))
    wide = chart(("S", "78", "86"), ("M", str(above + Decimal("0.01")), "95"))
    assert narrow.answer(Decimal(86)).fit is Fit.BETWEEN
    assert wide.answer(Decimal(86)).fit is Fit.MISSING


@st.composite
def charts(draw: st.DrawFn) -> SizeChart:
    """Charts in which no size lies within another; with gaps, holes and overlaps."""
    hundredths = st.integers(min_value=1, max_value=3000)
    low, high = 3000, 3000
    sizes = []
    for number in range(draw(st.integers(min_value=1, max_value=6))):
        low += draw(hundredths)
        high = max(high, low) + draw(hundredths)
        sizes.append(Size(str(number), Decimal(low) / 100, Decimal(high) / 100))
    return SizeChart(SizeBasis.HIPS, draw(st.permutations(sizes)))


lengths = st.decimals(min_value=20, max_value=250, places=3, allow_nan=False)


@given(sizes=charts(), cm=lengths, more=st.decimals(min_value=0, max_value=200, places=3, allow_nan=False))
def test_a_larger_measure_never_has_a_smaller_size(sizes: SizeChart, cm: Decimal, more: Decimal) -> None:
    smaller, larger = sizes.answer(cm).size, sizes.answer(cm + more).size
    if smaller and larger:
        assert int(smaller.name) <= int(larger.name)


@given(sizes=charts(), cm=lengths)
def test_a_size_is_named_only_if_it_holds_the_measure_or_is_the_larger_beside_a_gap(
    sizes: SizeChart, cm: Decimal
) -> None:
    answer = sizes.answer(cm)
    holding = [size for size in sizes.sizes if size.holds(cm)]
    if answer.fit is Fit.HELD:
        assert answer.size == holding[-1]
    else:
        assert holding == []
    if answer.fit is Fit.BETWEEN:
        assert answer.size
        assert answer.close_to
        assert answer.close_to.high_cm <= cm < answer.size.low_cm
        assert answer.size.low_cm - answer.close_to.high_cm <= WIDEST_GAP_CM
    assert (answer.size is None) is (answer.fit in {Fit.BELOW, Fit.ABOVE, Fit.MISSING})


@given(sizes=charts(), cm=lengths)
def test_the_next_best_truly_holds_the_measure(sizes: SizeChart, cm: Decimal) -> None:
    answer = sizes.answer(cm)
    if answer.next_best:
        assert answer.next_best.holds(cm)
        assert answer.next_best != answer.size
    if answer.close_to:
        assert not answer.close_to.holds(cm)
