"""Suggestions in a real browser, by keyboard alone; and the plain form without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import new_page


def test_suggestions_are_walked_by_arrows_and_opened_by_enter(browser: Browser, live_shop: str) -> None:
    with new_page(browser, live_shop, scripts=True) as page:
        page.goto("/guides")
        field = page.get_by_role("combobox", name="Search products and guides")
        expect(field).to_have_attribute("aria-expanded", "false")
        field.press_sequentially("sciat")
        option = page.get_by_role("option").first
        expect(option).to_contain_text("Sciatica")
        expect(field).to_have_attribute("aria-expanded", "true")
        expect(field).to_be_focused()
        assert field.get_attribute("aria-activedescendant") is None
        field.press("ArrowDown")
        expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "none")
        expect(option).to_have_attribute("aria-selected", "true")
        field.press("Enter")
        page.wait_for_url("**/guides/sciatica")


def test_escape_closes_the_list_and_keeps_the_words_and_enter_then_searches(
    browser: Browser, live_shop: str
) -> None:
    with new_page(browser, live_shop, scripts=True) as page:
        page.goto("/guides")
        field = page.get_by_role("combobox", name="Search products and guides")
        field.press_sequentially("sciat")
        expect(page.get_by_role("option").first).to_be_visible()
        field.press("ArrowUp")
        expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
        field.press("Escape")
        expect(page.get_by_role("listbox")).to_have_count(0)
        expect(field).to_have_value("sciat")
        field.press("Enter")
        page.wait_for_url("**/search?q=sciat")
        expect(page.get_by_role("heading", level=1)).to_contain_text("sciat")


def test_the_list_goes_when_the_focus_goes(browser: Browser, live_shop: str) -> None:
    with new_page(browser, live_shop, scripts=True) as page:
        page.goto("/guides")
        field = page.get_by_role("combobox", name="Search products and guides")
        field.press_sequentially("sciat")
        expect(page.get_by_role("option").first).to_be_visible()
        field.press("Tab")
        expect(page.get_by_role("listbox")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1280])
def test_without_scripts_the_form_searches(browser: Browser, live_shop: str, width: int) -> None:
    with new_page(browser, live_shop, scripts=False, width=width) as page:
        page.goto("/guides")
        page.get_by_label("Search products and guides").fill("sciatica")
        button = page.get_by_role("button", name="Search", exact=True)
        assert is_large_enough(page)
        button.click()
        page.wait_for_url("**/search?q=sciatica")
        expect(page.get_by_role("link", name="Sciatica: pain that runs down your leg")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def is_large_enough(page: Page) -> bool:
    boxes = [
        page.get_by_label("Search products and guides"),
        page.get_by_role("button", name="Search", exact=True),
    ]
    return all((box := each.bounding_box()) and min(box["width"], box["height"]) >= 44 for each in boxes)
