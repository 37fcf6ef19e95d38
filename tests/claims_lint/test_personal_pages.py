"""The cart and the checkout claim nothing, whatever is in them, and show no letter of a grade."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.models import Variant
from app.guidance.letters import find_grade_letters
from app.inventory.models import StockItem
from tests.claims_lint.lint import Lint
from tests.claims_lint.page_text import PageText, read_texts
from tests.storefront.reader import read
from tests.telling import say

SOME = 12


@pytest.fixture
def carts(shop_app: Flask, shop_session: Session) -> Iterator[FlaskClient]:
    """Browsers with some products each in the cart; together they hold everything that is in stock."""

    def fill() -> Iterator[FlaskClient]:
        statement = select(func.min(Variant.sku)).join(StockItem).where(StockItem.on_hand > 0)
        skus = shop_session.scalars(statement.group_by(Variant.product_id)).all()
        assert len(skus) > 60
        for start in range(0, len(skus), SOME):
            client = shop_app.test_client()
            for sku in skus[start : start + SOME]:
                assert client.post("/cart/items", data={"sku": sku, "quantity": "1"}).status_code == 303
            yield client

    return fill()


def test_no_cart_and_no_checkout_makes_a_banned_claim(
    carts: Iterator[FlaskClient], lint: Lint, request: pytest.FixtureRequest
) -> None:
    pages = 0
    letters: list[str] = []
    for client in carts:
        for address in ("/cart", "/checkout"):
            page = read(client, address)
            lint.read(address, read_texts(page))
            letters += find_grade_letters(PageText(page).visible)
            pages += 1
    say(
        request.node,
        f"Claims lint: {pages} carts and checkouts of all products in stock, {lint.texts} texts.",
    )
    assert lint.found == []
    assert letters == []


def test_a_refused_checkout_makes_no_banned_claim(carts: Iterator[FlaskClient], lint: Lint) -> None:
    client = next(carts)
    answer = client.post("/checkout", data={"email": "nobody"})
    assert answer.status_code == 422
    lint.read("/checkout", read_texts(answer.text))
    assert lint.found == []
    assert not re.search(r"\bgrade\b", PageText(answer.text).visible, re.IGNORECASE)
