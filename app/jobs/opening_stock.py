"""Gives every new variant of the seed its first stock."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.catalog.change_tally import ChangeTally, LoadReport
from app.catalog.models import Variant
from app.catalog.seed_rows import VariantRow
from app.inventory.models import StockItem
from app.inventory.services import open_stock_item, receive


def open_stock(session: Session, rows: Sequence[VariantRow]) -> LoadReport:
    """Begin to count the variants that are not counted yet; what is counted already is left alone."""
    uncounted = select(Variant.sku, Variant.id).where(~exists().where(StockItem.variant_id == Variant.id))
    new = dict(session.execute(uncounted).all())
    tally = ChangeTally()
    for row in rows:
        tally.add(is_new=row.sku in new, has_changed=False)
        if row.sku in new:
            _open_stock_of(session, new[row.sku], row)
    return tally.report()


def _open_stock_of(session: Session, variant_id: int, row: VariantRow) -> None:
    open_stock_item(session, variant_id)
    if row.seed_stock:
        receive(
            session,
            variant_id,
            row.seed_stock,
            reason="Opening stock",
            actor="seed",
            source="seed",
            key=f"seed:{row.sku}",
        )
