"""Orders that a person must look at, and orders whose money is disputed."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.orders.attention import ask_for_attention, mark_disputed, mark_undisputed, settle_attention
from app.orders.models import Order
from app.orders.status import PaymentStatus
from app.outbox.models import Message
from tests.inventory.stocked import add_stocked_variant
from tests.orders.drafts import add_order
from tests.orders.rows import told


@pytest.fixture
def order(session: Session) -> Order:
    return add_order(session, {add_stocked_variant(session, 9): 2}, PaymentStatus.PAID)


def letters(session: Session) -> list[str]:
    """Return the reasons in the messages that ask for a person."""
    messages = session.scalars(select(Message).where(Message.kind == "needs-attention").order_by(Message.id))
    return [message.facts["reason"] for message in messages]


def reasons(order: Order, since: int) -> list[str]:
    return [row[4] for row in told(order, since)]


def test_each_reason_is_kept_told_and_sent_once(session: Session, order: Order) -> None:
    earlier = len(order.events)
    for reason in ("The amount differs.", "The amount differs.", "The parcel came back."):
        ask_for_attention(session, order, actor="stripe", reason=reason)
    session.commit()
    assert order.needs_attention == "The amount differs.\nThe parcel came back."
    assert reasons(order, earlier) == [
        "needs attention: The amount differs.",
        "needs attention: The parcel came back.",
    ]
    assert letters(session) == ["The amount differs.", "The parcel came back."]


def test_what_was_attended_to_can_come_again(session: Session, order: Order) -> None:
    ask_for_attention(session, order, actor="stripe", reason="The parcel came back.")
    earlier = len(order.events)
    for _ in range(2):
        settle_attention(order, actor="staff", reason="Sent again.")
    assert order.needs_attention is None
    assert reasons(order, earlier) == ["attended to: Sent again."]
    ask_for_attention(session, order, actor="stripe", reason="The parcel came back.")
    assert letters(session) == ["The parcel came back."] * 2


def test_a_disputed_order_is_marked_until_no_dispute_is_open(session: Session, order: Order) -> None:
    earlier = len(order.events)
    for reason in ("The payer disputes $5.00.", "The payer disputes $9.00."):
        mark_disputed(session, order, actor="stripe", reason=reason)
    assert order.is_disputed
    for _ in range(2):
        mark_undisputed(order, actor="stripe", reason="the dispute is won")
    assert not order.is_disputed
    assert reasons(order, earlier) == [
        "disputed",
        "needs attention: The payer disputes $5.00.",
        "needs attention: The payer disputes $9.00.",
        "the dispute is won",
    ]
    assert order.needs_attention, "a person still has to look"
