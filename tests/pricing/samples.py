"""Prices for property tests: lines, discounts and rates as hypothesis draws them, without a database."""

from hypothesis import strategies as st

from app.money import Money
from app.pricing.discounts import take_off
from app.pricing.models import Discount, TaxRate
from app.pricing.quote import Quote, QuoteLine
from app.pricing.tax import TaxRates, add_tax

CLASSES = ("general", "medical", "food")
ppm = st.integers(0, 1_000_000)
delivery_prices = st.one_of(st.just(0), st.integers(1, 20_000)).map(lambda cents: Money(cents, "USD"))


@st.composite
def quote_lines(draw: st.DrawFn) -> list[QuoteLine]:
    """From 1 to 8 lines with prices from a cent up."""
    line = st.tuples(st.integers(1, 99), st.integers(1, 50_000), st.sampled_from(CLASSES))
    return [
        QuoteLine(at, f"SKU-{at}", "Strap", "", quantity, Money(cents, "USD"), tax_class=tax_class)
        for at, (quantity, cents, tax_class) in enumerate(draw(st.lists(line, min_size=1, max_size=8)))
    ]


@st.composite
def discounts(draw: st.DrawFn) -> Discount:
    """A percentage or an amount, also one that is more than anything costs."""
    is_percent = draw(st.booleans())
    return Discount(
        code="CODE",
        name="A discount",
        parts_per_million=draw(ppm) if is_percent else None,
        amount_cents=None if is_percent else draw(st.integers(0, 10_000_000)),
        currency="USD",
    )


@st.composite
def tax_rates(draw: st.DrawFn) -> TaxRates:
    """Rates for some classes, or for none."""
    classes = draw(st.sets(st.sampled_from(CLASSES)))
    return TaxRates(
        TaxRate(tax_class=each, parts_per_million=draw(ppm), is_delivery_taxed=draw(st.booleans()))
        for each in classes
    )


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    """A quote with its discount and tax."""
    lines = take_off(draw(quote_lines()), draw(st.none() | discounts()))
    return add_tax(lines, draw(delivery_prices), draw(tax_rates()))
