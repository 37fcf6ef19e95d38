"""Sends an event to the shop once, in one copy or several."""

import http.client
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from .deliveries import Attempt, Due
from .signing import signature_header
from .simulator import Simulator

_TIMEOUT = 10
Outcome = tuple[str, bool]


def send_copies(simulator: Simulator, due: Due) -> Attempt:
    """Sign an event and send all its copies at the same moment; return what became of them."""
    settings, clock = simulator.settings, simulator.clock
    body = json.dumps(json.loads(due.body), indent=2, ensure_ascii=False).encode()
    made_at = clock.now()
    # The real time, however far the clock was put forward: receivers refuse old signatures.
    signature = signature_header(body, settings.webhook_secret, clock.real())
    outcomes = _send_at_once(due.copies, lambda: post(settings.webhook_url, body, signature))
    return Attempt(due.event_id, made_at, outcomes)


def _send_at_once(copies: int, send: Callable[[], Outcome]) -> list[Outcome]:
    if copies == 1:
        return [send()]
    with ThreadPoolExecutor(copies) as pool:
        return [sent.result() for sent in [pool.submit(send) for _ in range(copies)]]


def post(url: str, body: bytes, signature: str) -> tuple[str, bool]:
    """Send a webhook, following no redirect; return the outcome in words and whether it was a 2xx."""
    address = urlsplit(url)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=_TIMEOUT)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature,
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    }
    target = (address.path or "/") + (f"?{address.query}" if address.query else "")
    try:
        connection.request("POST", target, body, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        return f"no answer ({type(error).__name__})", False
    finally:
        connection.close()
    return f"answered {answer.status}", answer.status in range(200, 300)
