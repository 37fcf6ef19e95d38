"""What the provider has just said of one payment: its page, its refunds, its disputes."""

from dataclasses import dataclass, replace

from app.payments.gateway import DisputeState, RefundOutcome, RefundState, SessionState


class StaleNews(Exception):
    """Other news were written down since these were asked for: they may be older, so ask again."""


@dataclass(frozen=True)
class News:
    """Answers to one round of questions; `refunds` is None when they were not asked for."""

    page: SessionState
    refunds: tuple[RefundState, ...] | None = None
    disputes: tuple[DisputeState, ...] = ()

    def with_answer(self, answer: RefundState) -> "News":
        """Add a refund as it was answered to our request: a list may not have it yet, or not know our key."""
        listed = [
            replace(refund, key=answer.key) if refund.id == answer.id else refund
            for refund in self.refunds or ()
        ]
        is_listed = any(refund.id == answer.id for refund in listed)
        return replace(self, refunds=(*listed,) if is_listed else (*listed, answer))

    @property
    def refunded_cents(self) -> int | None:
        """What has gone back in all: what the charge says, else the sum of its refunds; None if not known."""
        if self.page.amount_refunded is not None:
            return self.page.amount_refunded
        if self.refunds is None:
            return None
        return sum(
            refund.amount_cents
            for refund in self.refunds
            if refund.outcome in (RefundOutcome.PENDING, RefundOutcome.SUCCEEDED)
        )
