"""Reads of the stock."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.inventory.models import MovementKind, Reservation, ReservationState, StockItem, StockMovement


@dataclass(frozen=True)
class Drift:
    """A variant whose counts differ from its ledger."""

    variant_id: int
    on_hand: int
    reserved: int
    ledger_on_hand: int
    ledger_reserved: int


def find_stock(session: Session, variant_ids: Iterable[int]) -> dict[int, StockItem]:
    """Return the stock of variants by variant id; one statement."""
    query = select(StockItem).where(StockItem.variant_id.in_(sorted(set(variant_ids))))
    # Counts change by statements, not through objects: what an earlier read left behind may be old.
    items = session.scalars(query.execution_options(populate_existing=True))
    return {item.variant_id: item for item in items}


def list_stock(session: Session) -> dict[int, StockItem]:
    """Return the stock of every variant by variant id; one statement."""
    items = session.scalars(select(StockItem).execution_options(populate_existing=True))
    return {item.variant_id: item for item in items}


def list_movements(session: Session, variant_id: int) -> list[StockMovement]:
    """Return the ledger of one variant, oldest first."""
    query = select(StockMovement).where(StockMovement.variant_id == variant_id).order_by(StockMovement.id)
    return list(session.scalars(query))


def list_active_reservations(session: Session, source: str) -> list[Reservation]:
    """Return what a source still holds, in variant-id order."""
    query = (
        select(Reservation)
        .where(Reservation.source == source, Reservation.state == ReservationState.ACTIVE)
        .order_by(Reservation.variant_id)
    )
    return list(session.scalars(query))


def count_consumed(session: Session, sources: Iterable[str]) -> dict[int, int]:
    """Return how many units of each variant have left the stock for some sources."""
    changes = _sum_on_hand(session, sources, MovementKind.CONSUMED)
    return {variant_id: -change for variant_id, change in changes.items()}


def count_returned(session: Session, sources: Iterable[str]) -> dict[int, int]:
    """Return how many units of each variant have come back from some sources."""
    return _sum_on_hand(session, sources, MovementKind.RETURNED)


def _sum_on_hand(session: Session, sources: Iterable[str], kind: MovementKind) -> dict[int, int]:
    query = (
        select(StockMovement.variant_id, func.sum(StockMovement.on_hand_change))
        .where(StockMovement.source.in_(sorted(sources)), StockMovement.kind == kind)
        .group_by(StockMovement.variant_id)
    )
    return {variant_id: int(change) for variant_id, change in session.execute(query)}


def list_loose_holds(session: Session) -> list[tuple[int, int, int]]:
    """Return every variant whose reserved count is not the sum of its active reservations, with both."""
    sums = (
        select(Reservation.variant_id, func.sum(Reservation.quantity).label("held"))
        .where(Reservation.state == ReservationState.ACTIVE)
        .group_by(Reservation.variant_id)
        .subquery()
    )
    held = func.coalesce(sums.c.held, 0)
    query = (
        select(StockItem.variant_id, StockItem.reserved, held)
        .outerjoin(sums, sums.c.variant_id == StockItem.variant_id)
        .where(StockItem.reserved != held)
        .order_by(StockItem.variant_id)
    )
    return [(variant_id, reserved, int(number)) for variant_id, reserved, number in session.execute(query)]


def list_drifts(session: Session) -> list[Drift]:
    """Return every variant whose counts are not the sums of its movements; empty when all is well."""
    sums = (
        select(
            StockMovement.variant_id,
            func.sum(StockMovement.on_hand_change).label("on_hand"),
            func.sum(StockMovement.reserved_change).label("reserved"),
        )
        .group_by(StockMovement.variant_id)
        .subquery()
    )
    ledger_on_hand = func.coalesce(sums.c.on_hand, 0)
    ledger_reserved = func.coalesce(sums.c.reserved, 0)
    query = (
        select(StockItem.variant_id, StockItem.on_hand, StockItem.reserved, ledger_on_hand, ledger_reserved)
        .outerjoin(sums, sums.c.variant_id == StockItem.variant_id)
        .where((StockItem.on_hand != ledger_on_hand) | (StockItem.reserved != ledger_reserved))
        .order_by(StockItem.variant_id)
    )
    return [Drift(*(int(value) for value in row)) for row in session.execute(query)]
