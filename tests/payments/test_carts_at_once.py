"""One cart in several windows: every click counts, and none breaks another."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.cart.models import CartItem
from tests.buyer import Buyer
from tests.payments.crowd import all_at_once

SKU = "FR-DRF-30-TEA"
OTHER_SKU = "ST-FLT-MD"
CLICKS = 8


@pytest.fixture
def windows(quiet_shop: str, quiet_buyer: Buyer) -> Iterator[list[Buyer]]:
    """Many windows of a browser that has a cart already."""
    assert quiet_buyer.add(OTHER_SKU).status_code == 303
    windows = [Buyer(quiet_shop) for _ in range(CLICKS)]
    for window in windows:
        window.http.cookies.update(quiet_buyer.http.cookies)
    yield windows
    for window in windows:
        window.close()


def count_in_carts(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.sum(CartItem.quantity))) or 0


def test_every_click_on_add_counts(windows: list[Buyer], shop_session: Session) -> None:
    answers = all_at_once(windows, lambda window: window.add(SKU))
    assert [answer.status_code for answer in answers] == [303] * CLICKS
    assert count_in_carts(shop_session) == CLICKS + 1


def test_adding_and_removing_at_once_breaks_nothing(windows: list[Buyer], shop_session: Session) -> None:
    item_id = shop_session.scalars(select(CartItem.id)).one()

    def act(number: int) -> int:
        if number % 2:
            return windows[number].post(f"/cart/items/{item_id}/remove", {}).status_code
        return windows[number].add(OTHER_SKU).status_code

    assert set(all_at_once(range(CLICKS), act)) == {303}
