"""A product with a caution shows it wherever it goes, without scripts and in words."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Product
from app.guidance.caution_models import Caution
from tests.cautions.surfaces import (
    BELT,
    GEL,
    LABELS,
    LATEX,
    confirmation,
    fill_cart,
    find_cautions,
    in_one_line,
    order_goods,
    order_page,
    words_of,
)
from tests.storefront.reader import Tags, read

BOUGHT = (GEL, BELT, LATEX)
Show = Callable[[Flask], str]


def show_checkout(app: Flask) -> str:
    client = app.test_client()
    fill_cart(client, *BOUGHT)
    return words_of(read(client, "/checkout"))


def show_order(app: Flask) -> str:
    return words_of(order_page(app, order_goods(app, dict.fromkeys(BOUGHT, 1))))


def show_mail(app: Flask) -> str:
    return words_of(confirmation(app, order_goods(app, dict.fromkeys(BOUGHT, 1))).html)


def show_mail_text(app: Flask) -> str:
    return in_one_line(confirmation(app, order_goods(app, dict.fromkeys(BOUGHT, 1))).text)


@pytest.mark.parametrize("show", [show_checkout, show_order, show_mail, show_mail_text])
def test_every_rule_of_everything_bought_is_there_once(
    shop_app: Flask, shop_session: Session, show: Show
) -> None:
    cautions = {caution for sku in BOUGHT for caution in find_cautions(shop_session, sku)}
    words = show(shop_app)
    assert all(label in words for label in LABELS)
    for caution in cautions:
        assert caution.title in words
        for rule in caution.rules:
            assert rule.text in words
            assert rule.circumstance[1:] in words
    general = next(caution for caution in cautions if caution.code == "W-ALL")
    assert [words.count(rule.text) for rule in general.rules] == [1] * len(general.rules)


@pytest.mark.parametrize("sku", BOUGHT)
def test_the_product_page_shows_every_rule_of_the_chosen_variant_under_what_to_do(
    shop_client: FlaskClient, shop_session: Session, sku: str
) -> None:
    page = read(shop_client, address_of(shop_session, sku))
    section = words_of(page[page.index('id="cautions"') : page.index('id="use"')])
    places = [section.find(label) for label in LABELS]
    assert places == sorted(places)
    for caution in find_cautions(shop_session, sku):
        for rule in caution.rules:
            label = LABELS[list(type(rule.action)).index(rule.action)]
            following = [place for place in places if place > section.index(label)]
            end = min(following, default=len(section))
            assert section.index(label) < section.index(rule.text) < end


def test_a_link_near_the_button_leads_to_the_cautions(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    for product in shop_session.scalars(select(Product).where(Product.is_published)):
        page = read(shop_client, f"/products/{product.slug}")
        buying = page[page.index('class="product__buy') : page.index('class="product__more')]
        assert '<a href="#cautions">' in buying
        assert len([tag for tag in Tags(page).having("id") if tag["id"] == "cautions"]) == 1


def test_a_cart_line_shows_the_short_words_and_leads_to_the_rest(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    fill_cart(shop_client, *BOUGHT)
    _, *lines = read(shop_client, "/cart").split('<li class="cart-line"')
    assert len(lines) == len(BOUGHT)
    for sku, line in zip(BOUGHT, lines, strict=True):
        words = words_of(line)
        cautions = find_cautions(shop_session, sku)
        assert cautions
        places = [words.index(caution.short) for caution in cautions]
        assert places == sorted(places)
        [link] = [a for a in Tags(line).named("a") if a["href"].endswith("#cautions")]
        assert link["href"] == f"{address_of(shop_session, sku)}#cautions"


def test_the_page_follows_the_chosen_variant(
    shop_client: FlaskClient, shop_session: Session, caution_of_one_sku: Caution
) -> None:
    with_it = read(shop_client, address_of(shop_session, "FR-DRF-30-TEA"))
    without = read(shop_client, address_of(shop_session, "FR-DRF-45-TEA"))
    assert caution_of_one_sku.rules[0].text in with_it
    assert caution_of_one_sku.rules[0].text not in without


def test_the_text_part_of_the_mail_groups_rules_in_lines_of_their_own(shop_app: Flask) -> None:
    text = confirmation(shop_app, order_goods(shop_app, {GEL: 1})).text
    lines = text.splitlines()
    start = lines.index("Do not use it:")
    assert lines[start + 1] == (
        "- A medicine patch, such as fentanyl: Never use it over or near a medicine patch, such as fentanyl. "
        "Heat can push too much medicine into the body, which can kill."
    )
    assert "\n\n\n" not in text


def address_of(session: Session, sku: str) -> str:
    query = select(Product.slug).where(Product.variants.any(sku=sku))
    return f"/products/{session.scalars(query).one()}?sku={sku}"
