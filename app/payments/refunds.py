"""Decisions to give money back: written down, withdrawn, set on their way, refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app import clock
from app.orders.models import Order
from app.orders.timeline import note
from app.payments.models import Payment, Refund, RefundStatus
from app.payments.queries import list_refunds
from app.payments.refund_limits import RefundLimits, RefundRefused, find_limits
from app.payments.refund_messages import tell_of_failure
from app.payments.refund_status import move

ACTOR = "stripe"


@dataclass(frozen=True)
class RefundPlan:
    """What a person wants to give back, and why.

    Whole, or an amount, or units of lines (by order line id) with or without the delivery. Which units go
    back on the shelf is chosen apart from the money.
    """

    actor: str
    reason: str
    is_whole: bool = False
    amount_cents: int | None = None
    units: Mapping[int, int] = field(default_factory=dict)
    with_delivery: bool = False
    restock: Mapping[int, int] = field(default_factory=dict)


def write_refund(
    session: Session, payment: Payment, order: Order, plan: RefundPlan, *, is_prepared: bool = False
) -> Refund:
    """Write a refund down before the provider is asked; the order is locked. Raises RefundRefused.

    A prepared one waits for a person; any other is on its way to the provider from this commit on.
    """
    limits = find_limits(session, payment, order)
    units = limits.units_left if plan.is_whole else dict(plan.units)
    lines = limits.lines(units, dict(plan.restock))
    delivery = limits.delivery_left if plan.with_delivery or plan.is_whole else 0
    worth = sum(line.amount_cents for line in lines) + delivery
    amount = _amount(plan, limits, worth)
    limits.check(amount)
    now = clock.now()
    refund = Refund(
        payment_id=payment.id,
        payment=payment,
        # Replaced as soon as the row has its number; both are unique.
        idempotency_key=f"order-{order.code}-refund-new",
        amount_cents=amount,
        delivery_cents=min(delivery, amount),
        currency=order.currency,
        status=RefundStatus.PREPARED if is_prepared else RefundStatus.REQUESTED,
        reason=plan.reason,
        actor=plan.actor,
        created_at=now,
        requested_at=None if is_prepared else now,
        lines=lines,
    )
    session.add(refund)
    session.flush()
    refund.idempotency_key = f"order-{order.code}-refund-{refund.id}"
    session.flush()
    word = "prepared" if is_prepared else "requested"
    note(order, actor=plan.actor, reason=f"refund of {refund.amount} {word}: {plan.reason}")
    return refund


def withdraw_refund(order: Order, refund: Refund, *, actor: str) -> None:
    """Drop a prepared refund; raises RefundRefused for any other."""
    if refund.status is not RefundStatus.PREPARED:
        raise RefundRefused(f"This refund is {refund.status}: only a prepared one can be withdrawn.")
    move(refund, RefundStatus.WITHDRAWN)
    note(order, actor=actor, reason=f"prepared refund of {refund.amount} withdrawn")


def begin_refund(order: Order, refund: Refund, *, actor: str) -> bool:
    """Set a refund on its way to the provider; returns whether it is on its way for the first time.

    Raises RefundRefused for one that was withdrawn.
    """
    if refund.status is RefundStatus.WITHDRAWN:
        raise RefundRefused("This refund was withdrawn: make a new one.")
    if refund.status is not RefundStatus.PREPARED:
        return False
    move(refund, RefundStatus.REQUESTED)
    refund.requested_at = clock.now()
    note(order, actor=actor, reason=f"refund of {refund.amount} requested: {refund.reason}")
    return True


def refuse_refund(session: Session, order: Order, refund: Refund, *, why: str) -> None:
    """Note that the provider will not give this money back: nothing has moved."""
    if refund.status is not RefundStatus.REQUESTED:
        return
    refund.failure_reason = why[:120]
    move(refund, RefundStatus.FAILED)
    tell_of_failure(session, order, refund)


def withdraw_prepared(session: Session, payment: Payment, order: Order) -> None:
    """Drop what was prepared, because all the money has gone back already."""
    for refund in list_refunds(session, payment.id):
        if refund.status is RefundStatus.PREPARED:
            withdraw_refund(order, refund, actor=ACTOR)


def _amount(plan: RefundPlan, limits: RefundLimits, worth: int) -> int:
    if plan.is_whole:
        return limits.left_cents
    return worth if plan.amount_cents is None else plan.amount_cents
