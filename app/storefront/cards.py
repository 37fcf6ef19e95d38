"""Products as they stand in a list: picture, name, lowest price, stock and evidence in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.models import Image, Product
from app.guidance.evidence import EvidenceLine
from app.guidance.queries import list_evidence_lines
from app.inventory.models import StockItem
from app.inventory.queries import find_stock
from app.money import Money
from app.storefront.offers import list_offers


@dataclass(frozen=True)
class ProductCard:
    """One product of a list."""

    slug: str
    name: str
    brand: str
    category_slug: str
    image: Image | None
    price_from: Money
    has_several_prices: bool
    availability_words: str
    evidence: EvidenceLine | None


def list_cards(session: Session, products: Iterable[Product]) -> list[ProductCard]:
    """Show products as cards (2 statements); one without a variant cannot be bought and is left out."""
    buyable = [product for product in products if product.variants]
    stock = find_stock_of(session, buyable)
    lines = list_evidence_lines(session, [product.id for product in buyable])
    return [build_card(product, stock, lines.get(product.id)) for product in buyable]


def find_stock_of(session: Session, products: Iterable[Product]) -> dict[int, StockItem]:
    """Return the stock of all variants of products by variant id (1 statement)."""
    return find_stock(session, [variant.id for product in products for variant in product.variants])


def build_card(
    product: Product, stock: Mapping[int, StockItem], evidence: EvidenceLine | None
) -> ProductCard:
    """Show one product that has at least one variant."""
    offers = list_offers(product, stock)
    prices = {offer.price for offer in offers}
    return ProductCard(
        slug=product.slug,
        name=product.name,
        brand=product.brand,
        category_slug=product.category.slug,
        image=product.images[0] if product.images else None,
        price_from=min(prices),
        has_several_prices=len(prices) > 1,
        availability_words=_availability_words([offer.is_sold_out for offer in offers]),
        evidence=evidence,
    )


def _availability_words(sold_out: list[bool]) -> str:
    if all(sold_out):
        return "Sold out"
    return "Some versions sold out" if any(sold_out) else "In stock"
