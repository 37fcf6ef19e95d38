"""Builds payment intents and charges as the API shows them."""

from typing import Any

from .cards import Payer
from .identifiers import new_identifier
from .store import Record


def make_payment_intent(session: Record, payer: Payer, now: int) -> Record:
    """Return a payment intent for a session, not yet paid."""
    given = session.private["payment_intent_data"]
    identifier = new_identifier("pi")
    body: dict[str, Any] = {
        "id": identifier,
        "object": "payment_intent",
        "amount": session.body["amount_total"],
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": given.get("capture_method", "automatic_async"),
        "client_secret": None,
        "confirmation_method": "automatic",
        "created": now,
        "currency": session.body["currency"],
        "customer": session.body["customer"],
        "description": given.get("description"),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": given.get("metadata", {}),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_types": session.body["payment_method_types"],
        "processing": None,
        "receipt_email": given.get("receipt_email"),
        "review": None,
        "setup_future_usage": None,
        "shipping": given.get("shipping"),
        "statement_descriptor": given.get("statement_descriptor"),
        "statement_descriptor_suffix": given.get("statement_descriptor_suffix"),
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
    }
    return Record("payment_intent", body, {"session": session.id, "email": payer.email})


def make_charge(intent: Record, payer: Payer, method: dict[str, Any], now: int) -> Record:
    """Return a pending charge for a payment intent."""
    body: dict[str, Any] = {
        "id": new_identifier("ch"),
        "object": "charge",
        "amount": intent.body["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": {
            "address": dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state")),
            "email": payer.email,
            "name": payer.name,
            "phone": None,
            "tax_id": None,
        },
        "calculated_statement_descriptor": "SIMULATION",
        "captured": False,
        "created": now,
        "currency": intent.body["currency"],
        "customer": intent.body["customer"],
        "description": intent.body["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent.body["metadata"]),
        "on_behalf_of": None,
        "outcome": None,
        "paid": False,
        "payment_intent": intent.id,
        "payment_method": new_identifier("pm"),
        "payment_method_details": method,
        "receipt_email": intent.body["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": intent.body["shipping"],
        "source_transfer": None,
        "statement_descriptor": intent.body["statement_descriptor"],
        "statement_descriptor_suffix": intent.body["statement_descriptor_suffix"],
        "status": "pending",
        "transfer_data": None,
        "transfer_group": None,
    }
    return Record("charge", body)


def mark_succeeded(intent: Record, charge: Record) -> None:
    """Turn a pending charge and its payment intent into a paid one."""
    charge.body |= {
        "amount_captured": charge.body["amount"],
        "balance_transaction": new_identifier("txn"),
        "captured": True,
        "outcome": _outcome("approved_by_network", None, "Payment complete.", "authorized"),
        "paid": True,
        "status": "succeeded",
    }
    intent.body |= {
        "amount_received": charge.body["amount"],
        "last_payment_error": None,
        "latest_charge": charge.id,
        "next_action": None,
        "payment_method": charge.body["payment_method"],
        "processing": None,
        "status": "succeeded",
    }


def mark_failed(
    intent: Record, charge: Record | None, code: str, decline_code: str | None, message: str
) -> None:
    """Note a failed attempt; no charge exists when the payer's authentication failed."""
    error: dict[str, Any] = {
        "code": code,
        "doc_url": f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}",
        "message": message,
        "type": "card_error" if decline_code else "invalid_request_error",
    }
    if decline_code:
        error["decline_code"] = decline_code
    if charge is not None:
        error["charge"] = charge.id
        charge.body |= {
            "failure_code": code,
            "failure_message": message,
            "outcome": _outcome("declined_by_network", decline_code, message, "issuer_declined"),
            "status": "failed",
        }
        intent.body["latest_charge"] = charge.id
    intent.body |= {
        "last_payment_error": error,
        "next_action": None,
        "payment_method": None,
        "processing": None,
        "status": "requires_payment_method",
    }


def _outcome(network_status: str, reason: str | None, message: str, kind: str) -> dict[str, Any]:
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": network_status,
        "reason": reason,
        "risk_level": "normal",
        "seller_message": message,
        "type": kind,
    }
