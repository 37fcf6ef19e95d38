"""What becomes of a refund: at once, later by itself, or when a developer decides it."""

from dataclasses import dataclass
from typing import Any, Final, Literal

from .errors import ApiError
from .events import record_event
from .faults import take_fault
from .identifiers import new_identifier
from .simulator import Simulator
from .store import Record

Ending = Literal["succeeded", "failed", "canceled"]
FAILURE: Final = "expired_or_canceled_card"
FAILURES: Final = (
    "charge_for_pending_refund_disputed",
    "declined",
    FAILURE,
    "insufficient_funds",
    "lost_or_stolen_card",
    "merchant_request",
    "unknown",
)
_MAY_END: Final[dict[Ending, tuple[str, ...]]] = {
    "succeeded": ("pending", "requires_action"),
    "failed": ("pending", "requires_action", "succeeded"),
    "canceled": ("requires_action",),
}


@dataclass(frozen=True)
class Course:
    """A refund's first status, and its last one if it comes by itself."""

    status: str
    later: Ending | None = None


_COURSES: Final = {
    "refund-fails": Course("failed"),
    "refund-pending": Course("pending"),
    "refund-requires-action": Course("requires_action"),
    "fails later": Course("succeeded", "failed"),
    "succeeds later": Course("pending", "succeeded"),
}
_PLAIN: Final = Course("succeeded")


def choose_course(simulator: Simulator, charge: Record) -> Course:
    """Return what will become of a refund of the charge, by the rules that are set, else by its card."""
    for kind in ("refund-fails", "refund-pending", "refund-requires-action"):
        if take_fault(simulator, kind):
            return _COURSES[kind]
    return _COURSES.get(charge.private.get("refund") or "", _PLAIN)


def describe_status(status: str) -> dict[str, Any]:
    """Return the fields of a refund that go with its status."""
    fields: dict[str, Any] = {"status": status}
    if status == "failed":
        fields |= {"failure_reason": FAILURE, "failure_balance_transaction": new_identifier("txn")}
    if status == "pending":
        fields["pending_reason"] = "processing"
    if status == "requires_action":
        details = {"email_sent": {"email_sent_at": 0, "email_sent_to": ""}, "expires_at": 0}
        fields["next_action"] = {"type": "display_details", "display_details": details}
    return fields


def settle_due_refunds(simulator: Simulator) -> None:
    """End the refunds whose time has come."""
    for found in simulator.store.due("refund", simulator.clock.now()):
        with simulator.store.transaction():
            refund = simulator.require("refund", found.id, "refund")
            if refund.due_at is not None:
                end_refund(simulator, refund.id, refund.private["later"])


def end_refund(simulator: Simulator, refund_id: str, ending: Ending, reason: str = FAILURE) -> Record:
    """Let a refund succeed, fail for a reason, or be canceled; raises ApiError when it cannot any more."""
    if reason not in FAILURES:
        raise ApiError(f"A refund fails for one of these reasons: {', '.join(FAILURES)}.", param="reason")
    with simulator.store.transaction():
        refund = simulator.require("refund", refund_id, "refund")
        status = refund.body["status"]
        if status not in _MAY_END[ending]:
            raise ApiError(f"A refund with a status of {status} cannot become {ending}.")
        refund.due_at = None
        for name in ("pending_reason", "next_action"):
            refund.body.pop(name, None)
        refund.body |= describe_status(ending)
        if ending == "failed":
            refund.body["failure_reason"] = reason
        simulator.store.save(refund)
        if ending != "succeeded":
            _give_back(simulator, refund)
        report_change(simulator, refund, {"status": status})
    return refund


def report_change(simulator: Simulator, refund: Record, previous: dict[str, Any]) -> None:
    """Tell the shop that a refund changed, and that it failed if it did."""
    if refund.body["status"] == "failed" and "status" in previous:
        record_event(simulator, "refund.failed", refund)
    for event_type in ("refund.updated", "charge.refund.updated"):
        record_event(simulator, event_type, refund, previous)


def _give_back(simulator: Simulator, refund: Record) -> None:
    """Count the refund's amount as never refunded."""
    charge = simulator.require("charge", refund.body["charge"], "charge")
    charge.body["amount_refunded"] -= refund.body["amount"]
    charge.body["refunded"] = False
    simulator.store.save(charge)
