"""What Stripe's stand-in knows of all money: its pages, charges, refunds, disputes and events."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import requests

from tests.live_shop import SIMULATOR_KEY

LARGEST_PAGE = "100"
Thing = Mapping[str, Any]


@dataclass(frozen=True)
class StripeBooks:
    """Everything at one moment, each list newest first."""

    pages: list[Thing]
    charges: list[Thing]
    refunds: list[Thing]
    disputes: list[Thing]
    events: list[Thing]

    @property
    def charge_of(self) -> dict[str, Thing]:
        """The charge that took the money of a payment, by the payment's id."""
        return {each["payment_intent"]: each for each in self.charges if each["paid"]}

    def refunds_of(self, payment_intent_id: str) -> list[Thing]:
        """Every refund of a payment."""
        return [each for each in self.refunds if each["payment_intent"] == payment_intent_id]


def read_stripe_books(simulator: str, key: str = SIMULATOR_KEY) -> StripeBooks:
    """Ask for all of it; nothing may be set to go wrong meanwhile."""
    with requests.Session() as http:
        http.auth = (key, "")
        return StripeBooks(
            pages=list(list_all(http, f"{simulator}/v1/checkout/sessions")),
            charges=list(list_all(http, f"{simulator}/v1/charges")),
            refunds=list(list_all(http, f"{simulator}/v1/refunds")),
            disputes=list(list_all(http, f"{simulator}/v1/disputes")),
            events=list(list_all(http, f"{simulator}/v1/events")),
        )


def list_all(http: requests.Session, address: str) -> Iterator[Thing]:
    """Ask for one page of a list after the other."""
    after: dict[str, str] = {}
    while True:
        answer = http.get(address, params={"limit": LARGEST_PAGE, **after}, timeout=30)
        answer.raise_for_status()
        found = answer.json()
        yield from found["data"]
        if not found["has_more"]:
            return
        after = {"starting_after": found["data"][-1]["id"]}
