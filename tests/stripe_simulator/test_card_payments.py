"""What the test cards do."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
import stripe

from tests.stripe_simulator.samples import (
    ALWAYS_PAYS,
    ASKS_FOR_AUTHENTICATION,
    DECLINED,
    DISPUTED,
    NO_FUNDS,
    card_form,
    order,
)
from tests.stripe_simulator.simulator_process import SimulatorProcess
from tests.stripe_simulator.webhook_receiver import WebhookReceiver


def charge_of(session: stripe.checkout.Session) -> stripe.Charge:
    assert isinstance(session.payment_intent, stripe.PaymentIntent)
    assert isinstance(session.payment_intent.latest_charge, stripe.Charge)
    return session.payment_intent.latest_charge


def test_a_good_card_pays_and_leads_to_the_success_address(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    answer = running.submit(session)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"http://127.0.0.1:9/checkout/return?session_id={session.id}"
    paid = running.session(session.id, "payment_intent.latest_charge")
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert paid.customer_details is not None
    assert (paid.customer_details.email, paid.customer_details.name) == ("ada@example.com", "Ada B")
    charge = charge_of(paid)
    assert (charge.amount, charge.status, charge.paid, charge.refunded) == (2995, "succeeded", True, False)
    assert charge.payment_method_details is not None
    assert charge.payment_method_details.card is not None
    assert (charge.payment_method_details.card.brand, charge.payment_method_details.card.last4) == (
        "visa",
        "4242",
    )


def test_tells_the_shop_of_a_payment(running: SimulatorProcess, receiver: WebhookReceiver) -> None:
    session = running.paid_session(order())
    charge = charge_of(session)
    [completed] = receiver.wait_for(session.id, "checkout.session.completed")
    assert completed.event["data"]["object"]["payment_status"] == "paid"
    assert completed.event["request"] == {"id": None, "idempotency_key": None}
    receiver.wait_for(str(charge.payment_intent), "payment_intent.succeeded")
    receiver.wait_for(charge.id, "charge.succeeded")


def test_copies_the_payment_intents_metadata_to_the_charge_only(running: SimulatorProcess) -> None:
    params = order(
        metadata={"on": "session"}, payment_intent_data={"metadata": {"order": "7"}, "description": "PB-7"}
    )
    session = running.paid_session(params)
    assert isinstance(session.payment_intent, stripe.PaymentIntent)
    assert session.payment_intent.metadata.to_dict() == {"order": "7"}
    assert charge_of(session).metadata.to_dict() == {"order": "7"}
    assert (session.payment_intent.description, charge_of(session).description) == ("PB-7", "PB-7")


@pytest.mark.parametrize(
    ("number", "decline_code", "message"),
    [
        (DECLINED, "generic_decline", "Your card was declined."),
        (NO_FUNDS, "insufficient_funds", "Your card has insufficient funds."),
    ],
)
def test_a_declined_card_leaves_the_session_open(
    running: SimulatorProcess, receiver: WebhookReceiver, number: str, decline_code: str, message: str
) -> None:
    session = running.new_session(order(payment_intent_data={"metadata": {"try": "first"}}))
    answer = running.submit(session, card_form(number))
    assert (answer.status_code, message in answer.text) == (402, True)
    after = running.session(session.id)
    assert (after.status, after.payment_status, after.payment_intent) == ("open", "unpaid", None)
    [failed] = [
        delivery
        for delivery in receiver.wait_for(decline_code, "payment_intent.payment_failed")
        if delivery.event["data"]["object"]["amount"] == 2995
    ][-1:]
    intent = failed.event["data"]["object"]
    assert intent["last_payment_error"]["code"] == "card_declined"
    assert intent["status"] == "requires_payment_method"
    assert running.submit(session).status_code == 303
    paid = running.session(session.id, "payment_intent")
    assert isinstance(paid.payment_intent, stripe.PaymentIntent)
    assert paid.payment_intent.last_payment_error is None
    charges = running.client.v1.charges.list(params={"payment_intent": paid.payment_intent.id})
    assert [charge.status for charge in charges.data] == ["succeeded", "failed"]


@pytest.mark.parametrize("number", [ASKS_FOR_AUTHENTICATION, "4000000000003220"])
def test_pays_after_a_completed_authentication(running: SimulatorProcess, number: str) -> None:
    session = running.new_session(order())
    step = running.submit(session, card_form(number))
    assert (step.status_code, step.headers["Location"]) == (303, f"/pay/{session.id}/authenticate")
    assert running.session(session.id).status == "open"
    address = running.base + step.headers["Location"]
    assert "Complete authentication" in running.web.get(address, timeout=10).text
    done = running.web.post(address, data={"result": "complete"}, allow_redirects=False, timeout=10)
    assert (done.status_code, session.id in done.headers["Location"]) == (303, True)
    charge = charge_of(running.session(session.id, "payment_intent.latest_charge"))
    assert charge.payment_method_details is not None
    assert charge.payment_method_details.card is not None
    assert charge.payment_method_details.card.three_d_secure is not None


def test_a_failed_authentication_leaves_the_session_open(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    running.submit(session, card_form(ASKS_FOR_AUTHENTICATION))
    address = f"{running.base}/pay/{session.id}/authenticate"
    failed = running.web.post(address, data={"result": "fail"}, timeout=10)
    assert (failed.status_code, "could not authenticate" in failed.text) == (402, True)
    assert f'action="/pay/{session.id}"' in failed.text
    later = running.web.post(address, data={"result": "complete"}, allow_redirects=False, timeout=10)
    assert later.headers["Location"] == f"/pay/{session.id}"
    assert running.session(session.id).status == "open"
    assert running.submit(session).status_code == 303


def test_another_card_ends_a_waiting_authentication(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    running.submit(session, card_form(ASKS_FOR_AUTHENTICATION))
    running.submit(session, card_form(DECLINED))
    address = f"{running.base}/pay/{session.id}/authenticate"
    running.web.post(address, data={"result": "complete"}, allow_redirects=False, timeout=10)
    assert running.session(session.id).status == "open"


def test_two_submits_at_once_pay_once(running: SimulatorProcess, receiver: WebhookReceiver) -> None:
    session = running.new_session(order())
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: running.submit(session), range(6)))
    assert {answer.status_code for answer in answers} == {303}
    paid = running.session(session.id, "payment_intent")
    assert isinstance(paid.payment_intent, stripe.PaymentIntent)
    charges = running.client.v1.charges.list(params={"payment_intent": paid.payment_intent.id})
    assert len(charges.data) == 1
    receiver.wait_for(session.id, "checkout.session.completed")
    events = running.client.v1.events.list(params={"type": "checkout.session.completed", "limit": 100})
    assert [event.data.object["id"] for event in events.data].count(session.id) == 1


def test_a_charge_to_the_disputed_card_is_disputed_later(
    running: SimulatorProcess, receiver: WebhookReceiver
) -> None:
    charge = charge_of(running.paid_session(order(), card_form(DISPUTED)))
    assert charge.disputed is False
    [delivery] = receiver.wait_for(charge.id, "charge.dispute.created")
    dispute = delivery.event["data"]["object"]
    assert (dispute["object"], dispute["charge"], dispute["status"]) == (
        "dispute",
        charge.id,
        "needs_response",
    )
    assert (dispute["amount"], dispute["payment_intent"]) == (2995, charge.payment_intent)
    assert running.client.v1.charges.retrieve(charge.id).disputed is True
    assert running.client.v1.disputes.retrieve(dispute["id"]).reason == "fraudulent"
    with pytest.raises(stripe.InvalidRequestError) as refused:
        running.client.v1.refunds.create(params={"charge": charge.id})
    assert refused.value.code == "charge_disputed"


def test_never_stores_a_card_number_or_security_code(own: SimulatorProcess) -> None:
    numbers = [ALWAYS_PAYS.replace(" ", ""), DECLINED, ASKS_FOR_AUTHENTICATION, "4111111111111111"]
    for number in numbers:
        own.submit(own.new_session(order()), card_form(number, cvc="739"))
    own.stop()
    database = sqlite3.connect(own.state)
    dump = "\n".join(database.iterdump())
    database.close()
    assert "4242" in dump
    assert not any(number in dump for number in numbers)
    assert '"739"' not in dump
