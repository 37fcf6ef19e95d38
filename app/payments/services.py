"""Changes of payments: opening, noting, and settling what the provider says."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import update
from sqlalchemy.orm import Session

from app import clock
from app.cart.queries import find_cart_for_change
from app.money import Money
from app.orders import services as orders
from app.orders.models import Order
from app.orders.queries import find_order_for_change
from app.orders.status import ALLOWED, PaymentStatus
from app.payments.gateway import GatewayEvent, SessionState, SessionStatus
from app.payments.models import Payment, PaymentEvent
from app.payments.queries import find_payment

# Stripe's shortest is 30 minutes after it gets the request; some more for clocks and slow networks.
PAGE_LIFETIME = timedelta(minutes=33)
ACTOR = "stripe"


class Outcome(StrEnum):
    """What settling did."""

    PAID = "paid"
    PROCESSING = "processing"
    FAILED = "failed"
    EXPIRED = "expired"
    UNCHANGED = "unchanged"
    NEEDS_ATTENTION = "needs-attention"
    UNKNOWN = "unknown-session"


def open_payment(
    session: Session, order: Order, *, success_url: str, cancel_url: str, is_live: bool
) -> Payment:
    """Write down the payment of an order before its page is opened."""
    now = clock.now()
    payment = Payment(
        order_id=order.id,
        order=order,
        idempotency_key=f"order-{order.code}-attempt-1",
        amount_cents=order.total_cents,
        currency=order.currency,
        is_live=is_live,
        success_url=success_url,
        cancel_url=cancel_url,
        opened_at=now,
        expires_at=now + PAGE_LIFETIME,
    )
    session.add(payment)
    session.flush()
    return payment


def record_page(session: Session, payment_id: int, session_id: str) -> None:
    """Note which page of the provider belongs to a payment; the first note stays."""
    session.execute(
        update(Payment)
        .where(Payment.id == payment_id, Payment.session_id.is_(None))
        .values(session_id=session_id)
    )


def store_event(session: Session, event: GatewayEvent, outcome: Outcome) -> None:
    """Put an event in the inbox; a second one with its id breaks the unique key and so the transaction."""
    session.add(
        PaymentEvent(
            event_id=event.id,
            type=event.type,
            session_id=event.session_id,
            outcome=outcome,
            received_at=clock.now(),
        )
    )
    session.flush()


def settle(session: Session, state: SessionState) -> Outcome:
    """Bring an order to what the provider says of its page; safe to repeat, and at the same moment.

    Webhook, success page and jobs all end here. The order row is locked, so whoever comes second finds
    the work done; the cart row before it, in the order in which a checkout takes them.
    """
    payment = find_payment(session, state.id, state.order_code)
    if payment is None:
        return Outcome.UNKNOWN
    find_cart_for_change(session, payment.order.cart_id)
    order = find_order_for_change(session, payment.order_id)
    _note_references(payment, state)
    if state.status is SessionStatus.EXPIRED:
        return _expire(session, order)
    if state.status is SessionStatus.OPEN:
        return Outcome.UNCHANGED
    wrong = _difference(payment, state)
    if wrong is not None:
        orders.ask_for_attention(order, actor=ACTOR, reason=wrong)
        return Outcome.NEEDS_ATTENTION
    return _complete(session, order, state)


def abandon(session: Session, order_id: int, *, reason: str, is_strange: bool = False) -> None:
    """Give an order up that nobody can pay; a person looks at it when it is strange that nobody can."""
    order = find_order_for_change(session, order_id)
    if order.payment_status is not PaymentStatus.OPEN:
        return
    orders.mark_expired(session, order, actor="shop", reason=reason)
    if is_strange:
        orders.ask_for_attention(order, actor="shop", reason=f"{reason}: was it paid at another account?")


def _complete(session: Session, order: Order, state: SessionState) -> Outcome:
    if state.is_paid:
        if PaymentStatus.PAID not in ALLOWED[order.payment_status]:
            return Outcome.UNCHANGED
        orders.mark_paid(session, order, actor=ACTOR)
        return Outcome.NEEDS_ATTENTION if order.needs_attention else Outcome.PAID
    if state.has_failed and PaymentStatus.FAILED in ALLOWED[order.payment_status]:
        orders.mark_failed(session, order, actor=ACTOR)
        return Outcome.FAILED
    if not state.has_failed and order.payment_status is PaymentStatus.OPEN:
        orders.mark_processing(session, order, actor=ACTOR)
        return Outcome.PROCESSING
    return Outcome.UNCHANGED


def _expire(session: Session, order: Order) -> Outcome:
    if order.payment_status is not PaymentStatus.OPEN:
        return Outcome.UNCHANGED
    orders.mark_expired(session, order, actor=ACTOR, reason="the payment page was closed without payment")
    return Outcome.EXPIRED


def _difference(payment: Payment, state: SessionState) -> str | None:
    if (state.amount_total, state.currency) != (payment.amount_cents, payment.currency):
        return (
            f"Stripe charged {Money(state.amount_total, state.currency)}, the order costs {payment.amount}."
        )
    if state.is_live != payment.is_live:
        return "The payment is of the other mode (test or live) than the shop."
    return None


def _note_references(payment: Payment, state: SessionState) -> None:
    payment.session_id = payment.session_id or state.id
    payment.payment_intent_id = state.payment_intent_id or payment.payment_intent_id
    payment.charge_id = state.charge_id or payment.charge_id
