"""What a shopper may buy of a product: each variant with its price and its stock in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.catalog.models import Product, Variant
from app.inventory.models import Availability, StockItem
from app.money import Money

WORDS = {
    Availability.IN_STOCK: "In stock",
    Availability.LOW: "Low stock",
    Availability.OUT: "Sold out",
}


@dataclass(frozen=True)
class Offer:
    """One variant as a page shows it."""

    variant_id: int
    sku: str
    label: str
    price: Money
    availability: Availability

    @property
    def words(self) -> str:
        """The stock as people read it."""
        return WORDS[self.availability]

    @property
    def is_sold_out(self) -> bool:
        """Whether none is left."""
        return self.availability is Availability.OUT


def list_offers(product: Product, stock: Mapping[int, StockItem]) -> list[Offer]:
    """Show every variant of a product; a variant that was never counted is sold out."""
    return [_offer(variant, stock.get(variant.id)) for variant in product.variants]


def _offer(variant: Variant, item: StockItem | None) -> Offer:
    availability = item.availability if item else Availability.OUT
    return Offer(variant.id, variant.sku, variant.label, variant.price, availability)
