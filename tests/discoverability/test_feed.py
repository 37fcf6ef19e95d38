"""The product feed: valid by the rules of product searches, and equal to page and database."""

import re
from xml.etree import ElementTree

from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.catalog.models import Product, Variant
from app.catalog.queries import find_variant
from app.catalog.services import touch_content
from app.guidance.claims import find_banned_claims
from app.inventory.queries import find_stock
from app.inventory.services import release, reserve
from app.session import write_transaction
from tests.discoverability.heads import BASE, head_of, variants_in
from tests.storefront.reader import Tags, counted_statements, read

FEED = "/feeds/products.xml"
G = "{http://base.google.com/ns/1.0}"
REQUIRED = ("id", "title", "description", "link", "image_link", "availability", "price", "condition", "brand")
LONGEST = {
    "id": 50,
    "title": 150,
    "description": 5000,
    "link": 2000,
    "image_link": 2000,
    "brand": 70,
    "item_group_id": 50,
    "product_type": 750,
    "color": 100,
    "size": 100,
    "material": 200,
}
ALLOWED = {
    "availability": {"in_stock", "out_of_stock", "preorder", "backorder"},
    "condition": {"new", "refurbished", "used"},
    "identifier_exists": {"yes", "no"},
}
ONCE = {*LONGEST, *ALLOWED, "price", "shipping_weight"}
PRICE = re.compile(r"\d+\.\d{2} USD")
SKU = "FR-DRF-30-TEA"


def items_of(client: FlaskClient) -> dict[str, ElementTree.Element]:
    """Return the items of the feed by id."""
    root = ElementTree.fromstring(read(client, FEED).encode())  # noqa: S314 (our own words)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    channel = root[0]
    assert [child.tag for child in channel[:3]] == ["title", "link", "description"]
    items = channel.findall("item")
    found = {text(item, "id"): item for item in items}
    assert len(found) == len(items)
    return found


def text(item: ElementTree.Element, name: str) -> str:
    return item.findtext(f"{G}{name}", "")


def test_every_item_keeps_the_rules_of_the_specification(shop_client: FlaskClient) -> None:
    assert shop_client.get(FEED).content_type == "application/xml; charset=utf-8"
    for sku, item in items_of(shop_client).items():
        names = [child.tag.removeprefix(G) for child in item]
        assert [name for name in REQUIRED if not text(item, name).strip()] == [], sku
        assert [name for name in ONCE if names.count(name) > 1] == [], sku
        assert [name for name, most in LONGEST.items() if len(text(item, name)) > most] == [], sku
        assert [name for name, values in ALLOWED.items() if text(item, name) not in values] == [], sku
        assert PRICE.fullmatch(text(item, "price")), sku
        assert text(item, "identifier_exists") == "no"
        assert not {"gtin", "mpn"} & set(names)
        assert names.count("additional_image_link") <= 10
        assert re.fullmatch(r"[1-9]\d* g", text(item, "shipping_weight"))
        for name in ("link", "image_link"):
            assert text(item, name).startswith(f"{BASE}/")


def test_the_feed_has_every_variant_on_sale_as_database_and_page_have_it(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    items = items_of(shop_client)
    variants = shop_session.scalars(select(Variant)).all()
    stock = find_stock(shop_session, [variant.id for variant in variants])
    assert set(items) == {variant.sku for variant in variants}
    for variant in variants:
        item, product = items[variant.sku], variant.product
        available = stock[variant.id].available > 0
        assert text(item, "availability") == ("in_stock" if available else "out_of_stock")
        assert text(item, "price") == f"{variant.price_cents / 100:.2f} USD"
        assert text(item, "link") == f"{BASE}/products/{product.slug}?sku={variant.sku}"
        assert text(item, "item_group_id") == product.code
        assert text(item, "product_type").startswith(f"{product.category.name} > ")
        assert text(item, "color") == next(
            (value.value for value in variant.option_values if value.option.name == "Color"), ""
        )
    assert {text(item, "availability") for item in items.values()} == {"in_stock", "out_of_stock"}


def test_the_feed_says_the_words_prices_and_pictures_of_the_page(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    items = items_of(shop_client)
    for product in shop_session.scalars(select(Product)):
        page = read(shop_client, f"/products/{product.slug}")
        head = head_of(page)
        shown = {tag["data-sku"]: tag for tag in Tags(page).having("data-sku")}
        for variant in variants_in(head.blocks[0]):
            item = items[variant["sku"]]
            assert text(item, "description") == head.blocks[0]["description"]
            assert text(item, "price") == f"{variant['offers']['price']} USD"
            out = shown[variant["sku"]]["data-availability"] == "out"
            assert (text(item, "availability") == "out_of_stock") is out
            pictures = [text(item, "image_link")]
            pictures += [each.text or "" for each in item.findall(f"{G}additional_image_link")]
            assert pictures == variant["image"]


def test_no_word_of_the_feed_claims_anything(shop_client: FlaskClient) -> None:
    for sku, item in items_of(shop_client).items():
        for name in ("title", "description", "product_type"):
            assert find_banned_claims(text(item, name)) == [], sku


def test_shipping_is_said_for_the_country_and_for_the_states_that_differ(shop_client: FlaskClient) -> None:
    ways = [
        tuple(each.findtext(f"{G}{name}", "") for name in ("country", "region", "service", "price"))
        for each in items_of(shop_client)[SKU].findall(f"{G}shipping")
    ]
    assert ways == [
        ("US", "", "Standard delivery", "5.95 USD"),
        ("US", "", "Express delivery", "14.95 USD"),
        ("US", "AK", "Standard delivery", "14.95 USD"),
        ("US", "AK", "Express delivery", "34.95 USD"),
        ("US", "HI", "Standard delivery", "14.95 USD"),
        ("US", "HI", "Express delivery", "34.95 USD"),
    ]


def test_the_feed_follows_the_stock_at_once(shop_client: FlaskClient, shop_session: Session) -> None:
    seen = [text(items_of(shop_client)[SKU], "availability")]
    variant = find_variant(shop_session, SKU)
    assert variant
    units = find_stock(shop_session, [variant.id])[variant.id].available
    with write_transaction(shop_session):
        reserve(shop_session, {variant.id: units}, source="a test")
    seen.append(text(items_of(shop_client)[SKU], "availability"))
    with write_transaction(shop_session):
        release(shop_session, source="a test")
    assert seen == ["in_stock", "out_of_stock"]


def test_a_hostile_name_stays_text(shop_client: FlaskClient, shop_session: Session) -> None:
    product = shop_session.scalars(select(Product).where(Product.code == "FR-DRF")).one()
    names = ("</g:title><x> & ]]> \x0b\ufffe\u2028", product.name)
    found = []
    for name in names:
        with write_transaction(shop_session):
            shop_session.execute(update(Product).where(Product.id == product.id).values(name=name))
            touch_content(shop_session)
        found.append(text(items_of(shop_client)[SKU], "title"))
    assert found[0].startswith("</g:title><x> & ]]> \u2028, ")
    assert found[1].startswith(product.name)


def test_the_feed_takes_as_many_statements_however_many_products_there_are(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    shown = shop_session.scalars(select(Product.id).order_by(Product.id)).all()
    counts = []
    for hidden in (shown[5:], []):
        with write_transaction(shop_session):
            shop_session.execute(update(Product).values(is_published=Product.id.not_in(hidden)))
            touch_content(shop_session)
        with counted_statements() as statements:
            items_of(shop_client)
        counts.append(len(statements))
    assert counts == [8, 8]
