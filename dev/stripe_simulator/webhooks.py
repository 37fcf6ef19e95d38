"""Delivers events to the shop, at least once, again and again until it answers 2xx."""

import http.client
import json
import logging
import threading
import time
from typing import Final
from urllib.parse import urlsplit

from .events import present_event
from .signing import signature_header
from .simulator import Simulator
from .store import Record

BACKOFF: Final = (1, 2, 5, 10, 30, 60, 60, 60, 60, 60, 60)
_WORKERS = 4
_TIMEOUT = 10
_log = logging.getLogger(__name__)


class Deliveries:
    """Background threads that send what is due; several, so that one slow answer holds up no other event."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._changed = threading.Condition()
        self._in_flight: set[str] = set()
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._run, name=f"webhooks-{number}", daemon=True)
            for number in range(_WORKERS)
        ]
        simulator.store.after_commit.append(self.wake)

    def start(self) -> None:
        """Begin to deliver, including what an earlier run left undelivered."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Begin no further attempt; one under way is repeated after the next start."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def wake(self) -> None:
        """Look for due deliveries now."""
        with self._changed:
            self._changed.notify_all()

    def _run(self) -> None:
        while (event := self._next()) is not None:
            try:
                self._attempt(event)
            except Exception:
                _log.exception("delivery of %s failed", event.id)
                time.sleep(1)
            finally:
                with self._changed:
                    self._in_flight.discard(event.id)

    def _next(self) -> Record | None:
        """Wait for a due event nobody else is sending; None when it is time to stop."""
        with self._changed:
            while not self._stopping:
                pending = (
                    "SELECT event_id, due_at FROM deliveries WHERE state = 'pending' ORDER BY due_at LIMIT 50"
                )
                waiting = [
                    row for row in self._simulator.store.rows(pending) if row[0] not in self._in_flight
                ]
                delay = waiting[0][1] - self._simulator.clock.now() if waiting else 5.0
                if waiting and delay <= 0:
                    self._in_flight.add(waiting[0][0])
                    return self._simulator.require("event", waiting[0][0], "id")
                self._changed.wait(min(delay, 5.0))
        return None

    def _attempt(self, event: Record) -> None:
        body = json.dumps(present_event(self._simulator, event), indent=2, ensure_ascii=False).encode()
        made_at = self._simulator.clock.now()
        secret = self._simulator.settings.webhook_secret
        outcome, delivered = post(
            self._simulator.settings.webhook_url, body, signature_header(body, secret, int(made_at))
        )
        with self._simulator.store.transaction() as connection:
            connection.execute(
                "INSERT INTO attempts (event_id, made_at, outcome) VALUES (?, ?, ?)",
                [event.id, made_at, outcome],
            )
            [attempts] = connection.execute(
                "UPDATE deliveries SET attempts = attempts + 1 WHERE event_id = ? RETURNING attempts",
                [event.id],
            ).fetchone()
            state = "delivered" if delivered else "pending" if attempts <= len(BACKOFF) else "failed"
            delay = BACKOFF[attempts - 1] if state == "pending" else 0
            connection.execute(
                "UPDATE deliveries SET state = ?, due_at = ? WHERE event_id = ?",
                [state, self._simulator.clock.now() + delay, event.id],
            )


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


def send_again(simulator: Simulator, event_id: str) -> None:
    """Deliver an event once more, with a new series of attempts; raises ApiError when there is none."""
    simulator.require("event", event_id, "id")
    with simulator.store.transaction() as connection:
        connection.execute(
            "UPDATE deliveries SET state = 'pending', attempts = 0, due_at = ? WHERE event_id = ?",
            [simulator.clock.now(), event_id],
        )
