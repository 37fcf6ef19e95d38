"""Disputes and inquiries."""

import pytest
import stripe

from tests.stripe_simulator.samples import order
from tests.stripe_simulator.simulator_process import SimulatorProcess
from tests.stripe_simulator.webhook_receiver import WebhookReceiver


@pytest.fixture
def session(running: SimulatorProcess) -> stripe.checkout.Session:
    """A session paid with 29.95 dollars."""
    return running.paid_session(order())


def dispute(
    running: SimulatorProcess, session: stripe.checkout.Session, **fields: str | float
) -> stripe.Dispute:
    assert running.act(f"sessions/{session.id}/dispute", **fields) == 303
    charge = running.charge_of(session)
    [found] = running.client.v1.disputes.list(params={"charge": charge.id}).data
    return found


def movements(running: SimulatorProcess, identifier: str) -> list[int]:
    return [move.amount for move in running.client.v1.disputes.retrieve(identifier).balance_transactions]


def statuses(receiver: WebhookReceiver, identifier: str, kind: str) -> list[str]:
    found = receiver.wait_for(identifier, f"charge.dispute.{kind}")
    return [delivery.event["data"]["object"]["status"] for delivery in found]


def test_disputes_a_payment(
    running: SimulatorProcess, receiver: WebhookReceiver, session: stripe.checkout.Session
) -> None:
    found = dispute(running, session, amount="12.50", reason="product_not_received")
    assert (found.amount, found.reason, found.status) == (1250, "product_not_received", "needs_response")
    assert found.is_charge_refundable is False
    assert running.charge_of(session).disputed is True
    assert statuses(receiver, found.id, "created") == ["needs_response"]
    assert statuses(receiver, found.id, "funds_withdrawn") == ["needs_response"]
    assert movements(running, found.id) == [-1250]
    with pytest.raises(stripe.InvalidRequestError) as refused:
        running.client.v1.refunds.create(params={"charge": str(found.charge)})
    assert refused.value.code == "charge_disputed"


def test_the_shop_wins(
    running: SimulatorProcess, receiver: WebhookReceiver, session: stripe.checkout.Session
) -> None:
    found = dispute(running, session)
    assert running.act(f"disputes/{found.id}/review") == 303
    assert running.client.v1.disputes.retrieve(found.id).evidence_details.has_evidence is True
    assert running.act(f"disputes/{found.id}/win") == 303
    assert statuses(receiver, found.id, "updated") == ["under_review"]
    assert statuses(receiver, found.id, "closed") == ["won"]
    assert statuses(receiver, found.id, "funds_reinstated") == ["won"]
    assert movements(running, found.id) == [-2995, 2995]
    assert running.act(f"disputes/{found.id}/lose") == 422


def test_the_shop_loses(
    running: SimulatorProcess, receiver: WebhookReceiver, session: stripe.checkout.Session
) -> None:
    found = dispute(running, session)
    assert running.act(f"disputes/{found.id}/lose") == 303
    assert statuses(receiver, found.id, "closed") == ["lost"]
    assert movements(running, found.id) == [-2995]
    assert receiver.about(found.id, "charge.dispute.funds_reinstated") == []


def test_the_shop_gives_in_by_the_api(running: SimulatorProcess, session: stripe.checkout.Session) -> None:
    found = dispute(running, session)
    assert running.client.v1.disputes.close(found.id).status == "lost"


def test_funds_can_be_reinstated_and_withdrawn_once_each(
    running: SimulatorProcess, receiver: WebhookReceiver, session: stripe.checkout.Session
) -> None:
    found = dispute(running, session)
    answers = [
        running.act(f"disputes/{found.id}/{action}")
        for action in ("withdraw", "reinstate", "reinstate", "withdraw")
    ]
    assert answers == [422, 303, 422, 303]
    assert movements(running, found.id) == [-2995, 2995, -2995]
    receiver.wait_for(found.id, "charge.dispute.funds_withdrawn", count=2)


def test_an_inquiry_moves_no_money_and_leaves_the_charge_refundable(
    running: SimulatorProcess, session: stripe.checkout.Session
) -> None:
    found = dispute(running, session, inquiry="1")
    assert (found.status, found.is_charge_refundable) == ("warning_needs_response", True)
    assert movements(running, found.id) == []
    assert running.act(f"disputes/{found.id}/lose") == 422
    made = running.client.v1.refunds.create(params={"charge": str(found.charge)})
    assert made.status == "succeeded"
    assert running.act(f"disputes/{found.id}/win") == 303
    assert running.client.v1.disputes.retrieve(found.id).status == "warning_closed"


def test_an_inquiry_becomes_a_dispute(running: SimulatorProcess, session: stripe.checkout.Session) -> None:
    found = dispute(running, session, inquiry="1")
    assert running.act(f"disputes/{found.id}/escalate") == 303
    after = running.client.v1.disputes.retrieve(found.id)
    assert (after.status, after.is_charge_refundable) == ("needs_response", False)
    assert movements(running, found.id) == [-2995]


def test_lists_the_disputes_of_a_payment(running: SimulatorProcess, session: stripe.checkout.Session) -> None:
    found = dispute(running, session)
    params = {"payment_intent": str(found.payment_intent)}
    listed = running.client.v1.disputes.list(params=params)  # type: ignore[arg-type]
    assert [item.id for item in listed.data] == [found.id]


@pytest.mark.parametrize("fields", [{"amount": "30"}, {"amount": "0"}, {"amount": "x"}, {"reason": "whim"}])
def test_refuses_disputes_that_make_no_sense(
    running: SimulatorProcess, session: stripe.checkout.Session, fields: dict[str, str]
) -> None:
    assert running.act(f"sessions/{session.id}/dispute", **fields) == 422
    assert running.charge_of(session).disputed is False


def test_disputes_only_what_was_paid_and_only_once(
    running: SimulatorProcess, session: stripe.checkout.Session
) -> None:
    assert running.act(f"sessions/{running.new_session(order()).id}/dispute") == 422
    dispute(running, session)
    assert running.act(f"sessions/{session.id}/dispute") == 422
