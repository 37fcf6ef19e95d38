"""Takes every event from Stripe's stand-in, and hands it to the shop when the test says so."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from app.payments.stripe_answers import HANDLED

PATIENCE_SECONDS = 20


@dataclass
class Letter:
    """One event as Stripe has sent it; it is done when the shop has answered 2xx."""

    id: str
    kind: str
    body: bytes
    signature: str
    is_done: bool = False

    def send(self, http: requests.Session, shop: str) -> None:
        """Hand it to a shop; fails when the shop does not take it."""
        headers = {"Stripe-Signature": self.signature, "Content-Type": "application/json"}
        answer = http.post(f"{shop}/webhooks/stripe", self.body, headers=headers, timeout=30)
        answer.raise_for_status()
        self.is_done = True


@dataclass
class PostOffice:
    """Letters in the order in which they came."""

    letters: list[Letter] = field(default_factory=list)
    arrival: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, kind: str, after: int = 0) -> Letter:
        """Return the first letter of a kind that is not done, as soon as there is one.

        Those that came first are left out, as many as `after` says.
        """

        def find() -> Letter | None:
            return next((each for each in self.waiting(after) if each.kind == kind), None)

        with self.arrival:
            found = self.arrival.wait_for(find, PATIENCE_SECONDS)
        assert found, f"no {kind} came"
        return found

    def waiting(self, after: int = 0) -> list[Letter]:
        """Return the letters that the shop has not taken."""
        return [letter for letter in self.letters[after:] if not letter.is_done]

    def take(self, body: bytes, signature: str) -> None:
        """Keep what has come, once, if it is of the kinds that the shop subscribes to."""
        event = json.loads(body)
        with self.arrival:
            is_new = all(letter.id != event["id"] for letter in self.letters)
            if is_new and event["type"] in HANDLED:
                self.letters.append(Letter(event["id"], event["type"], body, signature))
            self.arrival.notify_all()


@contextmanager
def opening_post_office(port: int) -> Iterator[PostOffice]:
    """Take letters on a port, each at once."""
    office = PostOffice()
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(office.take))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield office
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(take: Callable[[bytes, str], None]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            take(body, self.headers["Stripe-Signature"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    return Handler
