"""The map of the shop, and what crawlers are asked to leave alone."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.catalog.models import Category, Product
from app.catalog.services import touch_content
from app.guidance.models import Guide
from app.session import write_transaction
from app.web.page_cache import is_public_page
from tests.discoverability.heads import BASE, read_head
from tests.storefront.reader import counted_statements, read

MAP = "/sitemap.xml"
SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PICTURE = "{http://www.google.com/schemas/sitemap-image/1.1}"
W3C_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def entries(client: FlaskClient) -> dict[str, ElementTree.Element]:
    """Return the entries by address."""
    root = ElementTree.fromstring(read(client, MAP).encode())  # noqa: S314 (our own words)
    return {entry.findtext(f"{SITE}loc", ""): entry for entry in root}


def test_the_map_has_the_form_that_its_schema_asks_for(shop_client: FlaskClient) -> None:
    answer = shop_client.get(MAP)
    assert answer.content_type == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.data)  # noqa: S314
    assert root.tag == f"{SITE}urlset"
    assert 0 < len(root) <= 50_000
    for entry in root:
        assert entry.tag == f"{SITE}url"
        # A sequence: the address once, the moment at most once, then pictures.
        tags = [child.tag for child in entry]
        assert tags[0] == f"{SITE}loc"
        assert set(tags[1:2]) <= {f"{SITE}lastmod", f"{PICTURE}image"}
        assert set(tags[2:]) <= {f"{PICTURE}image"}
        assert 12 <= len(entry[0].text or "") <= 2048
        moment = entry.findtext(f"{SITE}lastmod")
        assert moment is None or W3C_TIME.fullmatch(moment)
        for image in entry.findall(f"{PICTURE}image"):
            assert [child.tag for child in image] == [f"{PICTURE}loc"]


def test_the_map_names_every_page_once(
    shop_app: Flask, shop_client: FlaskClient, shop_session: Session
) -> None:
    wanted = [
        f"/{folder}/{slug}"
        for model, folder in ((Product, "products"), (Guide, "guides"), (Category, "categories"))
        for slug in shop_session.scalars(select(model.slug))
    ]
    # Whatever public page another part of the shop adds is on the map by itself.
    wanted += [
        rule.rule
        for rule in shop_app.url_map.iter_rules()
        if not rule.arguments
        and rule.rule != "/search"
        and is_public_page(shop_app.view_functions[rule.endpoint])
    ]
    text = read(shop_client, MAP)
    assert sorted(re.findall(r"<loc>(.*?)</loc>", text)) == sorted(f"{BASE}{address}" for address in wanted)
    assert {"/", "/products", "/guides"} <= set(wanted)


def test_every_address_of_the_map_is_a_page_that_names_itself(shop_client: FlaskClient) -> None:
    for address in entries(shop_client):
        head = read_head(shop_client, address.removeprefix(BASE))
        assert head.canonical == address
        assert not head.is_kept_out


def test_the_map_shows_every_picture_of_every_product(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    found = entries(shop_client)
    for product in shop_session.scalars(select(Product)):
        entry = found[f"{BASE}/products/{product.slug}"]
        pictures = [each.text for each in entry.iter(f"{PICTURE}loc")]
        assert pictures == [f"{BASE}/media/{image.file}-1200.jpg" for image in product.images]


def test_a_page_has_the_moment_at_which_its_row_changed(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    long_ago = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    product = shop_session.scalars(select(Product)).first()
    assert product
    before = product.changed_at
    for moment in (long_ago, before):
        with write_transaction(shop_session):
            # Below the objects, which would note the present moment.
            shop_session.execute(update(Product).where(Product.id == product.id).values(changed_at=moment))
            touch_content(shop_session)
        entry = entries(shop_client)[f"{BASE}/products/{product.slug}"]
        assert entry.findtext(f"{SITE}lastmod") == moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_product_taken_off_the_shop_is_off_the_map(shop_client: FlaskClient, shop_session: Session) -> None:
    product = shop_session.scalars(select(Product)).first()
    assert product
    found = []
    for is_published in (False, True):
        with write_transaction(shop_session):
            values = {"is_published": is_published}
            shop_session.execute(update(Product).where(Product.id == product.id).values(values))
            touch_content(shop_session)
        found.append(f"{BASE}/products/{product.slug}" in entries(shop_client))
    assert found == [False, True]


def test_the_map_takes_five_statements_and_one_when_it_is_kept(shop_client: FlaskClient) -> None:
    for most, address in ((5, MAP), (1, MAP), (1, f"{MAP}?again=1")):
        with counted_statements() as statements:
            read(shop_client, address)
        assert len(statements) == most


def test_crawlers_may_read_all_but_the_pages_of_one_person(shop_client: FlaskClient) -> None:
    answer = shop_client.get("/robots.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    lines = answer.text.splitlines()
    assert lines[:2] == ["User-agent: *", "Allow: /"]
    assert [line for line in lines if line.startswith("Disallow")] == [
        "Disallow: /cart",
        "Disallow: /checkout",
        "Disallow: /orders",
    ]
    assert f"Sitemap: {BASE}{MAP}" in lines


def test_nothing_on_the_map_is_closed_to_crawlers(shop_client: FlaskClient) -> None:
    closed = re.findall(r"Disallow: (\S+)", read(shop_client, "/robots.txt"))
    assert not [
        address for address in entries(shop_client) if address.removeprefix(BASE).startswith(tuple(closed))
    ]
