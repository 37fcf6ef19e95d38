"""The inbox: every event is stored once, parked when a person must act, and can be acted on again."""

import uuid
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select, update

from app.config import read_config
from app.factory import create_app
from app.inventory.models import MovementKind
from app.orders.status import PaymentStatus
from app.payments.models import EventState, Payment, PaymentEvent
from app.payments.outcome import Outcome
from app.payments.queries import list_parked_events
from app.session import close_database
from app.web.payments import current_inbox
from tests.live_shop import SIMULATOR_KEY
from tests.payments.books import all_refunds, count_movements, mails, stored_events
from tests.payments.stripe_recorder import forward_to
from tests.payments.till import Event, Till
from tests.stock import assert_ledger_is_right


def event(kind: str, subject: Mapping[str, Any]) -> Event:
    """Make an event of a kind about something that only it knows."""
    return {
        "id": f"evt_test_{uuid.uuid4().hex}",
        "object": "event",
        "created": 1_700_000_000,
        "livemode": False,
        "type": kind,
        "data": {"object": subject},
    }


def rows(till: Till) -> list[PaymentEvent]:
    till.session.rollback()
    till.session.expire_all()
    return list(till.session.scalars(select(PaymentEvent).order_by(PaymentEvent.id)))


def replay(till: Till, event_id: str) -> Outcome:
    with till.app.app_context():
        return current_inbox().replay(event_id)


def test_every_event_of_a_sale_is_stored_once_with_what_it_speaks_of(till: Till) -> None:
    sale = till.pay(till.open())
    till.act(f"sessions/{sale.page_id}/dispute")
    events = till.events()
    for _ in range(2):
        assert {status for status, _ in till.bring(events)} == {200}
    found = {row.type: row for row in rows(till)}
    assert sorted(row.event_id for row in found.values()) == sorted(each["id"] for each in events)
    assert {row.handled_count for row in found.values()} == {1}
    completed, opened = found["checkout.session.completed"], found["charge.dispute.created"]
    assert completed.session_id == sale.page_id
    assert completed.payment_intent_id
    assert opened.dispute_id
    assert (opened.payment_intent_id, opened.session_id) == (completed.payment_intent_id, None)
    assert (completed.state, completed.outcome) == (EventState.DONE, "paid")


@pytest.mark.parametrize("kind", ["charge.updated", "payout.paid", "customer.created", "invented.by.stripe"])
def test_what_the_shop_does_nothing_about_is_stored_and_asks_nobody(till: Till, kind: str) -> None:
    assert till.bring([event(kind, {"id": "x_1", "object": "x"})]) == [(200, "not-for-the-shop")]
    [row] = rows(till)
    assert (row.state, row.type, row.session_id, row.charge_id) == (EventState.IGNORED, kind, None, None)
    assert till.recorder.requests == []
    assert replay(till, row.event_id) is Outcome.IGNORED


