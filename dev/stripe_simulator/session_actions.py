"""What developers can do to a session, by the last part of the form's address."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from .bank_debits import resolve_bank_debit
from .developer_forms import read_amount
from .disputes import FRAUDULENT, open_dispute
from .errors import ApiError
from .late_payments import pay_after_expiry
from .refunds import create_refund
from .sessions import expire_session
from .simulator import Simulator
from .store import Record

Form = Mapping[str, str]
Action = Callable[[Simulator, Record, Form], None]


def _expire(simulator: Simulator, session: Record, _: Form) -> None:
    expire_session(simulator, session.id)


def _pay_late(simulator: Simulator, session: Record, _: Form) -> None:
    pay_after_expiry(simulator, session.id)


def _resolve(simulator: Simulator, session: Record, form: Form) -> None:
    resolve_bank_debit(simulator, session.id, succeeds=form.get("result") == "succeed")


def _refund(simulator: Simulator, session: Record, form: Form) -> None:
    params: dict[str, Any] = {"payment_intent": session.body["payment_intent"] or ""}
    amount = read_amount(form.get("amount", ""), session.body["currency"])
    if amount is not None:
        params["amount"] = amount
    if form.get("reason"):
        params["reason"] = form["reason"]
    create_refund(simulator, params)


def _dispute(simulator: Simulator, session: Record, form: Form) -> None:
    if session.body["payment_status"] != "paid" or not session.body["payment_intent"]:
        raise ApiError("Only a paid session can be disputed.")
    intent = simulator.require("payment_intent", session.body["payment_intent"], "intent")
    open_dispute(
        simulator,
        intent.body["latest_charge"],
        read_amount(form.get("amount", ""), session.body["currency"]),
        form.get("reason") or FRAUDULENT,
        inquiry=bool(form.get("inquiry")),
    )


ACTIONS: Final[dict[str, Action]] = {
    "expire": _expire,
    "pay-late": _pay_late,
    "resolve": _resolve,
    "refund": _refund,
    "dispute": _dispute,
}
