"""Blocks of data stand in pages without a word on a real browser's console."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import new_page

BLOCKS = "script[type='application/ld+json']"


@pytest.fixture
def shop_settings(shop_settings: dict[str, str], pictures: Path) -> dict[str, str]:
    """A browser sees pictures too."""
    return {**shop_settings, "MEDIA_URL": f"file:{pictures}"}


def test_the_security_policy_lets_blocks_of_data_stand_in_silence(browser: Browser, live_shop: str) -> None:
    kinds = []
    # At the end the page fails the test if anything was said on its console.
    with new_page(browser, live_shop, scripts=True) as page:
        for address in (
            "/",
            "/products/keelrow-light-lumbar-belt",
            "/guides/heat-or-cold",
            "/categories/heat-cold",
        ):
            answer = page.goto(address)
            assert answer
            assert "script-src 'self';" in answer.headers["content-security-policy"]
            kinds += [json.loads(text)["@type"] for text in page.locator(BLOCKS).all_text_contents()]
            picture = page.locator("meta[property='og:image']").get_attribute("content") or ""
            shown = page.request.get(live_shop + picture[picture.index("/", 8) :])
            assert (shown.status, shown.headers["content-type"]) == (200, "image/jpeg")
    assert kinds == [
        "Organization",
        "WebSite",
        "ProductGroup",
        "BreadcrumbList",
        "Article",
        "BreadcrumbList",
        "BreadcrumbList",
    ]
