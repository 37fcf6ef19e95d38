"""Remembers which API request causes the events that are recorded while it runs."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """The id and idempotency key of a request; both None for what a customer or a timer did."""

    request_id: str | None = None
    idempotency_key: str | None = None


current_origin: ContextVar[Origin | None] = ContextVar("current_origin", default=None)
