"""Reads Stripe's answers and events as the shop's own words.

What a server that speaks Stripe's API may leave out is asked for politely, the rest is required: a missing
id or status raises TypeError or ValueError.
"""

from datetime import UTC, datetime
from typing import Any

from app import clock
from app.payments.gateway import GatewayEvent, SessionState, SessionStatus
from app.payments.money_back import DisputeState, RefundOutcome, RefundState

REFUND_KEY = "refund_key"
FAILED_EVENT = "checkout.session.async_payment_failed"
REFUND_SUBJECTS = (
    "charge.refunded",
    "charge.refund.updated",
    "refund.created",
    "refund.updated",
    "refund.failed",
)
HANDLED = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    FAILED_EVENT,
    "checkout.session.expired",
    *REFUND_SUBJECTS,
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
)
# Anything else, words that Stripe has yet to learn too, waits for somebody.
ENDED_DISPUTES = frozenset({"won", "lost", "warning_closed", "prevented"})
OUTCOMES = {"requires_action": RefundOutcome.PENDING} | {outcome.value: outcome for outcome in RefundOutcome}


def read_session(session: Any, *, is_live: bool) -> SessionState:
    """Read a Checkout Session; `is_live` stands in where the answer does not say."""
    intent = _field(session, "payment_intent")
    charge = _field(intent, "latest_charge")
    status = SessionStatus(session.status or "open")
    is_paid = session.payment_status in ("paid", "no_payment_required")
    said_live = _field(session, "livemode")
    return SessionState(
        id=_text(session.id),
        status=status,
        is_paid=is_paid,
        has_failed=_has_failed(intent) if status is SessionStatus.COMPLETE and not is_paid else False,
        amount_total=_field(session, "amount_total") or 0,
        currency=(_field(session, "currency") or "").upper(),
        is_live=is_live if said_live is None else said_live,
        order_code=_order_code(session),
        url=_field(session, "url"),
        payment_intent_id=_id_of(intent),
        charge_id=_id_of(charge),
        amount_refunded=_field(charge, "amount_refunded"),
        amount_tax=_field(_field(session, "total_details"), "amount_tax") or 0,
    )


def read_refund(refund: Any) -> RefundState:
    """Read a Refund."""
    return RefundState(
        id=_text(refund.id),
        amount_cents=refund.amount,
        currency=(_field(refund, "currency") or "").upper(),
        outcome=OUTCOMES[refund.status or "succeeded"],
        payment_intent_id=_id_of(_field(refund, "payment_intent")),
        charge_id=_id_of(_field(refund, "charge")),
        key=_field(_field(refund, "metadata"), REFUND_KEY),
        failure_reason=_field(refund, "failure_reason"),
        created_at=_moment(_field(refund, "created")) or clock.now(),
    )


def read_dispute(dispute: Any) -> DisputeState:
    """Read a Dispute."""
    due = _field(_field(dispute, "evidence_details"), "due_by")
    status = _text(dispute.status)
    return DisputeState(
        id=_text(dispute.id),
        amount_cents=dispute.amount,
        currency=dispute.currency.upper(),
        status=status,
        reason=_field(dispute, "reason") or "unknown",
        is_open=status not in ENDED_DISPUTES,
        is_lost=status == "lost",
        is_refundable=bool(_field(dispute, "is_charge_refundable")),
        payment_intent_id=_id_of(_field(dispute, "payment_intent")),
        charge_id=_id_of(_field(dispute, "charge")),
        answer_due_at=_moment(due),
        opened_at=_moment(_field(dispute, "created")) or clock.now(),
    )


def read_event(event: Any) -> GatewayEvent:
    """Read which objects an event speaks of; what it says of them is only a hint and is not read."""
    kind = _text(event.type)
    subject = event.data.object
    if kind not in HANDLED:
        return GatewayEvent(_text(event.id), kind, is_ours=False)
    is_dispute = kind.startswith("charge.dispute.")
    charge = subject.id if kind == "charge.refunded" else _field(subject, "charge")
    return GatewayEvent(
        _text(event.id),
        kind,
        session_id=_text(subject["id"]) if kind.startswith("checkout.session.") else None,
        payment_intent_id=_id_of(_field(subject, "payment_intent")),
        charge_id=_id_of(charge),
        dispute_id=_text(subject.id) if is_dispute else None,
        about_refunds=kind in REFUND_SUBJECTS,
        says_failed=kind == FAILED_EVENT,
    )


def _has_failed(intent: Any) -> bool | None:
    status = _field(intent, "status")
    return None if status is None else status in ("requires_payment_method", "canceled")


def _order_code(session: Any) -> str:
    return _field(_field(session, "metadata"), "order_code") or _field(session, "client_reference_id") or ""


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _field(thing: object, name: str) -> Any:
    return getattr(thing, name, None)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _id_of(thing: Any) -> str | None:
    return thing if thing is None or isinstance(thing, str) else str(thing.id)
