"""Builds disputes and the movements of money that belong to them."""

from typing import Any, Final

from .identifiers import new_identifier
from .store import Record

INQUIRIES: Final = ("warning_needs_response", "warning_under_review", "warning_closed")
REASONS: Final = (
    "bank_cannot_process",
    "check_returned",
    "credit_not_processed",
    "customer_initiated",
    "debit_not_authorized",
    "duplicate",
    "fraudulent",
    "general",
    "incorrect_account_details",
    "insufficient_funds",
    "noncompliant",
    "product_not_received",
    "product_unacceptable",
    "subscription_canceled",
    "unrecognized",
)
_EVIDENCE_TIME = 7 * 24 * 60 * 60
_FEE = 1500


def make_dispute(charge: Record, amount: int, reason: str, now: int) -> Record:
    """Return a dispute of a charge that waits for the shop's evidence."""
    body = {
        "id": new_identifier("du"),
        "object": "dispute",
        "amount": amount,
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
        "reason": reason,
        "status": "needs_response",
    }
    return Record("dispute", body)


def make_movement(dispute: Record, amount: int, now: int) -> dict[str, Any]:
    """Return the balance transaction that takes the disputed amount (negative) or gives it back."""
    fee = _FEE if amount < 0 else 0
    name = "withdrawal" if amount < 0 else "reversal"
    return {
        "id": new_identifier("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": now,
        "balance_type": "payments",
        "created": now,
        "currency": dispute.body["currency"],
        "description": f"Chargeback {name} for {dispute.body['charge']}",
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [],
        "net": amount - fee,
        "reporting_category": "dispute" if amount < 0 else "dispute_reversal",
        "source": dispute.id,
        "status": "available",
        "type": "adjustment",
    }
