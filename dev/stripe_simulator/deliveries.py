"""The queue of events on their way to the shop."""

import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .simulator import Simulator

BACKOFF: Final = (1, 2, 5, 10, 30, 60, 60, 60, 60, 60, 60)

_PER_LOOK: Final = 50
# Of a batch that is held back only the newest may go that was not tried yet.
_DUE: Final = """
SELECT event_id, copies, body FROM deliveries AS waiting JOIN objects ON objects.id = event_id
WHERE state = 'pending' AND waiting.due_at <= ? AND (batch IS NULL OR NOT EXISTS (
    SELECT 1 FROM deliveries AS newer WHERE newer.batch = waiting.batch AND newer.rowid > waiting.rowid
    AND newer.state = 'pending' AND newer.attempts = 0))
ORDER BY waiting.due_at LIMIT ?
"""
_NEW: Final = "state = 'pending', attempts = 0, batch = NULL"


@dataclass(frozen=True)
class Due:
    """An event to be sent now, in so many copies."""

    event_id: str
    copies: int
    body: str


@dataclass(frozen=True)
class Attempt:
    """What became of each copy that was sent at a time: in words, and whether it was taken."""

    event_id: str
    made_at: float
    outcomes: list[tuple[str, bool]]


def list_due(simulator: Simulator) -> list[Due]:
    """Return the events to be sent now, those that wait longest first."""
    return [Due(*row) for row in simulator.store.rows(_DUE, [simulator.clock.now(), _PER_LOOK])]


def seconds_until_due(simulator: Simulator) -> float:
    """Return how long no other event will be due; unlimited when none waits for its time."""
    now = simulator.clock.now()
    later = "SELECT min(due_at) FROM deliveries WHERE state = 'pending' AND due_at > ?"
    [(due_at,)] = simulator.store.rows(later, [now])
    return math.inf if due_at is None else float(due_at) - now


def record_attempts(simulator: Simulator, attempts: Sequence[Attempt]) -> None:
    """Note attempts, and for each event whether it is delivered, waits for another attempt, or failed."""
    with simulator.store.transaction() as connection:
        for attempt in attempts:
            _record(connection, attempt, simulator.clock.now())


def _record(connection: sqlite3.Connection, attempt: Attempt, now: float) -> None:
    connection.executemany(
        "INSERT INTO attempts (event_id, made_at, outcome) VALUES (?, ?, ?)",
        [(attempt.event_id, attempt.made_at, words) for words, _ in attempt.outcomes],
    )
    [count] = connection.execute(
        "UPDATE deliveries SET attempts = attempts + 1, copies = 1 WHERE event_id = ? RETURNING attempts",
        [attempt.event_id],
    ).fetchone()
    delivered = any(taken for _, taken in attempt.outcomes)
    state = "delivered" if delivered else "pending" if count <= len(BACKOFF) else "failed"
    delay = BACKOFF[count - 1] if state == "pending" else 0
    connection.execute(
        "UPDATE deliveries SET state = ?, due_at = ? WHERE event_id = ?",
        [state, now + delay, attempt.event_id],
    )


def send_again(simulator: Simulator, event_id: str) -> None:
    """Deliver an event once more, with a new series of attempts; raises ApiError when there is none."""
    simulator.require("event", event_id, "id")
    _renew(simulator, "event_id = ?", event_id)


def send_dropped(simulator: Simulator) -> None:
    """Deliver every event that a fault dropped."""
    _renew(simulator, "state = ?", "dropped")


def _renew(simulator: Simulator, condition: str, value: str) -> None:
    with simulator.store.transaction() as connection:
        connection.execute(
            f"UPDATE deliveries SET {_NEW}, due_at = ? WHERE {condition}",  # noqa: S608
            [simulator.clock.now(), value],
        )
