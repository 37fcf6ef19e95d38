"""What a test does at Stripe, and asks of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests

from app.payments.stripe_answers import HANDLED
from tests.buyer import ADDRESS, CARD
from tests.stripe_books import Thing, list_all


@dataclass(frozen=True)
class StripeHand:
    """The simulator's pages and API; `http` is signed in to the API."""

    address: str
    http: requests.Session

    def pay(self, url: str, **form: str) -> int:
        """Send the payment page's form; returns the answer's status."""
        filled = {**CARD, "email": ADDRESS["email"], **form}
        return self.http.post(url, filled, timeout=20, allow_redirects=False).status_code

    def act(self, path: str, **form: str) -> None:
        """Do something on the developer pages."""
        answer = self.http.post(f"{self.address}/dev/{path}", form, timeout=20, allow_redirects=False)
        assert answer.status_code == 303, answer.text

    @contextmanager
    def slow_refunds(self, *, are_slow: bool) -> Iterator[None]:
        """Let the refund that is made in the block be pending at first, or not."""
        if are_slow:
            self.act("faults", kind="refund-pending", count="1")
        yield
        self.act("faults/clear")

    def newest_refund(self, page_id: str) -> Thing:
        """Return the newest refund of a page."""
        intent = self._ask(f"checkout/sessions/{page_id}")["payment_intent"]
        found: Thing = self._ask("refunds", payment_intent=intent, limit="1")["data"][0]
        return found

    def events(self) -> list[Thing]:
        """Return the events that the shop acts on, the oldest first."""
        found = list(list_all(self.http, f"{self.address}/v1/events"))
        return [event for event in reversed(found) if event["type"] in HANDLED]

    def code_of(self, event: Thing) -> str:
        """Return the number of the order that an event speaks of."""
        subject = event["data"]["object"]
        if event["type"].startswith("checkout.session."):
            return str(subject["client_reference_id"])
        found = self._ask("checkout/sessions", payment_intent=subject["payment_intent"])
        return str(found["data"][0]["client_reference_id"])

    def _ask(self, path: str, **params: str) -> Mapping[str, Any]:
        answer = self.http.get(f"{self.address}/v1/{path}", params=params, timeout=20)
        answer.raise_for_status()
        found: Mapping[str, Any] = answer.json()
        return found
