"""The form token of the checkout."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.orders.models import Order
from tests.buyer import ADDRESS, Buyer, hidden

SKU = "FR-DRF-30-TEA"
FORM = {**ADDRESS, "delivery_method": "standard", "acknowledge_cautions": "y"}


def count_orders(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Order)) or 0


@pytest.mark.parametrize("token", [None, "", "wrong", "IjAi.aaaaaa.bbbbbbbbbbbb"])
def test_a_checkout_without_its_token_keeps_what_was_typed_and_orders_nothing(
    shop_client: FlaskClient, shop_session: Session, token: str | None
) -> None:
    shop_client.post("/cart/items", data={"sku": SKU})
    shop_client.get("/checkout")
    answer = shop_client.post("/checkout", data=FORM | ({} if token is None else {"csrf_token": token}))
    assert answer.status_code == 422
    assert "open for a long time" in answer.text
    for typed in ("maya@example.com", "Maya Lindqvist", "12 Alder Street", "Portland", "97201"):
        assert f'value="{typed}"' in answer.text
    assert count_orders(shop_session) == 0


def test_the_token_of_another_browser_opens_nothing(shop_client: FlaskClient, shop_session: Session) -> None:
    other = shop_client.application.test_client()
    for client in (shop_client, other):
        client.post("/cart/items", data={"sku": SKU})
    stolen = hidden(other.get("/checkout").text, "csrf_token")
    assert shop_client.post("/checkout", data=FORM | {"csrf_token": stolen}).status_code == 422
    assert count_orders(shop_session) == 0


def test_the_token_on_the_answer_works(buyer: Buyer, shop_session: Session) -> None:
    buyer.add(SKU)
    refused = buyer.checkout(csrf_token="wrong")
    assert refused.status_code == 422
    again = buyer.post("/checkout", {**FORM, "csrf_token": hidden(refused.text, "csrf_token")})
    assert again.status_code == 303
    assert count_orders(shop_session) == 1
