"""Waiting for what happens in the background."""

import time
from collections.abc import Callable


def wait_until(condition: Callable[[], bool], seconds: float = 5) -> None:
    """Return when the condition holds; fails the test when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} seconds"
        time.sleep(0.01)
