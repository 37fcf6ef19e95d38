"""What is added to the goods and taken off them: delivery by zone and weight, tax rates, discounts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UTCDateTime
from app.money import Money, share_of


class DeliveryMethod(Base):
    """A way to send an order; its rates say where to, how heavy and for how much."""

    __tablename__ = "delivery_methods"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(Text)
    currency: Mapped[str] = mapped_column(String(3))
    position: Mapped[int]


class DeliveryZone(Base):
    """Places to which sending costs the same."""

    __tablename__ = "delivery_zones"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]


class DeliveryZonePlace(Base):
    """A country, or with a region a part of one, that lies in a zone; the part wins over its country."""

    __tablename__ = "delivery_zone_places"
    __table_args__ = (UniqueConstraint("country", "region"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey("delivery_zones.id", ondelete="CASCADE"), index=True)
    country: Mapped[str] = mapped_column(String(2))
    region: Mapped[str] = mapped_column(String(3))


class DeliveryRate(Base):
    """The price of a method in a zone before tax, for parcels up to a weight in grams (None: of any)."""

    __tablename__ = "delivery_rates"
    __table_args__ = (
        UniqueConstraint("method_id", "zone_id", "up_to_g"),
        # To a database no two missing weights are the same.
        Index(
            "ix_delivery_rates_any_weight",
            "method_id",
            "zone_id",
            unique=True,
            sqlite_where=text("up_to_g IS NULL"),
            postgresql_where=text("up_to_g IS NULL"),
        ),
        CheckConstraint("up_to_g > 0", name="weight_positive"),
        CheckConstraint("price_cents >= 0", name="price_not_negative"),
        CheckConstraint("free_from_cents >= 0", name="threshold_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    method_id: Mapped[int] = mapped_column(ForeignKey("delivery_methods.id", ondelete="CASCADE"))
    zone_id: Mapped[int] = mapped_column(ForeignKey("delivery_zones.id", ondelete="CASCADE"), index=True)
    up_to_g: Mapped[int | None]
    price_cents: Mapped[int]
    free_from_cents: Mapped[int | None]

    method: Mapped[DeliveryMethod] = relationship()
    zone: Mapped[DeliveryZone] = relationship()

    def takes(self, weight_g: int) -> bool:
        """Whether a parcel is light enough."""
        return self.up_to_g is None or weight_g <= self.up_to_g

    def price_for(self, goods_cents: int) -> int:
        """The price for goods of a value after discount, in minor units; free from the threshold on."""
        is_free = self.free_from_cents is not None and goods_cents >= self.free_from_cents
        return 0 if is_free else self.price_cents


class TaxRate(Base):
    """The sales tax on a class of goods in a place where the shop is registered, in parts per million."""

    __tablename__ = "tax_rates"
    __table_args__ = (
        UniqueConstraint("country", "region", "tax_class"),
        CheckConstraint("parts_per_million BETWEEN 0 AND 1000000", name="rate_is_a_share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(String(2))
    region: Mapped[str] = mapped_column(String(3))
    tax_class: Mapped[str] = mapped_column(String(40), default="general")
    name: Mapped[str] = mapped_column(String(80))
    parts_per_million: Mapped[int]
    is_delivery_taxed: Mapped[bool]


class Discount(Base):
    """A code that takes a percentage (in parts per million) or an amount off the goods."""

    __tablename__ = "discounts"
    __table_args__ = (
        CheckConstraint("(parts_per_million IS NULL) <> (amount_cents IS NULL)", name="percent_or_amount"),
        CheckConstraint("parts_per_million BETWEEN 0 AND 1000000", name="rate_is_a_share"),
        CheckConstraint("amount_cents >= 0", name="amount_not_negative"),
        CheckConstraint("min_subtotal_cents >= 0", name="minimum_not_negative"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint(
            "covers_delivery OR COALESCE(parts_per_million, amount_cents) > 0", name="takes_something_off"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Capitals and digits: what people type is brought into this form.
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    parts_per_million: Mapped[int | None]
    amount_cents: Mapped[int | None]
    min_subtotal_cents: Mapped[int] = mapped_column(default=0)
    covers_delivery: Mapped[bool] = mapped_column(default=False)
    currency: Mapped[str] = mapped_column(String(3))
    starts_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_active: Mapped[bool] = mapped_column(default=True)

    @property
    def minimum(self) -> Money:
        """The value of goods from which the code can be used."""
        return Money(self.min_subtotal_cents, self.currency)

    def is_running(self, now: datetime) -> bool:
        """Whether the code can be used at a moment; its end is the first moment at which it cannot."""
        has_started = self.starts_at is None or self.starts_at <= now
        return self.is_active and has_started and (self.ends_at is None or now < self.ends_at)

    def amount_off(self, subtotal_cents: int) -> int:
        """What is taken off goods, in minor units; never more than they cost."""
        if self.parts_per_million is not None:
            return share_of(subtotal_cents, self.parts_per_million)
        return min(self.amount_cents or 0, subtotal_cents)
