"""The log: one JSON line per request, and nothing of the person in it."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from tests.buyer import ADDRESS, CARD, Buyer, hidden
from tests.foundation.log_output import LogOutput

SKU = "FR-DRF-30-TEA"
CART_TOKEN = "tokenOfACartThatNobodyMayRead00"
REFUSAL = {
    "sqlite": (
        "CREATE TRIGGER no_orders BEFORE INSERT ON orders BEGIN SELECT RAISE(ABORT, 'no orders'); END",
        "DROP TRIGGER no_orders",
    ),
    "postgresql": (
        "ALTER TABLE orders ADD CONSTRAINT no_orders CHECK (total_cents < 0)",
        "ALTER TABLE orders DROP CONSTRAINT no_orders",
    ),
}


@pytest.fixture
def database_that_refuses_orders(shop_engine: Engine) -> Iterator[None]:
    refuse, take_again = REFUSAL[shop_engine.dialect.name]
    with shop_engine.begin() as connection:
        connection.execute(text(refuse))
    yield
    with shop_engine.begin() as connection:
        connection.execute(text(take_again))


def send_checkout(client: FlaskClient) -> int:
    token = hidden(client.get("/checkout").text, "csrf_token")
    form = {**ADDRESS, "csrf_token": token, "delivery_method": "standard", "acknowledge_cautions": "y"}
    return client.post("/checkout", data=form).status_code


def test_every_request_writes_one_line_with_its_number(
    shop_client: FlaskClient, log_output: LogOutput
) -> None:
    answers = [
        shop_client.get("/products?sort=name"),
        shop_client.get("/nowhere"),
        shop_client.post("/cart/items", data={"sku": SKU}),
        shop_client.post("/cart/items", headers={"Sec-Fetch-Site": "cross-site"}),
        shop_client.post("/webhooks/stripe", data=b"{}"),
    ]
    lines = log_output.requests()
    assert len(log_output.lines) == len(lines) == len(answers)
    for line, answer in zip(lines, answers, strict=True):
        assert line["request_id"] == answer.headers["X-Request-Id"]
        assert line["status"] == answer.status_code
        assert line["milliseconds"] >= 0
        assert line["timestamp"].endswith("Z")
    assert [line["method"] for line in lines] == ["GET", "GET", "POST", "POST", "POST"]
    assert lines[0]["endpoint"] == "storefront.products.index"


def test_what_an_address_says_is_not_logged(shop_client: FlaskClient, log_output: LogOutput) -> None:
    shop_client.get(
        "/products/secret-in-path?sort=secret-in-query",
        headers={"Referer": "http://localhost/?q=secret-in-referer", "User-Agent": "secret-agent"},
    )
    assert len(log_output.requests()) == 1
    assert "secret" not in log_output.text


def test_parts_of_pages_write_no_line(shop_client: FlaskClient, log_output: LogOutput) -> None:
    shop_client.get("/static/css/base.css", buffered=True)
    shop_client.get("/healthz")
    assert log_output.text == ""


def test_a_whole_checkout_leaves_nothing_of_the_person_in_the_log(
    log_output: LogOutput, buyer: Buyer
) -> None:
    buyer.add(SKU, 2)
    token = hidden(buyer.get("/checkout").text, "csrf_token")
    assert buyer.checkout(email="not-an-address@", phone="503 555 0142").status_code == 422
    assert buyer.checkout(csrf_token="spoiledFormToken").status_code == 422
    page = buyer.open_payment_page(line2="Apartment 77b", phone="503 555 0142")
    cookies = [cookie.value or "" for cookie in buyer.http.cookies if cookie.name != "cart_count"]
    order = buyer.come_back(buyer.pay(page))
    order_token = parse_qs(urlsplit(order.url).query)["token"][0]
    assert buyer.get(order.url).status_code == 200

    assert len(log_output.requests()) >= 8
    assert len(cookies) == 2
    private = [*ADDRESS.values(), *CARD.values(), *cookies, token, order_token, page]
    private += ["not-an-address", "spoiledFormToken", "503 555 0142", "Apartment 77b", "?", "token="]
    # Shorter values, such as a state of two letters, stand by chance in other words.
    assert [value for value in private if len(value) > 4 or value == "?" if value in log_output.text] == []


def test_a_checkout_that_cannot_reach_stripe_leaves_nothing_of_the_person_in_the_log(
    log_output: LogOutput, shop_client: FlaskClient
) -> None:
    shop_client.post("/cart/items", data={"sku": SKU})
    assert send_checkout(shop_client) == 503
    assert "no payment page" in log_output.text
    assert [value for value in ADDRESS.values() if len(value) > 4 if value in log_output.text] == []


def test_an_order_that_the_database_refuses_is_logged_without_the_address(
    log_output: LogOutput, shop_client: FlaskClient, database_that_refuses_orders: None
) -> None:
    shop_client.post("/cart/items", data={"sku": SKU})
    assert send_checkout(shop_client) == 500
    assert "Traceback" in log_output.text
    assert [value for value in ADDRESS.values() if len(value) > 4 if value in log_output.text] == []


@pytest.mark.parametrize("path", ["/cart", "/checkout"])
def test_a_failure_is_logged_without_the_cookies_of_the_person(
    log_output: LogOutput, bare_client: FlaskClient, path: str
) -> None:
    bare_client.set_cookie("cart", CART_TOKEN)
    assert bare_client.get(path).status_code == 500
    assert "Traceback" in log_output.text
    assert CART_TOKEN not in log_output.text


def test_a_failure_is_logged_without_what_was_sent(log_output: LogOutput, bare_client: FlaskClient) -> None:
    assert bare_client.post("/cart/items", data={"sku": "maya@example.com"}).status_code == 500
    assert "Traceback" in log_output.text
    assert "maya@example.com" not in log_output.text
