"""The pages for developers."""

import pytest
import stripe

from tests.stripe_simulator.patience import wait_until
from tests.stripe_simulator.samples import order
from tests.stripe_simulator.simulator_process import SimulatorProcess
from tests.stripe_simulator.webhook_receiver import WebhookReceiver


def page(running: SimulatorProcess, path: str) -> str:
    answer = running.web.get(f"{running.base}{path}", timeout=10)
    assert answer.status_code == 200
    assert "Simulation: no real card is charged" in answer.text
    return answer.text


def test_lists_sessions(running: SimulatorProcess) -> None:
    session = running.new_session(order(client_reference_id="PB-77"))
    listed = page(running, "/dev")
    assert f"/dev/sessions/{session.id}" in listed
    assert "PB-77" in listed


def test_expires_a_session(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    assert "Expire now" in page(running, f"/dev/sessions/{session.id}")
    answer = running.web.post(f"{running.base}/dev/sessions/{session.id}/expire", timeout=10)
    assert (answer.url, "Expire now" in answer.text) == (f"{running.base}/dev/sessions/{session.id}", False)
    assert running.session(session.id).status == "expired"
    assert running.web.post(f"{running.base}/dev/sessions/{session.id}/expire", timeout=10).status_code == 422


@pytest.mark.parametrize(
    ("typed", "status", "refunded"),
    [
        ("", 200, 2995),
        ("12.50", 200, 1250),
        ("30", 422, 0),
        ("-1", 422, 0),
        ("all", 422, 0),
        ("0.001", 422, 0),
        ("NaN", 422, 0),
    ],
)
def test_refunds_a_session(running: SimulatorProcess, typed: str, status: int, refunded: int) -> None:
    session = running.paid_session(order())
    address = f"{running.base}/dev/sessions/{session.id}/refund"
    assert running.web.post(address, data={"amount": typed}, timeout=10).status_code == status
    intent = running.session(session.id, "payment_intent.latest_charge").payment_intent
    assert isinstance(intent, stripe.PaymentIntent)
    assert isinstance(intent.latest_charge, stripe.Charge)
    assert intent.latest_charge.amount_refunded == refunded


def test_an_unpaid_session_cannot_be_refunded(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    assert running.web.post(f"{running.base}/dev/sessions/{session.id}/refund", timeout=10).status_code == 422


def test_shows_attempts_and_sends_an_event_again(
    running: SimulatorProcess, receiver: WebhookReceiver
) -> None:
    session = running.new_session(order())
    running.client.v1.checkout.sessions.expire(session.id)
    [delivery] = receiver.wait_for(session.id, "checkout.session.expired")
    address = f"/dev/events/{delivery.event['id']}"
    wait_until(lambda: "answered 200" in page(running, address))
    assert address in page(running, "/dev/events")
    assert running.web.post(f"{running.base}{address}/send", timeout=10).url == f"{running.base}/dev/events"
    receiver.wait_for(session.id, "checkout.session.expired", count=2)
    wait_until(lambda: page(running, address).count("answered 200") == 2)


@pytest.mark.parametrize("path", ["/dev/sessions/cs_test_x", "/dev/events/evt_x", "/dev/bogus", "/bogus"])
def test_answers_404_for_unknown_pages(running: SimulatorProcess, path: str) -> None:
    assert running.web.get(f"{running.base}{path}", timeout=10).status_code == 404


def test_answers_404_for_unknown_actions(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    assert (
        running.web.post(f"{running.base}/dev/sessions/{session.id}/explode", timeout=10).status_code == 404
    )
    assert running.web.post(f"{running.base}/dev/events/evt_x/send", timeout=10).status_code == 404


def test_refuses_forms_that_another_site_sends(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    address = f"{running.base}/dev/sessions/{session.id}/expire"
    assert running.web.post(address, headers={"Sec-Fetch-Site": "cross-site"}, timeout=10).status_code == 403
    assert running.session(session.id).status == "open"
