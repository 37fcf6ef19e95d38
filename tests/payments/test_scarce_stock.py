"""Many buyers and few units: nobody is sold what is not there, and nobody loses what they typed."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.queries import find_variant
from app.inventory.models import MovementKind, Reservation
from app.inventory.services import reserve
from app.orders.models import Order
from app.orders.status import PaymentStatus
from app.payments.models import Payment
from app.session import write_transaction
from tests.buyer import ADDRESS, Buyer, hidden, payment_status
from tests.payments.books import only_order
from tests.payments.crowd import all_at_once
from tests.stock import assert_ledger_is_right, movements_of, stock_of

SKU = "FR-DRF-30-TEA"
OTHER_SKU = "FR-DRF-45-TEA"
LEFT = 10
CROWD = 40


@pytest.fixture
def last_ten(shop_session: Session) -> int:
    """Leave ten units of the SKU; returns how many others hold."""
    return leave(shop_session, SKU, LEFT)


@pytest.fixture
def crowd(live_shop: str) -> Iterator[list[Buyer]]:
    """Many shoppers, each with a browser of their own."""
    buyers = [Buyer(live_shop) for _ in range(CROWD)]
    yield buyers
    for buyer in buyers:
        buyer.close()


def leave(session: Session, sku: str, left: int) -> int:
    variant = find_variant(session, sku)
    assert variant is not None
    on_hand, _ = stock_of(session, sku)
    with write_transaction(session):
        reserve(session, {variant.id: on_hand - left}, source=f"others:{sku}")
    return on_hand - left


def filled_form(buyer: Buyer, number: int = 0) -> dict[str, str]:
    token = hidden(buyer.get("/checkout").text, "csrf_token")
    return {
        **ADDRESS,
        "name": f"Buyer number {number}",
        "delivery_method": "express",
        "acknowledge_cautions": "y",
        "csrf_token": token,
    }


def send_all_at_once(buyers: list[Buyer]) -> list[requests.Response]:
    forms = [filled_form(buyer, number) for number, buyer in enumerate(buyers)]
    return all_at_once(range(len(buyers)), lambda number: buyers[number].post("/checkout", forms[number]))


def test_forty_buyers_of_the_last_ten_units(
    crowd: list[Buyer], last_ten: int, shop_session: Session, simulator: str
) -> None:
    for buyer in crowd:
        assert buyer.add(SKU).status_code == 303
    answers = send_all_at_once(crowd)
    assert sorted(answer.status_code for answer in answers) == [303] * LEFT + [422] * (CROWD - LEFT)
    pages = {answer.headers["Location"] for answer in answers if answer.status_code == 303}
    assert len(pages) == LEFT
    assert {urlsplit(page).netloc for page in pages} == {urlsplit(simulator).netloc}
    assert stock_of(shop_session, SKU)[1] == last_ten + LEFT
    assert movements_of(shop_session, SKU)[1:] == [(MovementKind.RESERVED, 0, 1)] * LEFT
    assert_ledger_is_right(shop_session)
    for number, (buyer, answer) in enumerate(zip(crowd, answers, strict=True)):
        if answer.status_code == 422:
            assert "sold out" in answer.text
            assert f'value="Buyer number {number}"' in answer.text
            assert re.search(r'value="express"\s+checked', answer.text)
        assert f'data-sku="{SKU}"' in buyer.get("/cart").text


def test_those_who_got_a_page_pay_and_nothing_is_left(
    crowd: list[Buyer], last_ten: int, shop_session: Session
) -> None:
    for buyer in crowd[: LEFT + 2]:
        buyer.add(SKU)
    answers = send_all_at_once(crowd[: LEFT + 2])
    paying = [
        (buyer, answer.headers["Location"])
        for buyer, answer in zip(crowd, answers, strict=False)
        if answer.status_code == 303
    ]
    assert len(paying) == LEFT
    orders = all_at_once(paying, lambda each: each[0].come_back(each[0].pay(each[1])))
    assert {payment_status(order.text) for order in orders} == {"paid"}
    assert stock_of(shop_session, SKU) == (last_ten, last_ten)
    assert crowd[LEFT + 3].add(SKU).status_code == 422
    assert_ledger_is_right(shop_session)


def test_a_cart_of_which_one_line_is_short_holds_nothing(
    crowd: list[Buyer], last_ten: int, shop_session: Session
) -> None:
    held = leave(shop_session, OTHER_SKU, 3)
    buyers = crowd[:8]
    for number, buyer in enumerate(buyers):
        # In both orders, so that buyers who lock rows as they come would wait for each other in a circle.
        for sku in (SKU, OTHER_SKU)[:: 1 if number % 2 else -1]:
            assert buyer.add(sku).status_code == 303
    answers = send_all_at_once(buyers)
    assert sorted(answer.status_code for answer in answers) == [303] * 3 + [422] * 5
    assert stock_of(shop_session, SKU)[1] == last_ten + 3
    assert stock_of(shop_session, OTHER_SKU)[1] == held + 3
    assert_ledger_is_right(shop_session)


def test_a_double_click_opens_one_page_and_holds_the_stock_once(
    live_shop: str, buyer: Buyer, last_ten: int, shop_session: Session
) -> None:
    buyer.add(SKU, 2)
    form = filled_form(buyer)
    windows = [Buyer(live_shop) for _ in range(8)]
    for window in windows:
        window.http.cookies.update(buyer.http.cookies)
    answers = all_at_once(windows, lambda window: window.post("/checkout", form))
    for window in windows:
        window.close()
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert only_order(shop_session).payment_status is PaymentStatus.OPEN
    assert stock_of(shop_session, SKU)[1] == last_ten + 2
    assert movements_of(shop_session, SKU)[1:] == [(MovementKind.RESERVED, 0, 2)]
    assert shop_session.scalar(select(func.count()).select_from(Payment)) == 1
    assert_ledger_is_right(shop_session)


def test_windows_that_disagree_leave_one_order_open(
    live_shop: str, buyer: Buyer, last_ten: int, shop_session: Session
) -> None:
    buyer.add(SKU, 2)
    forms = [{**filled_form(buyer), "name": f"Window {number}"} for number in range(4)]
    windows = [Buyer(live_shop) for _ in forms]
    for window in windows:
        window.http.cookies.update(buyer.http.cookies)
    answers = all_at_once(range(4), lambda number: windows[number].post("/checkout", forms[number]))
    for window in windows:
        window.close()
    assert {answer.status_code for answer in answers} <= {303, 503}
    statuses = list(shop_session.scalars(select(Order.payment_status)))
    assert statuses.count(PaymentStatus.OPEN) == 1
    assert set(statuses) <= {PaymentStatus.OPEN, PaymentStatus.EXPIRED}
    assert stock_of(shop_session, SKU)[1] == last_ten + 2
    active = select(func.sum(Reservation.quantity)).where(Reservation.ended_at.is_(None))
    assert shop_session.scalar(active) == last_ten + 2
    assert_ledger_is_right(shop_session)


def test_whoever_holds_the_last_units_finds_them_in_the_cart_and_pays_on_the_same_page(
    buyer: Buyer, shop_session: Session
) -> None:
    leave(shop_session, SKU, 2)
    buyer.add(SKU, 2)
    page = buyer.open_payment_page()
    cart = buyer.get("/cart").text
    assert 'data-availability="out"' not in cart
    assert "sold out" not in cart
    assert buyer.open_payment_page() == page
    assert buyer.add(SKU).status_code == 422
    assert stock_of(shop_session, SKU)[0] - stock_of(shop_session, SKU)[1] == 0


def test_a_hold_of_another_shopper_stays_another_shoppers(crowd: list[Buyer], shop_session: Session) -> None:
    leave(shop_session, SKU, 2)
    first, second = crowd[:2]
    second.add(SKU, 2)
    first.add(SKU, 2)
    first.open_payment_page()
    assert "sold out" in second.get("/cart").text
    assert second.checkout().status_code == 422
