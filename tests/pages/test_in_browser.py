"""The pages in a real browser: by keyboard alone, without scripts, on a narrow screen, with more contrast."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import new_page
from tests.pages.test_pages import HEADINGS


@pytest.fixture(params=[True, False], ids=["scripts-on", "scripts-off"])
def page(request: pytest.FixtureRequest, browser: Browser, live_shop: str) -> Iterator[Page]:
    """A page of its own at the live shop; a browser complains on its console of every 422."""
    context = browser.new_context(base_url=live_shop, java_script_enabled=request.param)
    page = context.new_page()
    yield page
    page.wait_for_load_state("networkidle")
    context.close()


def test_a_message_is_sent_by_keyboard_alone_after_a_mistake(page: Page) -> None:
    page.goto("/contact")
    page.get_by_label("Your name").focus()
    for words in ("Maya", "maya", "PBTESTED", "Where is my parcel?"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send the message")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("name@example.com")
    expect(page.get_by_label("Message")).to_have_value("Where is my parcel?")
    email = page.get_by_label("Email")
    page.get_by_role("link", name="Email: Please check").focus()
    page.keyboard.press("Enter")
    email.focus()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("maya@example.com")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your message")


def test_the_footer_is_followed_by_keyboard(page: Page) -> None:
    page.goto("/about")
    page.get_by_role("navigation", name="About this shop").get_by_role("link", name="Terms").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Terms")


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_screen(browser: Browser, live_shop: str, width: int) -> None:
    with new_page(browser, live_shop, scripts=False, width=width) as page:
        for path in HEADINGS:
            page.goto(path)
            root = "document.documentElement"
            assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0, path


def test_soft_text_is_as_dark_as_any_for_whoever_asks_for_contrast(browser: Browser, live_shop: str) -> None:
    with new_page(browser, live_shop, scripts=True) as page:
        page.goto("/about")
        usual = _color(page, ".lead")
        page.emulate_media(contrast="more")
        assert usual != _color(page, "h1")
        assert _color(page, ".lead") == _color(page, "h1")


def _color(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("each => getComputedStyle(each).color"))
