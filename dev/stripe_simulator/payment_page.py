"""The hosted payment page to which a session's address leads."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from .bank_debits import bank_debit_of, pay_later
from .cards import BEHAVIORS
from .errors import ApiError
from .pages import page, refuse_foreign_forms, see_other
from .payment_form import PaymentForm, blank_form, read_form
from .payments import Result, complete_free_order, finish_authentication, pay_by_card
from .session_customer import known_email
from .sessions import get_session, success_address
from .simulator import Simulator
from .store import Record


def make_payment_page(simulator: Simulator) -> Blueprint:
    """Return the payment page as a blueprint."""
    blueprint = Blueprint("payment", __name__, url_prefix="/pay")
    checkout = PaymentPage(simulator)
    refuse_foreign_forms(blueprint)
    blueprint.add_url_rule("/<session_id>", "show", checkout.show, methods=["GET"])
    blueprint.add_url_rule("/<session_id>", "submit", checkout.submit, methods=["POST"])
    blueprint.add_url_rule("/<session_id>/authenticate", "ask", checkout.ask, methods=["GET"])
    blueprint.add_url_rule("/<session_id>/authenticate", "decide", checkout.decide, methods=["POST"])
    blueprint.register_error_handler(ApiError, lambda _: page("unknown.html", 404))
    return blueprint


class PaymentPage:
    """Shows a session to the customer and takes the payment."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def show(self, session_id: str) -> Response:
        """Show the form, or why there is none."""
        session = get_session(self._simulator, session_id)
        if session.body["status"] != "open":
            return self._closed(session)
        return self._form(session, blank_form(session.body))

    def submit(self, session_id: str) -> Response:
        """Take the payment, or show what is wrong."""
        session = get_session(self._simulator, session_id)
        free = session.body["amount_total"] == 0
        later = request.form.get("method") == "bank_debit" and bank_debit_of(session) is not None
        with_card = not (free or later)
        form = read_form(request.form, session.body, self._simulator.clock.now(), with_card=with_card)
        if session.body["status"] != "open":
            return self._ended(session)
        if form.errors:
            return self._form(session, form, 422)
        if free:
            result = complete_free_order(self._simulator, session_id, form.payer)
        elif form.card is None:
            result = pay_later(self._simulator, session_id, form.payer)
        else:
            result = pay_by_card(self._simulator, session_id, form.payer, form.card)
        return self._after(session_id, form, result)

    def ask(self, session_id: str) -> Response:
        """Show the bank's authentication step."""
        session = get_session(self._simulator, session_id)
        if "authentication" not in session.private:
            return see_other(f"/pay/{session_id}")
        return page("authenticate.html", form_target=success_address(session), session=session.body)

    def decide(self, session_id: str) -> Response:
        """Go on after the authentication step."""
        session = get_session(self._simulator, session_id)
        if session.body["status"] != "open":
            return self._ended(session)
        if "authentication" not in session.private:
            return see_other(f"/pay/{session_id}")
        payer = session.private["authentication"]["payer"]
        form = PaymentForm(email=payer["email"], name=payer["name"] or "", expiry="")
        passed = request.form.get("result") == "complete"
        return self._after(
            session_id, form, finish_authentication(self._simulator, session_id, passed=passed)
        )

    def _after(self, session_id: str, form: PaymentForm, result: Result) -> Response:
        session = get_session(self._simulator, session_id)
        if result.outcome == "authenticate":
            return see_other(f"/pay/{session_id}/authenticate")
        if result.outcome == "declined":
            form.errors["card_number"] = result.message
            return self._form(session, form, 402)
        return self._ended(session)

    def _ended(self, session: Record) -> Response:
        if session.body["status"] == "complete":
            return see_other(success_address(session))
        if session.body["status"] == "open":
            return see_other(f"/pay/{session.id}")
        return self._closed(session)

    def _closed(self, session: Record) -> Response:
        return page("closed.html", session=session.body, success_address=success_address(session))

    def _form(self, session: Record, form: PaymentForm, status: int = 200) -> Response:
        cost = session.body["shipping_cost"]
        rate = self._simulator.require("shipping_rate", cost["shipping_rate"], "id").body if cost else None
        return page(
            "pay.html",
            status,
            form_target=success_address(session),
            session=session.body,
            lines=session.private["line_items"],
            shipping_name=rate["display_name"] if rate else None,
            form=form,
            known_email=known_email(session.body),
            bank_debit=bank_debit_of(session) if session.body["amount_total"] else None,
            behaviors=BEHAVIORS,
        )
