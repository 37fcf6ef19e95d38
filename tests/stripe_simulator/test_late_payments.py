"""Sessions that turn out to be paid after they expired."""

import pytest

from tests.stripe_simulator.samples import DECLINED, card_form, order
from tests.stripe_simulator.simulator_process import SimulatorProcess
from tests.stripe_simulator.webhook_receiver import WebhookReceiver


@pytest.mark.parametrize("tried_before", [False, True])
def test_an_expired_session_is_paid_after_all(
    running: SimulatorProcess, receiver: WebhookReceiver, tried_before: bool
) -> None:
    session = running.new_session(order(customer_email="zoe@example.com"))
    if tried_before:
        running.submit(session, card_form(DECLINED))
    running.client.v1.checkout.sessions.expire(session.id)
    assert running.act(f"sessions/{session.id}/pay-late") == 303
    paid = running.session(session.id)
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    charge = running.charge_of(paid)
    assert (charge.status, charge.amount) == ("succeeded", 2995)
    assert charge.billing_details.email == "zoe@example.com"
    intent = running.client.v1.payment_intents.retrieve(str(charge.payment_intent))
    assert (intent.status, intent.canceled_at, intent.cancellation_reason) == ("succeeded", None, None)
    receiver.wait_for(session.id, "checkout.session.expired")
    receiver.wait_for(session.id, "checkout.session.completed")
    assert running.client.v1.refunds.create(params={"charge": charge.id}).status == "succeeded"


def test_only_an_expired_session_can_be_paid_late(running: SimulatorProcess) -> None:
    waiting, paid = running.new_session(order()), running.paid_session(order())
    assert running.act(f"sessions/{waiting.id}/pay-late") == 422
    assert running.act(f"sessions/{paid.id}/pay-late") == 422
