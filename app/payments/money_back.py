"""What the shop and its payment provider say to each other of refunds and disputes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.money import Money


class RefundOutcome(StrEnum):
    """What the provider says has become of a refund."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"


@dataclass(frozen=True)
class RefundRequest:
    """Money to give back; the same request with the same key gives it back once."""

    payment_intent_id: str
    amount: Money
    order_code: str
    idempotency_key: str


@dataclass(frozen=True)
class RefundState:
    """What the provider says of a refund now; `key` is ours when the shop has asked for it."""

    id: str
    amount_cents: int
    currency: str
    outcome: RefundOutcome
    payment_intent_id: str | None
    charge_id: str | None
    key: str | None
    failure_reason: str | None
    created_at: datetime


@dataclass(frozen=True)
class DisputeState:
    """What the provider says of a dispute now; an open one waits for the shop, the bank or the network."""

    id: str
    amount_cents: int
    currency: str
    status: str
    reason: str
    is_open: bool
    is_lost: bool
    is_refundable: bool
    payment_intent_id: str | None
    charge_id: str | None
    answer_due_at: datetime | None
    opened_at: datetime
