"""Records events and puts each in the queue for delivery."""

from typing import Any

import stripe

from .delivery_faults import plan_delivery
from .identifiers import new_identifier
from .origin import Origin, current_origin
from .simulator import Simulator
from .store import Record

_SHOWN = 30 * 24 * 60 * 60


def record_event(
    simulator: Simulator, event_type: str, subject: Record, previous: dict[str, Any] | None = None
) -> None:
    """Store an event about the subject as it is now; `previous` holds earlier values of changed fields."""
    data: dict[str, Any] = {"object": subject.body}
    if previous is not None:
        data["previous_attributes"] = previous
    origin = current_origin.get() or Origin()
    body = {
        "id": new_identifier("evt"),
        "object": "event",
        "api_version": stripe.api_version,
        "created": simulator.clock.timestamp(),
        "data": data,
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": origin.request_id, "idempotency_key": origin.idempotency_key},
        "type": event_type,
    }
    with simulator.store.transaction() as connection:
        simulator.store.add(Record("event", body))
        plan = plan_delivery(simulator, event_type)
        connection.execute(
            "INSERT INTO deliveries (event_id, state, attempts, due_at, copies, batch)"
            " VALUES (?, ?, 0, ?, ?, ?)",
            (body["id"], plan.state, plan.due_at, plan.copies, plan.batch),
        )


def oldest_shown(simulator: Simulator) -> float:
    """Return the time before which the API no longer shows events."""
    return simulator.clock.now() - _SHOWN


def present_event(simulator: Simulator, event: Record) -> dict[str, Any]:
    """Return the event as the API shows it, with the number of webhooks still to be delivered."""
    waiting = "SELECT count(*) FROM deliveries WHERE event_id = ? AND state IN ('pending', 'dropped')"
    [(pending,)] = simulator.store.rows(waiting, [event.id])
    return {**event.body, "pending_webhooks": pending}
