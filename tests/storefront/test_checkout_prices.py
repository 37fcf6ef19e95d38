"""What the checkout page says an order costs: codes, places, heavy parcels, and who works out the tax."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.catalog.models import Variant
from app.config import read_config
from app.factory import create_app
from app.inventory.models import StockItem
from app.orders.models import Order
from app.pricing.models import Discount
from app.session import close_database
from tests.storefront.checkout_pages import CheckoutAnswer, assert_nothing_placed, fill_in, read_answer
from tests.storefront.reader import counted_statements

HEAVY = "HC-SNC-24"
CODES = {
    "TEST-TENTH": {"parts_per_million": 100_000},
    "TEST-BIG": {"amount_cents": 500, "min_subtotal_cents": 100_000},
    "TEST-ENDED": {"parts_per_million": 100_000, "is_active": False},
    "TEST-GIFT": {"parts_per_million": 1_000_000, "covers_delivery": True},
    "TEST-LITTLE": {"amount_cents": 2760, "covers_delivery": True},
}


@pytest.fixture(autouse=True)
def codes(shop_session: Session) -> Iterator[None]:
    """Codes that only these tests know."""
    shop_session.add_all(Discount(code=code, name=f"Code {code}", currency="USD", **values)
                         for code, values in CODES.items())  # fmt: skip
    shop_session.commit()
    yield
    shop_session.rollback()
    shop_session.execute(delete(Discount).where(Discount.code.in_(CODES)))
    shop_session.commit()


@pytest.fixture
def stripe_taxed_app(shop_app: Flask, shop_settings: dict[str, str]) -> Iterator[Flask]:
    """The shop with Stripe Tax."""
    assert shop_app
    app = create_app(read_config({**shop_settings, "TAX_SOURCE": "stripe"}))
    yield app
    close_database(app)


def totals(answer: CheckoutAnswer) -> dict[str, str]:
    """Read the totals: what stands before each amount, and the amount or the words in its place."""
    listed = re.findall(r"<dt>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", answer.text, re.DOTALL)
    return {name: re.sub(r"<[^>]*>", "", value).strip() for name, value in listed}


def offered(answer: CheckoutAnswer) -> dict[str, bool]:
    """Which ways to send it are offered, and which is chosen."""
    return {
        each["value"]: "checked" in each
        for each in answer.tags.named("input")
        if each.get("name") == "delivery_method"
    }


def put_in(client: FlaskClient, session: Session, sku: str, quantity: int) -> None:
    item = session.scalars(select(StockItem).join(Variant).where(Variant.sku == sku)).one()
    item.on_hand += quantity
    session.commit()
    assert client.post("/cart/items", data={"sku": sku, "quantity": str(quantity)}).status_code == 303


@pytest.mark.parametrize("typed", ["TEST-TENTH", " test-tenth "])
def test_a_code_is_taken_off_before_tax(shop_client: FlaskClient, typed: str) -> None:
    form = fill_in(shop_client, region="CA", discount_code=typed)
    answer = read_answer(shop_client.post("/checkout/summary", data=form))
    assert totals(answer) == {
        "Subtotal": "$28.00",
        "Code TEST-TENTH": "\N{MINUS SIGN}$2.80",
        "Delivery": "$5.95",
        "Tax": "$1.83",  # 7.25 % of $25.20
        "Total": "$32.98",
    }
    assert answer.value_of("discount_code") == typed.strip()
    assert answer.fields_with_errors() == set()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("NO-SUCH-CODE", "We do not know this code, or it has ended."),
        ("TEST-ENDED", "We do not know this code, or it has ended."),
        ("TEST-BIG", "This code is for goods of $1,000.00 or more."),
        ("\"'><script>alert(1)</script>", "We do not know this code, or it has ended."),
        ("x" * 20_000, "We do not know this code, or it has ended."),
    ],
)
def test_a_code_that_cannot_be_used_is_refused_beside_its_field(
    shop_client: FlaskClient, shop_session: Session, typed: str, words: str
) -> None:
    form = fill_in(shop_client, discount_code=typed)
    for address, status in (("/checkout", 422), ("/checkout/summary", 200)):
        answer = read_answer(shop_client.post(address, data=form))
        assert answer.status == status
        assert answer.fields_with_errors() == {"discount_code"}
        assert answer.has_error_beside("discount_code")
        assert words in answer.text
        assert "<script>alert" not in answer.text
        assert answer.value_of("discount_code") == typed
        assert answer.value_of("name") == form["name"]
        assert totals(answer)["Total"] == "$33.95"
    assert_nothing_placed(shop_session)


def test_an_order_keeps_its_discount(shop_client: FlaskClient, shop_session: Session) -> None:
    form = fill_in(shop_client, region="WA", discount_code="test-tenth")
    # Nobody answers at Stripe, but the order is written before that.
    assert shop_client.post("/checkout", data=form).status_code == 503
    shop_session.rollback()
    [order] = shop_session.scalars(select(Order))
    # 6.5 % of $25.20 and $5.95: $2.02475.
    assert (order.discount_cents, order.discount_name, order.tax_cents) == (280, "Code TEST-TENTH", 202)
    assert sum(line.tax_cents for line in order.lines) + order.delivery_tax_cents == 202
    assert [line.discount_cents for line in order.lines] == [280]
    assert order.total_cents == 2800 - 280 + 595 + 202


def test_an_order_that_costs_nothing_says_so(shop_client: FlaskClient) -> None:
    form = fill_in(shop_client, region="WA", discount_code="TEST-GIFT")
    answer = read_answer(shop_client.post("/checkout/summary", data=form))
    assert totals(answer)["Total"] == "$0.00"
    assert totals(answer)["Delivery"] == "Free"
    assert "There is nothing to pay." in answer.text
    assert "Place the order" in answer.text


def test_a_total_too_small_to_charge_is_refused(shop_client: FlaskClient, shop_session: Session) -> None:
    form = fill_in(shop_client, discount_code="TEST-LITTLE")
    answer = read_answer(shop_client.post("/checkout", data=form))
    assert answer.status == 422
    assert "The smallest amount that we can charge is $0.50, and this order comes to $0.40." in answer.text
    assert_nothing_placed(shop_session)


def test_delivery_costs_more_where_it_is_far(shop_client: FlaskClient) -> None:
    form = fill_in(shop_client)
    near = read_answer(shop_client.post("/checkout/summary", data=form))
    far = read_answer(shop_client.post("/checkout/summary", data={**form, "region": "Alaska"}))
    assert (totals(near)["Delivery"], totals(far)["Delivery"]) == ("$5.95", "$14.95")
    assert "Free for goods from $60.00." in near.text
    assert "Free for goods from $120.00." in far.text


def test_a_way_for_which_the_parcel_is_too_heavy_is_not_offered(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    form = fill_in(shop_client, region="AK", delivery_method="express")
    put_in(shop_client, shop_session, HEAVY, 2)
    answer = read_answer(shop_client.post("/checkout", data=form))
    assert (answer.status, answer.fields_with_errors()) == (422, {"delivery_method"})
    assert offered(answer) == {"standard": True}
    assert totals(answer)["Delivery"] == "$39.95"
    assert_nothing_placed(shop_session)


def test_a_cart_too_heavy_for_one_parcel_cannot_be_sent(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    form = fill_in(shop_client)
    put_in(shop_client, shop_session, HEAVY, 12)
    del form["delivery_method"]
    answer = read_answer(shop_client.post("/checkout", data=form))
    assert (answer.status, answer.fields_with_errors()) == (422, {"delivery_method"})
    assert "too heavy to go to this address in one parcel" in answer.text
    assert offered(answer) == {}
    assert totals(answer)["Delivery"] == "Not possible in one parcel"
    assert shop_client.get("/checkout").status_code == 200
    assert_nothing_placed(shop_session)


def test_stripe_works_the_tax_out_where_it_is_asked_to(
    stripe_taxed_app: Flask, shop_session: Session
) -> None:
    client = stripe_taxed_app.test_client()
    form = fill_in(client, region="CA")
    answer = read_answer(client.post("/checkout/summary", data=form))
    assert totals(answer)["Tax"] == "Worked out on the payment page"
    assert totals(answer)["Total before tax"] == "$33.95"
    assert client.post("/checkout", data=form).status_code == 503
    shop_session.rollback()
    [order] = shop_session.scalars(select(Order))
    assert order.is_tax_later
    assert (order.tax_cents, order.total_cents) == (0, 3395)


def test_the_page_takes_as_many_statements_for_one_line_as_for_five(shop_client: FlaskClient) -> None:
    form = fill_in(shop_client, region="CA", discount_code="TEST-TENTH")
    counts = []
    for sku in ("FR-DRF-30-GRY", "FR-DRF-45-TEA", "FR-DRF-45-GRY", "HC-CLY-STD"):
        with counted_statements() as statements:
            assert shop_client.post("/checkout/summary", data=form).status_code == 200
        counts.append(len(statements))
        assert shop_client.post("/cart/items", data={"sku": sku, "quantity": "1"}).status_code == 303
    assert set(counts) == {counts[0]}
    assert counts[0] <= 12
