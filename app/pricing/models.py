"""What is added to the goods: delivery methods and tax rates."""

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.money import Money


class DeliveryMethod(Base):
    """A way to send an order within one country, with its price before tax."""

    __tablename__ = "delivery_methods"
    __table_args__ = (CheckConstraint("price_cents >= 0", name="price_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(String(2))
    price_cents: Mapped[int]
    free_from_cents: Mapped[int | None]
    currency: Mapped[str] = mapped_column(String(3))
    position: Mapped[int]

    def price_for(self, subtotal_cents: int) -> Money:
        """The price for an order of goods; free from the method's threshold on."""
        is_free = self.free_from_cents is not None and subtotal_cents >= self.free_from_cents
        return Money(0 if is_free else self.price_cents, self.currency)


class TaxRate(Base):
    """The sales tax of a place where the shop is registered, in parts per million."""

    __tablename__ = "tax_rates"
    __table_args__ = (
        UniqueConstraint("country", "region"),
        CheckConstraint("parts_per_million BETWEEN 0 AND 1000000", name="rate_is_a_share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(String(2))
    region: Mapped[str] = mapped_column(String(3))
    name: Mapped[str] = mapped_column(String(80))
    parts_per_million: Mapped[int]
    is_delivery_taxed: Mapped[bool]
