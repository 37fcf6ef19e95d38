"""Delivery of events."""

import json
import time
from collections import Counter

import pytest
import stripe

from tests.stripe_simulator.patience import wait_until
from tests.stripe_simulator.samples import order
from tests.stripe_simulator.simulator_process import SECRET, SimulatorProcess
from tests.stripe_simulator.webhook_receiver import Delivery, WebhookReceiver


def test_the_sdk_verifies_the_signature(running: SimulatorProcess, receiver: WebhookReceiver) -> None:
    session = running.new_session(order(metadata={"note": "Größe 45, ≥ 1"}))
    running.submit(session)
    [delivery] = receiver.wait_for(session.id, "checkout.session.completed")
    event = running.client.construct_event(delivery.body, delivery.signature, SECRET)
    assert (event.object, event.api_version, event.livemode) == ("event", stripe.api_version, False)
    assert event.pending_webhooks == 1
    assert event.data.object["metadata"]["note"] == "Größe 45, ≥ 1"
    with pytest.raises(stripe.SignatureVerificationError):
        running.client.construct_event(delivery.body + b" ", delivery.signature, SECRET)


def test_comes_soon_after_the_change(running: SimulatorProcess, receiver: WebhookReceiver) -> None:
    session = running.new_session(order())
    running.submit(session)
    paid_at = time.time()
    [delivery] = receiver.wait_for(session.id, "checkout.session.completed")
    assert delivery.received_at - paid_at < 0.5


def test_is_repeated_with_a_fresh_signature_until_the_shop_answers_2xx(
    own: SimulatorProcess, own_receiver: WebhookReceiver
) -> None:
    seen: Counter[str] = Counter()

    def refuse_twice(delivery: Delivery) -> int:
        seen[delivery.event["id"]] += 1
        return {1: 500, 2: 302}.get(seen[delivery.event["id"]], 204)

    own_receiver.answer = refuse_twice
    session = own.new_session(order())
    own.client.v1.checkout.sessions.expire(session.id)
    deliveries = own_receiver.wait_for(session.id, "checkout.session.expired", count=3, seconds=8)
    first, second, third = (delivery.received_at for delivery in deliveries)
    assert 0.9 < second - first < 1.9
    assert 1.9 < third - second < 2.9
    assert len({delivery.signature for delivery in deliveries}) == 3
    assert len({delivery.event["id"] for delivery in deliveries}) == 1
    for delivery in deliveries:
        own.client.construct_event(delivery.body, delivery.signature, SECRET)
    identifier = deliveries[0].event["id"]
    wait_until(lambda: own.client.v1.events.retrieve(identifier).pending_webhooks == 0)


def test_one_slow_answer_holds_up_no_other_event(
    own: SimulatorProcess, own_receiver: WebhookReceiver
) -> None:
    slow, quick = (own.new_session(order()) for _ in range(2))

    def dawdle(delivery: Delivery) -> int:
        if delivery.is_about(slow.id):
            time.sleep(1)
        return 200

    own_receiver.answer = dawdle
    own.client.v1.checkout.sessions.expire(slow.id)
    own.client.v1.checkout.sessions.expire(quick.id)
    own_receiver.wait_for(quick.id, "checkout.session.expired", seconds=0.8)


def test_an_undelivered_event_survives_a_restart(
    own: SimulatorProcess, own_receiver: WebhookReceiver
) -> None:
    own_receiver.answer = lambda _: 503
    session = own.paid_session(order())
    own_receiver.wait_for(session.id, "checkout.session.completed")
    own.stop()
    own_receiver.deliveries.clear()
    own_receiver.answer = lambda _: 200
    own.run()
    own_receiver.wait_for(session.id, "checkout.session.completed")
    assert own.session(session.id).payment_status == "paid"


def test_filters_events_by_type_time_and_delivery(
    own: SimulatorProcess, own_receiver: WebhookReceiver
) -> None:
    own_receiver.answer = lambda delivery: 500 if delivery.event["type"].startswith("charge") else 200
    session = own.paid_session(order())
    own_receiver.wait_for(session.id, "checkout.session.completed")
    events = own.client.v1.events
    assert [event.type for event in events.list(params={"type": "charge.*"}).data] == ["charge.succeeded"]
    types = ["checkout.session.completed", "payment_intent.succeeded"]
    assert [event.type for event in events.list(params={"types": types}).data] == types
    wait_until(lambda: len(events.list(params={"delivery_success": True}).data) == 2)
    assert [event.type for event in events.list(params={"delivery_success": False}).data] == [
        "charge.succeeded"
    ]
    newest = events.list(params={"limit": 1}).data[0]
    assert newest.type == "checkout.session.completed"
    assert [event.type for event in events.list(params={"starting_after": newest.id, "limit": 1}).data] == [
        types[1]
    ]
    assert len(events.list(params={"created": {"gte": session.created}}).data) == 3
    assert events.list(params={"created": {"lt": session.created}}).data == []
    with pytest.raises(stripe.InvalidRequestError):
        events.list(params={"type": "charge.succeeded", "types": types})


def test_an_event_shows_the_object_as_it_was(running: SimulatorProcess, receiver: WebhookReceiver) -> None:
    session = running.paid_session(order())
    assert isinstance(session.payment_intent, stripe.PaymentIntent)
    charge = session.payment_intent.latest_charge
    assert isinstance(charge, stripe.Charge)
    running.client.v1.refunds.create(params={"charge": charge.id})
    [before] = receiver.wait_for(charge.id, "charge.succeeded")
    [after] = receiver.wait_for(charge.id, "charge.refunded")
    assert before.event["data"]["object"]["amount_refunded"] == 0
    assert after.event["data"]["object"]["amount_refunded"] == 2995
    stored = running.client.v1.events.retrieve(after.event["id"])
    assert json.loads(str(stored))["data"] == after.event["data"]
