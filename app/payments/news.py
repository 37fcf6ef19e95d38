"""What the provider has just said of one payment: its page, its refunds, its disputes."""

from dataclasses import dataclass

from app.payments.gateway import SessionState
from app.payments.money_back import DisputeState, RefundOutcome, RefundState

ON_ITS_WAY = frozenset({RefundOutcome.PENDING, RefundOutcome.SUCCEEDED})


class StaleNews(Exception):
    """Other news were written down since these were asked for: they may be older, so ask again."""


@dataclass(frozen=True)
class News:
    """Answers to one round of questions; `refunds` is None when they were not asked for, or not listed.

    `answered` is what the provider has just answered to a refund of ours.
    """

    page: SessionState
    refunds: tuple[RefundState, ...] | None = None
    disputes: tuple[DisputeState, ...] = ()
    answered: RefundState | None = None

    @property
    def told_refunds(self) -> tuple[RefundState, ...]:
        """Every refund that was told of; the one answered to us with our key, which a list may not repeat."""
        listed = self.refunds or ()
        if self.answered is None:
            return listed
        return (*(refund for refund in listed if refund.id != self.answered.id), self.answered)

    @property
    def refunded_cents(self) -> int | None:
        """What has gone back in all: what the charge says, else the sum of its refunds; None if not known."""
        if self.page.amount_refunded is not None:
            return self.page.amount_refunded
        if self.refunds is None:
            return None
        return self.listed_cents

    @property
    def listed_cents(self) -> int:
        """The sum of the listed refunds that have not failed."""
        return sum(refund.amount_cents for refund in self.refunds or () if refund.outcome in ON_ITS_WAY)
