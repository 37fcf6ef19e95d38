"""Lists of products: order, pages, and what is said first."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Product
from tests.storefront.reader import read


def test_a_family_that_guidelines_advise_against_says_so_first(shop_client: FlaskClient) -> None:
    main = read(shop_client, "/categories/back-braces").split("<main")[1]
    assert main.index("Guidelines advise against back belts for most people") < main.index("$")


def test_the_home_page_pushes_nothing_that_guidelines_advise_against(shop_client: FlaskClient) -> None:
    page = read(shop_client, "/")
    assert 'class="card"' in page
    assert "evidence--against" not in page


def test_the_pages_of_a_list_hold_every_product_once(shop_client: FlaskClient, shop_session: Session) -> None:
    slugs: list[str] = []
    for number in (1, 2, 3):
        main = read(shop_client, f"/products?sort=name&page={number}").split("<main")[1]
        slugs += re.findall(r'class="card__name"><a href="/products/([a-z0-9-]+)"', main)
    published = set(shop_session.scalars(select(Product.slug).where(Product.is_published)))
    assert len(slugs) == len(published)
    assert set(slugs) == published


def test_a_list_can_be_ordered_by_price(shop_client: FlaskClient) -> None:
    for sort, is_reversed in (("price-low", False), ("price-high", True)):
        main = read(shop_client, f"/categories/heat-cold?sort={sort}").split("<main")[1]
        prices = [float(text) for text in re.findall(r'card__price price">(?:from )?\$([0-9.]+)', main)]
        assert len(prices) > 3
        assert prices == sorted(prices, reverse=is_reversed)
