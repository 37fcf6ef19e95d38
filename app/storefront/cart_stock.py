"""How much of a variant one cart may have: what is free, and what its own open order holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.inventory.models import Availability, StockItem
from app.inventory.queries import find_stock
from app.orders.queries import count_held_for_cart


@dataclass(frozen=True)
class CartStock:
    """The stock as the owner of a cart may count on it.

    Going on to pay again gives back what an earlier try holds, so a shopper never competes with themselves.
    """

    items: dict[int, StockItem]
    held: dict[int, int]

    def available(self, variant_id: int) -> int:
        """How many units the cart may have."""
        item = self.items.get(variant_id)
        return (item.available if item else 0) + self.held.get(variant_id, 0)

    def availability(self, variant_id: int) -> Availability:
        """The stock in one word."""
        left = self.available(variant_id)
        item = self.items.get(variant_id)
        if item is None or left <= 0:
            return Availability.OUT
        return Availability.LOW if left <= item.low_threshold else Availability.IN_STOCK


def find_cart_stock(session: Session, cart_id: int, variant_ids: Iterable[int]) -> CartStock:
    """Return the stock of some variants for a cart (2 statements)."""
    return CartStock(find_stock(session, variant_ids), count_held_for_cart(session, cart_id))
