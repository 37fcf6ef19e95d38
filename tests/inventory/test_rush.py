"""Many buyers at the same moment: never more sold than there is, and nobody waits in a circle."""

import random

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.inventory.models import MovementKind, StockItem
from app.inventory.queries import find_stock, list_drifts, list_movements
from app.inventory.services import consume, release, reserve
from tests.inventory.stocked import add_stocked_variant, crowd

BUYERS = 40
UNITS = 10


@pytest.fixture
def variant_id(session: Session) -> int:
    return add_stocked_variant(session, UNITS, low_threshold=3)


def stock(session: Session, variant_id: int) -> StockItem:
    session.rollback()
    return find_stock(session, [variant_id])[variant_id]


def test_forty_buyers_of_ten_units_get_ten(engine: Engine, session: Session, variant_id: int) -> None:
    with crowd(engine, BUYERS) as act:
        answers = act(lambda buyer, number: reserve(buyer, {variant_id: 1}, source=f"order:{number}"))
    assert sorted(answers) == [""] * UNITS + ["InsufficientStock"] * (BUYERS - UNITS)
    item = stock(session, variant_id)
    assert (item.on_hand, item.reserved) == (UNITS, UNITS)
    kinds = [move.kind for move in list_movements(session, variant_id)]
    assert kinds.count(MovementKind.RESERVED) == UNITS
    assert list_drifts(session) == []


def test_forty_buyers_who_pay_at_once_empty_the_shelf_exactly(
    engine: Engine, session: Session, variant_id: int
) -> None:
    def buy(buyer: Session, number: int) -> None:
        reserve(buyer, {variant_id: 1}, source=f"order:{number}")
        consume(buyer, source=f"order:{number}")

    with crowd(engine, BUYERS) as act:
        assert act(buy).count("") == UNITS
    item = stock(session, variant_id)
    assert (item.on_hand, item.reserved) == (0, 0)
    assert list_drifts(session) == []


def test_buyers_of_different_quantities_are_never_given_more_than_there_is(
    engine: Engine, session: Session, variant_id: int
) -> None:
    with crowd(engine, BUYERS) as act:
        answers = act(
            lambda buyer, number: reserve(buyer, {variant_id: 1 + number % 4}, source=f"order:{number}")
        )
    given = sum(1 + number % 4 for number, answer in enumerate(answers) if not answer)
    assert given == stock(session, variant_id).reserved <= UNITS
    assert set(answers) == {"", "InsufficientStock"}
    # Whoever wanted a single unit was refused only when none was left.
    assert given == UNITS
    assert list_drifts(session) == []


def test_one_hold_that_forty_end_at_once_ends_once(engine: Engine, session: Session, variant_id: int) -> None:
    reserve(session, {variant_id: 4}, source="order:1")
    session.commit()
    with crowd(engine, BUYERS) as act:
        answers = act(
            lambda buyer, number: (
                consume(buyer, source="order:1") if number % 2 else release(buyer, source="order:1")
            )
        )
    assert answers == [""] * BUYERS
    item = stock(session, variant_id)
    assert (item.on_hand, item.reserved) in {(UNITS, 0), (UNITS - 4, 0)}
    assert len(list_movements(session, variant_id)) == 3
    assert list_drifts(session) == []


def test_orders_of_the_same_things_in_any_order_never_lock_each_other_out(
    engine: Engine, session: Session
) -> None:
    # Thresholds of all heights, so that every order changes some word and the shared content version too.
    variants = [add_stocked_variant(session, 300, low_threshold=300 - 7 * number) for number in range(6)]
    orders = [random.sample(variants, len(variants)) for _ in range(50)]

    def buy(buyer: Session, number: int) -> None:
        reserve(buyer, dict.fromkeys(orders[number], 3), source=f"order:{number}")
        if number % 3 == 0:
            release(buyer, source=f"order:{number}")
        elif number % 3 == 1:
            consume(buyer, source=f"order:{number}")

    with crowd(engine, len(orders)) as act:
        assert act(buy) == [""] * len(orders)
    taken, held = 3 * len(range(1, 50, 3)), 3 * len(range(2, 50, 3))
    assert [(stock(session, each).on_hand, stock(session, each).reserved) for each in variants] == [
        (300 - taken, held)
    ] * 6
    assert list_drifts(session) == []
