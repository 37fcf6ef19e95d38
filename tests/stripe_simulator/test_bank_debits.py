"""Paying later by bank debit."""

import pytest
import requests
import stripe

from tests.stripe_simulator.samples import line, order
from tests.stripe_simulator.simulator_process import SimulatorProcess
from tests.stripe_simulator.webhook_receiver import WebhookReceiver

PAYER = {"email": "ada@example.com", "name": "Ada B", "method": "bank_debit"}


def resolve(running: SimulatorProcess, session: stripe.checkout.Session, result: str) -> requests.Response:
    address = f"{running.base}/dev/sessions/{session.id}/resolve"
    return running.web.post(address, data={"result": result}, allow_redirects=False, timeout=10)


def test_completes_the_session_unpaid(running: SimulatorProcess, receiver: WebhookReceiver) -> None:
    session = running.paid_session(order(), PAYER)
    assert (session.status, session.payment_status) == ("complete", "unpaid")
    assert isinstance(session.payment_intent, stripe.PaymentIntent)
    assert session.payment_intent.status == "processing"
    [delivery] = receiver.wait_for(session.id, "checkout.session.completed")
    assert delivery.event["data"]["object"]["payment_status"] == "unpaid"
    with pytest.raises(stripe.InvalidRequestError, match="successful charge"):
        running.client.v1.refunds.create(params={"payment_intent": session.payment_intent.id})


def test_succeeds_later(running: SimulatorProcess, receiver: WebhookReceiver) -> None:
    session = running.paid_session(order(), PAYER)
    assert resolve(running, session, "succeed").status_code == 303
    [delivery] = receiver.wait_for(session.id, "checkout.session.async_payment_succeeded")
    assert delivery.event["data"]["object"]["payment_status"] == "paid"
    after = running.session(session.id, "payment_intent.latest_charge")
    assert isinstance(after.payment_intent, stripe.PaymentIntent)
    assert isinstance(after.payment_intent.latest_charge, stripe.Charge)
    assert (after.payment_status, after.payment_intent.latest_charge.paid) == ("paid", True)
    assert resolve(running, session, "fail").status_code == 422
    assert running.session(session.id).payment_status == "paid"


def test_fails_later(running: SimulatorProcess, receiver: WebhookReceiver) -> None:
    session = running.paid_session(order(), PAYER)
    resolve(running, session, "fail")
    receiver.wait_for(session.id, "checkout.session.async_payment_failed")
    after = running.session(session.id, "payment_intent.latest_charge")
    assert isinstance(after.payment_intent, stripe.PaymentIntent)
    assert isinstance(after.payment_intent.latest_charge, stripe.Charge)
    assert (after.status, after.payment_status) == ("complete", "unpaid")
    assert (after.payment_intent.latest_charge.status, after.payment_intent.amount_received) == ("failed", 0)
    receiver.wait_for(after.payment_intent.id, "payment_intent.payment_failed")


def test_needs_an_email_and_a_name(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    assert running.submit(session, {**PAYER, "email": "", "name": ""}).status_code == 422
    assert running.session(session.id).status == "open"


@pytest.mark.parametrize(
    "changes",
    [
        {"excluded_payment_method_types": ["us_bank_account"]},
        {"allowed_payment_method_types": ["card"]},
        {"line_items": [line(5000, currency="sek")], "shipping_options": None},
    ],
)
def test_is_offered_only_where_it_is_allowed(running: SimulatorProcess, changes: dict[str, object]) -> None:
    session = running.new_session(order(**changes))
    assert list(session.payment_method_types) == ["card"]
    assert "Pay later" not in running.web.get(str(session.url), timeout=10).text
    assert running.submit(session, PAYER).status_code == 422
