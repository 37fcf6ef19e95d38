"""Advice against a product stands before its price wherever that is shown, and nobody is led to it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Category, Product
from app.guidance.models import Grade, Guide, Recommendation
from tests.cautions.surfaces import (
    AGAINST,
    BELT,
    GEL,
    confirmation,
    fill_cart,
    order_goods,
    order_page,
    words_of,
)
from tests.storefront.reader import Tags, read

BELT_SLUG = "keelrow-pocket-belt"
LISTINGS = {"/products", "/products/<slug>", "/categories/<slug>", "/guides/<slug>"}


@pytest.fixture
def against(shop_session: Session) -> set[str]:
    """The slugs of all products that guidelines advise against."""
    query = select(Product.slug).join(Recommendation).where(Recommendation.grade == Grade.AGAINST)
    slugs = set(shop_session.scalars(query))
    assert BELT_SLUG in slugs
    return slugs


def slugs_in(page: str) -> set[str]:
    links = {link.get("href", "") for link in Tags(page).named("a")}
    return {found[1] for link in links if (found := re.match(r"/products/([a-z0-9-]+)", link))}


def assert_line_before_price(part: str) -> None:
    words = words_of(part)
    assert AGAINST in words
    assert words.index(AGAINST) < words.index("$")


def test_on_the_product_page(shop_client: FlaskClient, against: set[str]) -> None:
    for slug in against:
        assert_line_before_price(read(shop_client, f"/products/{slug}"))


def test_on_every_card_of_listings_and_guides(
    shop_client: FlaskClient, shop_session: Session, against: set[str]
) -> None:
    pages = [f"/categories/{slug}" for slug in shop_session.scalars(select(Category.slug))]
    pages += [f"/products?page={number}" for number in (1, 2, 3)]
    pages += [f"/guides/{slug}" for slug in shop_session.scalars(select(Guide.slug))]
    seen = set()
    for address in pages:
        for card in read(shop_client, address).split('<article class="card">')[1:]:
            card = card.partition("</article>")[0]  # noqa: PLW2901 (the same card, without what follows)
            [slug] = slugs_in(card)
            if slug in against:
                assert_line_before_price(card)
                seen.add(slug)
            else:
                assert AGAINST not in card
    assert seen == against


@pytest.mark.parametrize("address", ["/cart", "/checkout"])
def test_on_cart_and_checkout_lines(shop_client: FlaskClient, address: str) -> None:
    fill_cart(shop_client, GEL, BELT)
    gel, belt = re.split(r'<li class="(?:cart-line|summary__line)"', read(shop_client, address))[1:]
    assert AGAINST not in words_of(gel)
    assert_line_before_price(belt)


def test_on_the_order_page_and_in_the_mail(shop_app: Flask) -> None:
    order = order_goods(shop_app, {BELT: 1})
    letter = confirmation(shop_app, order)
    for surface in (order_page(shop_app, order), letter.html, letter.text):
        assert_line_before_price(surface)


def test_the_home_page_and_all_pages_that_are_no_list_lead_to_none(
    shop_app: Flask, shop_client: FlaskClient, against: set[str]
) -> None:
    fill_cart(shop_client, GEL)
    # Every page of shoppers that needs no name in its address, and those that come when something is wrong.
    addresses = [
        rule.rule
        for rule in shop_app.url_map.iter_rules()
        if rule.endpoint.startswith("storefront.") and "GET" in (rule.methods or ()) and not rule.arguments
    ]
    assert {"/", "/guides", "/cart", "/checkout"} <= set(addresses)
    for address in {*addresses, "/guides/back-pain-warning-signs", "/nowhere"} - LISTINGS:
        assert slugs_in(shop_client.get(address).text) & against == set(), address


def test_a_page_of_a_product_leads_to_no_product_that_is_advised_against(
    shop_client: FlaskClient, shop_session: Session, against: set[str]
) -> None:
    for slug in shop_session.scalars(select(Product.slug).where(Product.is_published)):
        assert slugs_in(read(shop_client, f"/products/{slug}")) & against <= {slug}


def test_mails_and_order_pages_lead_to_none(shop_app: Flask, against: set[str]) -> None:
    order = order_goods(shop_app, {GEL: 1})
    for page in (order_page(shop_app, order), confirmation(shop_app, order).html):
        assert slugs_in(page) & against == set()