UNKNOWN: dict[str, tuple[str, dict[str, Any]]] = {
    "page": ("checkout.session.completed", {"id": "cs_test_of_nobody", "object": "checkout.session"}),
    "payment": ("charge.refunded", {"id": "ch_1", "object": "charge", "payment_intent": "pi_of_nobody"}),
    "charge": ("charge.refunded", {"id": "ch_of_nobody", "object": "charge"}),
    "refund": ("refund.failed", {"id": "re_1", "object": "refund", "charge": "ch_of_nobody"}),
    "dispute": ("charge.dispute.created", {"id": "dp_1", "object": "dispute", "charge": "ch_of_nobody"}),
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_an_event_about_something_unknown_is_parked_and_not_sent_again(till: Till, case: str) -> None:
    kind, subject = UNKNOWN[case]
    assert till.bring([event(kind, subject)]) == [(200, "unknown-payment")]
    [row] = rows(till)
    assert (row.state, row.type) == (EventState.PARKED, kind)
    assert list_parked_events(till.session) == [row]


def test_a_dispute_that_stripe_does_not_know_is_parked(till: Till) -> None:
    sale = till.sell()
    intent = till.session.scalars(select(Payment.payment_intent_id)).one()
    subject = {"id": "dp_of_nobody", "object": "dispute", "payment_intent": intent}
    assert till.bring([event("charge.dispute.updated", subject)]) == [(200, "unknown-payment")]
    assert not till.order(sale).is_disputed


def test_an_amount_that_differs_is_parked_until_the_cause_is_gone(till: Till) -> None:
    sale = till.pay(till.open())
    till.session.execute(update(Payment).values(amount_cents=Payment.amount_cents - 1))
    till.session.commit()
    events = till.events("checkout.session.completed")
    assert till.bring(events) == [(200, "amount-differs")]
    [row] = rows(till)
    assert (row.state, row.handled_count) == (EventState.PARKED, 1)
    assert till.order(sale).payment_status is PaymentStatus.OPEN
    assert "Stripe charged $48.38, the order costs $48.37" in (till.order(sale).needs_attention or "")
    assert replay(till, row.event_id) is Outcome.DIFFERENT
    till.session.execute(update(Payment).values(amount_cents=Payment.amount_cents + 1))
    till.session.commit()
    assert replay(till, row.event_id) is Outcome.NEEDS_ATTENTION
    [row] = rows(till)
    assert (row.state, row.handled_count) == (EventState.DONE, 3)
    assert row.handled_at > row.received_at
    assert till.order(sale).payment_status is PaymentStatus.PAID
    assert till.bring(events) == [(200, "unchanged")]


def test_a_done_event_that_is_replayed_changes_nothing(till: Till) -> None:
    sale = till.pay(till.open())
    till.act(f"sessions/{sale.page_id}/refund", amount="5.00")
    till.bring(till.events())
    told, written = len(till.order(sale).events), mails(till.session)
    for row in rows(till):
        assert replay(till, row.event_id) in (Outcome.UNCHANGED, Outcome.IGNORED)
    assert (len(till.order(sale).events), mails(till.session)) == (told, written)
    assert len(all_refunds(till.session)) == 1
    assert set(count_movements(till.session, MovementKind.CONSUMED).values()) == {1}
    assert_ledger_is_right(till.session)


def test_an_event_that_never_came_is_not_replayed(till: Till) -> None:
    with pytest.raises(LookupError):
        replay(till, "evt_of_nobody")


def test_while_stripe_is_down_nothing_is_stored_and_the_event_must_come_again(till: Till) -> None:
    sale = till.sell()
    till.act(f"sessions/{sale.page_id}/refund", amount="5.00")
    events = till.events("refund.created")
    told = len(till.order(sale).events)
    till.recorder.answer = lambda _: (503, b"busy")
    assert till.bring(events) == [(503, "try again")]
    assert stored_events(till.session) == []
    assert len(till.order(sale).events) == told
    till.recorder.answer = forward_to(till.simulator)
    assert till.bring(events) == [(200, "updated")]


def test_while_the_database_is_down_the_event_must_come_again(
    till: Till, shop_settings: dict[str, str], database_kind: str
) -> None:
    sale = till.pay(till.open())
    gone = "sqlite:////nowhere/at/all/shop.db"
    if database_kind == "postgresql":
        gone = "postgresql+psycopg://nobody@127.0.0.1:9/shop"
    stripe = {"STRIPE_API_KEY": SIMULATOR_KEY, "STRIPE_API_BASE": till.recorder.address}
    app = create_app(read_config({**shop_settings, **stripe, "DATABASE_URL": gone}))
    events = till.events("checkout.session.completed")
    [(status, _)] = Till(app, till.recorder, till.simulator, till.session).bring(events)
    close_database(app)
    assert status >= 500
    assert till.bring(events) == [(200, "paid")]
    assert till.order(sale).payment_status is PaymentStatus.PAID
