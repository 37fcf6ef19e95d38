"""Holding stock, giving it back and taking it out."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.inventory.models import MovementKind, Reservation, ReservationState, StockMovement
from app.inventory.queries import find_stock, list_active_reservations, list_drifts, list_movements
from app.inventory.services import InsufficientStock, Shortage, can_reserve, consume, release, reserve
from app.session import write_transaction
from tests.inventory.stocked import add_stocked_variant, deliver

KEY_OF_A_SALE = "order:1"


def counts(session: Session, variant_id: int) -> tuple[int, int]:
    item = find_stock(session, [variant_id])[variant_id]
    return item.on_hand, item.reserved


def states(session: Session) -> set[ReservationState]:
    return set(session.scalars(select(Reservation.state).execution_options(populate_existing=True)))


def test_holds_every_line(session: Session) -> None:
    first, second = add_stocked_variant(session, 10), add_stocked_variant(session, 3)
    reserve(session, {second: 3, first: 4}, source=KEY_OF_A_SALE)
    assert (counts(session, first), counts(session, second)) == ((10, 4), (3, 3))
    held = list_active_reservations(session, KEY_OF_A_SALE)
    assert [(each.variant_id, each.quantity) for each in held] == [(first, 4), (second, 3)]


def test_holds_nothing_when_one_line_is_short_and_names_every_shortage(session: Session) -> None:
    plenty, few, none = (add_stocked_variant(session, quantity) for quantity in (10, 2, 0))
    with pytest.raises(InsufficientStock) as refusal, write_transaction(session):
        reserve(session, {plenty: 4, few: 3, none: 1}, source=KEY_OF_A_SALE)
    assert refusal.value.shortages == [Shortage(few, 3, 2), Shortage(none, 1, 0)]
    assert [counts(session, each) for each in (plenty, few, none)] == [(10, 0), (2, 0), (0, 0)]
    assert list_active_reservations(session, KEY_OF_A_SALE) == []
    assert [move.kind for move in list_movements(session, plenty)] == [MovementKind.RECEIVED]


def test_a_variant_without_a_count_is_short(session: Session) -> None:
    variant_id = add_stocked_variant(session, 1)
    unknown = variant_id + 1000
    with pytest.raises(InsufficientStock) as refusal:
        reserve(session, {unknown: 1}, source=KEY_OF_A_SALE)
    assert refusal.value.shortages == [Shortage(unknown, 1, 0)]
    assert not can_reserve(session, {unknown: 1})


def test_what_is_held_cannot_be_held_again(session: Session) -> None:
    variant_id = add_stocked_variant(session, 5)
    reserve(session, {variant_id: 3}, source="order:1")
    assert can_reserve(session, {variant_id: 2})
    assert not can_reserve(session, {variant_id: 3})
    with pytest.raises(InsufficientStock) as refusal:
        reserve(session, {variant_id: 3}, source="order:2")
    assert refusal.value.shortages == [Shortage(variant_id, 3, 2)]


@pytest.mark.parametrize("quantity", [0, -1])
def test_refuses_to_hold_less_than_one_unit(session: Session, quantity: int) -> None:
    variant_id = add_stocked_variant(session, 5)
    reserve(session, {variant_id: 3}, source="order:1")
    session.commit()
    with pytest.raises((IntegrityError, ValueError)), write_transaction(session):
        reserve(session, {variant_id: quantity}, source="order:2")
    assert counts(session, variant_id) == (5, 3)


def test_the_same_source_holds_once(session: Session) -> None:
    variant_id = add_stocked_variant(session, 5)
    reserve(session, {variant_id: 1}, source=KEY_OF_A_SALE)
    session.commit()
    with pytest.raises(IntegrityError), write_transaction(session):
        reserve(session, {variant_id: 1}, source=KEY_OF_A_SALE)
    assert counts(session, variant_id) == (5, 1)


def test_giving_back_twice_changes_nothing_more(session: Session) -> None:
    variant_id = add_stocked_variant(session, 5)
    reserve(session, {variant_id: 3}, source="order:1")
    reserve(session, {variant_id: 1}, source="order:2")
    for _ in range(2):
        release(session, source="order:1")
        assert counts(session, variant_id) == (5, 1)
    assert [move.kind for move in list_movements(session, variant_id)].count(MovementKind.RELEASED) == 1
    assert states(session) == {ReservationState.ACTIVE, ReservationState.RELEASED}


def test_taking_out_twice_changes_nothing_more(session: Session) -> None:
    variant_id = add_stocked_variant(session, 5)
    reserve(session, {variant_id: 3}, source="order:1")
    reserve(session, {variant_id: 1}, source="order:2")
    for _ in range(2):
        consume(session, source="order:1")
        assert counts(session, variant_id) == (2, 1)
    assert [move.kind for move in list_movements(session, variant_id)].count(MovementKind.CONSUMED) == 1
    assert states(session) == {ReservationState.ACTIVE, ReservationState.CONSUMED}


def test_what_was_given_back_is_not_taken_out_and_the_other_way_round(session: Session) -> None:
    variant_id = add_stocked_variant(session, 5)
    reserve(session, {variant_id: 2}, source="order:1")
    reserve(session, {variant_id: 1}, source="order:2")
    release(session, source="order:1")
    consume(session, source="order:1")
    consume(session, source="order:2")
    release(session, source="order:2")
    assert counts(session, variant_id) == (4, 0)
    assert list_drifts(session) == []


def test_a_source_that_holds_nothing_changes_nothing(session: Session) -> None:
    variant_id = add_stocked_variant(session, 5)
    release(session, source="nobody")
    consume(session, source="nobody")
    assert counts(session, variant_id) == (5, 0)


def test_a_delivery_counts_once(session: Session) -> None:
    variant_id = add_stocked_variant(session, 0)
    deliver(session, variant_id, 4, key="delivery:1")
    session.commit()
    with pytest.raises(IntegrityError), write_transaction(session):
        deliver(session, variant_id, 4, key="delivery:1")
    assert counts(session, variant_id) == (4, 0)


@pytest.mark.parametrize("quantity", [0, -3])
def test_a_delivery_has_at_least_one_unit(session: Session, quantity: int) -> None:
    variant_id = add_stocked_variant(session, 5)
    with pytest.raises(ValueError, match="at least one unit"):
        deliver(session, variant_id, quantity, key="delivery:1")
    assert counts(session, variant_id) == (5, 0)


def test_every_movement_says_who_why_and_for_what(session: Session) -> None:
    variant_id = add_stocked_variant(session, 5)
    reserve(session, {variant_id: 2}, source=KEY_OF_A_SALE)
    consume(session, source=KEY_OF_A_SALE)
    told = [
        (move.kind, move.on_hand_change, move.reserved_change, move.actor, move.source, move.reason)
        for move in list_movements(session, variant_id)
    ]
    assert told == [
        (MovementKind.RECEIVED, 5, 0, "staff", "delivery", "delivery"),
        (MovementKind.RESERVED, 0, 2, "shop", KEY_OF_A_SALE, "reserved"),
        (MovementKind.CONSUMED, -2, -2, "shop", KEY_OF_A_SALE, "consumed"),
    ]


def test_an_undone_transaction_leaves_no_movement(session: Session, engine: Engine) -> None:
    variant_id = add_stocked_variant(session, 5)
    reserve(session, {variant_id: 2}, source=KEY_OF_A_SALE)
    session.rollback()
    with Session(engine) as other:
        assert counts(other, variant_id) == (5, 0)
        assert other.scalars(select(StockMovement.source)).all() == ["delivery"]
