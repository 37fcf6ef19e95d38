"""Lets time do its work: sessions expire and disputes open without anybody asking."""

import logging
import threading

from .disputes import open_due_disputes
from .sessions import expire_due_sessions
from .simulator import Simulator

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
                expire_due_sessions(self._simulator)
                open_due_disputes(self._simulator)
            except Exception:
                _log.exception("a timer failed")
