"""Changes of the stock: receiving, and holding for those who pay."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.inventory.models import MovementKind, Reservation, ReservationState, StockItem
from app.inventory.queries import list_active_reservations
from app.inventory.stock_change import InsufficientStock, Shortage, StockChange, apply_all

__all__ = [
    "InsufficientStock",
    "Returned",
    "Shortage",
    "can_reserve",
    "consume",
    "open_stock_item",
    "receive",
    "release",
    "reserve",
    "restock",
]


def open_stock_item(session: Session, variant_id: int) -> StockItem:
    """Begin to count a variant, at zero."""
    item = StockItem(variant_id=variant_id, on_hand=0, reserved=0)
    session.add(item)
    session.flush()
    return item


def receive(
    session: Session, variant_id: int, quantity: int, *, reason: str, actor: str, source: str, key: str
) -> None:
    """Add delivered units to the count on hand; the key makes the movement happen once."""
    if quantity <= 0:
        raise ValueError("a delivery has at least one unit")
    apply_all(
        session, [StockChange(variant_id, MovementKind.RECEIVED, quantity, 0, source, key, reason, actor)]
    )


@dataclass(frozen=True)
class Returned:
    """Units of a variant that came back, why, and the key that makes it happen once."""

    variant_id: int
    quantity: int
    reason: str
    actor: str
    source: str
    key: str


def restock(session: Session, returned: Collection[Returned]) -> None:
    """Put units that came back on the shelf."""
    if any(each.quantity <= 0 for each in returned):
        raise ValueError("at least one unit comes back")
    apply_all(
        session,
        [
            StockChange(
                each.variant_id,
                MovementKind.RETURNED,
                each.quantity,
                0,
                each.source,
                each.key,
                each.reason,
                each.actor,
            )
            for each in sorted(returned, key=lambda each: each.variant_id)
        ],
    )


def reserve(
    session: Session, wanted: dict[int, int], *, source: str, held_until: datetime | None = None
) -> None:
    """Hold quantities by variant id, all or none; raises InsufficientStock, and the transaction must end.

    `held_until` says when the hold should have ended; without it, at once.
    """
    apply_all(
        session,
        [
            StockChange(
                variant_id, MovementKind.RESERVED, 0, quantity, source, f"{source}:{variant_id}:reserved"
            )
            for variant_id, quantity in sorted(wanted.items())
        ],
    )
    now = clock.now()
    session.add_all(
        Reservation(
            source=source,
            variant_id=variant_id,
            quantity=quantity,
            state=ReservationState.ACTIVE,
            created_at=now,
            held_until=held_until or now,
        )
        for variant_id, quantity in sorted(wanted.items())
    )


def can_reserve(session: Session, wanted: dict[int, int]) -> bool:
    """Whether all quantities could be held now; the answer stays true until the transaction ends."""
    query = (
        select(StockItem)
        .where(StockItem.variant_id.in_(sorted(wanted)))
        .order_by(StockItem.variant_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    stock = {item.variant_id: item.available for item in session.scalars(query)}
    return all(stock.get(variant_id, 0) >= quantity for variant_id, quantity in wanted.items())


def release(session: Session, *, source: str) -> None:
    """Give back what a source holds; a second call changes nothing."""
    apply_all(
        session,
        [
            StockChange(
                held.variant_id,
                MovementKind.RELEASED,
                0,
                -held.quantity,
                source,
                f"{source}:{held.variant_id}:released",
            )
            for held in _end(session, source, ReservationState.RELEASED)
        ],
    )


def consume(session: Session, *, source: str) -> None:
    """Take what a source holds out of the stock, because it was paid; a second call changes nothing."""
    apply_all(
        session,
        [
            StockChange(
                held.variant_id,
                MovementKind.CONSUMED,
                -held.quantity,
                -held.quantity,
                source,
                f"{source}:{held.variant_id}:consumed",
            )
            for held in _end(session, source, ReservationState.CONSUMED)
        ],
    )


def _end(session: Session, source: str, state: ReservationState) -> list[Reservation]:
    return [
        reservation
        for reservation in list_active_reservations(session, source)
        if session.execute(
            update(Reservation)
            .where(Reservation.id == reservation.id, Reservation.state == ReservationState.ACTIVE)
            .values(state=state, ended_at=clock.now())
            .returning(Reservation.id)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        is not None
    ]
