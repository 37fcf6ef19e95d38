"""Refunds charges, wholly or in parts."""

from typing import Any

from .disputes import is_refundable
from .errors import ApiError, invalid, missing, unsupported
from .events import record_event
from .identifiers import new_identifier
from .money import format_amount
from .refund_outcomes import choose_course, describe_status, report_change
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
        amount = _refundable(simulator, charge, params.get("amount"))
        course = choose_course(simulator, charge)
        refund = _make_refund(charge, amount, params.get("reason"), metadata, simulator.clock.timestamp())
        refund.body |= describe_status(course.status)
        if course.later:
            refund.private["later"] = course.later
            refund.due_at = simulator.clock.now() + simulator.settings.refund_delay
        simulator.store.add(refund)
        if course.status != "failed":
            _count(simulator, charge, amount)
        record_event(simulator, "refund.created", refund)
        if course.status == "failed":
            record_event(simulator, "refund.failed", refund)
    return refund


def update_refund(simulator: Simulator, refund_id: str, params: dict[str, Any]) -> Record:
    """Change a refund's metadata: an empty value removes a key, and empty metadata all of them."""
    with simulator.store.transaction():
        refund = simulator.require("refund", refund_id, "refund")
        if "metadata" not in params:
            return refund
        before = dict(refund.body["metadata"])
        kept = before | params["metadata"] if params["metadata"] else {}
        refund.body["metadata"] = {key: value for key, value in kept.items() if value}
        check_metadata(refund.body["metadata"], "metadata")
        simulator.store.save(refund)
        report_change(simulator, refund, {"metadata": before})
    return refund


def _count(simulator: Simulator, charge: Record, amount: int) -> None:
    before = {name: charge.body[name] for name in ("amount_refunded", "refunded")}
    charge.body["amount_refunded"] += amount
    charge.body["refunded"] = charge.body["amount_refunded"] == charge.body["amount"]
    simulator.store.save(charge)
    changed = {name: old for name, old in before.items() if charge.body[name] != old}
    record_event(simulator, "charge.refunded", charge, changed)


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


def _refundable(simulator: Simulator, charge: Record, wanted: int | None) -> int:
    if charge.body["status"] != "succeeded":
        raise ApiError(f"Charge {charge.id} did not succeed and cannot be refunded.", param="charge")
    if charge.body["disputed"] and not is_refundable(simulator, charge):
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
        "transfer_reversal": None,
    }
    return Record("refund", body)
