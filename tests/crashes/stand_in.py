"""Stripe's stand-in as the crash matrix uses it: what people do there, and a new beginning for each run."""

import sqlite3
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tests.live_shop import SIMULATOR_KEY
from tests.stripe_books import StripeBooks, read_stripe_books

KEPT = ("objects", "deliveries", "attempts", "idempotency_keys", "faults")


@dataclass
class StandIn:
    """The stand-in's address, and the file in which it keeps everything."""

    address: str
    state: Path
    http: requests.Session = field(default_factory=requests.Session)

    def do(self, path: str, **form: str) -> None:
        """Press a button of the developers' pages; fails when it is refused."""
        answer = self.http.post(f"{self.address}/dev/{path}", data=form, timeout=20, allow_redirects=False)
        assert answer.status_code == 303, answer.text

    def books(self) -> StripeBooks:
        """Return everything that it knows."""
        return read_stripe_books(self.address)

    def wait_until_told(self) -> None:
        """Return when every event has been handed over."""
        address = f"{self.address}/v1/events"
        params = {"delivery_success": "false", "limit": "1"}
        deadline = time.monotonic() + 20
        while self.http.get(address, params=params, auth=(SIMULATOR_KEY, ""), timeout=20).json()["data"]:
            assert time.monotonic() < deadline, "an event is not delivered"
            time.sleep(0.01)

    def knows_key(self, key: str) -> bool:
        """Whether it keeps the answer to a request with this key."""
        connection = sqlite3.connect(self.state, timeout=10)
        found = connection.execute("SELECT 1 FROM idempotency_keys WHERE key = ?", [key]).fetchone()
        connection.close()
        return found is not None

    def forget(self) -> None:
        """Begin anew: nothing was ever bought."""
        connection = sqlite3.connect(self.state, timeout=10)
        with connection:
            for table in KEPT:
                connection.execute(f"DELETE FROM {table}")  # noqa: S608
        connection.close()
