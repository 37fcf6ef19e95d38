"""Disputes of charges: opened by a cardholder's bank, with or without taking the money back at once."""

from typing import Any, Final

from .dispute_objects import INQUIRIES, REASONS, make_dispute
from .errors import ApiError
from .events import record_event
from .funds import withdraw_funds
from .simulator import Simulator
from .store import Record

FRAUDULENT: Final = "fraudulent"


def open_due_disputes(simulator: Simulator) -> None:
    """Open the disputes whose time has come."""
    for found in simulator.store.due("charge", simulator.clock.now()):
        with simulator.store.transaction():
            charge = simulator.require("charge", found.id, "charge")
            charge.due_at = None
            simulator.store.save(charge)
            if not charge.body["disputed"] and not charge.body["refunded"]:
                open_dispute(simulator, charge.id)


def open_dispute(
    simulator: Simulator,
    charge_id: str,
    amount: int | None = None,
    reason: str = FRAUDULENT,
    *,
    inquiry: bool = False,
) -> Record:
    """Dispute a paid charge, by default all that is not refunded; raises ApiError.

    An inquiry is a question that comes before a dispute: no money moves.
    """
    with simulator.store.transaction():
        charge = simulator.require("charge", charge_id, "charge")
        _check(charge, amount, reason)
        charge.body["disputed"] = True
        simulator.store.save(charge)
        remainder = charge.body["amount"] - charge.body["amount_refunded"]
        dispute = make_dispute(charge, amount or remainder, reason, simulator.clock.timestamp())
        if inquiry:
            dispute.body |= {"status": "warning_needs_response", "is_charge_refundable": True}
        simulator.store.add(dispute)
        record_event(simulator, "charge.dispute.created", dispute)
        if not inquiry:
            withdraw_funds(simulator, dispute)
    return dispute


def is_refundable(simulator: Simulator, charge: Record) -> bool:
    """Return whether all disputes of a charge leave it refundable."""
    disputes = simulator.store.select("dispute", "json_extract(body, '$.charge') = ?", [charge.id])
    return all(dispute.body["is_charge_refundable"] for dispute in disputes)


def _check(charge: Record, amount: int | None, reason: str) -> None:
    if charge.body["status"] != "succeeded":
        raise ApiError(f"Charge {charge.id} did not succeed and cannot be disputed.")
    if charge.body["disputed"]:
        raise ApiError(f"Charge {charge.id} is disputed already.")
    remainder = charge.body["amount"] - charge.body["amount_refunded"]
    if not 1 <= (remainder if amount is None else amount) <= charge.body["amount"]:
        raise ApiError("Nothing is left to be disputed, or less than that amount.", param="amount")
    if reason not in REASONS:
        raise ApiError(f"The reason must be one of {', '.join(REASONS)}.", param="reason")


def change_dispute(simulator: Simulator, dispute: Record, changes: dict[str, Any], event_type: str) -> None:
    """Give a dispute another status or other fields, and tell the shop."""
    previous = {name: dispute.body[name] for name in changes if dispute.body[name] != changes[name]}
    dispute.body |= changes
    dispute.body["is_charge_refundable"] = dispute.body["status"] in INQUIRIES
    simulator.store.save(dispute)
    record_event(simulator, event_type, dispute, previous or None)
