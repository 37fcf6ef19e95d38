"""Lets time do its work: sessions expire, disputes open and refunds end without anybody asking."""

import logging
import threading

from .disputes import open_due_disputes
from .refund_outcomes import settle_due_refunds
from .sessions import expire_due_sessions
from .simulator import Simulator
from .store import Store

_INTERVAL = 0.25
_log = logging.getLogger(__name__)


class Timers:
    """A background thread that looks several times a second for what is due."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="timers", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Stop soon; returns when the thread has ended."""
        self._stopping.set()
        self._thread.join(timeout=1)

    def _run(self) -> None:
        while not self._stopping.wait(_INTERVAL):
            try:
                run_due(self._simulator)
            except Exception:
                _log.exception("a timer failed")


def run_due(simulator: Simulator) -> None:
    """Do everything whose time has come."""
    expire_due_sessions(simulator)
    open_due_disputes(simulator)
    settle_due_refunds(simulator)


def advance_clock(simulator: Simulator, seconds: float) -> None:
    """Put the clock forward, for good, and do everything that is due by then."""
    with simulator.store.transaction() as connection:
        simulator.clock.offset += seconds
        connection.execute("DELETE FROM clock")
        connection.execute("INSERT INTO clock (ahead) VALUES (?)", [simulator.clock.offset])
    run_due(simulator)


def read_ahead(store: Store) -> float:
    """Return by how many seconds an earlier run put the clock forward."""
    rows = store.rows("SELECT ahead FROM clock")
    return float(rows[0][0]) if rows else 0.0
