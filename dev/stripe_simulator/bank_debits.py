"""Payments by bank debit: the session completes at once, the money comes or fails later."""

from .cards import Payer
from .errors import ApiError
from .events import record_event
from .money import BANK_DEBIT
from .payment_objects import make_charge, mark_failed, mark_succeeded
from .payments import Result, payer_fields, payment_intent_of
from .sessions import complete_session, get_session
from .simulator import Simulator
from .store import Record


def bank_debit_of(session: Record) -> str | None:
    """Return the bank debit the session offers, if any."""
    method = BANK_DEBIT.get(session.body["currency"])
    return method if method in session.body["payment_method_types"] else None


def pay_later(simulator: Simulator, session_id: str, payer: Payer) -> Result:
    """Complete an open session, still unpaid, with a pending charge."""
    with simulator.store.transaction():
        session = get_session(simulator, session_id)
        method = bank_debit_of(session)
        if session.body["status"] != "open" or method is None:
            return Result("closed")
        intent = payment_intent_of(simulator, session, payer)
        details = {"type": method, method: {"bank_name": "SIMULATED BANK", "last4": "6789"}}
        charge = make_charge(intent, payer, details, simulator.clock.timestamp())
        simulator.store.add(charge)
        intent.body |= {
            "last_payment_error": None,
            "latest_charge": charge.id,
            "next_action": None,
            "payment_method": charge.body["payment_method"],
            "status": "processing",
        }
        simulator.store.save(intent)
        complete_session(simulator, session, {"payment_intent": intent.id, **payer_fields(session, payer)})
        return Result("paid")


def awaits_bank_debit(simulator: Simulator, session: Record) -> bool:
    """Return whether the session is complete and its bank debit neither succeeded nor failed yet."""
    if session.body["status"] != "complete" or not session.body["payment_intent"]:
        return False
    intent = simulator.require("payment_intent", session.body["payment_intent"], "intent")
    return bool(intent.body["status"] == "processing")


def resolve_bank_debit(simulator: Simulator, session_id: str, *, succeeds: bool) -> None:
    """Let a pending bank debit succeed or fail; raises ApiError when none is pending."""
    with simulator.store.transaction():
        session = get_session(simulator, session_id)
        if not awaits_bank_debit(simulator, session):
            raise ApiError("This session has no bank debit waiting for its outcome.")
        intent = simulator.require("payment_intent", session.body["payment_intent"], "intent")
        charge = simulator.require("charge", intent.body["latest_charge"], "charge")
        if succeeds:
            mark_succeeded(intent, charge)
            session.body["payment_status"] = "paid"
        else:
            mark_failed(
                intent,
                charge,
                "payment_method_provider_decline",
                "insufficient_funds",
                "The bank refused the debit.",
            )
        for record in (session, intent, charge):
            simulator.store.save(record)
        if succeeds:
            record_event(simulator, "charge.succeeded", charge)
        outcome = "succeeded" if succeeds else "payment_failed"
        record_event(simulator, f"payment_intent.{outcome}", intent)
        outcome = "succeeded" if succeeds else "failed"
        record_event(simulator, f"checkout.session.async_payment_{outcome}", session)
