"""A message in the hands of one sender, and how long senders wait between tries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

# Longer than the slowest mail server is waited for.
CLAIM = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 12


@dataclass(frozen=True)
class Claim:
    """A message that one sender may send until its claim ends; `attempt` counts from 1."""

    message_id: int
    key: str
    kind: str
    facts: Mapping[str, str]
    attempt: int
    created_at: datetime


def pause_after(attempt: int) -> timedelta:
    """Return how long to wait after a failed attempt: 1 minute, then twice as long each time, to 6 hours."""
    pause = FIRST_PAUSE
    for _ in range(1, attempt):
        pause = min(pause * 2, LONGEST_PAUSE)
    return pause
