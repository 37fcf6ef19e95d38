"""Changes of what is paid: each verb moves the axes it must, and the stock and the cart with them."""

from sqlalchemy.orm import Session

from app import clock
from app.cart.services import put_back, take_out_bought
from app.inventory.services import can_reserve, consume, release, reserve
from app.orders.attention import ask_for_attention
from app.orders.models import Order
from app.orders.placing import CautionsChanged, place_order
from app.orders.status import (
    MONEY_CAME,
    FulfilmentStatus,
    InvalidTransition,
    OrderStatus,
    PaymentStatus,
)
from app.orders.timeline import move_order, move_payment, note
from app.outbox.services import put_in_outbox

__all__ = [
    "CautionsChanged",
    "ask_for_attention",
    "late_source",
    "mark_expired",
    "mark_failed",
    "mark_paid",
    "mark_processing",
    "mark_refunded",
    "place_order",
]

NO_STOCK_LEFT = (
    "Paid after the stock was given back, and there is not enough left: send part of it or refund."
)


def mark_processing(session: Session, order: Order, *, actor: str) -> None:
    """Note that the payer is done but the money takes days: the stock stays held, the cart is emptied."""
    move_payment(order, PaymentStatus.PROCESSING, actor=actor, reason="the payment takes some days to arrive")
    take_out_bought(session, order.cart_id, order.quantities)


def mark_paid(session: Session, order: Order, *, actor: str, reason: str = "paid at Stripe") -> bool:
    """Note the money, take the goods out of stock and out of the cart; returns whether there were goods.

    Money that comes after the stock was given back takes stock again, or asks for a person when none is left.
    """
    before = order.payment_status
    if before in MONEY_CAME:
        # A refund that fails leads back to paid too, but by its own verb.
        raise InvalidTransition(f"the money of an order that is {before} has come already")
    source = _hold(session, order)
    # Before the move, which may write the row: the database knows no paid order without it.
    order.paid_at = clock.now()
    move_payment(order, PaymentStatus.PAID, actor=actor, reason=reason)
    move_order(order, OrderStatus.PLACED, actor=actor, reason=reason)
    if before is not PaymentStatus.PROCESSING:
        take_out_bought(session, order.cart_id, order.quantities)
    if source is None:
        _tell_buyer(session, order, "order-delayed", "delayed")
        ask_for_attention(session, order, actor=actor, reason=NO_STOCK_LEFT)
        return False
    consume(session, source=source)
    _tell_buyer(session, order, "order-confirmed", "confirmed")
    return True


def mark_failed(session: Session, order: Order, *, actor: str) -> None:
    """Note that the money will not come; give the stock back, and the cart what it held."""
    was_processing = order.payment_status is PaymentStatus.PROCESSING
    move_payment(order, PaymentStatus.FAILED, actor=actor, reason="the payment failed")
    move_order(order, OrderStatus.CANCELLED, actor=actor, reason="the payment failed")
    release(session, source=order.code)
    if was_processing:
        put_back(session, order.cart_id, order.quantities)
        _tell_buyer(session, order, "payment-failed", "failed")


def mark_expired(session: Session, order: Order, *, actor: str, reason: str) -> None:
    """Note that nobody can pay any more, and give the stock back."""
    move_payment(order, PaymentStatus.EXPIRED, actor=actor, reason=reason)
    move_order(order, OrderStatus.CANCELLED, actor=actor, reason=reason)
    release(session, source=order.code)


def mark_refunded(order: Order, refunded_cents: int, *, actor: str) -> None:
    """Bring an order to how much of its money has gone back in all; less than before when a refund failed.

    An order that is wholly refunded before anything left the house is cancelled with it.
    """
    if refunded_cents == order.refunded_cents:
        return
    order.refunded_cents = refunded_cents
    after = _status_of(order)
    reason = f"{order.refunded} of {order.total} refunded"
    if after is order.payment_status:
        note(order, actor=actor, reason=reason)
    else:
        move_payment(order, after, actor=actor, reason=reason)
    is_unsent = order.fulfilment_status is FulfilmentStatus.UNFULFILLED
    if after is PaymentStatus.REFUNDED and is_unsent and order.order_status is OrderStatus.PLACED:
        move_order(order, OrderStatus.CANCELLED, actor=actor, reason="wholly refunded")


def late_source(order: Order) -> str:
    """Name the second hold of an order whose money came after the first was given back."""
    return f"{order.code}:late"


def _status_of(order: Order) -> PaymentStatus:
    if order.refunded_cents == 0:
        return PaymentStatus.PAID
    whole = order.refunded_cents == order.total_cents
    return PaymentStatus.REFUNDED if whole else PaymentStatus.PART_REFUNDED


def _hold(session: Session, order: Order) -> str | None:
    """Return the source that holds the goods of an order; None when they are sold to others."""
    if order.payment_status not in (PaymentStatus.EXPIRED, PaymentStatus.FAILED):
        return order.code
    if not can_reserve(session, order.quantities):
        return None
    reserve(session, order.quantities, source=late_source(order))
    return late_source(order)


def _tell_buyer(session: Session, order: Order, kind: str, word: str) -> None:
    put_in_outbox(session, kind, key=f"order:{order.code}:{word}", facts={"order": order.code})
