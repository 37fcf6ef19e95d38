"""Changes of payments before any money comes: opening, noting the page, giving up."""

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from app import clock
from app.orders import services as orders
from app.orders.models import Order
from app.orders.queries import find_order_for_change
from app.orders.status import PaymentStatus
from app.payments.models import Payment

# Stripe's shortest is 30 minutes after it gets the request; some more for clocks and slow networks.
PAGE_LIFETIME = timedelta(minutes=33)
# The provider ends its page by its own clock; the stock is held a little longer.
MARGIN = timedelta(minutes=1)
HOLD = PAGE_LIFETIME + MARGIN


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
        revision=0,
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


def abandon(session: Session, order_id: int, *, reason: str, is_strange: bool = False) -> None:
    """Give an order up that nobody can pay; a person looks at it when it is strange that nobody can."""
    order = find_order_for_change(session, order_id)
    if order.payment_status is not PaymentStatus.OPEN:
        return
    orders.mark_expired(session, order, actor="shop", reason=reason)
    if is_strange:
        orders.ask_for_attention(
            session, order, actor="shop", reason=f"{reason}: was it paid at another account?"
        )
