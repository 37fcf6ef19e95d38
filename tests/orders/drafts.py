"""Orders for the tests: of real variants, with prices that add up."""

from dataclasses import replace

from sqlalchemy.orm import Session

from app.guidance.caution_queries import list_caution_versions_for
from app.money import Money
from app.orders.draft import OrderDraft, Recipient, caution_ids
from app.orders.models import Order
from app.orders.services import (
    mark_expired,
    mark_failed,
    mark_paid,
    mark_processing,
    mark_refunded,
    place_order,
)
from app.orders.status import MONEY_CAME, FulfilmentStatus, PaymentStatus
from app.pricing.quote import Quote, QuoteLine

MAYA = Recipient(
    email="maya@example.com",
    name="Maya Lindqvist",
    line1="12 Alder Street",
    line2="",
    city="Portland",
    region="OR",
    postal_code="97201",
    country="US",
    phone="",
)
A_PART = 500


def draft(wanted: dict[int, int], *, cart_id: int = 1) -> OrderDraft:
    """Ask for quantities by variant id, at $14.00 each, with $5.95 for delivery and $1.02 of tax on it."""
    lines = tuple(
        QuoteLine(variant_id, f"SKU-{variant_id}", "Strap", "One size", quantity, Money(1400, "USD"))
        for variant_id, quantity in wanted.items()
    )
    quote = Quote(lines, Money(595, "USD"), Money(102, "USD"), "USD", delivery_tax_cents=102)
    return OrderDraft(cart_id, MAYA, "standard", "Standard", quote)


def add_order(session: Session, wanted: dict[int, int], status: PaymentStatus = PaymentStatus.OPEN) -> Order:
    """Place an order and bring it to a status on the way that real ones take."""
    read = caution_ids(list_caution_versions_for(session, wanted))
    order = place_order(session, replace(draft(wanted), cautions=read), actor="shopper")
    if status in MONEY_CAME:
        move(session, order, PaymentStatus.PAID)
    if status is not order.payment_status:
        move(session, order, status)
    session.commit()
    return order


def add_order_sent(session: Session, wanted: dict[int, int], status: FulfilmentStatus) -> Order:
    """Write a paid order of which so much has left the house."""
    order = add_order(session, wanted, PaymentStatus.PAID)
    order.fulfilment_status = status
    session.commit()
    return order


def move(session: Session, order: Order, status: PaymentStatus) -> None:
    """Bring an order to a status by the verb that leads there from where it is."""
    if status in MONEY_CAME and (order.payment_status in MONEY_CAME or status is not PaymentStatus.PAID):
        back = {PaymentStatus.PAID: 0, PaymentStatus.PART_REFUNDED: A_PART}
        mark_refunded(order, back.get(status, order.total_cents), actor="stripe")
    elif status is PaymentStatus.PAID:
        mark_paid(session, order, actor="stripe")
    elif status is PaymentStatus.PROCESSING:
        mark_processing(session, order, actor="stripe")
    elif status is PaymentStatus.FAILED:
        mark_failed(session, order, actor="stripe")
    elif status is PaymentStatus.EXPIRED:
        mark_expired(session, order, actor="clock", reason="nobody paid in time")
