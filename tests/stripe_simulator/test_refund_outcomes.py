"""Refunds that fail, wait, are canceled or change."""

import pytest
import stripe

from tests.stripe_simulator.patience import wait_until
from tests.stripe_simulator.samples import card_form, order
from tests.stripe_simulator.simulator_process import SimulatorProcess
from tests.stripe_simulator.webhook_receiver import WebhookReceiver

FAILS_LATER = "4000 0000 0000 5126"
SUCCEEDS_LATER = "4000 0000 0000 7726"


def pay(own: SimulatorProcess, number: str | None = None) -> stripe.Charge:
    return own.charge_of(own.paid_session(order(), card_form(number) if number else None))


def refund(own: SimulatorProcess, charge: stripe.Charge, amount: int = 1000) -> stripe.Refund:
    return own.client.v1.refunds.create(params={"charge": charge.id, "amount": amount})


def refunded(own: SimulatorProcess, charge: stripe.Charge) -> tuple[int, bool]:
    now = own.client.v1.charges.retrieve(charge.id)
    return now.amount_refunded, now.refunded


def types_about(receiver: WebhookReceiver, refund_id: str) -> set[str]:
    return {
        delivery.event["type"]
        for delivery in receiver.about(refund_id)
        if delivery.event["data"]["object"]["id"] == refund_id
    }


def test_the_next_refund_fails_at_once(own: SimulatorProcess, own_receiver: WebhookReceiver) -> None:
    charge = pay(own)
    own.act("faults", kind="refund-fails")
    failed = refund(own, charge)
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    assert refunded(own, charge) == (0, False)
    own_receiver.wait_for(failed.id, "refund.failed")
    assert types_about(own_receiver, failed.id) == {"refund.created", "refund.failed"}
    assert own_receiver.about(charge.id, "charge.refunded") == []
    assert refund(own, charge).status == "succeeded"


def test_a_refund_fails_later_and_the_amount_is_free_again(
    own: SimulatorProcess, own_receiver: WebhookReceiver
) -> None:
    charge = pay(own)
    made = refund(own, charge, 2995)
    assert refunded(own, charge) == (2995, True)
    assert own.act(f"refunds/{made.id}/fail", reason="lost_or_stolen_card") == 303
    assert refunded(own, charge) == (0, False)
    [failed] = own_receiver.wait_for(made.id, "refund.failed")
    body = failed.event["data"]["object"]
    assert (body["status"], body["failure_reason"]) == ("failed", "lost_or_stolen_card")
    [updated] = own_receiver.wait_for(made.id, "charge.refund.updated")
    assert updated.event["data"]["previous_attributes"] == {"status": "succeeded"}
    own_receiver.wait_for(made.id, "refund.updated")
    assert refund(own, charge, 2995).status == "succeeded"


def test_a_refund_stays_pending_and_then_succeeds(
    own: SimulatorProcess, own_receiver: WebhookReceiver
) -> None:
    charge = pay(own)
    own.act("faults", kind="refund-pending")
    made = refund(own, charge)
    assert (made.status, refunded(own, charge)) == ("pending", (1000, False))
    own_receiver.wait_for(charge.id, "charge.refunded")
    assert own.act(f"refunds/{made.id}/succeed") == 303
    assert own.client.v1.refunds.retrieve(made.id).status == "succeeded"
    own_receiver.wait_for(made.id, "refund.updated")
    assert own.act(f"refunds/{made.id}/succeed") == 422


def test_only_a_refund_that_waits_for_the_customer_can_be_canceled(own: SimulatorProcess) -> None:
    charge = pay(own)
    own.act("faults", kind="refund-requires-action")
    waiting = refund(own, charge)
    assert (waiting.status, refunded(own, charge)) == ("requires_action", (1000, False))
    assert own.client.v1.refunds.cancel(waiting.id).status == "canceled"
    assert refunded(own, charge) == (0, False)
    done = refund(own, charge)
    with pytest.raises(stripe.InvalidRequestError, match="cannot become canceled"):
        own.client.v1.refunds.cancel(done.id)


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [(FAILS_LATER, "succeeded", "failed"), (SUCCEEDS_LATER, "pending", "succeeded")],
)
def test_the_cards_for_refunds_end_them_later(
    own: SimulatorProcess, own_receiver: WebhookReceiver, number: str, first: str, last: str
) -> None:
    charge = pay(own, number)
    made = refund(own, charge)
    assert (made.status, refunded(own, charge)) == (first, (1000, False))
    wait_until(lambda: own.client.v1.refunds.retrieve(made.id).status == last)
    assert refunded(own, charge) == (0 if last == "failed" else 1000, False)
    own_receiver.wait_for(made.id, "refund.updated")
    assert bool(own_receiver.about(made.id, "refund.failed")) is (last == "failed")


def test_changes_the_metadata_of_a_refund(running: SimulatorProcess) -> None:
    charge = pay(running)
    refunds = running.client.v1.refunds
    made = refunds.create(params={"charge": charge.id, "metadata": {"row": "3", "by": "Ada"}})
    changed = refunds.update(made.id, params={"metadata": {"row": "4", "by": "", "note": "late"}})
    assert changed.metadata is not None
    assert changed.metadata.to_dict() == {"row": "4", "note": "late"}
    cleared = refunds.update(made.id, params={"metadata": ""})
    assert cleared.metadata is not None
    assert cleared.metadata.to_dict() == {}


def test_lists_the_refunds_of_a_charge_or_payment(running: SimulatorProcess) -> None:
    charge, other = pay(running), pay(running)
    mine = refund(running, charge).id
    refund(running, other)
    for params in ({"charge": charge.id}, {"payment_intent": str(charge.payment_intent)}):
        found = running.client.v1.refunds.list(params=params)  # type: ignore[arg-type]
        assert [item.id for item in found.data] == [mine]


def test_a_refund_that_succeeded_can_only_fail(running: SimulatorProcess) -> None:
    made = refund(running, pay(running))
    actions = ("succeed", "cancel", "explode", "fail", "fail")
    answers = [running.act(f"refunds/{made.id}/{action}") for action in actions]
    assert answers == [422, 422, 404, 303, 422]
    assert running.act("refunds/re_unknown/fail") == 404


def test_a_refund_fails_only_for_reasons_that_stripe_knows(running: SimulatorProcess) -> None:
    made = refund(running, pay(running))
    assert running.act(f"refunds/{made.id}/fail", reason="whim") == 422
    assert running.client.v1.refunds.retrieve(made.id).status == "succeeded"
