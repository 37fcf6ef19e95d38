"""Whatever is sent to the cart, it answers with a page that helps, and holds only what can be bought."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.cart.models import Cart, CartItem
from app.catalog.models import Variant
from app.inventory.models import StockItem
from tests.storefront.reader import Tags

SKU = "FR-DRF-30-TEA"
BAD_QUANTITIES = [
    "0", "-1", "100", "1000000", "abc", "", "   ", "1.5", "1,5", "1e1", "0x1", "+1", "٣", "²", "½",
    "\N{FULLWIDTH DIGIT ONE}", "NaN", "1 1", "1;DROP TABLE carts", "🦊", "9" * 20, "9" * 5000, "<b>1</b>",
]  # fmt: skip
BAD_SKUS = [
    "",
    " ",
    "NO-SUCH-SKU",
    "x" * 41,
    "x" * 10_000,
    "🦊",
    "' OR 1=1 --",
    SKU.lower(),
    "../../etc",
    "%00",
]
NO_QUANTITY = "Please give a whole number from 1 to 99."
NO_PRODUCT = "We do not sell anything under that number."
BROKEN_COOKIES = [
    "",
    "x",
    "../../etc/passwd",
    "a" * 5000,
    "%00",
    "' OR 1=1 --",
    '"',
    "é",
    "a b",
    "-" * 24,
    "=;=",
]


def add(client: FlaskClient, sku: str = SKU, quantity: str = "1") -> TestResponse:
    return client.post("/cart/items", data={"sku": sku, "quantity": quantity})


def in_cart(session: Session) -> list[tuple[str, int]]:
    session.rollback()
    query = select(Variant.sku, CartItem.quantity).join(Variant, Variant.id == CartItem.variant_id)
    return [(row.sku, row.quantity) for row in session.execute(query)]


def only_item_id(session: Session) -> int:
    session.rollback()
    return session.scalars(select(CartItem.id)).one()


def sold_out_sku(session: Session) -> str:
    query = (
        select(Variant.sku).join(StockItem, StockItem.variant_id == Variant.id).where(StockItem.on_hand == 0)
    )
    return session.scalars(query.order_by(Variant.id)).first() or ""


def test_refuses_to_add_a_quantity_that_is_none(shop_client: FlaskClient, shop_session: Session) -> None:
    for quantity in BAD_QUANTITIES:
        answer = add(shop_client, quantity=quantity)
        tags = Tags(answer.get_data(as_text=True))
        assert (answer.status_code, NO_QUANTITY in answer.get_data(as_text=True)) == (422, True), quantity
        [field] = [each for each in tags.named("input") if each.get("name") == "quantity"]
        assert (field["value"], field["aria-describedby"]) == (quantity, "problem")
        assert [each for each in tags.having("id") if each["id"] == "problem"]
    assert in_cart(shop_session) == []


def test_refuses_to_change_to_a_quantity_that_is_none(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    add(shop_client, quantity="3")
    address = f"/cart/items/{only_item_id(shop_session)}"
    for quantity in BAD_QUANTITIES:
        answer = shop_client.post(address, data={"quantity": quantity})
        assert (answer.status_code, NO_QUANTITY in answer.get_data(as_text=True)) == (422, True), quantity
    assert in_cart(shop_session) == [(SKU, 3)]


def test_reads_a_quantity_with_room_around_it(shop_client: FlaskClient, shop_session: Session) -> None:
    for quantity in (" 2 ", "2\n", "002"):
        assert add(shop_client, quantity=quantity).status_code == 303
    assert in_cart(shop_session) == [(SKU, 6)]


def test_says_that_there_is_no_such_product(shop_client: FlaskClient, shop_session: Session) -> None:
    for sku in BAD_SKUS:
        answer = add(shop_client, sku)
        page = answer.get_data(as_text=True)
        assert (answer.status_code, NO_PRODUCT in page) == (422, True), sku
        [field] = [each for each in Tags(page).named("input") if each.get("name") == "sku"]
        assert field["value"] == sku
    assert in_cart(shop_session) == []


@pytest.mark.parametrize("options", [{"data": {}}, {"json": {"sku": SKU}}, {"data": b"\xff\xfe=\xff&&&=%zz"}])
def test_answers_a_form_without_fields(shop_client: FlaskClient, options: dict[str, object]) -> None:
    assert shop_client.post("/cart/items", **options).status_code == 422


def test_refuses_what_is_sold_out(shop_client: FlaskClient, shop_session: Session) -> None:
    answer = add(shop_client, sold_out_sku(shop_session))
    assert answer.status_code == 422
    assert "This is sold out at the moment." in answer.get_data(as_text=True)
    assert in_cart(shop_session) == []


def test_refuses_more_than_is_left(shop_client: FlaskClient, shop_session: Session) -> None:
    answer = add(shop_client, quantity="25")
    assert (answer.status_code, "We have 24 left." in answer.get_data(as_text=True)) == (422, True)
    assert add(shop_client, quantity="20").status_code == 303
    answer = add(shop_client, quantity="5")
    assert answer.status_code == 422
    assert "We have 24 left, and 20 of them in your cart already." in answer.get_data(as_text=True)
    answer = shop_client.post(f"/cart/items/{only_item_id(shop_session)}", data={"quantity": "25"})
    assert (answer.status_code, "We have 24 of" in answer.get_data(as_text=True)) == (422, True)
    assert in_cart(shop_session) == [(SKU, 20)]


def test_refuses_more_than_a_cart_holds_of_one_thing(shop_client: FlaskClient, shop_session: Session) -> None:
    add(shop_client, quantity="20")
    answer = add(shop_client, quantity="80")
    assert answer.status_code == 422
    assert "A cart holds at most 99 of one thing." in answer.get_data(as_text=True)
    assert in_cart(shop_session) == [(SKU, 20)]


def test_refuses_more_different_things_than_a_cart_holds(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    query = (
        select(Variant.sku).join(StockItem, StockItem.variant_id == Variant.id).where(StockItem.on_hand > 0)
    )
    skus = list(shop_session.scalars(query.order_by(Variant.id).limit(51)))
    assert {add(shop_client, sku).status_code for sku in skus[:50]} == {303}
    answer = add(shop_client, skus[50])
    assert answer.status_code == 422
    assert "A cart holds at most 50 different things." in answer.get_data(as_text=True)
    assert len(in_cart(shop_session)) == 50


def test_another_shoppers_line_is_out_of_reach(shop_client: FlaskClient, shop_session: Session) -> None:
    add(shop_client, quantity="3")
    item_id = only_item_id(shop_session)
    stranger = shop_client.application.test_client()
    assert stranger.post(f"/cart/items/{item_id}", data={"quantity": "1"}).status_code == 404
    assert stranger.post(f"/cart/items/{item_id}/remove").status_code == 404
    add(stranger, "ST-FLT-MD")
    assert stranger.post(f"/cart/items/{item_id}", data={"quantity": "1"}).status_code == 404
    stranger.post(f"/cart/items/{item_id}/remove")
    assert sorted(in_cart(shop_session)) == [(SKU, 3), ("ST-FLT-MD", 1)]


def test_a_line_that_does_not_exist_is_not_found(shop_client: FlaskClient) -> None:
    add(shop_client)
    for item_id in ("0", "-1", "x", "1.5", "99999999999999999999", "9" * 4000, "%ff"):
        assert shop_client.post(f"/cart/items/{item_id}", data={"quantity": "1"}).status_code == 404, item_id
    assert shop_client.post("/cart/items/%00", data={"quantity": "1"}).status_code == 400


def test_a_broken_cart_cookie_means_an_empty_cart(shop_client: FlaskClient, shop_session: Session) -> None:
    client = shop_client.application.test_client(use_cookies=False)
    for cookie in BROKEN_COOKIES:
        headers = {"Cookie": f"cart={cookie}".encode().decode("latin-1")}
        shown = client.get("/cart", headers=headers)
        assert (shown.status_code, "There is nothing in it yet" in shown.text) == (200, True), cookie
        assert client.get("/checkout", headers=headers).status_code == 303
        assert client.post("/checkout", headers=headers).status_code == 422
        assert client.post("/cart/items/1", data={"quantity": "1"}, headers=headers).status_code == 404
        added = client.post("/cart/items", data={"sku": SKU}, headers=headers)
        assert added.status_code == 303
        token = re.search(r"cart=([^;]+)", added.headers["Set-Cookie"])
        assert token
        assert token[1] != cookie, "a cart gets a name that nobody chose"
    shop_session.rollback()
    assert len(set(shop_session.scalars(select(Cart.token)))) == len(BROKEN_COOKIES)
