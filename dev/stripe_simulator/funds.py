"""Moves disputed money out of the shop's balance and back into it."""

from .dispute_objects import make_movement
from .errors import ApiError
from .events import record_event
from .simulator import Simulator
from .store import Record


def are_withdrawn(dispute: Record) -> bool:
    """Return whether the disputed amount is missing from the balance."""
    return bool(sum(movement["amount"] for movement in dispute.body["balance_transactions"]) < 0)


def withdraw_funds(simulator: Simulator, dispute: Record) -> None:
    """Take the disputed amount from the balance; raises ApiError when it was taken already."""
    if are_withdrawn(dispute):
        raise ApiError("The funds of this dispute are withdrawn already.")
    _move(simulator, dispute, -dispute.body["amount"], "withdrawn")


def reinstate_funds(simulator: Simulator, dispute: Record) -> None:
    """Give the disputed amount back; raises ApiError when it was never taken."""
    if not are_withdrawn(dispute):
        raise ApiError("The funds of this dispute are not withdrawn.")
    _move(simulator, dispute, dispute.body["amount"], "reinstated")


def _move(simulator: Simulator, dispute: Record, amount: int, direction: str) -> None:
    before = list(dispute.body["balance_transactions"])
    movement = make_movement(dispute, amount, simulator.clock.timestamp())
    dispute.body["balance_transactions"] = [*before, movement]
    simulator.store.save(dispute)
    record_event(simulator, f"charge.dispute.funds_{direction}", dispute, {"balance_transactions": before})
