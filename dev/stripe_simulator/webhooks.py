"""Delivers events to the shop, at least once, again and again until it answers 2xx."""

import logging
import queue
import threading
import time

from .deliveries import Attempt, Due, list_due, record_attempts, seconds_until_due
from .sending import send_copies
from .simulator import Simulator

_SENDERS = 8
_LONGEST_WAIT = 5.0
_log = logging.getLogger(__name__)


class Deliveries:
    """Background threads: one looks for what is due and notes what became of it, several send.

    Several, so that one slow answer holds up no other event; one that notes, because many would stand in line
    for the state file with every shopper.
    """

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._changed = threading.Condition()
        self._is_awake = True
        self._stopping = False
        self._finished: list[Attempt | str] = []
        self._in_flight: set[str] = set()
        self._due: queue.SimpleQueue[Due] = queue.SimpleQueue()
        self._dispatcher = threading.Thread(target=self._dispatch, name="webhooks", daemon=True)
        self._senders = [
            threading.Thread(target=self._send, name=f"webhooks-{number}", daemon=True)
            for number in range(_SENDERS)
        ]
        simulator.store.after_commit.append(self.wake)

    def start(self) -> None:
        """Begin to deliver, including what an earlier run left undelivered."""
        for thread in (self._dispatcher, *self._senders):
            thread.start()

    def stop(self) -> None:
        """Begin no further attempt; one under way is repeated after the next start."""
        with self._changed:
            self._stopping = True
        self.wake()
        self._dispatcher.join(timeout=1)

    def wake(self) -> None:
        """Look for due deliveries now."""
        with self._changed:
            self._is_awake = True
            self._changed.notify_all()

    def _dispatch(self) -> None:
        while not self._stopping:
            try:
                self._sleep(self._look())
            except Exception:
                _log.exception("the deliveries could not be read or noted")
                time.sleep(1)
        self._note()

    def _look(self) -> float:
        """Note what is finished and hand out what is due; return how long to sleep at most."""
        self._note()
        for due in list_due(self._simulator):
            if due.event_id not in self._in_flight:
                self._in_flight.add(due.event_id)
                self._due.put(due)
        return seconds_until_due(self._simulator)

    def _note(self) -> None:
        with self._changed:
            finished, self._finished, self._is_awake = self._finished, [], False
        attempts = [each for each in finished if isinstance(each, Attempt)]
        try:
            if attempts:
                record_attempts(self._simulator, attempts)
        finally:
            self._in_flight -= {each if isinstance(each, str) else each.event_id for each in finished}

    def _sleep(self, seconds: float) -> None:
        with self._changed:
            if not self._is_awake:
                self._changed.wait(min(seconds, _LONGEST_WAIT))

    def _send(self) -> None:
        while True:
            due = self._due.get()
            if self._stopping:
                return
            result: Attempt | str = due.event_id
            try:
                result = send_copies(self._simulator, due)
            except Exception:
                _log.exception("delivery of %s failed", due.event_id)
                time.sleep(1)
            with self._changed:
                self._finished.append(result)
            self.wake()
