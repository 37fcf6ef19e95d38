"""Events as Stripe sends them: JSON bytes with a signature over exactly those bytes."""

import json
import time
import uuid
from dataclasses import dataclass

import requests
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dev.stripe_simulator.signing import signature_header
from tests.live_shop import WEBHOOK_SECRET

ADDRESS = "/webhooks/stripe"
COMPLETED = "checkout.session.completed"


@dataclass(frozen=True)
class SignedEvent:
    """One event of a session; sending it twice sends the same bytes."""

    id: str
    body: bytes

    @property
    def headers(self) -> dict[str, str]:
        return signed(self.body)

    def send(self, shop: str) -> requests.Response:
        """Send it to a shop that runs as a server."""
        return requests.post(shop + ADDRESS, self.body, headers=self.headers, timeout=60)

    def send_to(self, client: FlaskClient) -> TestResponse:
        """Send it to a shop in this process."""
        return client.post(ADDRESS, data=self.body, headers=self.headers)


def event_about(session_id: str, kind: str = COMPLETED) -> SignedEvent:
    """Make an event about a payment page."""
    event = {
        "id": f"evt_test_{uuid.uuid4().hex}",
        "object": "event",
        "api_version": "2026-10-28.endive",
        "created": int(time.time()),
        "livemode": False,
        "type": kind,
        "data": {"object": {"id": session_id, "object": "checkout.session"}},
    }
    return SignedEvent(str(event["id"]), json.dumps(event).encode())


def signed(body: bytes, secret: str = WEBHOOK_SECRET, age: int = 0) -> dict[str, str]:
    """Sign bytes as Stripe would have some seconds ago."""
    return {
        "Stripe-Signature": signature_header(body, secret, int(time.time()) - age),
        "Content-Type": "application/json",
    }
