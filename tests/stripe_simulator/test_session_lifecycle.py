"""Retrieving, listing and expiring sessions."""

import pytest
import stripe

from dev.stripe_simulator.disputes import open_due_disputes
from dev.stripe_simulator.session_creation import create_session
from dev.stripe_simulator.sessions import get_session
from dev.stripe_simulator.simulator import Simulator
from dev.stripe_simulator.timers import Timers
from tests.stripe_simulator.conftest import MovableClock
from tests.stripe_simulator.patience import wait_until
from tests.stripe_simulator.samples import line, order
from tests.stripe_simulator.simulator_process import SimulatorProcess
from tests.stripe_simulator.webhook_receiver import WebhookReceiver


def test_expires_an_open_session_on_request(running: SimulatorProcess, receiver: WebhookReceiver) -> None:
    session = running.new_session(order())
    expired = running.client.v1.checkout.sessions.expire(session.id)
    assert (expired.status, expired.payment_status, expired.url) == ("expired", "unpaid", None)
    [delivery] = receiver.wait_for(session.id, "checkout.session.expired")
    assert delivery.event["request"]["id"] == expired.last_response.request_id  # type: ignore[union-attr]


def test_does_not_expire_a_session_twice(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    running.client.v1.checkout.sessions.expire(session.id)
    with pytest.raises(stripe.InvalidRequestError, match="status of expired") as refused:
        running.client.v1.checkout.sessions.expire(session.id)
    assert refused.value.http_status == 400


def test_does_not_expire_a_complete_session(running: SimulatorProcess) -> None:
    session = running.paid_session(order())
    with pytest.raises(stripe.InvalidRequestError, match="status of complete"):
        running.client.v1.checkout.sessions.expire(session.id)
    assert running.session(session.id).payment_status == "paid"


def test_expires_when_somebody_looks_after_the_time(still: Simulator, clock: MovableClock) -> None:
    session = create_session(still, order())
    clock.ahead = 24 * 60 * 60 - 60
    assert get_session(still, session.id).body["status"] == "open"
    clock.ahead = 24 * 60 * 60 + 1
    assert get_session(still, session.id).body["status"] == "expired"
    [event] = still.store.select("event")
    assert event.body["type"] == "checkout.session.expired"


def test_expires_by_itself_when_nobody_looks(still: Simulator, clock: MovableClock) -> None:
    session = create_session(still, order())
    clock.ahead = 24 * 60 * 60 + 1
    timers = Timers(still)
    timers.start()
    wait_until(lambda: bool(still.store.select("event")))
    timers.stop()
    stored = still.store.find("checkout.session", session.id)
    assert stored is not None
    assert stored.body["status"] == "expired"


def test_opens_no_dispute_before_its_time(still: Simulator) -> None:
    open_due_disputes(still)
    assert still.store.select("dispute") == []


def test_answers_404_for_an_unknown_session(running: SimulatorProcess) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        running.session("cs_test_unknown")
    assert (refused.value.http_status, refused.value.code, refused.value.param) == (
        404,
        "resource_missing",
        "session",
    )


def test_lists_line_items_in_order_and_by_page(running: SimulatorProcess) -> None:
    session = running.new_session(order(line_items=[line(100 + n, n + 1, f"Item {n}") for n in range(12)]))
    first = running.client.v1.checkout.sessions.line_items.list(session.id)
    assert ([item.description for item in first.data], first.has_more) == (
        [f"Item {n}" for n in range(10)],
        True,
    )
    everything = list(first.auto_paging_iter())
    assert [item.quantity for item in everything] == list(range(1, 13))
    assert sum(item.amount_total for item in everything) == session.amount_subtotal


def test_finds_the_session_of_a_payment_intent(running: SimulatorProcess) -> None:
    running.paid_session(order())
    session = running.paid_session(order())
    assert isinstance(session.payment_intent, stripe.PaymentIntent)
    found = running.client.v1.checkout.sessions.list(params={"payment_intent": session.payment_intent.id})
    assert [item.id for item in found.data] == [session.id]


def test_filters_sessions_by_status(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    found = running.client.v1.checkout.sessions.list(params={"status": "open", "limit": 1})
    assert found.data[0].id == session.id
    running.client.v1.checkout.sessions.expire(session.id)
    found = running.client.v1.checkout.sessions.list(params={"status": "expired", "limit": 100})
    assert session.id in [item.id for item in found.data]


def test_expands_line_items_products_and_shipping_rate(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    paths = ("line_items.data.price.product", "shipping_cost.shipping_rate", "payment_intent.latest_charge")
    full = running.session(session.id, *paths)
    assert full.line_items is not None
    price = full.line_items.data[0].price
    assert price is not None
    assert isinstance(price.product, stripe.Product)
    assert price.product.name == "Foam roller"
    assert full.shipping_cost is not None
    assert isinstance(full.shipping_cost.shipping_rate, stripe.ShippingRate)
    assert full.shipping_cost.shipping_rate.display_name == "Standard"
    assert full.payment_intent is None


@pytest.mark.parametrize("path", ["status", "bogus", "line_items.bogus", "a.b.c.d.e"])
def test_refuses_to_expand_what_is_no_object(running: SimulatorProcess, path: str) -> None:
    session = running.new_session(order())
    with pytest.raises(stripe.InvalidRequestError, match="expand"):
        running.session(session.id, path)
