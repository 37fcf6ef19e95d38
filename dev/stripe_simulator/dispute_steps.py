"""How a dispute goes on and ends."""

from collections.abc import Callable
from typing import Final

from .dispute_objects import INQUIRIES
from .disputes import change_dispute
from .errors import ApiError
from .funds import are_withdrawn, reinstate_funds, withdraw_funds
from .simulator import Simulator
from .store import Record

Step = Callable[[Simulator, Record], None]
_ENDED: Final = ("won", "lost", "warning_closed", "prevented")


def take_step(simulator: Simulator, dispute_id: str, name: str) -> Record:
    """Take a dispute one of the `STEPS` further; raises ApiError when it cannot go there."""
    with simulator.store.transaction():
        dispute = simulator.require("dispute", dispute_id, "dispute")
        STEPS[name](simulator, dispute)
    return dispute


def _review(simulator: Simulator, dispute: Record) -> None:
    status = dispute.body["status"]
    if not status.endswith("needs_response"):
        raise _refused(dispute, "reviewed")
    details = {**dispute.body["evidence_details"], "has_evidence": True, "submission_count": 1}
    changes = {"status": status.replace("needs_response", "under_review"), "evidence_details": details}
    change_dispute(simulator, dispute, changes, "charge.dispute.updated")


def _win(simulator: Simulator, dispute: Record) -> None:
    if dispute.body["status"] in _ENDED:
        raise _refused(dispute, "won")
    status = "warning_closed" if dispute.body["status"] in INQUIRIES else "won"
    change_dispute(simulator, dispute, {"status": status}, "charge.dispute.closed")
    if are_withdrawn(dispute):
        reinstate_funds(simulator, dispute)


def _lose(simulator: Simulator, dispute: Record) -> None:
    if dispute.body["status"] in (*_ENDED, *INQUIRIES):
        raise _refused(dispute, "lost")
    change_dispute(simulator, dispute, {"status": "lost"}, "charge.dispute.closed")


def _escalate(simulator: Simulator, dispute: Record) -> None:
    if dispute.body["status"] not in INQUIRIES or dispute.body["status"] in _ENDED:
        raise _refused(dispute, "escalated")
    change_dispute(simulator, dispute, {"status": "needs_response"}, "charge.dispute.updated")
    withdraw_funds(simulator, dispute)


def _refused(dispute: Record, verb: str) -> ApiError:
    return ApiError(f"A dispute with a status of {dispute.body['status']} cannot be {verb}.")


STEPS: Final[dict[str, Step]] = {
    "review": _review,
    "win": _win,
    "lose": _lose,
    "escalate": _escalate,
    "withdraw": withdraw_funds,
    "reinstate": reinstate_funds,
}
