"""What a shopper means to buy; a cart holds no stock."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.catalog.models import Variant
from app.db import Base, UTCDateTime

MAX_QUANTITY = 99
MAX_LINES = 50


class QuantityNotAllowed(Exception):
    """A line of a cart has from 1 to MAX_QUANTITY units."""


class CartFull(Exception):
    """A cart has at most MAX_LINES lines."""


class Cart(Base):
    """The cart of one browser, known by a random token in its cookie."""

    __tablename__ = "carts"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    items: Mapped[list["CartItem"]] = relationship(
        back_populates="cart", order_by="CartItem.id", cascade="all, delete-orphan"
    )

    @property
    def count(self) -> int:
        """How many units are in the cart."""
        return sum(item.quantity for item in self.items)

    @property
    def quantities(self) -> dict[int, int]:
        """How many units of which variant, by variant id."""
        return {item.variant_id: item.quantity for item in self.items}

    def add(self, variant: Variant, quantity: int) -> "CartItem":
        """Put units of a variant in, onto its line when there is one; raises QuantityNotAllowed, CartFull."""
        item = next((item for item in self.items if item.variant_id == variant.id), None)
        if item is None:
            if len(self.items) >= MAX_LINES:
                raise CartFull
            _check(quantity)
            item = CartItem(variant_id=variant.id, variant=variant, quantity=quantity)
            self.items.append(item)
        else:
            item.change(item.quantity + quantity)
        self.updated_at = clock.now()
        return item

    def put_back(self, wanted: dict[int, int]) -> None:
        """Put in again what could not be bought, up to what a line may hold."""
        for variant_id, quantity in wanted.items():
            item = next((item for item in self.items if item.variant_id == variant_id), None)
            if item is None:
                self.items.append(CartItem(variant_id=variant_id, quantity=quantity))
            else:
                item.quantity = min(MAX_QUANTITY, item.quantity + quantity)
        self.updated_at = clock.now()

    def find_item(self, item_id: int) -> "CartItem | None":
        """Return one line of this cart."""
        return next((item for item in self.items if item.id == item_id), None)

    def remove(self, item: "CartItem") -> None:
        """Take a line out."""
        self.items.remove(item)
        self.updated_at = clock.now()

    def take_out(self, bought: dict[int, int]) -> None:
        """Take out what was bought, quantities by variant id; what was added since stays."""
        for item in list(self.items):
            left = item.quantity - bought.get(item.variant_id, 0)
            if left <= 0:
                self.items.remove(item)
            else:
                item.quantity = left
        self.updated_at = clock.now()


class CartItem(Base):
    """One variant in a cart and how many of it."""

    __tablename__ = "cart_items"
    __table_args__ = (
        UniqueConstraint("cart_id", "variant_id"),
        CheckConstraint(f"quantity BETWEEN 1 AND {MAX_QUANTITY}", name="quantity_allowed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cart_id: Mapped[int] = mapped_column(ForeignKey("carts.id", ondelete="CASCADE"), index=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    quantity: Mapped[int]

    cart: Mapped[Cart] = relationship(back_populates="items")
    variant: Mapped[Variant] = relationship()

    def change(self, quantity: int) -> None:
        """Set how many; raises QuantityNotAllowed."""
        _check(quantity)
        self.quantity = quantity


def _check(quantity: int) -> None:
    if not 1 <= quantity <= MAX_QUANTITY:
        raise QuantityNotAllowed
