"""What the provider's news did to an order."""

from enum import StrEnum


class Outcome(StrEnum):
    """What settling did, in one word."""

    PAID = "paid"
    PROCESSING = "processing"
    FAILED = "failed"
    EXPIRED = "expired"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    NEEDS_ATTENTION = "needs-attention"
    DIFFERENT = "amount-differs"
    UNKNOWN = "unknown-payment"
    IGNORED = "not-for-the-shop"


# Nobody can act on these but a person.
PARKED = frozenset({Outcome.UNKNOWN, Outcome.DIFFERENT})
