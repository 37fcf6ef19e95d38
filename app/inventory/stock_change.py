"""One change of the counts of a variant: a guarded statement with its ledger row in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from app import clock
from app.catalog.services import touch_content
from app.inventory.models import Availability, MovementKind, StockItem, StockMovement
from app.inventory.queries import find_stock


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


@dataclass(frozen=True)
class StockChange:
    """What is added to on hand and reserved, why, and the key that makes it happen once."""

    variant_id: int
    kind: MovementKind
    on_hand: int
    reserved: int
    source: str
    key: str
    reason: str = ""
    actor: str = "shop"


def apply_all(session: Session, changes: Sequence[StockChange]) -> None:
    """Change counts, all or none; raises InsufficientStock, and the transaction must end.

    Changes come in variant-id order, so that two buyers never wait for each other in a circle.
    """
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


def _apply(session: Session, change: StockChange) -> StockItem | None:
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


def _write_movement(session: Session, change: StockChange) -> None:
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


def _availability_before(change: StockChange, after: StockItem) -> Availability:
    available = after.available - change.on_hand + change.reserved
    return StockItem(on_hand=available, reserved=0, low_threshold=after.low_threshold).availability


def _shortage(session: Session, change: StockChange) -> Shortage:
    item = find_stock(session, [change.variant_id]).get(change.variant_id)
    return Shortage(change.variant_id, change.reserved, item.available if item else 0)
