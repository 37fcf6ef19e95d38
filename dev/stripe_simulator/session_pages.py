"""The developers' pages of sessions, and what can be done to their payments, refunds and disputes."""

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, request
from werkzeug.wrappers import Response

from .bank_debits import awaits_bank_debit
from .dispute_objects import REASONS
from .dispute_steps import STEPS, take_step
from .errors import ApiError
from .pages import page, see_other
from .refund_outcomes import FAILURE, FAILURES, Ending, end_refund
from .session_actions import ACTIONS
from .sessions import expire_due_sessions, get_session
from .simulator import Simulator
from .store import Record

_ENDINGS: Final[dict[str, Ending]] = {"succeed": "succeeded", "fail": "failed", "cancel": "canceled"}


def add_session_pages(blueprint: Blueprint, simulator: Simulator) -> None:
    """Add the pages to the blueprint."""
    pages = SessionPages(simulator)
    blueprint.add_url_rule("", "sessions", pages.sessions, methods=["GET"])
    blueprint.add_url_rule("/sessions/<session_id>", "session", pages.session, methods=["GET"])
    blueprint.add_url_rule("/sessions/<session_id>/<action>", "act", pages.act, methods=["POST"])
    blueprint.add_url_rule("/refunds/<refund_id>/<action>", "end_refund", pages.end_refund, methods=["POST"])
    blueprint.add_url_rule("/disputes/<dispute_id>/<action>", "step", pages.step, methods=["POST"])


class SessionPages:
    """The views."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def sessions(self) -> Response:
        """List the newest sessions."""
        expire_due_sessions(self._simulator)
        found = self._simulator.store.select("checkout.session", tail="ORDER BY sequence DESC LIMIT 100")
        return page("dev_sessions.html", sessions=[session.body for session in found])

    def session(self, session_id: str) -> Response:
        """Show one session with what can be done to it."""
        return self._show(get_session(self._simulator, session_id))

    def act(self, session_id: str, action: str) -> Response:
        """Do one of the actions to a session."""
        session = get_session(self._simulator, session_id)
        if action not in ACTIONS:
            return page("unknown.html", 404)
        return self._attempt(session_id, lambda: ACTIONS[action](self._simulator, session, request.form))

    def end_refund(self, refund_id: str, action: str) -> Response:
        """Let a refund succeed, fail or be canceled."""
        refund = self._simulator.require("refund", refund_id, "refund")
        if action not in _ENDINGS:
            return page("unknown.html", 404)
        reason = request.form.get("reason", "").strip() or FAILURE
        return self._attempt(
            self._session_of(refund),
            lambda: end_refund(self._simulator, refund_id, _ENDINGS[action], reason),
        )

    def step(self, dispute_id: str, action: str) -> Response:
        """Take a dispute one step further."""
        dispute = self._simulator.require("dispute", dispute_id, "dispute")
        if action not in STEPS:
            return page("unknown.html", 404)
        return self._attempt(
            self._session_of(dispute), lambda: take_step(self._simulator, dispute_id, action)
        )

    def _session_of(self, record: Record) -> str:
        intent = self._simulator.require("payment_intent", record.body["payment_intent"], "intent")
        return str(intent.private["session"])

    def _attempt(self, session_id: str, action: Callable[[], object]) -> Response:
        try:
            action()
        except ApiError as fault:
            return self._show(get_session(self._simulator, session_id), fault.message, 422)
        return see_other(f"/dev/sessions/{session_id}")

    def _belonging(self, kind: str, session: Record) -> list[dict[str, Any]]:
        intent_id = session.private["payment_intent"] or ""
        found = self._simulator.store.select(kind, "json_extract(body, '$.payment_intent') = ?", [intent_id])
        return [record.body for record in found]

    def _show(self, session: Record, error: str | None = None, status: int = 200) -> Response:
        return page(
            "dev_session.html",
            status,
            session=session.body,
            lines=session.private["line_items"],
            charges=self._belonging("charge", session),
            refunds=self._belonging("refund", session),
            disputes=self._belonging("dispute", session),
            awaits_bank_debit=awaits_bank_debit(self._simulator, session),
            dispute_reasons=REASONS,
            refund_failures=FAILURES,
            usual_failure=FAILURE,
            error=error,
        )
