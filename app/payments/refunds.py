"""Decisions to give money back, and what has become of them at the provider."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app import clock
from app.inventory.services import Returned, restock
from app.orders.models import Order
from app.orders.services import ask_for_attention
from app.orders.timeline import note
from app.outbox.services import put_in_outbox
from app.payments.gateway import RefundState
from app.payments.models import Payment, Refund, RefundStatus
from app.payments.queries import find_refund_by_id, find_unnoted_refund, list_refunds
from app.payments.refund_limits import RefundLimits, RefundRefused, find_limits

ACTOR = "stripe"
# A refund only ever goes forward; a bank can still return one that succeeded.
FORWARD: Mapping[RefundStatus, frozenset[RefundStatus]] = {
    RefundStatus.PREPARED: frozenset({RefundStatus.REQUESTED, RefundStatus.WITHDRAWN}),
    RefundStatus.WITHDRAWN: frozenset(),
    RefundStatus.REQUESTED: frozenset(
        {RefundStatus.PENDING, RefundStatus.SUCCEEDED, RefundStatus.FAILED, RefundStatus.CANCELED}
    ),
    RefundStatus.PENDING: frozenset({RefundStatus.SUCCEEDED, RefundStatus.FAILED, RefundStatus.CANCELED}),
    RefundStatus.SUCCEEDED: frozenset({RefundStatus.FAILED, RefundStatus.CANCELED}),
    RefundStatus.FAILED: frozenset(),
    RefundStatus.CANCELED: frozenset(),
}
UNDONE = frozenset({RefundStatus.FAILED, RefundStatus.CANCELED})
ON_ITS_WAY = frozenset({RefundStatus.PENDING, RefundStatus.SUCCEEDED})


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
    _move(refund, RefundStatus.WITHDRAWN)
    note(order, actor=actor, reason=f"prepared refund of {refund.amount} withdrawn")


def begin_refund(order: Order, refund: Refund, *, actor: str) -> bool:
    """Set a refund on its way to the provider; returns whether it is on its way for the first time.

    Raises RefundRefused for one that was withdrawn.
    """
    if refund.status is RefundStatus.WITHDRAWN:
        raise RefundRefused("This refund was withdrawn: make a new one.")
    if refund.status is not RefundStatus.PREPARED:
        return False
    _move(refund, RefundStatus.REQUESTED)
    refund.requested_at = clock.now()
    note(order, actor=actor, reason=f"refund of {refund.amount} requested: {refund.reason}")
    return True


def refuse_refund(session: Session, order: Order, refund: Refund, *, why: str) -> None:
    """Note that the provider will not give this money back: nothing has moved."""
    if refund.status is not RefundStatus.REQUESTED:
        return
    refund.failure_reason = why[:120]
    _move(refund, RefundStatus.FAILED)
    _tell_of_failure(session, order, refund)


def record_refunds(session: Session, payment: Payment, order: Order, states: Iterable[RefundState]) -> None:
    """Bring refunds to what the provider says, those made there too; repeating it changes nothing."""
    accepted = [_record(session, payment, order, state) for state in states]
    _put_back_on_shelf(session, order, [refund for refund in accepted if refund is not None])


def withdraw_prepared(session: Session, payment: Payment, order: Order) -> None:
    """Drop what was prepared, because all the money has gone back already."""
    for refund in list_refunds(session, payment.id):
        if refund.status is RefundStatus.PREPARED:
            withdraw_refund(order, refund, actor=ACTOR)


def _record(session: Session, payment: Payment, order: Order, state: RefundState) -> Refund | None:
    """Bring one refund up to date; returns it when the provider has just accepted it."""
    refund = _find(session, payment, order, state)
    after = RefundStatus(state.outcome.value)
    was_on_its_way = refund.status in ON_ITS_WAY
    if after not in FORWARD[refund.status]:
        return None
    _move(refund, after)
    refund.failure_reason = state.failure_reason if after in UNDONE else None
    note(order, actor=ACTOR, reason=f"refund of {refund.amount} {after}")
    if after in UNDONE:
        _tell_of_failure(session, order, refund)
        return None
    if was_on_its_way:
        return None
    _tell_buyer(session, order, refund)
    return refund


def _amount(plan: RefundPlan, limits: RefundLimits, worth: int) -> int:
    if plan.is_whole:
        return limits.left_cents
    return worth if plan.amount_cents is None else plan.amount_cents


def _find(session: Session, payment: Payment, order: Order, state: RefundState) -> Refund:
    known = find_refund_by_id(session, payment.id, state.id)
    own = find_unnoted_refund(session, payment.id, state.key)
    if own is None:
        return known or _mirror(session, payment, order, state)
    if known is not None:
        # A server that does not repeat our key told of it before we knew that it was ours.
        session.delete(known)
        session.flush()
        note(order, actor=ACTOR, reason=f"the refund that was found at Stripe is refund {own.id}")
    own.provider_id = state.id
    return own


def _mirror(session: Session, payment: Payment, order: Order, state: RefundState) -> Refund:
    refund = Refund(
        payment_id=payment.id,
        payment=payment,
        idempotency_key=f"provider:{state.id}",
        provider_id=state.id,
        amount_cents=state.amount_cents,
        delivery_cents=0,
        currency=state.currency or payment.currency,
        status=RefundStatus.REQUESTED,
        reason="made at Stripe",
        actor=ACTOR,
        created_at=state.created_at,
        requested_at=state.created_at,
    )
    session.add(refund)
    session.flush()
    note(order, actor=ACTOR, reason=f"refund of {refund.amount} found that was made at Stripe")
    return refund


def _move(refund: Refund, after: RefundStatus) -> None:
    refund.status = after
    if after not in (RefundStatus.REQUESTED, RefundStatus.PENDING):
        refund.ended_at = clock.now()


def _put_back_on_shelf(session: Session, order: Order, refunds: Sequence[Refund]) -> None:
    variants = {line.id: line.variant_id for line in order.lines}
    restock(
        session,
        [
            Returned(
                variants[line.order_line_id],
                line.restocked,
                reason=f"refund {refund.id}: {refund.reason}"[:200],
                actor=refund.actor,
                source=order.code,
                key=f"refund:{refund.id}:{line.order_line_id}:returned",
            )
            for refund in refunds
            for line in refund.lines
            if line.restocked
        ],
    )


def _tell_buyer(session: Session, order: Order, refund: Refund) -> None:
    put_in_outbox(
        session,
        "refund-made",
        key=f"refund:{refund.provider_id}:made",
        facts={"order": order.code, "amount_cents": str(refund.amount_cents)},
    )


def _tell_of_failure(session: Session, order: Order, refund: Refund) -> None:
    put_in_outbox(
        session,
        "refund-failed",
        key=f"refund:{refund.provider_id or refund.idempotency_key}:failed",
        facts={"order": order.code, "amount_cents": str(refund.amount_cents)},
    )
    kept = sum(line.restocked for line in refund.lines)
    shelf = f" What was put back on the shelf stays there ({kept})." if kept and refund.provider_id else ""
    reason = (
        f"The refund of {refund.amount} did not arrive ({refund.failure_reason or refund.status}): "
        f"the money is still with the shop.{shelf}"
    )
    ask_for_attention(session, order, actor=ACTOR, reason=f"Refund {refund.id}: {reason}")
