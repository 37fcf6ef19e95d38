"""Goods that come back, and what has been sold and returned for an order."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.catalog.content_version import ContentVersion
from app.inventory.models import MovementKind
from app.inventory.queries import count_consumed, count_returned, find_stock, list_drifts, list_movements
from app.inventory.services import Returned, consume, release, reserve, restock
from app.session import write_transaction
from tests.inventory.stocked import add_stocked_variant


def take_back(session: Session, variant_id: int, quantity: int, *, key: str, source: str = "order:1") -> None:
    restock(session, [Returned(variant_id, quantity, "came back", "staff", source, key)])


def sell(session: Session, wanted: dict[int, int], source: str) -> None:
    reserve(session, wanted, source=source)
    consume(session, source=source)


def test_what_comes_back_can_be_sold_again_and_says_why(session: Session) -> None:
    variant_id = add_stocked_variant(session, 5)
    sell(session, {variant_id: 3}, "order:1")
    take_back(session, variant_id, 2, key="refund:1")
    item = find_stock(session, [variant_id])[variant_id]
    assert (item.on_hand, item.reserved) == (4, 0)
    last = list_movements(session, variant_id)[-1]
    assert (last.kind, last.on_hand_change, last.reserved_change) == (MovementKind.RETURNED, 2, 0)
    assert (last.reason, last.actor, last.source) == ("came back", "staff", "order:1")
    assert list_drifts(session) == []


def test_the_same_return_counts_once(session: Session) -> None:
    variant_id = add_stocked_variant(session, 5)
    take_back(session, variant_id, 1, key="refund:1")
    session.commit()
    with pytest.raises(IntegrityError), write_transaction(session):
        take_back(session, variant_id, 1, key="refund:1")
    assert find_stock(session, [variant_id])[variant_id].on_hand == 6


@pytest.mark.parametrize("quantity", [0, -2])
def test_at_least_one_unit_comes_back(session: Session, quantity: int) -> None:
    variant_id = add_stocked_variant(session, 5)
    with pytest.raises(ValueError, match="at least one unit"):
        take_back(session, variant_id, quantity, key="refund:1")
    assert len(list_movements(session, variant_id)) == 1


def test_a_return_that_ends_a_shortage_is_news_for_the_pages(session: Session) -> None:
    variant_id = add_stocked_variant(session, 1, low_threshold=0)
    sell(session, {variant_id: 1}, "order:1")
    before = session.scalars(select(ContentVersion.number)).one()
    take_back(session, variant_id, 1, key="refund:1")
    assert session.scalars(select(ContentVersion.number)).one() == before + 1


def test_counts_what_was_sold_and_came_back_for_some_orders_only(session: Session) -> None:
    first, second = add_stocked_variant(session, 20), add_stocked_variant(session, 20)
    sell(session, {first: 3, second: 1}, "order:1")
    sell(session, {first: 2}, "order:1:late")
    sell(session, {first: 7}, "order:2")
    reserve(session, {second: 4}, source="order:3")
    release(session, source="order:3")
    take_back(session, first, 1, key="refund:1")
    take_back(session, first, 1, key="refund:2")
    take_back(session, first, 5, key="refund:3", source="order:2")
    assert count_consumed(session, ("order:1", "order:1:late")) == {first: 5, second: 1}
    assert count_consumed(session, ("order:3",)) == {}
    assert count_returned(session, ("order:1", "order:1:late")) == {first: 2}
    assert count_returned(session, ("order:3",)) == {}
