"""Takes payments for sessions by card, with or without an authentication step, and completes free orders."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from .cards import AUTHENTICATION_FAILED, Behavior, Card, Payer
from .events import record_event
from .payment_objects import make_charge, make_payment_intent, mark_failed, mark_succeeded
from .sessions import complete_session, get_session
from .simulator import Simulator
from .store import Record


@dataclass(frozen=True)
class Result:
    """What a submit on the payment page led to; `closed` means the session had ended before."""

    outcome: Literal["paid", "declined", "authenticate", "closed"]
    message: str = ""


def pay_by_card(simulator: Simulator, session_id: str, payer: Payer, card: Card) -> Result:
    """Try to pay an open session by card."""
    with simulator.store.transaction():
        session = get_session(simulator, session_id)
        if session.body["status"] != "open":
            return Result("closed")
        session.private.pop("authentication", None)
        simulator.store.save(session)
        intent = payment_intent_of(simulator, session, payer)
        if card.behavior.code:
            charge = make_charge(
                intent, payer, card.details(authenticated=False), simulator.clock.timestamp()
            )
            return _decline(simulator, intent, simulator.store.add(charge), card.behavior)
        if card.behavior.authenticates:
            session.private["authentication"] = {"payer": asdict(payer), "card": asdict(card)}
            simulator.store.save(session)
            intent.body |= {"status": "requires_action", "next_action": {"type": "use_stripe_sdk"}}
            simulator.store.save(intent)
            return Result("authenticate")
        return succeed(simulator, session, payer, card, authenticated=False)


def finish_authentication(simulator: Simulator, session_id: str, *, passed: bool) -> Result:
    """Go on with a payment that waits for the payer's authentication."""
    with simulator.store.transaction():
        session = get_session(simulator, session_id)
        waiting = session.private.pop("authentication", None)
        if session.body["status"] != "open" or waiting is None:
            return Result("closed")
        payer = Payer(**waiting["payer"])
        card = Card(**{**waiting["card"], "behavior": Behavior(**waiting["card"]["behavior"])})
        simulator.store.save(session)
        if passed:
            return succeed(simulator, session, payer, card, authenticated=True)
        intent = payment_intent_of(simulator, session, payer)
        return _decline(simulator, intent, None, AUTHENTICATION_FAILED)


def complete_free_order(simulator: Simulator, session_id: str, payer: Payer) -> Result:
    """Complete an open session whose total is zero."""
    with simulator.store.transaction():
        session = get_session(simulator, session_id)
        if session.body["status"] != "open" or session.body["amount_total"]:
            return Result("closed")
        complete_session(simulator, session, payer_fields(session, payer))
        return Result("paid")


def payment_intent_of(simulator: Simulator, session: Record, payer: Payer) -> Record:
    """Return the session's payment intent, made at the first attempt to pay."""
    identifier = session.private["payment_intent"]
    if identifier:
        return simulator.require("payment_intent", identifier, "intent")
    intent = simulator.store.add(make_payment_intent(session, payer, simulator.clock.timestamp()))
    session.private["payment_intent"] = intent.id
    simulator.store.save(session)
    return intent


def payer_fields(session: Record, payer: Payer) -> dict[str, Any]:
    """Return the fields of a session that tell who paid."""
    known = session.body["customer_details"] or {}
    details: dict[str, Any] = {
        "address": known.get("address"),
        "business_name": None,
        "email": payer.email,
        "individual_name": None,
        "name": payer.name or known.get("name"),
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }
    collected = {"business_name": None, "individual_name": None, "shipping_details": None}
    return {"customer_details": details, "collected_information": collected}


def succeed(
    simulator: Simulator, session: Record, payer: Payer, card: Card, *, authenticated: bool
) -> Result:
    """Charge the card, complete the session and tell the shop."""
    now = simulator.clock.timestamp()
    intent = payment_intent_of(simulator, session, payer)
    charge = make_charge(intent, payer, card.details(authenticated=authenticated), now)
    mark_succeeded(intent, charge)
    charge.private["refund"] = card.behavior.refund
    if card.behavior.disputed:
        charge.due_at = simulator.clock.now() + simulator.settings.dispute_delay
    simulator.store.add(charge)
    simulator.store.save(intent)
    record_event(simulator, "charge.succeeded", charge)
    record_event(simulator, "payment_intent.succeeded", intent)
    paid = {"payment_intent": intent.id, "payment_status": "paid", **payer_fields(session, payer)}
    complete_session(simulator, session, paid)
    return Result("paid")


def _decline(simulator: Simulator, intent: Record, charge: Record | None, behavior: Behavior) -> Result:
    mark_failed(intent, charge, behavior.code or "", behavior.decline_code, behavior.message)
    if charge is not None:
        simulator.store.save(charge)
    simulator.store.save(intent)
    record_event(simulator, "payment_intent.payment_failed", intent)
    return Result("declined", behavior.message)
