"""Where the payment of an order stands, and which moves are allowed."""

from enum import StrEnum


class PaymentStatus(StrEnum):
    """What Stripe has said of the money of an order."""

    OPEN = "open"
    PROCESSING = "processing"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


# Failed and expired lead to paid: money that comes late is still money, and never disappears.
ALLOWED: dict[PaymentStatus, frozenset[PaymentStatus]] = {
    PaymentStatus.OPEN: frozenset(
        {PaymentStatus.PROCESSING, PaymentStatus.PAID, PaymentStatus.FAILED, PaymentStatus.EXPIRED}
    ),
    PaymentStatus.PROCESSING: frozenset({PaymentStatus.PAID, PaymentStatus.FAILED}),
    PaymentStatus.FAILED: frozenset({PaymentStatus.PAID}),
    PaymentStatus.EXPIRED: frozenset({PaymentStatus.PAID}),
    PaymentStatus.PAID: frozenset(),
}


class InvalidTransition(Exception):
    """An order cannot go from one status to the other."""


def check_move(before: PaymentStatus, after: PaymentStatus) -> None:
    """Refuse a move that is not allowed; raises InvalidTransition."""
    if after not in ALLOWED[before]:
        raise InvalidTransition(f"an order cannot go from {before} to {after}")
