"""What can happen to a checkout session after its creation."""

from typing import Any

from .errors import ApiError
from .events import record_event
from .simulator import Simulator
from .store import Record


def get_session(simulator: Simulator, identifier: str) -> Record:
    """Return a session, expired first when its time is up; raises ApiError when there is none."""
    expire_due_sessions(simulator)
    return simulator.require("checkout.session", identifier, "session")


def expire_due_sessions(simulator: Simulator) -> None:
    """Expire every open session whose time is up."""
    for session in simulator.store.due("checkout.session", simulator.clock.now()):
        with simulator.store.transaction():
            current = simulator.require("checkout.session", session.id, "session")
            if current.body["status"] == "open":
                _expire(simulator, current)


def expire_session(simulator: Simulator, identifier: str) -> Record:
    """Expire an open session; raises ApiError when it is not open."""
    with simulator.store.transaction():
        session = get_session(simulator, identifier)
        status = session.body["status"]
        if status != "open":
            raise ApiError(
                'Only Checkout Sessions with a status in ["open"] can be expired. '
                f"This Checkout Session has a status of {status}."
            )
        _expire(simulator, session)
    return session


def _expire(simulator: Simulator, session: Record) -> None:
    close_session(session, "expired")
    simulator.store.save(session)
    if session.private["payment_intent"]:
        intent = simulator.require("payment_intent", session.private["payment_intent"], "intent")
        intent.body |= {
            "status": "canceled",
            "canceled_at": simulator.clock.timestamp(),
            "cancellation_reason": "expired",
            "next_action": None,
        }
        simulator.store.save(intent)
    record_event(simulator, "checkout.session.expired", session)


def complete_session(simulator: Simulator, session: Record, changes: dict[str, Any]) -> None:
    """Turn an open session into a complete one and tell the shop."""
    close_session(session, "complete")
    session.body |= changes
    simulator.store.save(session)
    record_event(simulator, "checkout.session.completed", session)


def close_session(session: Record, status: str) -> None:
    """End a session: no page, no expiry, no half-made payment any more."""
    session.body |= {"status": status, "url": None}
    session.due_at = None
    session.private.pop("authentication", None)


def success_address(session: Record) -> str:
    """Return where the customer goes after paying."""
    return str(session.body["success_url"]).replace("{CHECKOUT_SESSION_ID}", session.id)
