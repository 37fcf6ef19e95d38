"""A small shop that only receives webhooks."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Delivery:
    """One webhook as it arrived."""

    body: bytes
    signature: str
    received_at: float

    @property
    def event(self) -> dict[str, Any]:
        """Return the event."""
        event: dict[str, Any] = json.loads(self.body)
        return event

    def is_about(self, identifier: str) -> bool:
        """Return whether the identifier occurs anywhere in the event."""
        return identifier in self.body.decode()


class WebhookReceiver:
    """Keeps every delivery, and answers with the status that `answer` gives for it."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []
        self.answer: Callable[[Delivery], int] = lambda _: 200
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    @property
    def url(self) -> str:
        """Return the endpoint's address."""
        return f"http://127.0.0.1:{self._server.server_port}/webhooks/stripe"

    def about(self, identifier: str, event_type: str | None = None) -> list[Delivery]:
        """Return the deliveries so far that name an object, of one type if given."""
        found = [delivery for delivery in list(self.deliveries) if delivery.is_about(identifier)]
        return [delivery for delivery in found if event_type in (None, delivery.event["type"])]

    def wait_for(
        self, identifier: str, event_type: str, count: int = 1, seconds: float = 5
    ) -> list[Delivery]:
        """Wait until that many deliveries came; fails the test when they do not."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = self.about(identifier, event_type)
            if len(found) >= count:
                return found
            time.sleep(0.01)
        seen = [delivery.event["type"] for delivery in self.about(identifier)]
        raise AssertionError(f"{event_type} did not come {count} times within {seconds} s; came: {seen}")

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler(receiver: WebhookReceiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            delivery = Delivery(body, self.headers["Stripe-Signature"], time.time())
            receiver.deliveries.append(delivery)
            self.send_response(receiver.answer(delivery))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Write nothing."""

    return Handler
