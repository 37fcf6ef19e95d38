"""Orders for the tests: of real variants, with prices that add up."""

from sqlalchemy.orm import Session

from app.money import Money
from app.orders.draft import OrderDraft, Recipient
from app.orders.models import Order
from app.orders.services import mark_expired, mark_failed, mark_paid, mark_processing, place_order
from app.orders.status import PaymentStatus
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


def draft(wanted: dict[int, int], *, cart_id: int = 1) -> OrderDraft:
    """Ask for quantities by variant id, at $14.00 each, with $5.95 for delivery and $1.02 of tax."""
    lines = tuple(
        QuoteLine(variant_id, f"SKU-{variant_id}", "Strap", "One size", quantity, Money(1400, "USD"))
        for variant_id, quantity in wanted.items()
    )
    quote = Quote(lines, Money(595, "USD"), Money(102, "USD"), "USD")
    return OrderDraft(cart_id, MAYA, "standard", "Standard", quote)


def add_order(session: Session, wanted: dict[int, int], status: PaymentStatus = PaymentStatus.OPEN) -> Order:
    """Place an order and bring it to a status on the way that real ones take."""
    order = place_order(session, draft(wanted), actor="shopper")
    move(session, order, status)
    session.commit()
    return order


def move(session: Session, order: Order, status: PaymentStatus) -> None:
    """Bring an order to a status by the verb that leads there; an open order is open already."""
    if status is PaymentStatus.PROCESSING:
        mark_processing(session, order, actor="stripe")
    elif status is PaymentStatus.PAID:
        mark_paid(session, order, actor="stripe")
    elif status is PaymentStatus.FAILED:
        mark_failed(session, order, actor="stripe")
    elif status is PaymentStatus.EXPIRED:
        mark_expired(session, order, actor="clock", reason="nobody paid in time")
