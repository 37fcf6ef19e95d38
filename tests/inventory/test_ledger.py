"""The ledger: counts equal the sums of the movements, and the database guards both."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.inventory.models import StockItem
from app.inventory.queries import Drift, find_stock, list_drifts
from app.inventory.services import Returned, consume, release, reserve, restock
from tests.inventory.stocked import add_stocked_variant, deliver
from tests.unguarded import unguarded


def test_counts_follow_from_the_movements_after_every_kind_of_change(session: Session) -> None:
    first, second = add_stocked_variant(session, 20), add_stocked_variant(session, 0)
    steps: list[Callable[[], None]] = [
        lambda: reserve(session, {first: 3}, source="order:1"),
        lambda: deliver(session, second, 7, key="delivery:1"),
        lambda: reserve(session, {first: 2, second: 7}, source="order:2"),
        lambda: consume(session, source="order:1"),
        lambda: release(session, source="order:2"),
        lambda: deliver(session, first, 1, key="delivery:2"),
        lambda: restock(session, [Returned(first, 2, "came back", "staff", "order:1", "refund:1:returned")]),
    ]
    for step in steps:
        step()
        session.commit()
        assert list_drifts(session) == []
    stock = find_stock(session, [first, second])
    assert [(stock[each].on_hand, stock[each].reserved) for each in (first, second)] == [(20, 0), (7, 0)]


@pytest.mark.parametrize(
    ("on_hand", "reserved"), [(11, 0), (9, 0), (10, 1)], ids=["too many", "too few", "held by nobody"]
)
def test_a_count_changed_past_the_ledger_is_found(session: Session, on_hand: int, reserved: int) -> None:
    add_stocked_variant(session, 4)
    variant_id = add_stocked_variant(session, 10)
    session.execute(
        update(StockItem).where(StockItem.variant_id == variant_id).values(on_hand=on_hand, reserved=reserved)
    )
    assert list_drifts(session) == [Drift(variant_id, on_hand, reserved, 10, 0)]


def test_a_count_without_any_movement_is_found(session: Session) -> None:
    variant_id = add_stocked_variant(session, 0)
    session.execute(update(StockItem).where(StockItem.variant_id == variant_id).values(on_hand=2))
    assert list_drifts(session) == [Drift(variant_id, 2, 0, 0, 0)]


def test_a_movement_that_is_missing_is_found(session: Session) -> None:
    variant_id = add_stocked_variant(session, 10)
    with unguarded(session.connection()):
        session.execute(text("DELETE FROM stock_movements"))
    assert list_drifts(session) == [Drift(variant_id, 10, 0, 0, 0)]


@pytest.mark.parametrize(
    "change",
    [
        "on_hand = -1",
        "on_hand = -1, reserved = -1",
        "reserved = -1",
        "reserved = on_hand + 1",
        "on_hand = reserved - 1",
    ],
)
def test_the_database_itself_refuses_counts_that_cannot_be(
    session: Session, engine: Engine, change: str
) -> None:
    variant_id = add_stocked_variant(session, 10)
    reserve(session, {variant_id: 4}, source="order:1")
    session.commit()
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text(f"UPDATE stock_items SET {change}"))  # noqa: S608 (words of this file)
    item = find_stock(session, [variant_id])[variant_id]
    assert (item.on_hand, item.reserved) == (10, 4)


def test_the_database_itself_refuses_a_movement_twice(session: Session, engine: Engine) -> None:
    add_stocked_variant(session, 10)
    columns = "variant_id, kind, on_hand_change, reserved_change, reason, actor, source, key, created_at"
    again = f"INSERT INTO stock_movements ({columns}) SELECT {columns} FROM stock_movements"  # noqa: S608
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text(again))


def test_the_database_itself_refuses_an_unknown_kind_of_movement(session: Session, engine: Engine) -> None:
    add_stocked_variant(session, 10)
    with pytest.raises(IntegrityError), engine.begin() as connection, unguarded(connection):
        connection.execute(text("UPDATE stock_movements SET kind = 'vanished'"))
