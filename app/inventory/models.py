"""What is in stock: counts per variant, the ledger of every change, and what is held for payers."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.catalog.models import Variant
from app.db import Base, UTCDateTime, enum_column


class Availability(StrEnum):
    """How much of a variant a shopper may count on."""

    IN_STOCK = "in-stock"
    LOW = "low"
    OUT = "out"


class MovementKind(StrEnum):
    """Why a count changed."""

    RECEIVED = "received"
    RESERVED = "reserved"
    RELEASED = "released"
    CONSUMED = "consumed"
    RETURNED = "returned"


class ReservationState(StrEnum):
    """What became of stock that was held."""

    ACTIVE = "active"
    CONSUMED = "consumed"
    RELEASED = "released"


class StockItem(Base):
    """The counts of one variant; available is on hand less reserved."""

    __tablename__ = "stock_items"
    __table_args__ = (
        CheckConstraint("on_hand >= 0", name="on_hand_not_negative"),
        CheckConstraint("reserved >= 0", name="reserved_not_negative"),
        CheckConstraint("reserved <= on_hand", name="reserved_within_on_hand"),
    )

    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), primary_key=True)
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    low_threshold: Mapped[int] = mapped_column(default=5)

    variant: Mapped[Variant] = relationship()

    @property
    def available(self) -> int:
        """How many units a shopper may still buy."""
        return self.on_hand - self.reserved

    @property
    def availability(self) -> Availability:
        """The stock in one word."""
        if self.available <= 0:
            return Availability.OUT
        return Availability.LOW if self.available <= self.low_threshold else Availability.IN_STOCK


class StockMovement(Base):
    """One row of the ledger: the counts of a variant equal the sums of its movements.

    Rows are never changed or deleted; the database refuses it.
    """

    __tablename__ = "stock_movements"

    id: Mapped[int] = mapped_column(primary_key=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), index=True)
    kind: Mapped[MovementKind] = mapped_column(enum_column(MovementKind))
    on_hand_change: Mapped[int]
    reserved_change: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    actor: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(120), index=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Reservation(Base):
    """Units of a variant held for one payment attempt (the source) until it ends."""

    __tablename__ = "reservations"
    __table_args__ = (
        UniqueConstraint("source", "variant_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(120))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), index=True)
    quantity: Mapped[int]
    state: Mapped[ReservationState] = mapped_column(enum_column(ReservationState))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # When the hold should have ended; after it somebody looks at why it has not.
    held_until: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
