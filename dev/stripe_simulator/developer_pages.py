"""Pages for developers: what is stored, and buttons for what the world outside would do."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from flask import Blueprint, request
from werkzeug.wrappers import Response

from .bank_debits import awaits_bank_debit, resolve_bank_debit
from .errors import ApiError, invalid
from .events import present_event
from .money import decimals
from .pages import page, refuse_foreign_forms, see_other
from .refunds import create_refund
from .sessions import expire_due_sessions, expire_session, get_session
from .simulator import Simulator
from .store import Record
from .webhooks import send_again

_SHOWN = "ORDER BY sequence DESC LIMIT 100"


def make_developer_pages(simulator: Simulator) -> Blueprint:
    """Return the developer pages as a blueprint."""
    blueprint = Blueprint("developer", __name__, url_prefix="/dev")
    pages = DeveloperPages(simulator)
    refuse_foreign_forms(blueprint)
    blueprint.add_url_rule("", "sessions", pages.sessions, methods=["GET"])
    blueprint.add_url_rule("/sessions/<session_id>", "session", pages.session, methods=["GET"])
    blueprint.add_url_rule("/sessions/<session_id>/<action>", "act", pages.act, methods=["POST"])
    blueprint.add_url_rule("/events", "events", pages.events, methods=["GET"])
    blueprint.add_url_rule("/events/<event_id>", "event", pages.event, methods=["GET"])
    blueprint.add_url_rule("/events/<event_id>/send", "send", pages.send, methods=["POST"])
    blueprint.register_error_handler(ApiError, lambda _: page("unknown.html", 404))
    return blueprint


def format_time(timestamp: float) -> str:
    """Return a time as UTC date and clock."""
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


class DeveloperPages:
    """The views."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def sessions(self) -> Response:
        """List the newest sessions."""
        expire_due_sessions(self._simulator)
        found = self._simulator.store.select("checkout.session", tail=_SHOWN)
        return page("dev_sessions.html", sessions=[session.body for session in found])

    def session(self, session_id: str) -> Response:
        """Show one session with what can be done to it."""
        return self._session(get_session(self._simulator, session_id))

    def act(self, session_id: str, action: str) -> Response:
        """Expire the session, resolve its bank debit, or refund it."""
        session = get_session(self._simulator, session_id)
        try:
            if action == "expire":
                expire_session(self._simulator, session_id)
            elif action == "resolve":
                succeeds = request.form.get("result") == "succeed"
                resolve_bank_debit(self._simulator, session_id, succeeds=succeeds)
            elif action == "refund":
                self._refund(session, request.form.get("amount", "").strip())
            else:
                return page("unknown.html", 404)
        except ApiError as fault:
            return self._session(get_session(self._simulator, session_id), fault.message, 422)
        return see_other(f"/dev/sessions/{session_id}")

    def _refund(self, session: Record, typed: str) -> None:
        params: dict[str, object] = {"payment_intent": session.body["payment_intent"] or ""}
        if typed:
            try:
                amount = Decimal(typed) * 10 ** decimals(session.body["currency"])
                params["amount"] = int(amount)
            except (InvalidOperation, ValueError, OverflowError):
                raise invalid("Enter an amount such as 12.50, or leave it empty for the remainder.") from None
        create_refund(self._simulator, params)

    def _session(self, session: Record, error: str | None = None, status: int = 200) -> Response:
        intent_id = session.private["payment_intent"] or ""
        charges = self._simulator.store.select(
            "charge", "json_extract(body, '$.payment_intent') = ?", [intent_id]
        )
        refunds = self._simulator.store.select(
            "refund", "json_extract(body, '$.payment_intent') = ?", [intent_id]
        )
        return page(
            "dev_session.html",
            status,
            session=session.body,
            lines=session.private["line_items"],
            charges=[charge.body for charge in charges],
            refunds=[refund.body for refund in refunds],
            awaits_bank_debit=awaits_bank_debit(self._simulator, session),
            error=error,
        )

    def events(self) -> Response:
        """List the newest events with their deliveries."""
        found = self._simulator.store.select("event", tail=_SHOWN)
        return page("dev_events.html", events=[(event.body, *self._delivery(event)) for event in found])

    def event(self, event_id: str) -> Response:
        """Show one event as it is sent."""
        event = self._simulator.require("event", event_id, "id")
        state, attempts = self._delivery(event)
        body = present_event(self._simulator, event)
        return page("dev_event.html", event=body, state=state, attempts=attempts)

    def send(self, event_id: str) -> Response:
        """Send an event once more."""
        send_again(self._simulator, event_id)
        return see_other("/dev/events")

    def _delivery(self, event: Record) -> tuple[str, list[tuple[float, str]]]:
        rows = self._simulator.store.rows("SELECT state FROM deliveries WHERE event_id = ?", [event.id])
        attempts = self._simulator.store.rows(
            "SELECT made_at, outcome FROM attempts WHERE event_id = ? ORDER BY id", [event.id]
        )
        return str(rows[0][0]), [(made_at, outcome) for made_at, outcome in attempts]
