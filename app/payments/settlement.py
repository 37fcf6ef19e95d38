"""Brings an order to what the provider says of its payment: the one place where money becomes a fact."""

from sqlalchemy.orm import Session

from app.cart.queries import find_cart_for_change
from app.money import Money, share_out
from app.orders import services as orders
from app.orders.attention import has_asked
from app.orders.models import Order
from app.orders.queries import find_order_by_code, find_order_for_change
from app.orders.status import MONEY_CAME, PaymentStatus, is_allowed
from app.orders.timeline import note
from app.payments.disputes import record_dispute
from app.payments.gateway import SessionState, SessionStatus
from app.payments.models import Payment
from app.payments.news import News, StaleNews
from app.payments.outcome import Outcome
from app.payments.queries import find_payment, sum_refunded
from app.payments.refund_limits import RefundRefused
from app.payments.refund_mirror import record_refunds
from app.payments.refunds import RefundPlan, withdraw_prepared, write_refund

ACTOR = "stripe"


def settle(session: Session, news: News, *, revision: int) -> Outcome:
    """Bring an order to the provider's news; safe to repeat, and at the same moment.

    Webhook, success page, jobs and refunds all end here. The order row is locked, so whoever comes second
    finds the work done; the cart row before it, in the order in which a checkout takes them. `revision` is
    the payment's before the provider was asked: raises StaleNews when other news came between.
    """
    payment = find_payment(session, news.page.id, news.page.order_code)
    if payment is None:
        return _take_stranger(session, news.page)
    find_cart_for_change(session, payment.order.cart_id)
    order = find_order_for_change(session, payment.order_id)
    session.refresh(payment)
    if payment.session_id not in (None, news.page.id):
        # Another page was noted while this one was waiting for the lock.
        return _take_stranger(session, news.page)
    if payment.revision != revision:
        raise StaleNews
    told = len(order.events)
    _note_references(payment, news.page)
    outcome = _settle_page(session, payment, order, news)
    _settle_refunds(session, payment, order, news)
    for dispute in news.disputes:
        record_dispute(session, payment, order, dispute)
    if len(order.events) == told:
        return outcome
    payment.revision += 1
    return Outcome.UPDATED if outcome is Outcome.UNCHANGED else outcome


def _take_stranger(session: Session, page: SessionState) -> Outcome:
    """Tell a person of money on a page that is not the order's own, though it names the order."""
    order = find_order_by_code(session, page.order_code) if page.order_code and page.is_paid else None
    if order is not None:
        reason = (
            f"Money came on another payment page ({page.id}): compare with Stripe, and refund what is double."
        )
        orders.ask_for_attention(session, order, actor=ACTOR, reason=reason)
    return Outcome.UNKNOWN


def _settle_page(session: Session, payment: Payment, order: Order, news: News) -> Outcome:
    page = news.page
    if page.status is SessionStatus.EXPIRED:
        return _expire(session, order)
    if page.status is SessionStatus.OPEN:
        return Outcome.UNCHANGED
    wrong = _difference(payment, order, page)
    if wrong is not None:
        return _stop_different(session, order, news, wrong)
    return _complete(session, payment, order, page)


def _complete(session: Session, payment: Payment, order: Order, page: SessionState) -> Outcome:
    if page.is_paid:
        if not is_allowed(order.payment_status, PaymentStatus.PAID) or order.payment_status in MONEY_CAME:
            return Outcome.UNCHANGED
        _take_tax(payment, order, page)
        if not orders.mark_paid(session, order, actor=ACTOR):
            _prepare_refund(session, payment, order)
        return Outcome.NEEDS_ATTENTION if order.needs_attention else Outcome.PAID
    if page.has_failed and is_allowed(order.payment_status, PaymentStatus.FAILED):
        orders.mark_failed(session, order, actor=ACTOR)
        return Outcome.FAILED
    if not page.has_failed and order.payment_status is PaymentStatus.OPEN:
        orders.mark_processing(session, order, actor=ACTOR)
        return Outcome.PROCESSING
    return Outcome.UNCHANGED


def _stop_different(session: Session, order: Order, news: News, wrong: str) -> Outcome:
    """Put a payment of another amount before a person; its order ends when all of it has gone back."""
    refunded = news.refunded_cents or 0
    if not 0 < news.page.amount_total <= refunded:
        if not has_asked(order, wrong):
            orders.ask_for_attention(session, order, actor=ACTOR, reason=wrong)
        return Outcome.DIFFERENT
    if order.payment_status is not PaymentStatus.OPEN:
        return Outcome.UNCHANGED
    reason = "a payment of another amount was paid back at Stripe"
    orders.mark_expired(session, order, actor=ACTOR, reason=reason)
    return Outcome.EXPIRED


def _expire(session: Session, order: Order) -> Outcome:
    if order.payment_status is not PaymentStatus.OPEN:
        return Outcome.UNCHANGED
    orders.mark_expired(session, order, actor=ACTOR, reason="the payment page was closed without payment")
    return Outcome.EXPIRED


def _prepare_refund(session: Session, payment: Payment, order: Order) -> None:
    plan = RefundPlan(actor="shop", reason="Paid after the stock was given back.", is_whole=True)
    try:
        write_refund(session, payment, order, plan, is_prepared=True)
    except RefundRefused as refused:
        # The money stays noted all the same, and the order is before a person already.
        note(order, actor=ACTOR, reason=f"no refund prepared: {refused}")


def _settle_refunds(session: Session, payment: Payment, order: Order, news: News) -> None:
    record_refunds(session, payment, order, news.told_refunds)
    if order.payment_status not in MONEY_CAME:
        return
    refunded = news.refunded_cents
    if refunded is None and news.answered is not None:
        # A provider that neither lists refunds nor counts them: what it has answered us is all there is.
        refunded = sum_refunded(session, payment.id)
    if refunded is not None:
        orders.mark_refunded(order, min(refunded, order.total_cents), actor=ACTOR)
    if order.payment_status is PaymentStatus.REFUNDED:
        withdraw_prepared(session, payment, order)


def _difference(payment: Payment, order: Order, page: SessionState) -> str | None:
    # Tax that the provider works out is the only part that the shop has not said itself.
    is_first_news = order.is_tax_later and order.payment_status not in MONEY_CAME
    charged = page.amount_total - (page.amount_tax if is_first_news else 0)
    if (charged, page.currency) != (payment.amount_cents, payment.currency):
        return f"Stripe charged {Money(charged, page.currency)}, the order costs {payment.amount}."
    if page.is_live != payment.is_live:
        return "The payment is of the other mode (test or live) than the shop."
    return None


def _take_tax(payment: Payment, order: Order, page: SessionState) -> None:
    """Write the provider's tax on the order, shared out over what it was asked for."""
    if not order.is_tax_later:
        return
    *on_lines, on_delivery = share_out(
        page.amount_tax, [*(line.net.cents for line in order.lines), order.delivery_cents]
    )
    for line, tax_cents in zip(order.lines, on_lines, strict=True):
        line.tax_cents = tax_cents
    order.delivery_tax_cents = on_delivery
    order.tax_cents = page.amount_tax
    order.total_cents += page.amount_tax
    payment.amount_cents = page.amount_total


def _note_references(payment: Payment, page: SessionState) -> None:
    payment.session_id = payment.session_id or page.id
    payment.payment_intent_id = page.payment_intent_id or payment.payment_intent_id
    payment.charge_id = page.charge_id or payment.charge_id
