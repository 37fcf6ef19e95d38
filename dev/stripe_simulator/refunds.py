"""Refunds charges, wholly or in parts."""

from typing import Any

from .errors import ApiError, invalid, missing, unsupported
from .events import record_event
from .identifiers import new_identifier
from .money import format_amount
from .session_rules import check_metadata
from .simulator import Simulator
from .store import Record

_SUPPORTED = frozenset({"amount", "charge", "expand", "metadata", "payment_intent", "reason"})


def create_refund(simulator: Simulator, params: dict[str, Any]) -> Record:
    """Refund the remainder of a charge or the given amount; raises ApiError."""
    for name in params.keys() - _SUPPORTED:
        if params[name] is not False:
            raise unsupported(name)
    metadata = params.get("metadata") or {}
    check_metadata(metadata, "metadata")
    if params.get("amount", 1) <= 0:
        raise invalid("Invalid positive integer", "amount", "parameter_invalid_integer")
    with simulator.store.transaction():
        charge = _charge_of(simulator, params)
        amount = _refundable(charge, params.get("amount"))
        refund = _make_refund(charge, amount, params.get("reason"), metadata, simulator.clock.timestamp())
        before = {name: charge.body[name] for name in ("amount_refunded", "refunded")}
        charge.body["amount_refunded"] += amount
        charge.body["refunded"] = charge.body["amount_refunded"] == charge.body["amount"]
        simulator.store.add(refund)
        simulator.store.save(charge)
        changed = {name: old for name, old in before.items() if charge.body[name] != old}
        record_event(simulator, "charge.refunded", charge, changed)
        record_event(simulator, "refund.created", refund)
    return refund


def _charge_of(simulator: Simulator, params: dict[str, Any]) -> Record:
    if "charge" in params and "payment_intent" in params:
        raise invalid("You may only specify one of these parameters: charge, payment_intent.", "charge")
    if "charge" in params:
        return simulator.require("charge", params["charge"], "charge")
    if "payment_intent" not in params:
        raise missing("payment_intent")
    intent = simulator.require("payment_intent", params["payment_intent"], "payment_intent")
    if intent.body["status"] != "succeeded":
        message = f"This PaymentIntent ({intent.id}) does not have a successful charge to refund."
        raise ApiError(message, param="payment_intent")
    return simulator.require("charge", intent.body["latest_charge"], "charge")


def _refundable(charge: Record, wanted: int | None) -> int:
    if charge.body["status"] != "succeeded":
        raise ApiError(f"Charge {charge.id} did not succeed and cannot be refunded.", param="charge")
    if charge.body["disputed"]:
        raise ApiError(f"Charge {charge.id} has been charged back.", code="charge_disputed")
    remainder = int(charge.body["amount"] - charge.body["amount_refunded"])
    if remainder == 0:
        raise ApiError(f"Charge {charge.id} has already been refunded.", code="charge_already_refunded")
    if wanted is not None and wanted > remainder:
        currency = charge.body["currency"]
        raise ApiError(
            f"Refund amount ({format_amount(wanted, currency)}) is greater than unrefunded amount on charge "
            f"({format_amount(remainder, currency)})",
            param="amount",
        )
    return remainder if wanted is None else wanted


def _make_refund(
    charge: Record, amount: int, reason: str | None, metadata: dict[str, str], now: int
) -> Record:
    kind = charge.body["payment_method_details"]["type"]
    body = {
        "id": new_identifier("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": new_identifier("txn"),
        "charge": charge.id,
        "created": now,
        "currency": charge.body["currency"],
        "destination_details": {"type": kind, kind: {}},
        "metadata": metadata,
        "payment_intent": charge.body["payment_intent"],
        "reason": reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }
    return Record("refund", body)
