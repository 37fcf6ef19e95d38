"""From the cart to a paid order, and back again when it is not paid."""

import time

import requests
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.inventory.models import MovementKind
from app.orders.models import Order
from app.orders.status import PaymentStatus
from tests.buyer import DECLINED, Buyer, order_code, payment_status
from tests.stock import assert_ledger_is_right, movements_of, stock_of

SKU = "FR-DRF-30-TEA"


def orders(session: Session) -> list[Order]:
    session.rollback()
    session.expire_all()
    return list(session.scalars(select(Order).order_by(Order.id)))


def wait_for_status(session: Session, status: PaymentStatus) -> None:
    deadline = time.monotonic() + 10
    while [order.payment_status for order in orders(session)] != [status]:
        assert time.monotonic() < deadline, "the webhook did not arrive"
        time.sleep(0.05)


def test_a_paid_order_takes_the_goods_out_of_stock(buyer: Buyer, shop_session: Session) -> None:
    on_hand, _ = stock_of(shop_session, SKU)
    buyer.add(SKU, 2)
    page = buyer.open_payment_page()
    assert stock_of(shop_session, SKU) == (on_hand, 2)
    order_page = buyer.come_back(buyer.pay(page))
    assert payment_status(order_page.text) == "paid"
    assert stock_of(shop_session, SKU) == (on_hand - 2, 0)
    assert movements_of(shop_session, SKU) == [
        (MovementKind.RESERVED, 0, 2),
        (MovementKind.CONSUMED, -2, -2),
    ]
    assert_ledger_is_right(shop_session)


def test_the_webhook_alone_pays_an_order_whose_buyer_never_comes_back(
    buyer: Buyer, shop_session: Session
) -> None:
    buyer.add(SKU)
    assert buyer.pay(buyer.open_payment_page()).status_code == 303
    wait_for_status(shop_session, PaymentStatus.PAID)
    assert buyer.get("/cart").text.count("data-sku") == 0


def test_what_was_paid_leaves_the_cart_and_what_was_added_since_stays(buyer: Buyer) -> None:
    buyer.add(SKU, 2)
    page = buyer.open_payment_page()
    buyer.add(SKU, 1)
    buyer.add("ST-FLT-MD", 1)
    buyer.come_back(buyer.pay(page))
    cart = buyer.get("/cart").text
    assert 'data-sku="ST-FLT-MD"' in cart
    assert f'data-sku="{SKU}"' in cart
    assert "2 items" in cart


def test_a_declined_card_leaves_cart_and_order_waiting(buyer: Buyer, shop_session: Session) -> None:
    buyer.add(SKU)
    page = buyer.open_payment_page()
    answer = buyer.pay(page, DECLINED)
    assert answer.status_code != 303
    assert "declined" in answer.text
    assert [order.payment_status for order in orders(shop_session)] == [PaymentStatus.OPEN]
    assert f'data-sku="{SKU}"' in buyer.get("/cart").text
    assert payment_status(buyer.come_back(buyer.pay(page)).text) == "paid"


def test_going_back_from_the_payment_page_frees_the_stock_and_keeps_the_cart(
    buyer: Buyer, shop_session: Session
) -> None:
    on_hand, _ = stock_of(shop_session, SKU)
    buyer.add(SKU)
    page = buyer.open_payment_page()
    buyer.pay(page, DECLINED)
    cart = buyer.get(link_back(buyer.get(page)))
    assert "nothing was charged" in cart.text
    assert f'data-sku="{SKU}"' in cart.text
    assert stock_of(shop_session, SKU) == (on_hand, 0)
    assert [order.payment_status for order in orders(shop_session)] == [PaymentStatus.EXPIRED]
    assert buyer.pay(page).status_code != 303, "a closed payment page takes no money"
    assert_ledger_is_right(shop_session)


def test_an_expired_payment_page_frees_the_stock_and_keeps_the_cart(
    buyer: Buyer, shop_session: Session, simulator: str
) -> None:
    on_hand, _ = stock_of(shop_session, SKU)
    buyer.add(SKU)
    page = buyer.open_payment_page()
    session_id = page.rsplit("/", 1)[1]
    requests.post(f"{simulator}/dev/sessions/{session_id}/expire", timeout=10)
    wait_for_status(shop_session, PaymentStatus.EXPIRED)
    assert stock_of(shop_session, SKU) == (on_hand, 0)
    assert f'data-sku="{SKU}"' in buyer.get("/cart").text
    assert_ledger_is_right(shop_session)


def test_paying_the_same_cart_again_uses_the_open_page(buyer: Buyer, shop_session: Session) -> None:
    buyer.add(SKU)
    assert buyer.open_payment_page() == buyer.open_payment_page()
    assert len(orders(shop_session)) == 1


def test_paying_a_changed_cart_closes_the_earlier_page(buyer: Buyer, shop_session: Session) -> None:
    on_hand, _ = stock_of(shop_session, SKU)
    buyer.add(SKU)
    first = buyer.open_payment_page()
    buyer.add(SKU, 2)
    second = buyer.open_payment_page()
    assert first != second
    assert [order.payment_status for order in orders(shop_session)] == [
        PaymentStatus.EXPIRED,
        PaymentStatus.OPEN,
    ]
    assert stock_of(shop_session, SKU) == (on_hand, 3)
    assert buyer.pay(first).status_code != 303


def test_an_order_is_seen_only_with_its_own_link(buyer: Buyer, live_shop: str) -> None:
    buyer.add(SKU)
    order = buyer.come_back(buyer.pay(buyer.open_payment_page()))
    code = order_code(order.text)
    stranger = Buyer(live_shop)
    assert stranger.get(f"/orders/{code}").status_code == 404
    assert stranger.get(f"/orders/{code}?token=x").status_code == 404
    assert stranger.get(order.url).status_code == 200
    stranger.close()


def test_the_return_page_shows_nobody_elses_order(buyer: Buyer, live_shop: str) -> None:
    buyer.add(SKU)
    answer = buyer.pay(buyer.open_payment_page())
    stranger = Buyer(live_shop)
    page = stranger.come_back(answer)
    assert page.status_code == 200
    assert "data-order-code" not in page.text
    assert "Maya" not in page.text
    assert stranger.get("/checkout/return?session_id=cs_test_nothing").status_code == 404
    stranger.close()


def test_the_totals_with_delivery_and_tax_stand_on_the_page_before_paying(buyer: Buyer) -> None:
    buyer.add(SKU)
    page = buyer.post("/checkout/summary", {"region": "California", "delivery_method": "express"}).text
    # $14.00, express $14.95, and 7.25 % of the goods: delivery is not taxed in California.
    for amount in ("$14.00", "$14.95", "$1.02", "$29.97"):
        assert amount in page


def test_tax_is_charged_where_the_shop_is_registered(buyer: Buyer) -> None:
    buyer.add(SKU)
    order = buyer.come_back(buyer.pay(buyer.open_payment_page(region="CA", postal_code="94110")))
    assert payment_status(order.text) == "paid"
    # $14.00 + $5.95 + $1.02
    assert "$20.97" in order.text


def link_back(page: requests.Response) -> str:
    before, found, after = page.text.partition('<a class="back" href="')
    assert found, before
    return after.split('"', 1)[0].replace("&amp;", "&")
