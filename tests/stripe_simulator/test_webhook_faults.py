"""Events that are dropped, delayed, duplicated and reordered."""

import time

import pytest
import stripe

from dev.stripe_simulator.faults import Fault, add_fault, clear_faults
from dev.stripe_simulator.session_creation import create_session
from dev.stripe_simulator.sessions import expire_session
from dev.stripe_simulator.simulator import Simulator
from tests.stripe_simulator.patience import wait_until
from tests.stripe_simulator.samples import order
from tests.stripe_simulator.simulator_process import SimulatorProcess
from tests.stripe_simulator.webhook_receiver import WebhookReceiver

EXPIRED = "checkout.session.expired"


def expire(own: SimulatorProcess) -> str:
    session = own.new_session(order())
    own.client.v1.checkout.sessions.expire(session.id)
    return session.id


def undelivered(own: SimulatorProcess) -> list[stripe.Event]:
    return own.client.v1.events.list(params={"delivery_success": False}).data


def test_drops_the_next_event_and_only_that(own: SimulatorProcess, own_receiver: WebhookReceiver) -> None:
    assert own.act("faults", kind="drop") == 303
    dropped, delivered = expire(own), expire(own)
    own_receiver.wait_for(delivered, EXPIRED)
    assert own_receiver.about(dropped) == []
    wait_until(lambda: len(undelivered(own)) == 1)
    [event] = undelivered(own)
    assert (event.data.object["id"], event.pending_webhooks) == (dropped, 1)


def test_sends_what_was_dropped_when_asked(own: SimulatorProcess, own_receiver: WebhookReceiver) -> None:
    own.act("faults", kind="drop", count=2)
    dropped = [expire(own), expire(own)]
    assert own.act(f"events/{undelivered(own)[0].id}/send") == 303
    own_receiver.wait_for(dropped[1], EXPIRED)
    assert own.act("events/send-dropped") == 303
    own_receiver.wait_for(dropped[0], EXPIRED)


def test_drops_only_events_of_the_type_meant(own: SimulatorProcess, own_receiver: WebhookReceiver) -> None:
    own.act("faults", kind="drop", match="checkout.session.", count=5)
    session = own.paid_session(order())
    own_receiver.wait_for(str(own.charge_of(session).payment_intent), "payment_intent.succeeded")
    wait_until(lambda: len(undelivered(own)) == 1)
    assert undelivered(own)[0].type == "checkout.session.completed"


def test_delays_the_first_attempt(own: SimulatorProcess, own_receiver: WebhookReceiver) -> None:
    own.act("faults", kind="delay", seconds=0.7)
    began = time.time()
    [delivery] = own_receiver.wait_for(expire(own), EXPIRED)
    assert 0.7 <= delivery.received_at - began < 1.5


def test_sends_several_copies_at_the_same_moment(
    own: SimulatorProcess, own_receiver: WebhookReceiver
) -> None:
    own.act("faults", kind="duplicate", copies=3)
    copies = own_receiver.wait_for(expire(own), EXPIRED, count=3)
    assert len({copy.event["id"] for copy in copies}) == 1
    assert max(copy.received_at for copy in copies) - min(copy.received_at for copy in copies) < 0.3
    wait_until(lambda: undelivered(own) == [])
    assert len(own_receiver.deliveries) == 3


def test_sends_the_newest_first(own: SimulatorProcess, own_receiver: WebhookReceiver) -> None:
    own.act("faults", kind="reorder", count=3, seconds=5)
    own.paid_session(order())
    wait_until(lambda: len(own_receiver.deliveries) == 3, seconds=3)
    assert [delivery.event["type"] for delivery in own_receiver.deliveries] == [
        "checkout.session.completed",
        "payment_intent.succeeded",
        "charge.succeeded",
    ]


def test_holds_events_back_no_longer_than_it_should(
    own: SimulatorProcess, own_receiver: WebhookReceiver
) -> None:
    own.act("faults", kind="reorder", count=9, seconds=0.8)
    first, second = expire(own), expire(own)
    own_receiver.wait_for(first, EXPIRED, seconds=3)
    assert [delivery.is_about(second) for delivery in own_receiver.deliveries] == [True, False]


def test_the_same_seed_drops_the_same_events(still: Simulator) -> None:
    draws = []
    for _ in range(2):
        add_fault(still, Fault(id=0, kind="drop", chance=50, seed=7))
        for _ in range(20):
            expire_session(still, create_session(still, order()).id)
        clear_faults(still)
        [*states] = still.store.rows("SELECT state FROM deliveries ORDER BY rowid DESC LIMIT 20")
        draws.append(states)
    assert draws[0] == draws[1]
    assert set(draws[0]) == {("dropped",), ("pending",)}


@pytest.mark.parametrize("chance", [0, 100])
def test_a_rule_with_a_chance_holds_until_cleared(own: SimulatorProcess, chance: int) -> None:
    own.act("faults", kind="drop", chance=chance)
    for _ in range(3):
        expire(own)
    wait_until(lambda: len(undelivered(own)) == (3 if chance else 0))
    own.act("faults/clear", kind="drop")
    expire(own)
    wait_until(lambda: len(undelivered(own)) == (3 if chance else 0))


def test_faults_and_what_they_hold_back_survive_a_restart(
    own: SimulatorProcess, own_receiver: WebhookReceiver
) -> None:
    own.act("faults", kind="delay", seconds=2)
    own.act("faults", kind="drop", match="charge.", count=2)
    delayed = expire(own)
    own.process.kill()
    own.process.communicate(timeout=5)
    own.run()
    assert own_receiver.about(delayed) == []
    own_receiver.wait_for(delayed, EXPIRED)
    session = own.paid_session(order())
    own_receiver.wait_for(session.id, "checkout.session.completed")
    wait_until(lambda: [event.type for event in undelivered(own)] == ["charge.succeeded"])
