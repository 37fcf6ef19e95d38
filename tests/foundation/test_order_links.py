"""Signed links to orders, also after the shop's key was changed."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Variant
from app.config import read_config
from app.factory import create_app
from app.session import close_database
from app.storefront.orders import order_address
from tests.buyer import order_code
from tests.orders.drafts import add_order

OLD, NEW, STRANGE = ("an-old-key" * 4, "a-new-key" * 4, "a-strange-key" * 4)
MakeShop = Callable[[str], Flask]


@pytest.fixture
def code(shop_session: Session) -> str:
    variant_id = shop_session.scalars(select(Variant.id)).first()
    assert variant_id is not None
    return add_order(shop_session, {variant_id: 1}).code


@pytest.fixture
def shop_with_keys(shop_settings: dict[str, str]) -> Iterator[MakeShop]:
    shops: list[Flask] = []

    def make(keys: str) -> Flask:
        shops.append(create_app(read_config({**shop_settings, "SECRET_KEY": keys})))
        return shops[-1]

    yield make
    for shop in shops:
        close_database(shop)


def link(shop: Flask, code: str) -> str:
    with shop.test_request_context():
        return order_address(code)


def test_a_link_opens_its_order(shop_with_keys: MakeShop, code: str) -> None:
    shop = shop_with_keys(OLD)
    answer = shop.test_client().get(link(shop, code))
    assert answer.status_code == 200
    assert order_code(answer.text) == code


def test_a_link_signed_with_the_old_key_still_opens(shop_with_keys: MakeShop, code: str) -> None:
    address = link(shop_with_keys(OLD), code)
    assert shop_with_keys(f"{NEW},{OLD}").test_client().get(address).status_code == 200


def test_the_first_key_signs(shop_with_keys: MakeShop, code: str) -> None:
    address = link(shop_with_keys(f"{NEW},{OLD}"), code)
    assert address == link(shop_with_keys(NEW), code)
    assert shop_with_keys(OLD).test_client().get(address).status_code == 404


def test_a_key_that_was_dropped_opens_nothing(shop_with_keys: MakeShop, code: str) -> None:
    address = link(shop_with_keys(STRANGE), code)
    assert shop_with_keys(f"{NEW},{OLD}").test_client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["", "x", "x.y", "\u2603", "ImEi.b", "." * 5000])
def test_a_token_that_was_never_signed_opens_nothing(shop_with_keys: MakeShop, code: str, token: str) -> None:
    client = shop_with_keys(OLD).test_client()
    assert client.get(f"/orders/{code}", query_string={"token": token}).status_code == 404


def test_the_link_of_one_order_does_not_open_another(shop_with_keys: MakeShop, code: str) -> None:
    shop = shop_with_keys(OLD)
    token = link(shop, "SOMEELSE").partition("=")[2]
    assert shop.test_client().get(f"/orders/{code}?token={token}").status_code == 404
