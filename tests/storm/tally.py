"""Counts what happens, for threads."""

import threading
from collections import Counter
from urllib.parse import urlsplit

import requests


class Tally:
    """How often something happened, and what the shop answered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.happened: Counter[str] = Counter()
        self.answers: Counter[int] = Counter()
        self.strange: list[str] = []

    def note(self, event: str) -> None:
        """Count one event."""
        with self._lock:
            self.happened[event] += 1

    def watch(self, http: requests.Session, shop: str) -> None:
        """Count the shop's answers to a browser; those that no shopper may ever see are kept."""
        host = urlsplit(shop).netloc

        def look(answer: requests.Response, **_: object) -> None:
            address = urlsplit(answer.url)
            if address.netloc != host:
                return
            with self._lock:
                self.answers[answer.status_code] += 1
                if answer.status_code not in (200, 303, 422, 503):
                    self.strange.append(f"{answer.status_code} at {address.path}")

        http.hooks["response"].append(look)

    def __str__(self) -> str:
        return ", ".join(f"{number} {event}" for event, number in sorted(self.happened.items()))
