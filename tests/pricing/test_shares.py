"""Shares and parts of an amount: nothing is lost, nothing appears, nobody is a cent off."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.money import share_out, units_worth

amounts = st.integers(0, 10_000_000)
weights = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=12).filter(any)


@given(amounts, weights)
def test_shares_add_up_to_what_is_shared(cents: int, weights: list[int]) -> None:
    shares = share_out(cents, weights)
    assert sum(shares) == cents
    assert all(share >= 0 for share in shares)


@given(amounts, weights)
def test_a_share_is_less_than_a_cent_off_its_ideal(cents: int, weights: list[int]) -> None:
    for share, weight in zip(share_out(cents, weights), weights, strict=True):
        assert abs(share - Fraction(cents * weight, sum(weights))) < 1


@given(amounts, weights)
def test_no_weight_gets_no_share_and_a_whole_is_never_exceeded(cents: int, weights: list[int]) -> None:
    for share, weight in zip(share_out(min(cents, sum(weights)), weights), weights, strict=True):
        assert share <= weight


@given(amounts, weights)
def test_who_weighs_more_never_gets_less(cents: int, weights: list[int]) -> None:
    pairs = sorted(zip(weights, share_out(cents, weights), strict=True))
    assert all(first[1] <= second[1] for first, second in pairwise(pairs) if first[0] < second[0])


@pytest.mark.parametrize(
    ("cents", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (1, [1, 1], [1, 0]),
        (1, [1, 2], [0, 1]),
        (5, [0, 1, 0], [0, 5, 0]),
        (0, [0, 0], [0, 0]),
        (0, [], []),
        (10, [1, 2, 3, 4], [1, 2, 3, 4]),
    ],
)
def test_the_largest_remainder_gets_the_cent_and_of_equals_the_earlier(
    cents: int, weights: list[int], shares: list[int]
) -> None:
    assert share_out(cents, weights) == shares


@pytest.mark.parametrize(("cents", "weights"), [(-1, [1]), (1, [2, -1]), (1, [0, 0]), (1, [])])
def test_refuses_to_share_what_nobody_could_take(cents: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="shared out"):
        share_out(cents, weights)


@st.composite
def groups(draw: st.DrawFn) -> list[int]:
    """Units of one line in the groups in which they come back."""
    return draw(st.lists(st.integers(1, 30), min_size=1, max_size=10))


@given(amounts, groups())
def test_all_units_together_are_worth_the_line_however_they_are_grouped(
    total: int, groups: list[int]
) -> None:
    of, after, paid_back = sum(groups), 0, 0
    for units in groups:
        worth = units_worth(total, units, of=of, after=after)
        assert worth >= 0
        assert abs(worth - Fraction(total * units, of)) < 1
        after, paid_back = after + units, paid_back + worth
    assert paid_back == total


@given(amounts, st.integers(1, 99))
def test_one_unit_differs_from_another_by_a_cent_at_most(total: int, of: int) -> None:
    single = {units_worth(total, 1, of=of, after=after) for after in range(of)}
    assert max(single) - min(single) <= 1


def test_the_first_units_of_a_line_are_rounded_half_up() -> None:
    assert [units_worth(100, 1, of=3, after=after) for after in range(3)] == [33, 34, 33]
    assert [units_worth(1, 1, of=2, after=after) for after in range(2)] == [1, 0]
    assert units_worth(999, 0, of=4, after=2) == 0


@pytest.mark.parametrize(("units", "of", "after"), [(1, 0, 0), (2, 1, 0), (1, 1, 1), (-1, 2, 1), (1, 2, -1)])
def test_refuses_units_that_are_not_there(units: int, of: int, after: int) -> None:
    with pytest.raises(ValueError, match="there are not"):
        units_worth(100, units, of=of, after=after)


def test_refuses_a_line_that_is_worth_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="less than zero"):
        units_worth(-1, 1, of=1, after=0)
