"""Orders: a snapshot of what was bought, for how much and where it goes, with a timeline."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UTCDateTime, enum_column
from app.guidance.caution_models import CautionVersion
from app.money import Money
from app.orders.status import Axis, FulfilmentStatus, OrderStatus, PaymentStatus


class Order(Base):
    """One purchase; its prices and address never change with the catalogue."""

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint(
            "total_cents = subtotal_cents - discount_cents + delivery_cents + tax_cents", name="total_adds_up"
        ),
        CheckConstraint("discount_cents BETWEEN 0 AND subtotal_cents", name="discount_within_subtotal"),
        CheckConstraint("refunded_cents BETWEEN 0 AND total_cents", name="refunded_within_total"),
        CheckConstraint(
            "(payment_status IN ('paid', 'part-refunded', 'refunded')) = (paid_at IS NOT NULL)",
            name="paid_has_a_time",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    # No foreign key: an order outlives the cart it came from.
    cart_id: Mapped[int] = mapped_column(index=True)

    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    line1: Mapped[str] = mapped_column(String(120))
    line2: Mapped[str] = mapped_column(String(120))
    city: Mapped[str] = mapped_column(String(80))
    region: Mapped[str] = mapped_column(String(40))
    postal_code: Mapped[str] = mapped_column(String(20))
    country: Mapped[str] = mapped_column(String(2))
    phone: Mapped[str] = mapped_column(String(30))

    delivery_method: Mapped[str] = mapped_column(String(40))
    delivery_name: Mapped[str] = mapped_column(String(80))
    currency: Mapped[str] = mapped_column(String(3))
    subtotal_cents: Mapped[int]
    discount_cents: Mapped[int] = mapped_column(default=0)
    discount_name: Mapped[str] = mapped_column(String(80), default="")
    delivery_cents: Mapped[int]
    tax_cents: Mapped[int]
    # The part of the tax that falls on the delivery; the rest lies on the lines.
    delivery_tax_cents: Mapped[int] = mapped_column(default=0)
    # The provider works the tax out while it is paid; until then the total is without it.
    is_tax_later: Mapped[bool] = mapped_column(default=False)
    total_cents: Mapped[int]
    refunded_cents: Mapped[int] = mapped_column(default=0)

    order_status: Mapped[OrderStatus] = mapped_column(enum_column(OrderStatus), index=True)
    payment_status: Mapped[PaymentStatus] = mapped_column(enum_column(PaymentStatus), index=True)
    fulfilment_status: Mapped[FulfilmentStatus] = mapped_column(enum_column(FulfilmentStatus), index=True)
    is_disputed: Mapped[bool] = mapped_column(default=False)
    needs_attention: Mapped[str | None] = mapped_column(Text)
    placed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # That the cautions were read, and never which of them fits the buyer.
    cautions_acknowledged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    paid_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    order_changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    payment_changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    fulfilment_changed_at: Mapped[datetime] = mapped_column(UTCDateTime)

    lines: Mapped[list["OrderLine"]] = relationship(order_by="OrderLine.id", cascade="all, delete-orphan")
    events: Mapped[list["OrderEvent"]] = relationship(order_by="OrderEvent.id", cascade="all, delete-orphan")

    @property
    def subtotal(self) -> Money:
        """The goods, before delivery and tax."""
        return Money(self.subtotal_cents, self.currency)

    @property
    def discount(self) -> Money:
        """What is taken off the goods."""
        return Money(self.discount_cents, self.currency)

    @property
    def delivery(self) -> Money:
        """The price of the delivery."""
        return Money(self.delivery_cents, self.currency)

    @property
    def tax(self) -> Money:
        """The sales tax."""
        return Money(self.tax_cents, self.currency)

    @property
    def total(self) -> Money:
        """What is charged."""
        return Money(self.total_cents, self.currency)

    @property
    def refunded(self) -> Money:
        """What has gone back to the payer, as the provider counts it."""
        return Money(self.refunded_cents, self.currency)

    @property
    def quantities(self) -> dict[int, int]:
        """How many units of which variant, by variant id."""
        return {line.variant_id: line.quantity for line in self.lines}


class OrderLine(Base):
    """One variant of an order as it was sold."""

    __tablename__ = "order_lines"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    sku: Mapped[str] = mapped_column(String(40))
    product_name: Mapped[str] = mapped_column(String(200))
    variant_label: Mapped[str] = mapped_column(String(120))
    quantity: Mapped[int]
    unit_price_cents: Mapped[int]
    discount_cents: Mapped[int] = mapped_column(default=0)
    tax_cents: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3))

    cautions: Mapped[list["OrderLineCaution"]] = relationship(
        order_by="OrderLineCaution.position", cascade="all, delete-orphan"
    )

    @property
    def unit_price(self) -> Money:
        """The price of one unit, before tax."""
        return Money(self.unit_price_cents, self.currency)

    @property
    def total(self) -> Money:
        """The price of all units, before discount and tax."""
        return Money(self.unit_price_cents * self.quantity, self.currency)

    @property
    def net(self) -> Money:
        """The price of all units less their share of the discount, before tax."""
        return Money(self.total.cents - self.discount_cents, self.currency)

    @property
    def paid(self) -> Money:
        """What was paid for all units, tax included."""
        return Money(self.net.cents + self.tax_cents, self.currency)


class OrderLineCaution(Base):
    """A caution as it stood when a line was ordered."""

    __tablename__ = "order_line_cautions"

    order_line_id: Mapped[int] = mapped_column(
        ForeignKey("order_lines.id", ondelete="CASCADE"), primary_key=True
    )
    caution_version_id: Mapped[int] = mapped_column(ForeignKey("caution_versions.id"), primary_key=True)
    position: Mapped[int]

    version: Mapped[CautionVersion] = relationship()


class OrderEvent(Base):
    """One row of an order's timeline: who changed what, from what to what, and why.

    Rows are never changed or deleted; the database refuses it.
    """

    __tablename__ = "order_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    actor: Mapped[str] = mapped_column(String(120))
    axis: Mapped[Axis] = mapped_column(enum_column(Axis))
    before: Mapped[str] = mapped_column(String(40))
    after: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
