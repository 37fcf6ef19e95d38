"""Public pages are kept rendered, and are never stale."""

import gzip
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app import clock
from app.catalog.models import Product
from app.catalog.queries import find_variant
from app.catalog.services import touch_content
from app.inventory.services import release, reserve
from app.session import write_transaction
from app.web.page_cache import KeptPage, PageCache

TODAY = clock.today()

PATH = "/products/drift-soft-foam-roller"
SKU = "FR-DRF-30-TEA"


def test_a_repeated_visit_is_answered_without_the_page(shop_client: FlaskClient) -> None:
    first = shop_client.get(PATH)
    again = shop_client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


def test_a_page_follows_the_stock_at_once(shop_client: FlaskClient, shop_session: Session) -> None:
    before = shop_client.get(PATH)
    with write_transaction(shop_session):
        variant = find_variant(shop_session, SKU)
        assert variant is not None
        reserve(shop_session, {variant.id: 24}, source="a test")
    after = shop_client.get(PATH, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Sold out" in after.text
    with write_transaction(shop_session):
        release(shop_session, source="a test")
    assert shop_client.get(PATH).text == before.text


def test_a_page_follows_the_price_at_once(shop_client: FlaskClient, shop_session: Session) -> None:
    assert "$14.00" in shop_client.get(PATH).text
    set_price(shop_session, 1399)
    changed = shop_client.get(PATH).text
    set_price(shop_session, 1400)
    assert "$13.99" in changed


def test_an_unpublished_product_is_gone_at_once(shop_client: FlaskClient, shop_session: Session) -> None:
    assert shop_client.get(PATH).status_code == 200
    set_published(shop_session, False)
    status = shop_client.get(PATH).status_code
    set_published(shop_session, True)
    assert status == 404


def test_a_browser_that_takes_gzip_gets_the_same_page_smaller(shop_client: FlaskClient) -> None:
    plain = shop_client.get(PATH)
    packed = shop_client.get(PATH, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] == plain.headers["ETag"]


def test_an_error_is_not_kept_as_a_page(shop_client: FlaskClient) -> None:
    answers = [shop_client.get("/products/nothing-of-ours") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert "ETag" not in answers[1].headers


def test_the_longest_unseen_page_is_forgotten_first() -> None:
    page = KeptPage.of("x" * 1000)
    cache = PageCache(most_bytes=page.size * 2)
    first, second, third = ((address, 1, TODAY) for address in ("/a", "/b", "/c"))
    for moment in (first, second):
        cache.keep(moment, page)
    assert cache.find(first) is not None
    cache.keep(third, page)
    assert [cache.find(moment) is not None for moment in (first, second, third)] == [True, False, True]


def test_a_page_of_yesterday_is_not_shown_today() -> None:
    cache = PageCache()
    cache.keep(("/a", 1, TODAY), KeptPage.of("yesterday's"))
    assert cache.find(("/a", 1, TODAY + timedelta(days=1))) is None


def set_price(session: Session, cents: int) -> None:
    with write_transaction(session):
        variant = find_variant(session, SKU)
        assert variant is not None
        variant.price_cents = cents
        touch_content(session)


def set_published(session: Session, is_published: bool) -> None:
    with write_transaction(session):
        product = session.query(Product).filter_by(code="FR-DRF").one()
        product.is_published = is_published
        touch_content(session)
