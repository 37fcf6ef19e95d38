"""What a process does that serves no pages: a job of the worker, or a refund of the staff."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask

from app.jobs.registry import JOBS, run_job
from app.orders.models import Order
from app.orders.queries import find_order
from app.payments.queries import find_payment_for_order, list_refunds
from app.payments.refund_limits import RefundRefused
from app.payments.refunds import RefundPlan
from app.session import get_session
from app.web.payments import current_refunds

ACTOR = "staff"
Task = Mapping[str, Any]


def do(app: Flask, task: Task) -> str:
    """Do a task in an application; returns what became of it in words."""
    with app.app_context():
        try:
            return TASKS[task["name"]](task)
        except RefundRefused as error:
            return f"refused: {error}"


def _job(task: Task) -> str:
    return run_job(JOBS[task["job"]]).text


def _refund(task: Task) -> str:
    """Refund an order, unless the staff see that the very same is under way."""
    session = get_session()
    order = _order(task)
    payment = find_payment_for_order(session, order.id)
    is_seen = payment is not None and bool(list_refunds(session, payment.id))
    if is_seen and not task["is_whole"]:
        return "under way"
    if task["is_whole"]:
        plan = RefundPlan(ACTOR, "asked for", is_whole=True)
    else:
        unit = {order.lines[0].id: 1}
        plan = RefundPlan(ACTOR, "asked for", units=unit, restock=unit, with_delivery=True)
    return current_refunds().make(order.id, plan).status


def _send_refund(task: Task) -> str:
    """Send the refund that the shop has prepared."""
    payment = find_payment_for_order(get_session(), _order(task).id)
    if payment is None:
        raise LookupError
    [prepared] = list_refunds(get_session(), payment.id)
    return current_refunds().send(prepared.id, actor=ACTOR).status


def _order(task: Task) -> Order:
    order = find_order(get_session(), task["order"])
    if order is None:
        raise LookupError(task["order"])
    return order


TASKS: Mapping[str, Callable[[Task], str]] = {
    "job": _job,
    "refund": _refund,
    "send-refund": _send_refund,
}
