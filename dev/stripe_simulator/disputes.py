"""Disputes charges to the card that is made for it, a little while after the payment."""

from .events import record_event
from .identifiers import new_identifier
from .simulator import Simulator
from .store import Record

_EVIDENCE_TIME = 7 * 24 * 60 * 60


def open_due_disputes(simulator: Simulator) -> None:
    """Open the disputes whose time has come."""
    for found in simulator.store.due("charge", simulator.clock.now()):
        with simulator.store.transaction():
            charge = simulator.require("charge", found.id, "charge")
            charge.due_at = None
            if not charge.body["disputed"] and not charge.body["refunded"]:
                charge.body["disputed"] = True
                dispute = simulator.store.add(_make_dispute(charge, simulator.clock.timestamp()))
                record_event(simulator, "charge.dispute.created", dispute)
            simulator.store.save(charge)


def _make_dispute(charge: Record, now: int) -> Record:
    body = {
        "id": new_identifier("du"),
        "object": "dispute",
        "amount": charge.body["amount"] - charge.body["amount_refunded"],
        "balance_transactions": [],
        "charge": charge.id,
        "created": now,
        "currency": charge.body["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": now + _EVIDENCE_TIME,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge.body["payment_intent"],
        "reason": "fraudulent",
        "status": "needs_response",
    }
    return Record("dispute", body)
