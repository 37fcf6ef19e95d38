"""What tests ask of the stock."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Variant
from app.inventory.models import MovementKind, StockItem, StockMovement
from app.inventory.queries import list_drifts


def stock_of(session: Session, sku: str) -> tuple[int, int]:
    """Return on hand and reserved of a SKU, as the database has them now."""
    session.rollback()
    query = select(StockItem.on_hand, StockItem.reserved).join(Variant).where(Variant.sku == sku)
    on_hand, reserved = session.execute(query).one()
    return on_hand, reserved


def movements_of(session: Session, sku: str) -> list[tuple[MovementKind, int, int]]:
    """Return what happened to a SKU since its opening stock: kind, change on hand, change reserved."""
    session.rollback()
    query = (
        select(StockMovement.kind, StockMovement.on_hand_change, StockMovement.reserved_change)
        .join(Variant, Variant.id == StockMovement.variant_id)
        .where(Variant.sku == sku, StockMovement.source != "seed")
        .order_by(StockMovement.id)
    )
    return [(row.kind, row.on_hand_change, row.reserved_change) for row in session.execute(query)]


def assert_ledger_is_right(session: Session) -> None:
    """Every count equals the sum of its movements."""
    session.rollback()
    assert list_drifts(session) == []
