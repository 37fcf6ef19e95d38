"""Changes of orders: each stamps its time and writes the timeline."""

import secrets
from dataclasses import asdict

from sqlalchemy.orm import Session

from app import clock
from app.cart.services import put_back, take_out_bought
from app.inventory.services import can_reserve, consume, release, reserve
from app.orders.draft import OrderDraft
from app.orders.models import Order, OrderEvent, OrderLine
from app.orders.status import PaymentStatus, check_move

# Without the letters and digits that are mistaken for each other on the phone.
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8


def place_order(session: Session, draft: OrderDraft, *, actor: str) -> Order:
    """Write a pending order and hold its stock, all lines or none; raises InsufficientStock."""
    quote = draft.quote
    order = Order(
        code="".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH)),
        cart_id=draft.cart_id,
        **asdict(draft.recipient),
        delivery_method=draft.delivery_method,
        delivery_name=draft.delivery_name,
        currency=quote.currency,
        subtotal_cents=quote.subtotal.cents,
        delivery_cents=quote.delivery.cents,
        tax_cents=quote.tax.cents if quote.tax else 0,
        total_cents=quote.total.cents,
        payment_status=PaymentStatus.OPEN,
        placed_at=clock.now(),
        lines=[
            OrderLine(
                variant_id=line.variant_id,
                sku=line.sku,
                product_name=line.name,
                variant_label=line.label,
                quantity=line.quantity,
                unit_price_cents=line.unit_price.cents,
                currency=line.unit_price.currency,
            )
            for line in quote.lines
        ],
    )
    order.events.append(_event(actor, "", PaymentStatus.OPEN, "order placed, stock held"))
    session.add(order)
    session.flush()
    reserve(session, order.quantities, source=order.code)
    return order


def mark_processing(session: Session, order: Order, *, actor: str) -> None:
    """Note that the payer is done but the money takes days: the stock stays held, the cart is emptied."""
    _move(order, PaymentStatus.PROCESSING, actor, "the payment takes some days to arrive")
    take_out_bought(session, order.cart_id, order.quantities)


def mark_paid(session: Session, order: Order, *, actor: str) -> None:
    """Note the money, take the goods out of stock and out of the cart.

    Money that comes after the stock was given back takes stock again, or asks for a person when none is left.
    """
    before = order.payment_status
    source = order.code
    if before in (PaymentStatus.EXPIRED, PaymentStatus.FAILED):
        source = f"{order.code}:late"
        _hold_again(session, order, source, actor)
    _move(order, PaymentStatus.PAID, actor, "paid at Stripe")
    consume(session, source=source)
    if before is not PaymentStatus.PROCESSING:
        take_out_bought(session, order.cart_id, order.quantities)


def mark_failed(session: Session, order: Order, *, actor: str) -> None:
    """Note that the money will not come; give the stock back, and the cart what it held."""
    was_processing = order.payment_status is PaymentStatus.PROCESSING
    _move(order, PaymentStatus.FAILED, actor, "the payment failed")
    release(session, source=order.code)
    if was_processing:
        put_back(session, order.cart_id, order.quantities)


def mark_expired(session: Session, order: Order, *, actor: str, reason: str) -> None:
    """Note that nobody can pay any more, and give the stock back."""
    _move(order, PaymentStatus.EXPIRED, actor, reason)
    release(session, source=order.code)


def ask_for_attention(order: Order, *, actor: str, reason: str) -> None:
    """Put an order before a person; saying the same again changes nothing."""
    if order.needs_attention == reason:
        return
    order.needs_attention = reason
    order.events.append(
        _event(actor, order.payment_status, order.payment_status, f"needs attention: {reason}")
    )


def _hold_again(session: Session, order: Order, source: str, actor: str) -> None:
    if can_reserve(session, order.quantities):
        reserve(session, order.quantities, source=source)
        return
    reason = "Paid after the stock was given back, and there is not enough left: send part of it or refund."
    ask_for_attention(order, actor=actor, reason=reason)


def _move(order: Order, after: PaymentStatus, actor: str, reason: str) -> None:
    before = order.payment_status
    check_move(before, after)
    order.payment_status = after
    if after is PaymentStatus.PAID:
        order.paid_at = clock.now()
    order.events.append(_event(actor, before, after, reason))


def _event(actor: str, before: str, after: str, reason: str) -> OrderEvent:
    return OrderEvent(actor=actor, before=before, after=after, reason=reason, created_at=clock.now())
