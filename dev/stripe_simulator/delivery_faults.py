"""Decides, when an event is recorded, whether its delivery is dropped, delayed, duplicated or held back."""

from dataclasses import dataclass

from .faults import Fault, take_fault
from .simulator import Simulator


@dataclass(frozen=True)
class Plan:
    """How an event will be delivered; those of one `batch` go out newest first, one after another."""

    state: str
    due_at: float
    copies: int = 1
    batch: str | None = None


def plan_delivery(simulator: Simulator, event_type: str) -> Plan:
    """Return the plan for an event of the type, using up the rules that strike it."""
    now = simulator.clock.now()
    if take_fault(simulator, "drop", event_type):
        return Plan("dropped", now)
    delay = take_fault(simulator, "delay", event_type)
    duplicate = take_fault(simulator, "duplicate", event_type)
    reorder = take_fault(simulator, "reorder", event_type)
    due_at = now + delay.seconds if delay else now
    copies = duplicate.copies if duplicate else 1
    if reorder is None:
        return Plan("pending", due_at, copies)
    batch, release = _hold(simulator, reorder, now)
    return Plan("pending", max(due_at, release), copies, batch)


def _hold(simulator: Simulator, rule: Fault, now: float) -> tuple[str, float]:
    """Return the batch an event joins and when it is sent: at once if it is the last one to wait for."""
    until = rule.held_until if rule.held_until > now else now + rule.seconds
    batch = f"{rule.id} {until}"
    with simulator.store.transaction() as connection:
        connection.execute("UPDATE faults SET held_until = ? WHERE id = ?", [until, rule.id])
        if rule.remaining != 1:
            return batch, until
        connection.execute("UPDATE deliveries SET due_at = ? WHERE batch = ?", [now, batch])
    return batch, now
