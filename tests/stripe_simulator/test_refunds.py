"""Refunds."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import stripe

from tests.stripe_simulator.samples import order
from tests.stripe_simulator.simulator_process import SimulatorProcess
from tests.stripe_simulator.webhook_receiver import WebhookReceiver


@pytest.fixture
def charge(running: SimulatorProcess) -> stripe.Charge:
    """A paid charge of 2995 cents."""
    session = running.paid_session(order())
    assert isinstance(session.payment_intent, stripe.PaymentIntent)
    assert isinstance(session.payment_intent.latest_charge, stripe.Charge)
    return session.payment_intent.latest_charge


def refund(running: SimulatorProcess, **params: Any) -> stripe.Refund:
    return running.client.v1.refunds.create(params=params)  # type: ignore[arg-type]


def test_refunds_everything_by_payment_intent(
    running: SimulatorProcess, receiver: WebhookReceiver, charge: stripe.Charge
) -> None:
    made = refund(running, payment_intent=charge.payment_intent, reason="duplicate", metadata={"row": "3"})
    assert (made.amount, made.status, made.charge, made.reason) == (2995, "succeeded", charge.id, "duplicate")
    after = running.client.v1.charges.retrieve(charge.id)
    assert (after.amount_refunded, after.refunded) == (2995, True)
    [created] = receiver.wait_for(made.id, "refund.created")
    assert created.event["data"]["object"]["metadata"] == {"row": "3"}
    [refunded] = receiver.wait_for(charge.id, "charge.refunded")
    assert refunded.event["data"]["previous_attributes"] == {"amount_refunded": 0, "refunded": False}


def test_refunds_in_parts_up_to_the_remainder(running: SimulatorProcess, charge: stripe.Charge) -> None:
    refund(running, charge=charge.id, amount=1000)
    after = running.client.v1.charges.retrieve(charge.id)
    assert (after.amount_refunded, after.refunded) == (1000, False)
    with pytest.raises(stripe.InvalidRequestError, match=r"\$19\.96.*greater than.*\$19\.95") as refused:
        refund(running, charge=charge.id, amount=1996)
    assert refused.value.param == "amount"
    assert refund(running, charge=charge.id).amount == 1995
    with pytest.raises(stripe.InvalidRequestError) as refused:
        refund(running, charge=charge.id, amount=1)
    assert refused.value.code == "charge_already_refunded"
    listed = running.client.v1.refunds.list(params={"charge": charge.id})
    assert [item.amount for item in listed.data] == [1995, 1000]


def test_concurrent_refunds_never_exceed_the_charge(running: SimulatorProcess, charge: stripe.Charge) -> None:
    form = {"charge": charge.id, "amount": "1000"}
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(lambda _: running.api("POST", "/v1/refunds", data=form).status_code, range(6))
        )
    assert sorted(answers) == [200, 200, 400, 400, 400, 400]
    assert running.client.v1.charges.retrieve(charge.id).amount_refunded == 2000


@pytest.mark.parametrize(
    ("params", "param"),
    [
        ({}, "payment_intent"),
        ({"charge": "ch_unknown"}, "charge"),
        ({"payment_intent": "pi_unknown"}, "payment_intent"),
        ({"charge": "ch_1", "payment_intent": "pi_1"}, "charge"),
        ({"charge": "ch_1", "amount": 0}, "amount"),
        ({"charge": "ch_1", "amount": "1.5"}, "amount"),
        ({"charge": "ch_1", "reason": "regret"}, "reason"),
        ({"charge": "ch_1", "bogus": "1"}, "bogus"),
    ],
)
def test_refuses_what_breaks_a_rule(running: SimulatorProcess, params: dict[str, Any], param: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        refund(running, **params)
    assert refused.value.param == param


def test_a_failed_charge_cannot_be_refunded(running: SimulatorProcess) -> None:
    session = running.new_session(order())
    running.submit(session, {"email": "a@example.com", "name": "A", "method": "bank_debit"})
    running.web.post(f"{running.base}/dev/sessions/{session.id}/resolve", data={"result": "fail"}, timeout=10)
    intent = running.session(session.id, "payment_intent").payment_intent
    assert isinstance(intent, stripe.PaymentIntent)
    with pytest.raises(stripe.InvalidRequestError, match="did not succeed"):
        refund(running, charge=intent.latest_charge)


def test_expands_charge_and_payment_intent(running: SimulatorProcess, charge: stripe.Charge) -> None:
    made = refund(running, charge=charge.id, amount=500, expand=["charge.refunds", "payment_intent"])
    assert isinstance(made.charge, stripe.Charge)
    assert made.charge.amount_refunded == 500
    assert made.charge.refunds is not None
    assert [item.id for item in made.charge.refunds.data] == [made.id]
    assert isinstance(made.payment_intent, stripe.PaymentIntent)
    again = running.client.v1.refunds.retrieve(made.id, params={"expand": ["charge"]})
    assert isinstance(again.charge, stripe.Charge)
