"""An order is used again only when nothing of what the shopper now asks for differs from it."""

from dataclasses import asdict, replace

import pytest

from app.money import Money
from app.orders.draft import OrderDraft, Recipient
from app.orders.models import Order, OrderLine, OrderLineCaution
from app.pricing.quote import Quote, QuoteLine

MAYA = Recipient("maya@example.com", "Maya", "12 Alder Street", "", "Seattle", "WA", "98101", "US", "")
LINES = (
    QuoteLine(1, "SKU-1", "Strap", "Red", 2, Money(1400, "USD"), discount_cents=280, tax_cents=164),
    QuoteLine(2, "SKU-2", "Ball", "", 1, Money(900, "USD"), discount_cents=90, tax_cents=53),
)
QUOTE = Quote(LINES, Money(595, "USD"), Money(256, "USD"), "USD", 39, "Ten percent")
DRAFT = OrderDraft(7, MAYA, "standard", "Standard delivery", QUOTE, cautions={1: (4, 9)})


def order_of(draft: OrderDraft) -> Order:
    quote = draft.quote
    return Order(
        cart_id=draft.cart_id,
        **asdict(draft.recipient),
        delivery_method=draft.delivery_method,
        currency=quote.currency,
        discount_name=quote.discount_name,
        delivery_cents=quote.delivery.cents,
        delivery_tax_cents=quote.delivery_tax_cents,
        total_cents=quote.total.cents,
        is_tax_later=draft.is_tax_later,
        lines=[
            OrderLine(
                variant_id=line.variant_id,
                quantity=line.quantity,
                unit_price_cents=line.unit_price.cents,
                discount_cents=line.discount_cents,
                tax_cents=line.tax_cents,
                currency="USD",
                cautions=[
                    OrderLineCaution(caution_version_id=each)
                    for each in draft.cautions.get(line.variant_id, ())
                ],
            )
            for line in quote.lines
        ],
    )


def test_the_same_wish_is_the_same_order() -> None:
    assert DRAFT.is_same_as(order_of(DRAFT))
    turned = replace(DRAFT, quote=replace(QUOTE, lines=LINES[::-1]))
    assert turned.is_same_as(order_of(DRAFT))


@pytest.mark.parametrize(
    "other",
    [
        replace(DRAFT, cart_id=8),
        replace(DRAFT, recipient=replace(MAYA, city="Tacoma")),
        replace(DRAFT, delivery_method="express"),
        replace(DRAFT, is_tax_later=True),
        replace(DRAFT, cautions={1: (5, 9)}),
        replace(DRAFT, cautions={1: (4, 9), 2: (4,)}),
        replace(DRAFT, cautions={}),
        replace(DRAFT, quote=replace(QUOTE, discount_name="Spring")),
        replace(DRAFT, quote=replace(QUOTE, delivery=Money(594, "USD"), tax=Money(257, "USD"))),
        replace(DRAFT, quote=replace(QUOTE, delivery_tax_cents=38)),
        replace(DRAFT, quote=replace(QUOTE, lines=LINES[:1])),
        replace(DRAFT, quote=replace(QUOTE, lines=(replace(LINES[0], discount_cents=281),
                                                   replace(LINES[1], discount_cents=89)))),
        replace(DRAFT, quote=replace(QUOTE, lines=(replace(LINES[0], tax_cents=165), LINES[1]))),
    ],
)  # fmt: skip
def test_any_difference_makes_another_order(other: OrderDraft) -> None:
    assert not other.is_same_as(order_of(DRAFT))
