"""Changes of the stock: each is one guarded statement with its ledger row in the same transaction."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.catalog.services import touch_content
from app.inventory.models import (
    Availability,
    MovementKind,
    Reservation,
    ReservationState,
    StockItem,
    StockMovement,
)
from app.inventory.queries import find_stock, list_active_reservations


@dataclass(frozen=True)
class Shortage:
    """A variant of which fewer units are left than were asked for."""

    variant_id: int
    asked: int
    available: int


class InsufficientStock(Exception):
    """Not every line can be held; nothing was."""

    def __init__(self, shortages: list[Shortage]) -> None:
        super().__init__(f"not enough stock of variants {[item.variant_id for item in shortages]}")
        self.shortages = shortages


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
    _apply_all(session, [_Change(variant_id, MovementKind.RECEIVED, quantity, 0, source, key, reason, actor)])


def reserve(session: Session, wanted: dict[int, int], *, source: str) -> None:
    """Hold quantities by variant id, all or none; raises InsufficientStock, and the transaction must end."""
    _apply_all(
        session,
        [
            _Change(variant_id, MovementKind.RESERVED, 0, quantity, source, f"{source}:{variant_id}:reserved")
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
    _apply_all(
        session,
        [
            _Change(
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
    _apply_all(
        session,
        [
            _Change(
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


@dataclass(frozen=True)
class _Change:
    variant_id: int
    kind: MovementKind
    on_hand: int
    reserved: int
    source: str
    key: str
    reason: str = ""
    actor: str = "shop"


def _apply_all(session: Session, changes: list[_Change]) -> None:
    """Change counts in variant-id order, so that two buyers never wait for each other in a circle."""
    shortages = []
    is_news = False
    for change in changes:
        after = _apply(session, change)
        if after is None:
            shortages.append(_shortage(session, change))
        else:
            is_news = is_news or _availability_before(change, after) is not after.availability
    if shortages:
        raise InsufficientStock(shortages)
    # Last, because everybody shares that row: whoever waits for it must hold up no stock that others hold.
    if is_news:
        touch_content(session)


def _apply(session: Session, change: _Change) -> StockItem | None:
    on_hand = StockItem.on_hand + change.on_hand
    reserved = StockItem.reserved + change.reserved
    # One statement that both asks and acts: nobody can come between the question and the answer.
    done = session.execute(
        update(StockItem)
        .where(StockItem.variant_id == change.variant_id)
        .where(on_hand >= reserved, reserved >= 0, on_hand >= 0)
        .values(on_hand=on_hand, reserved=reserved)
        .returning(StockItem.on_hand, StockItem.reserved, StockItem.low_threshold)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if done is None:
        return None
    _write_movement(session, change)
    return StockItem(on_hand=done.on_hand, reserved=done.reserved, low_threshold=done.low_threshold)


def _write_movement(session: Session, change: _Change) -> None:
    session.add(
        StockMovement(
            variant_id=change.variant_id,
            kind=change.kind,
            on_hand_change=change.on_hand,
            reserved_change=change.reserved,
            reason=change.reason or change.kind.value,
            actor=change.actor,
            source=change.source,
            key=change.key,
            created_at=clock.now(),
        )
    )
    session.flush()


def _availability_before(change: _Change, after: StockItem) -> Availability:
    available = after.available - change.on_hand + change.reserved
    return StockItem(on_hand=available, reserved=0, low_threshold=after.low_threshold).availability


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


def _shortage(session: Session, change: _Change) -> Shortage:
    item = find_stock(session, [change.variant_id]).get(change.variant_id)
    return Shortage(change.variant_id, change.reserved, item.available if item else 0)
