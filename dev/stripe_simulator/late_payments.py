"""The race at the end of a session: it expired, and then turns out to have been paid after all."""

from .cards import BEHAVIORS, Card, Payer
from .errors import ApiError
from .payments import payment_intent_of, succeed
from .sessions import get_session
from .simulator import Simulator

_PLAIN_CARD = "4242424242424242"


def pay_after_expiry(simulator: Simulator, session_id: str) -> None:
    """Turn an expired session into a paid one and tell the shop; raises ApiError when it is not expired."""
    with simulator.store.transaction():
        session = get_session(simulator, session_id)
        if session.body["status"] != "expired":
            raise ApiError("Only an expired session can be paid late.")
        details = session.body["customer_details"] or {}
        payer = Payer(details.get("email") or "late@example.com", details.get("name") or "Late payer")
        intent = payment_intent_of(simulator, session, payer)
        intent.body |= {"canceled_at": None, "cancellation_reason": None}
        simulator.store.save(intent)
        card = Card(_PLAIN_CARD[-4:], 12, 2040, BEHAVIORS[_PLAIN_CARD])
        succeed(simulator, session, payer, card, authenticated=False)
