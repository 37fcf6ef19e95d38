"""Money: how it is written, read and rounded."""

from decimal import Decimal

import pytest

from app.money import Money, format_money, parse_cents, share_of


@pytest.mark.parametrize(
    ("cents", "currency", "words"),
    [
        (0, "USD", "$0.00"),
        (5, "USD", "$0.05"),
        (1250, "USD", "$12.50"),
        (99_999, "USD", "$999.99"),
        (123_456_789, "USD", "$1,234,567.89"),
        (-5, "USD", "-$0.05"),
        (-1250, "USD", "-$12.50"),
        (1250, "EUR", "EUR 12.50"),
        (1250, "JPY", "JPY 1,250"),
    ],
)
def test_an_amount_is_written_as_people_read_it(cents: int, currency: str, words: str) -> None:
    assert format_money(cents, currency) == str(Money(cents, currency)) == words


@pytest.mark.parametrize(
    ("text", "cents"),
    [("12.50", 1250), ("12.5", 1250), ("12", 1200), ("0.01", 1), ("-3.20", -320), ("12.500", 1250), ("0", 0)],
)
def test_a_decimal_price_is_read_exactly(text: str, cents: int) -> None:
    assert parse_cents(text) == cents


@pytest.mark.parametrize("text", ["", "free", "12,50", "$12", "0.001", "12.505", "NaN", "Infinity", "1 2"])
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        parse_cents(text)


@pytest.mark.parametrize("cents", [0, 1, 9, 10, 99, 100, 101, 1999, 123_456_789, -1, -1999])
def test_what_is_written_can_be_read_again(cents: int) -> None:
    assert parse_cents(format_money(cents, "USD").replace("$", "").replace(",", "")) == cents


@pytest.mark.parametrize(
    ("cents", "parts_per_million", "share"),
    [
        (1000, 0, 0),
        (0, 72_500, 0),
        (1000, 72_500, 73),  # 72.5, up
        (1400, 72_500, 102),  # 101.5, up and not to the even neighbor only
        (3000, 72_500, 218),  # 217.5, up where the even neighbor is up too
        (200, 72_500, 15),  # 14.5, up although the even neighbor is down
        (199, 72_500, 14),  # 14.4275
        (1, 499_999, 0),
        (1, 500_000, 1),
        (3, 500_000, 2),  # 1.5
        (5, 500_000, 3),  # 2.5
        (10_000, 88_750, 888),  # 887.5
        (999_999_999_999, 72_500, 72_500_000_000),
        (1995, 1_000_000, 1995),
    ],
)
def test_a_share_is_rounded_half_up(cents: int, parts_per_million: int, share: int) -> None:
    assert share_of(cents, parts_per_million) == share


@pytest.mark.parametrize("rate", [0, 1, 29_000, 62_500, 72_500, 88_750, 102_500, 1_000_000])
def test_a_share_is_never_more_than_half_a_cent_off(rate: int) -> None:
    for cents in range(0, 5000, 7):
        exact = Decimal(cents) * rate / 1_000_000
        assert Decimal("-0.5") < share_of(cents, rate) - exact <= Decimal("0.5")


def test_amounts_are_ordered_within_a_currency() -> None:
    assert Money(100, "USD") < Money(200, "USD")
    assert Money(100, "USD") != Money(100, "EUR")
