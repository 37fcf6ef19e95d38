"""Where a refund stands, and which moves are allowed."""

from collections.abc import Mapping

from app import clock
from app.payments.models import Refund, RefundStatus

# A refund only ever goes forward; a bank can still return one that succeeded.
FORWARD: Mapping[RefundStatus, frozenset[RefundStatus]] = {
    RefundStatus.PREPARED: frozenset({RefundStatus.REQUESTED, RefundStatus.WITHDRAWN}),
    RefundStatus.WITHDRAWN: frozenset(),
    RefundStatus.REQUESTED: frozenset(
        {RefundStatus.PENDING, RefundStatus.SUCCEEDED, RefundStatus.FAILED, RefundStatus.CANCELED}
    ),
    RefundStatus.PENDING: frozenset({RefundStatus.SUCCEEDED, RefundStatus.FAILED, RefundStatus.CANCELED}),
    RefundStatus.SUCCEEDED: frozenset({RefundStatus.FAILED, RefundStatus.CANCELED}),
    RefundStatus.FAILED: frozenset(),
    RefundStatus.CANCELED: frozenset(),
}
UNDONE = frozenset({RefundStatus.FAILED, RefundStatus.CANCELED})
ON_ITS_WAY = frozenset({RefundStatus.PENDING, RefundStatus.SUCCEEDED})


def move(refund: Refund, after: RefundStatus) -> None:
    """Change where a refund stands; whether it may is for the caller to ask."""
    refund.status = after
    if after not in (RefundStatus.REQUESTED, RefundStatus.PENDING):
        refund.ended_at = clock.now()
