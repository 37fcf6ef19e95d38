"""Rules by which the simulator misbehaves: for the next few subjects, or for each with a chance."""

import random
from dataclasses import dataclass
from typing import Final, Literal

from .simulator import Simulator

Concern = Literal["event", "request", "refund"]
KINDS: Final[dict[str, Concern]] = {
    "drop": "event",
    "delay": "event",
    "duplicate": "event",
    "reorder": "event",
    "lose-reply": "request",
    "server-error": "request",
    "slow": "request",
    "refund-fails": "refund",
    "refund-pending": "refund",
    "refund-requires-action": "refund",
}
_COLUMNS: Final = "id, kind, method, prefix, remaining, chance, seed, drawn, seconds, copies, held_until"


@dataclass(frozen=True)
class Fault:
    """One rule.

    `prefix` is what the event type or the path begins with, `remaining` how often the rule still holds
    (None: until cleared), `chance` a percentage (None: always), `drawn` how often chance was asked.
    """

    id: int
    kind: str
    method: str = ""
    prefix: str = ""
    remaining: int | None = None
    chance: float | None = None
    seed: int = 0
    drawn: int = 0
    seconds: float = 0.0
    copies: int = 1
    held_until: float = 0.0

    def concerns(self, subject: str, method: str) -> bool:
        """Return whether the rule is about an event type or about a request's path and method."""
        return subject.startswith(self.prefix) and self.method in ("", method)

    def strikes(self) -> bool:
        """Return what chance decides; the same seed always decides alike."""
        if self.chance is None:
            return True
        return random.Random(f"{self.seed} {self.drawn}").random() * 100 < self.chance  # noqa: S311


def list_faults(simulator: Simulator) -> list[Fault]:
    """Return all rules, oldest first."""
    return [Fault(*row) for row in simulator.store.rows(f"SELECT {_COLUMNS} FROM faults ORDER BY id")]  # noqa: S608


def add_fault(simulator: Simulator, fault: Fault) -> None:
    """Store a new rule; its id is given here."""
    names = _COLUMNS.removeprefix("id, ")
    values = [getattr(fault, name) for name in names.split(", ")]
    with simulator.store.transaction() as connection:
        connection.execute(
            f"INSERT INTO faults ({names}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608
            values,
        )


def clear_faults(simulator: Simulator, *, kind: str = "", fault_id: int | None = None) -> None:
    """Remove all rules, or those of a kind, or one."""
    with simulator.store.transaction() as connection:
        connection.execute(
            "DELETE FROM faults WHERE (? = '' OR kind = ?) AND (? IS NULL OR id = ?)",
            [kind, kind, fault_id, fault_id],
        )


def take_fault(simulator: Simulator, kind: str, subject: str = "", method: str = "") -> Fault | None:
    """Return the oldest rule of the kind that strikes the subject, counted down, or None."""
    if not simulator.store.rows("SELECT 1 FROM faults WHERE kind = ? LIMIT 1", [kind]):
        return None
    with simulator.store.transaction():
        for fault in list_faults(simulator):
            if fault.kind == kind and fault.concerns(subject, method) and _spend(simulator, fault):
                return fault
    return None


def _spend(simulator: Simulator, fault: Fault) -> bool:
    """Ask chance and count down a rule that strikes; a rule used up is removed."""
    strikes = fault.strikes()
    with simulator.store.transaction() as connection:
        connection.execute(
            "UPDATE faults SET drawn = drawn + 1, remaining = remaining - ? WHERE id = ?", [strikes, fault.id]
        )
        connection.execute("DELETE FROM faults WHERE id = ? AND remaining <= 0", [fault.id])
    return strikes
