"""The stock in one word, and when that word is news for public pages."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.catalog.queries import content_version
from app.inventory.models import Availability, StockItem
from app.inventory.queries import find_stock
from app.inventory.services import InsufficientStock, consume, release, reserve
from app.session import write_transaction
from tests.inventory.stocked import add_stocked_variant, deliver

OUT, LOW, IN_STOCK = Availability.OUT, Availability.LOW, Availability.IN_STOCK


@pytest.mark.parametrize(
    ("on_hand", "reserved", "low_threshold", "word"),
    [
        (0, 0, 5, OUT),
        (3, 3, 5, OUT),
        (1, 0, 5, LOW),
        (5, 0, 5, LOW),
        (9, 4, 5, LOW),
        (6, 0, 5, IN_STOCK),
        (1, 0, 0, IN_STOCK),
        (0, 0, 0, OUT),
    ],
)
def test_availability_is_one_word(
    on_hand: int, reserved: int, low_threshold: int, word: Availability
) -> None:
    item = StockItem(on_hand=on_hand, reserved=reserved, low_threshold=low_threshold)
    assert item.availability is word
    assert item.available == on_hand - reserved


def news_of(session: Session, change: Callable[[], None]) -> int:
    """Return by how much a change moves the content version."""
    before = content_version(session)
    change()
    session.commit()
    return content_version(session) - before


@pytest.mark.parametrize(
    ("on_hand", "asked", "word", "news"),
    [
        (20, 1, IN_STOCK, 0),
        (20, 14, IN_STOCK, 0),
        (20, 15, LOW, 1),
        (20, 20, OUT, 1),
        (5, 1, LOW, 0),
        (5, 4, LOW, 0),
        (5, 5, OUT, 1),
    ],
)
def test_only_a_change_of_the_word_is_news(
    session: Session, on_hand: int, asked: int, word: Availability, news: int
) -> None:
    variant_id = add_stocked_variant(session, on_hand)
    assert news_of(session, lambda: reserve(session, {variant_id: asked}, source="order:1")) == news
    assert find_stock(session, [variant_id])[variant_id].availability is word
    # Taking out what was held changes nothing that a shopper sees.
    assert news_of(session, lambda: consume(session, source="order:1")) == 0


@pytest.mark.parametrize(("held", "news"), [(1, 0), (15, 1), (20, 1)])
def test_giving_back_is_news_when_the_word_changes_back(session: Session, held: int, news: int) -> None:
    variant_id = add_stocked_variant(session, 20)
    reserve(session, {variant_id: held}, source="order:1")
    session.commit()
    assert news_of(session, lambda: release(session, source="order:1")) == news


@pytest.mark.parametrize(("on_hand", "delivered", "news"), [(0, 1, 1), (1, 4, 0), (1, 5, 1), (6, 100, 0)])
def test_a_delivery_is_news_when_the_word_changes(
    session: Session, on_hand: int, delivered: int, news: int
) -> None:
    variant_id = add_stocked_variant(session, on_hand)
    assert news_of(session, lambda: deliver(session, variant_id, delivered, key="delivery:1")) == news


def test_several_lines_are_one_piece_of_news(session: Session) -> None:
    first, second = add_stocked_variant(session, 2), add_stocked_variant(session, 2)
    assert news_of(session, lambda: reserve(session, {first: 2, second: 2}, source="order:1")) == 1


def test_a_refused_order_is_no_news(session: Session) -> None:
    first, second = add_stocked_variant(session, 2), add_stocked_variant(session, 2)
    before = content_version(session)
    with pytest.raises(InsufficientStock), write_transaction(session):
        reserve(session, {first: 2, second: 3}, source="order:1")
    assert content_version(session) == before
