"""The size finder in a real browser, without scripts, on narrow and on wide screens."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import new_page

BELT = "/products/keelrow-light-lumbar-belt/size"


@pytest.fixture(params=[320, 390, 1280])
def page(request: pytest.FixtureRequest, browser: Browser, live_shop: str) -> Iterator[Page]:
    with new_page(browser, live_shop, scripts=False, width=request.param) as page:
        page.goto(BELT)
        yield page


def fits(page: Page) -> bool:
    """Whether nothing makes the page wider than the window."""
    box = page.locator("body").bounding_box()
    width = (page.viewport_size or {"width": 0})["width"]
    parts = page.locator("main .wrap > *").all()
    return bool(box) and all((part.bounding_box() or {"width": 0})["width"] <= width for part in parts)


def test_a_person_finds_a_size_with_the_keyboard_alone(page: Page) -> None:
    page.get_by_label("What the tape says").focus()
    page.keyboard.type("33 1/2")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Inches")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your size is M")).to_be_visible()
    expect(page.get_by_role("link", name="See it in size M")).to_have_attribute(
        "href", "/products/keelrow-light-lumbar-belt?sku=BR-KLL-M-BLK"
    )
    expect(page.get_by_label("What the tape says")).to_have_value("33 1/2")
    assert page.url.endswith(BELT)
    assert fits(page)


def test_a_person_chooses_centimeters_and_hears_that_it_is_not_made(page: Page) -> None:
    page.get_by_label("What the tape says").fill("150")
    page.get_by_label("Centimeters").check()
    page.get_by_role("button", name="Find my size").click()
    expect(page.get_by_role("heading", name="Not made in your size")).to_be_visible()
    expect(page.get_by_label("Centimeters")).to_be_checked()
    assert fits(page)


def test_every_target_is_large_enough_to_hit(page: Page) -> None:
    for target in page.locator("form label.choice, form button, form .input").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44
