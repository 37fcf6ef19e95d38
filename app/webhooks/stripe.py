"""Stripe's events: the signature over the raw bytes first, before anything else is read."""

import structlog
from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from app.payments.gateway import GatewayUnavailable, InvalidSignature
from app.web.payments import current_inbox

LARGEST_EVENT = 1024 * 1024

log = structlog.get_logger("shop.webhooks")
blueprint = Blueprint("stripe", __name__)


@blueprint.post("/webhooks/stripe")
def create() -> ResponseReturnValue:
    """Take one event: 2xx when done or not ours, 400 when not Stripe's, 5xx when it must come again."""
    request.max_content_length = LARGEST_EVENT
    payload = request.get_data(cache=False)
    inbox = current_inbox()
    try:
        event = inbox.gateway.read_event(payload, request.headers.get("Stripe-Signature", ""))
    except InvalidSignature:
        return _answer("not signed by Stripe", 400)
    except ValueError:
        return _answer("not an event", 400)
    try:
        outcome = inbox.take_event(event)
    except GatewayUnavailable as error:
        log.warning("event not taken", event_id=event.id, type=event.type, reason=str(error))
        return _answer("try again", 503)
    log.info("event taken", event_id=event.id, type=event.type, outcome=outcome)
    return _answer(outcome, 200)


def _answer(text: str, status: int) -> Response:
    return current_app.response_class(text, status, mimetype="text/plain")
