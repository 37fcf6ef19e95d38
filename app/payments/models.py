"""Payments, refunds, disputes, and the inbox of what the provider has told us."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UTCDateTime, enum_column
from app.money import Money
from app.orders.models import Order


class Payment(Base):
    """One attempt to pay an order on a page of the provider.

    The key, the time limit and the addresses are stored before the page is opened,
    so that asking again asks for the very same page.
    """

    __tablename__ = "payments"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), unique=True)
    idempotency_key: Mapped[str] = mapped_column(String(255), unique=True)
    session_id: Mapped[str | None] = mapped_column(String(255), unique=True)
    payment_intent_id: Mapped[str | None] = mapped_column(String(255), index=True)
    charge_id: Mapped[str | None] = mapped_column(String(255), index=True)
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    is_live: Mapped[bool]
    success_url: Mapped[str] = mapped_column(String(500))
    cancel_url: Mapped[str] = mapped_column(String(500))
    # Grows with each change that the provider's news bring: news that were asked for before it are old.
    revision: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)

    order: Mapped[Order] = relationship()

    @property
    def amount(self) -> Money:
        """What must be charged."""
        return Money(self.amount_cents, self.currency)


class RefundStatus(StrEnum):
    """What has become of money on its way back.

    Prepared: waits for a person. Requested: written down, and the provider may or may not have heard of it.
    The others are the provider's words.
    """

    PREPARED = "prepared"
    WITHDRAWN = "withdrawn"
    REQUESTED = "requested"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"


class Refund(Base):
    """One decision to give money back; the key is stored before the provider is asked.

    Two refunds of the same amount are two rows with two keys. One that was made at the provider has no lines.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint("delivery_cents BETWEEN 0 AND amount_cents", name="delivery_within_amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), index=True)
    idempotency_key: Mapped[str] = mapped_column(String(255), unique=True)
    provider_id: Mapped[str | None] = mapped_column(String(255), unique=True)
    amount_cents: Mapped[int]
    # The part of the amount that was paid for the delivery, tax included.
    delivery_cents: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[RefundStatus] = mapped_column(enum_column(RefundStatus), index=True)
    reason: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(120))
    failure_reason: Mapped[str | None] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    requested_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    payment: Mapped[Payment] = relationship()
    lines: Mapped[list["RefundLine"]] = relationship(
        order_by="RefundLine.id", cascade="all, delete-orphan", back_populates="refund"
    )

    @property
    def amount(self) -> Money:
        """What goes back."""
        return Money(self.amount_cents, self.currency)


class RefundLine(Base):
    """The units of an order line that a refund pays for, and how many of them go back on the shelf."""

    __tablename__ = "refund_lines"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        CheckConstraint("restocked >= 0", name="restocked_not_negative"),
        CheckConstraint("amount_cents >= 0", name="amount_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    refund_id: Mapped[int] = mapped_column(ForeignKey("refunds.id", ondelete="CASCADE"), index=True)
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), index=True)
    quantity: Mapped[int]
    restocked: Mapped[int]
    amount_cents: Mapped[int]

    refund: Mapped[Refund] = relationship(back_populates="lines")


class Dispute(Base):
    """Money that a payer's bank has asked back, as the provider tells it."""

    __tablename__ = "disputes"

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), index=True)
    provider_id: Mapped[str] = mapped_column(String(255), unique=True)
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    # The provider's own words, which grow with its versions.
    status: Mapped[str] = mapped_column(String(60), index=True)
    is_open: Mapped[bool]
    is_lost: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(120))
    is_refundable: Mapped[bool]
    answer_due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)

    payment: Mapped[Payment] = relationship()

    @property
    def amount(self) -> Money:
        """What is disputed."""
        return Money(self.amount_cents, self.currency)


class EventState(StrEnum):
    """Whether an event of the provider has done what it is there for."""

    DONE = "done"
    IGNORED = "ignored"
    PARKED = "parked"


class PaymentEvent(Base):
    """One event of the provider, stored once however often it is sent.

    What it spoke of is kept by id, not by content: the provider is asked again when it is replayed, and
    nobody's name or address lies in the inbox.
    """

    __tablename__ = "payment_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(String(255), unique=True)
    type: Mapped[str] = mapped_column(String(80))
    session_id: Mapped[str | None] = mapped_column(String(255), index=True)
    payment_intent_id: Mapped[str | None] = mapped_column(String(255))
    charge_id: Mapped[str | None] = mapped_column(String(255))
    dispute_id: Mapped[str | None] = mapped_column(String(255))
    # A hint for a provider that does not say itself whether the money may still come.
    says_failed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[EventState] = mapped_column(enum_column(EventState), index=True)
    outcome: Mapped[str] = mapped_column(String(40))
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # The last time that it was acted on, at first or when it was replayed.
    handled_at: Mapped[datetime] = mapped_column(UTCDateTime)
    handled_count: Mapped[int] = mapped_column(default=1)
