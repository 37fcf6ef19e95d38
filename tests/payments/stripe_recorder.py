"""A server in Stripe's place that keeps every request, byte for byte, and answers as the test says."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.payments.openapi_walker import decode

SESSIONS = "/v1/checkout/sessions"
SESSION_ID = "cs_test_recorded"


@dataclass(frozen=True)
class SentRequest:
    """One request as it came over the wire."""

    method: str
    target: str
    headers: Message
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> str:
        return urlsplit(self.target).query

    @property
    def params(self) -> dict[str, Any]:
        return decode(self.body.decode("ascii") if self.method == "POST" else self.query)


# The status and body of an answer; None closes the connection without one.
Answer = Callable[[SentRequest], tuple[int, bytes] | None]


@dataclass
class StripeRecorder:
    """What was asked so far; `answer` may be changed while the server runs."""

    address: str
    answer: Answer
    requests: list[SentRequest] = field(default_factory=list)

    def created(self) -> list[SentRequest]:
        """Return the requests that ask for a new session."""
        return [each for each in self.requests if (each.method, each.path) == ("POST", SESSIONS)]


def smallest_session(request: SentRequest) -> tuple[int, bytes]:
    """Answer like Stripe with the fields that the shop reads, and no others."""
    session = {
        "id": SESSION_ID,
        "object": "checkout.session",
        "status": "expired" if request.path.endswith("/expire") else "open",
        "payment_status": "unpaid",
        "amount_total": 2100,
        "currency": "usd",
        "livemode": False,
        "client_reference_id": "ABCD2345",
        "url": "https://checkout.stripe.com/c/pay/recorded",
        "payment_intent": None,
    }
    return 200, json.dumps(session).encode()


def forward_to(simulator: str) -> Answer:
    """Pass every request on to a simulator, unchanged."""
    port = urlsplit(simulator).port

    def answer(request: SentRequest) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        kept = {name: text for name, text in request.headers.items() if name.lower() != "host"}
        connection.request(request.method, request.target, request.body, kept)
        reply = connection.getresponse()
        body = reply.read()
        connection.close()
        return reply.status, body

    return answer


@contextmanager
def recording(answer: Answer) -> Iterator[StripeRecorder]:
    """Run a recorder on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    recorder = StripeRecorder(f"http://127.0.0.1:{server.server_port}", answer)
    server.RequestHandlerClass = _handler(recorder)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield recorder
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(recorder: StripeRecorder) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._take()

        def do_POST(self) -> None:
            self._take()

        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            request = SentRequest(self.command, self.path, self.headers, body)
            recorder.requests.append(request)
            reply = recorder.answer(request)
            if reply is None:
                return
            self.send_response(reply[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(reply[1])))
            self.end_headers()
            self.wfile.write(reply[1])

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
