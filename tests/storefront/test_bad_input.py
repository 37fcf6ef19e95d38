"""Broken addresses, broken questions and wrong methods end on a page that says so, never in a failure."""

import pytest
from flask.testing import FlaskClient

from tests.buyer import ADDRESS

PRODUCT = "/products/drift-soft-foam-roller"
NONSENSE = [
    "", "0", "-1", "1.5", "abc", "NaN", "٣", "🦊", "%00", "%FF%FE", "%ED%A0%80", "%", "%zz", "[]", "{}",
    "9" * 40, "x" * 4000, "' OR 1=1 --", "<script>alert(1)</script>", "../../etc/passwd", "a&a=b&=&&",
    "null", "__class__", "%0d%0aSet-Cookie: a=b",
]  # fmt: skip
# What may lead to an early "not found" is asked alone, so that it hides nothing else.
QUESTIONS = [
    ("/products", ["page", "sort", "body-area", "goal", "in-stock", "min-price", "max-price", "nothing"]),
    ("/products", ["category"]),
    ("/categories/foam-rollers", ["page", "sort", "min-price", "in-stock"]),
    (PRODUCT, ["sku"]),
    ("/cart", ["notice"]),
    ("/orders/ABCD2345", ["token"]),
    ("/checkout/return", ["session_id"]),
    ("/checkout/cancelled/ABCD2345", ["token"]),
    ("/checkout", ["nothing"]),
]
PLACES = [
    "/products/",
    "/categories/",
    "/guides/",
    "/orders/",
    "/checkout/cancelled/",
    "/media/",
    "/static/",
    "/",
]
WRONG_METHODS = [
    ("GET", "/cart/items"),
    ("GET", "/cart/items/1"),
    ("GET", "/cart/items/1/remove"),
    ("DELETE", "/cart/items/1"),
    ("PUT", "/cart/items/1"),
    ("POST", "/cart"),
    ("PUT", "/checkout"),
    ("DELETE", "/checkout"),
    ("GET", "/checkout/summary"),
    ("POST", "/checkout/return"),
    ("POST", "/checkout/cancelled/ABCD2345"),
    ("POST", "/orders/ABCD2345"),
    ("POST", "/products"),
    ("POST", PRODUCT),
    ("DELETE", "/categories/foam-rollers"),
    ("POST", "/"),
    ("GET", "/webhooks/stripe"),
]
ANSWERS = {200, 303, 308, 400, 404}


@pytest.mark.parametrize(("address", "names"), QUESTIONS)
def test_a_broken_question_never_fails(shop_client: FlaskClient, address: str, names: list[str]) -> None:
    for text in NONSENSE:
        query = "&".join(f"{name}={text}" for name in names)
        answer = shop_client.get(f"{address}?{query}")
        assert answer.status_code in ANSWERS, text
        assert "<script>alert" not in answer.get_data(as_text=True), text
        assert "a=b" not in answer.headers.get("Set-Cookie", ""), text


def test_a_broken_address_is_not_found(shop_client: FlaskClient) -> None:
    for place in PLACES:
        for text in NONSENSE[1:]:
            answer = shop_client.get(place + text)
            assert answer.status_code in {400, 404}, (place, text)
            assert "<script>alert" not in answer.get_data(as_text=True), (place, text)


def test_very_many_parameters_never_fail(shop_client: FlaskClient) -> None:
    query = "&".join(f"page={number}&sort=x{number}" for number in range(2000))
    assert shop_client.get(f"/products?{query}").status_code == 200


def test_a_wrong_method_is_refused(shop_client: FlaskClient) -> None:
    for method, address in WRONG_METHODS:
        answer = shop_client.open(address, method=method)
        assert (answer.status_code, bool(answer.headers.get("Allow"))) == (405, True), address
        assert "That does not work here" in answer.get_data(as_text=True)


def test_the_checkout_of_an_empty_cart_leads_back_to_the_cart(shop_client: FlaskClient) -> None:
    assert shop_client.get("/checkout").headers["Location"] == "/cart"
    answer = shop_client.post("/checkout", data=ADDRESS)
    assert answer.status_code == 422
    assert "Your cart is empty, so there is nothing to pay for." in answer.get_data(as_text=True)


def test_an_unknown_payment_page_is_not_found(shop_client: FlaskClient) -> None:
    for session_id in ("", "cs_test_x", "x" * 5000):
        assert shop_client.get(f"/checkout/return?session_id={session_id}").status_code == 404
    assert shop_client.get("/checkout/return").status_code == 404
