"""Putting the clock forward."""

import time

import pytest
import stripe

from tests.stripe_simulator.samples import order
from tests.stripe_simulator.simulator_process import SECRET, SimulatorProcess
from tests.stripe_simulator.webhook_receiver import WebhookReceiver

DAY = 24 * 60 * 60


def test_sessions_expire_when_their_time_has_come(
    own: SimulatorProcess, own_receiver: WebhookReceiver
) -> None:
    session = own.new_session(order(expires_at=int(time.time()) + 31 * 60))
    assert own.act("clock", minutes=30) == 303
    assert own.session(session.id).status == "open"
    assert own.act("clock", minutes=1.1) == 303
    assert own.session(session.id).status == "expired"
    [delivery] = own_receiver.wait_for(session.id, "checkout.session.expired")
    assert delivery.event["created"] >= session.created + 31 * 60


def test_signatures_keep_the_real_time(own: SimulatorProcess, own_receiver: WebhookReceiver) -> None:
    own.act("clock", days=3)
    session = own.paid_session(order())
    [delivery] = own_receiver.wait_for(session.id, "checkout.session.completed")
    signed_at = int(delivery.signature.partition(",")[0].removeprefix("t="))
    assert abs(signed_at - time.time()) < 5
    event = own.client.construct_event(delivery.body, delivery.signature, SECRET)
    assert abs(event.created - time.time() - 3 * DAY) < 10


def test_the_shops_sessions_still_last_as_long_as_it_wants(own: SimulatorProcess) -> None:
    own.act("clock", days=2)
    session = own.new_session(order(expires_at=int(time.time()) + 31 * 60))
    assert session.expires_at - session.created == pytest.approx(31 * 60, abs=3)
    own.act("clock", minutes=32)
    assert own.session(session.id).status == "expired"


@pytest.mark.parametrize(("offset", "fits"), [(29 * 60, False), (DAY + 60, False), (3 * DAY + 3600, True)])
def test_limits_of_expiry_hold_after_the_clock_was_put_forward(
    own: SimulatorProcess, offset: int, fits: bool
) -> None:
    own.act("clock", days=3)
    request = order(expires_at=int(time.time()) + offset)
    if fits:
        session = own.new_session(request)
        assert session.expires_at - session.created == pytest.approx(3600, abs=3)
    else:
        with pytest.raises(stripe.InvalidRequestError, match="expires_at"):
            own.new_session(request)


def test_forgets_idempotency_keys_after_a_day(own: SimulatorProcess) -> None:
    headers = {"Idempotency-Key": "one"}
    path = f"/v1/checkout/sessions/{own.new_session(order()).id}/expire"
    first = own.api("POST", path, headers=headers)
    own.act("clock", hours=23)
    assert own.api("POST", path, headers=headers).text == first.text
    own.act("clock", hours=2)
    assert own.api("POST", path, headers=headers).status_code == 400


def test_sends_delayed_events_when_their_time_has_come(
    own: SimulatorProcess, own_receiver: WebhookReceiver
) -> None:
    own.act("faults", kind="delay", seconds=3600)
    session = own.new_session(order())
    own.client.v1.checkout.sessions.expire(session.id)
    own.act("clock", hours=1)
    own_receiver.wait_for(session.id, "checkout.session.expired", seconds=2)


def test_shows_events_for_30_days(own: SimulatorProcess) -> None:
    session = own.new_session(order())
    own.client.v1.checkout.sessions.expire(session.id)
    [event] = own.client.v1.events.list().data
    own.act("clock", days=29)
    assert [item.id for item in own.client.v1.events.list().data] == [event.id]
    own.act("clock", days=2)
    assert own.client.v1.events.list().data == []
    with pytest.raises(stripe.InvalidRequestError) as refused:
        own.client.v1.events.retrieve(event.id)
    assert refused.value.http_status == 404


def test_stays_ahead_after_a_restart(own: SimulatorProcess) -> None:
    own.act("clock", days=2, hours=1)
    own.act("clock", minutes=30)
    own.stop()
    own.run()
    session = own.new_session(order())
    assert session.created - time.time() == pytest.approx(2 * DAY + 5400, abs=10)


@pytest.mark.parametrize("fields", [{}, {"minutes": "-5"}, {"hours": "soon"}, {"days": "nan"}])
def test_refuses_to_go_anywhere_but_forward(running: SimulatorProcess, fields: dict[str, str]) -> None:
    assert running.act("clock", **fields) == 422


def test_says_how_far_ahead_it_is(own: SimulatorProcess) -> None:
    own.act("clock", days=2, minutes=5)
    assert "2 d 5 min" in own.web.get(f"{own.base}/dev/clock", timeout=10).text
