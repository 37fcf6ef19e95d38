"""Bends the answers of a till's Stripe into those of servers that speak a part of its API only."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.payments.stripe_recorder import SentRequest
from tests.payments.till import Till

Reply = tuple[int, bytes] | None
NOT_FOUND = b'{"detail": "Not Found"}'
NOT_OFFERED = ("/v1/disputes", "/v1/events")


def bend(till: Till, answer: Callable[[SentRequest, Callable[[SentRequest], Reply]], Reply]) -> None:
    """Let `answer` stand before what has answered so far."""
    pass_on = till.recorder.answer
    till.recorder.answer = lambda request: answer(request, pass_on)


def bend_json(till: Till, change: Callable[[SentRequest, dict[str, Any]], None]) -> None:
    """Let `change` work on each answer that is good JSON."""

    def answer(request: SentRequest, pass_on: Callable[[SentRequest], Reply]) -> Reply:
        reply = pass_on(request)
        if reply is None or reply[0] != 200:
            return reply
        found = json.loads(reply[1])
        change(request, found)
        return reply[0], json.dumps(found).encode()

    bend(till, answer)


def offer_less(till: Till, status: int = 404, body: bytes = NOT_FOUND) -> None:
    """Have no list of refunds, no disputes and no events."""

    def answer(request: SentRequest, pass_on: Callable[[SentRequest], Reply]) -> Reply:
        is_refund_list = request.method == "GET" and request.path == "/v1/refunds"
        return (status, body) if is_refund_list or request.path.startswith(NOT_OFFERED) else pass_on(request)

    bend(till, answer)


def fold_payments(till: Till) -> None:
    """Name a payment by its id only, so that no charge says how much has gone back."""

    def fold(_: SentRequest, found: dict[str, Any]) -> None:
        if isinstance(found.get("payment_intent"), dict):
            found["payment_intent"] = found["payment_intent"]["id"]

    bend_json(till, fold)


def ignore_filters(till: Till) -> None:
    """Answer every list with everybody's."""

    def answer(request: SentRequest, pass_on: Callable[[SentRequest], Reply]) -> Reply:
        if "payment_intent=" in request.query:
            request = replace(request, target=f"{request.path}?limit=100")
        return pass_on(request)

    bend(till, answer)


def forget_metadata(till: Till) -> None:
    """Repeat no metadata on refunds."""

    def forget(request: SentRequest, found: dict[str, Any]) -> None:
        if request.path.startswith("/v1/refunds"):
            for refund in found.get("data", [found]):
                refund["metadata"] = {}

    bend_json(till, forget)
