"""Twenty things of which there are few."""

from collections.abc import Iterable
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Product, Variant
from app.inventory.models import StockItem
from app.inventory.queries import find_stock
from app.inventory.services import consume, reserve
from app.session import write_transaction

KINDS = 20
FEWEST, MOST = 6, 16


def make_scarce(session: Session, random: Random) -> dict[str, tuple[int, int]]:
    """Sell all but a few units of twenty SKUs to others; returns by SKU the variant's id and what is left."""
    query = (
        select(Variant.sku, Variant.id, StockItem.on_hand)
        .join(StockItem, StockItem.variant_id == Variant.id)
        .join(Product, Product.id == Variant.product_id)
        .where(Product.is_published, StockItem.on_hand > MOST, Variant.price_cents < 4000)
        .order_by(Variant.sku)
    )
    rows = random.sample(session.execute(query).all(), KINDS)
    left = {row.sku: (row.id, random.randint(FEWEST, MOST)) for row in rows}
    _sell(session, {row.id: row.on_hand - left[row.sku][1] for row in rows}, source="others:before")
    return left


def sell_rest(session: Session, variant_ids: Iterable[int]) -> dict[int, int]:
    """Sell to others what is left of some variants and not held; returns how many of each."""
    session.rollback()
    stock = find_stock(session, variant_ids)
    rest = {variant_id: item.available for variant_id, item in stock.items() if item.available}
    _sell(session, rest, source="others:after")
    return rest


def _sell(session: Session, units: dict[int, int], *, source: str) -> None:
    with write_transaction(session):
        reserve(session, units, source=source)
        consume(session, source=source)
