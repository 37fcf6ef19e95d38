"""Putting an order before a person, and taking it away again."""

from sqlalchemy.orm import Session

from app.orders.models import Order
from app.orders.timeline import note
from app.outbox.services import put_in_outbox


def ask_for_attention(session: Session, order: Order, *, actor: str, reason: str) -> None:
    """Put an order before a person; saying the same again changes nothing, another reason is added."""
    reasons = (order.needs_attention or "").splitlines()
    if reason in reasons:
        return
    order.needs_attention = "\n".join([*reasons, reason])
    note(order, actor=actor, reason=f"needs attention: {reason}")
    session.flush()
    put_in_outbox(
        session,
        "needs-attention",
        key=f"order:{order.code}:attention:{order.events[-1].id}",
        facts={"order": order.code, "reason": reason},
    )


def has_asked(order: Order, reason: str) -> bool:
    """Whether a person was ever asked about this, even if it was settled since."""
    return any(event.reason == f"needs attention: {reason}" for event in order.events)


def settle_attention(order: Order, *, actor: str, reason: str) -> None:
    """Note that a person has dealt with what an order needed."""
    if order.needs_attention is None:
        return
    order.needs_attention = None
    note(order, actor=actor, reason=f"attended to: {reason}")


def mark_disputed(session: Session, order: Order, *, actor: str, reason: str) -> None:
    """Stop an order whose payer has asked the bank for the money."""
    if not order.is_disputed:
        order.is_disputed = True
        note(order, actor=actor, reason="disputed")
    ask_for_attention(session, order, actor=actor, reason=reason)


def mark_undisputed(order: Order, *, actor: str, reason: str) -> None:
    """Note that no dispute of an order is open any more."""
    if order.is_disputed:
        order.is_disputed = False
        note(order, actor=actor, reason=reason)
