"""A quote adds up: to what is charged, and back to it when everything is refunded."""

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.money import Money, share_of, units_worth
from app.pricing.discounts import take_off
from app.pricing.models import Discount, TaxRate
from app.pricing.quote import Quote, QuoteLine
from app.pricing.smallest_charge import is_too_small, smallest_charge
from app.pricing.tax import TaxPart, TaxRates, add_tax, tax_shares
from tests.pricing.samples import delivery_prices, discounts, ppm, quote_lines, quotes, tax_rates


def line(cents: int, quantity: int = 1, tax_class: str = "general") -> QuoteLine:
    return QuoteLine(1, "SKU-1", "Strap", "", quantity, Money(cents, "USD"), tax_class=tax_class)


def rate(percent: float, *, tax_class: str = "general", delivery: bool = False) -> TaxRate:
    return TaxRate(tax_class=tax_class, parts_per_million=round(percent * 10_000), is_delivery_taxed=delivery)


@given(quotes())
def test_lines_and_delivery_add_up_to_what_is_charged(quote: Quote) -> None:
    assert quote.tax is not None
    assert quote.tax.cents == sum(each.tax_cents for each in quote.lines) + quote.delivery_tax_cents
    assert quote.discount.cents == sum(each.discount_cents for each in quote.lines)
    parts = [each.net.cents + each.tax_cents for each in quote.lines]
    assert quote.total.cents == sum(parts) + quote.delivery.cents + quote.delivery_tax_cents


@given(quotes())
def test_no_part_of_a_quote_is_below_zero(quote: Quote) -> None:
    for each in quote.lines:
        assert 0 <= each.discount_cents <= each.total.cents
        assert each.tax_cents >= 0
    assert quote.delivery_tax_cents >= 0
    assert 0 <= quote.discount.cents <= quote.subtotal.cents


@given(quote_lines(), discounts())
def test_a_line_bears_its_part_of_the_discount(lines: list[QuoteLine], discount: Discount) -> None:
    subtotal = sum(each.total.cents for each in lines)
    off = discount.amount_off(subtotal)
    discounted = take_off(lines, discount)
    assert sum(each.discount_cents for each in discounted) == off <= subtotal
    for each in discounted:
        assert abs(each.discount_cents - Fraction(off * each.total.cents, subtotal)) < 1


@given(quote_lines(), delivery_prices, tax_rates())
def test_tax_is_rounded_once_for_each_rate(lines: list[QuoteLine], delivery: Money, rates: TaxRates) -> None:
    taxed: dict[int, int] = defaultdict(int)
    for each in lines:
        taxed[rates.rate_of(each.tax_class)] += each.net.cents
    taxed[rates.delivery_rate] += delivery.cents
    quote = add_tax(lines, delivery, rates)
    assert quote.tax is not None
    assert quote.tax.cents == sum(share_of(cents, rate) for rate, cents in taxed.items())


@given(st.lists(st.tuples(st.integers(0, 1_000_000), ppm), max_size=12))
def test_the_tax_of_a_part_is_at_most_a_cent_and_a_half_off(amounts: list[tuple[int, int]]) -> None:
    parts = [TaxPart(cents, rate) for cents, rate in amounts]
    for part, tax in zip(parts, tax_shares(parts), strict=True):
        # Half a cent by the rounding of the whole, and less than one by the sharing out.
        assert abs(tax - Fraction(part.cents * part.parts_per_million, 1_000_000)) < Fraction(3, 2)


@given(quotes(), st.data())
def test_refunding_everything_in_any_order_and_grouping_gives_back_what_was_paid(
    quote: Quote, data: st.DataObject
) -> None:
    units = [at for at, each in enumerate(quote.lines) for _ in range(min(each.quantity, 4))]
    order = data.draw(st.permutations(units))
    back: dict[int, int] = defaultdict(int)
    refunded = quote.delivery.cents + quote.delivery_tax_cents
    for step, at in enumerate(order):
        each = quote.lines[at]
        left = each.quantity - back[at]
        is_last = at not in order[step + 1 :]
        count = left if is_last else min(left, data.draw(st.integers(0, left)))
        for cents in (each.net.cents, each.tax_cents):
            refunded += units_worth(cents, count, of=each.quantity, after=back[at])
        back[at] += count
    assert refunded == quote.total.cents


def test_taxes_goods_after_the_discount_and_delivery_where_it_is_taxed() -> None:
    off = Discount(code="TEN", name="Ten percent", parts_per_million=100_000, currency="USD")
    lines = take_off([line(1000), line(2000, 2)], off)
    quote = add_tax(lines, Money(595, "USD"), TaxRates([rate(6.5, delivery=True)]), discount_name=off.name)
    # $45.00 and $5.95 at 6.5 %: $3.31175.
    assert (quote.subtotal.cents, quote.discount.cents, quote.discount_name) == (5000, 500, "Ten percent")
    assert [each.discount_cents for each in quote.lines] == [100, 400]
    assert quote.tax == Money(331, "USD")
    # Ideal: 58.47, 233.86 and 38.66 of 331.
    assert [each.tax_cents for each in quote.lines] == [58, 234]
    assert quote.delivery_tax_cents == 39
    assert quote.total == Money(5426, "USD")


def test_a_class_has_its_own_rate_or_that_of_general_goods() -> None:
    rates = TaxRates([rate(10), rate(0, tax_class="medical", delivery=True)])
    lines = [line(1000), line(1000, tax_class="medical"), line(1000, tax_class="food")]
    quote = add_tax(lines, Money(1000, "USD"), rates)
    assert [each.tax_cents for each in quote.lines] == [100, 0, 100]
    assert quote.delivery_tax_cents == 0


def test_nothing_is_taxed_where_the_shop_is_not_registered() -> None:
    quote = add_tax([line(1000)], Money(595, "USD"), TaxRates([]))
    assert quote.tax == Money(0, "USD")
    assert quote.total == Money(1595, "USD")


def test_tax_that_is_not_known_is_not_zero() -> None:
    quote = add_tax([line(1000)], Money(595, "USD"), None)
    assert quote.tax is None
    assert quote.total == Money(1595, "USD")


def test_an_amount_off_is_never_more_than_the_goods() -> None:
    off = Discount(code="BIG", name="Big", amount_cents=999_999, currency="USD")
    lines = take_off([line(1400), line(1)], off)
    assert [each.net.cents for each in lines] == [0, 0]
    quote = add_tax(lines, Money(0, "USD"), TaxRates([rate(7.25)]))
    assert quote.is_free
    assert quote.tax == Money(0, "USD")


@pytest.mark.parametrize(
    ("cents", "currency", "is_small"),
    [(0, "USD", False), (1, "USD", True), (49, "USD", True), (50, "USD", False), (29, "GBP", True),
     (30, "GBP", False), (49, "JPY", True), (49, "XXX", True), (50, "XXX", False)],
)  # fmt: skip
def test_knows_what_is_too_small_to_charge(cents: int, currency: str, is_small: bool) -> None:
    assert is_too_small(Money(cents, currency)) is is_small
    assert smallest_charge(currency).currency == currency
