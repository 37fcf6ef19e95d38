"""The browser of the journeys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import new_page


@pytest.fixture
def shop_settings(shop_settings: dict[str, str], pictures: Path) -> dict[str, str]:
    """A browser sees pictures too."""
    return {**shop_settings, "MEDIA_URL": f"file:{pictures}"}


@pytest.fixture(params=[True, False], ids=["scripts-on", "scripts-off"])
def page(request: pytest.FixtureRequest, browser: Browser, live_shop: str) -> Iterator[Page]:
    """A page of its own at the live shop, with and without scripts."""
    with new_page(browser, live_shop, scripts=request.param) as page:
        yield page
