"""On paper every caution is there, also what a page shows only when it is opened."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from app.jobs.order_mails import order_link
from tests.browser import new_page
from tests.cautions.surfaces import GEL, order_goods

PATCH = "Never use it over or near a medicine patch"
# Content that is kept from being painted is not visible either.
VISIBLE = "e => e.checkVisibility({visibilityProperty: true, opacityProperty: true})"


@pytest.fixture
def page(browser: Browser, live_shop: str) -> Iterator[Page]:
    """A page without scripts."""
    with new_page(browser, live_shop, scripts=False) as page:
        yield page


def visible_rules(page: Page) -> list[bool]:
    """Say of every rule on the page whether it is seen."""
    return [rule.evaluate(VISIBLE) for rule in page.locator(".rules__list li").all()]


def assert_all_printed(page: Page) -> None:
    page.emulate_media(media="print")
    seen = visible_rules(page)
    assert len(seen) > 10
    assert all(seen)
    assert PATCH in page.locator("main").inner_text()
    for label in ("Do not use it", "Ask first", "Take care"):
        assert page.get_by_role("heading", name=label).first.evaluate(VISIBLE)


def test_the_product_page_prints_all_rules(page: Page) -> None:
    page.goto(f"/products/tarnlight-reusable-gel-pack?sku={GEL}")
    assert_all_printed(page)


def test_the_order_page_prints_all_rules(page: Page, live_app: Flask, live_shop: str) -> None:
    order = order_goods(live_app, {GEL: 1})
    with live_app.app_context():
        page.goto(live_shop + "/orders/" + order_link(order.code).partition("/orders/")[2])
    assert_all_printed(page)


def test_the_cart_prints_the_short_words(page: Page) -> None:
    page.goto(f"/products/tarnlight-reusable-gel-pack?sku={GEL}")
    page.get_by_role("button", name="Add to cart").click()
    page.emulate_media(media="print")
    assert "Can kill if used over a medicine patch" in page.locator(".cart-line").inner_text()


def test_the_checkout_opens_all_rules_on_paper_and_on_demand(page: Page) -> None:
    page.goto(f"/products/tarnlight-reusable-gel-pack?sku={GEL}")
    page.get_by_role("button", name="Add to cart").click()
    page.goto("/checkout")
    assert not any(visible_rules(page))
    page.locator("summary").first.click()
    assert page.get_by_text(PATCH).evaluate(VISIBLE)
    page.locator("summary").first.click()
    assert_all_printed(page)
