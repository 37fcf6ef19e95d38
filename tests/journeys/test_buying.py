"""A person finds a product, reads the guide it is tied to, and buys it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from app.inventory.models import MovementKind
from tests.browser import new_page
from tests.buyer import ADDRESS, CARD
from tests.stock import movements_of, stock_of

BOUGHT = "FR-DRF-45-TEA"


def test_a_person_buys_a_roller(page: Page, shop_session: Session) -> None:
    on_hand, _ = stock_of(shop_session, BOUGHT)
    choose_a_roller(page)
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your cart")
    change_quantity(page, 2)
    page.get_by_role("link", name="Go to checkout").click()
    fill_in_checkout(page)
    page.get_by_role("button", name=re.compile("payment")).click()
    pay(page)
    status = page.locator("[data-payment-status]")
    expect(status).to_have_attribute("data-payment-status", "paid")
    expect(page.get_by_role("heading", level=1)).to_contain_text("paid")
    assert stock_of(shop_session, BOUGHT) == (on_hand - 2, 0)
    assert movements_of(shop_session, BOUGHT)[-1] == (MovementKind.CONSUMED, -2, -2)


def test_product_and_guide_lead_to_each_other(page: Page) -> None:
    page.goto("/products/drift-soft-foam-roller")
    page.locator("main a[href$='/guides/foam-rolling-safely']").first.click()
    expect(page).to_have_url(re.compile("/guides/foam-rolling-safely"))
    page.locator("main a[href*='/products/drift-soft-foam-roller']").first.click()
    expect(page).to_have_url(re.compile("/products/drift-soft-foam-roller"))


def test_the_cart_count_follows_the_cart(browser: Browser, live_shop: str) -> None:
    with new_page(browser, live_shop, scripts=True) as page:
        page.goto("/products/drift-soft-foam-roller")
        page.get_by_role("button", name="Add to cart").click()
        page.goto("/")
        expect(page.locator("[data-cart-count]").first).to_contain_text("1")


def test_the_totals_follow_the_state_and_the_delivery(browser: Browser, live_shop: str) -> None:
    with new_page(browser, live_shop, scripts=True) as page:
        page.goto("/products/drift-soft-foam-roller")
        page.get_by_role("button", name="Add to cart").click()
        page.goto("/checkout")
        totals = page.locator("[data-totals]")
        expect(totals).to_contain_text("Added when you enter your state")
        page.locator("[name=region]").fill("CA")
        page.get_by_text("Express delivery").click()
        # $14.00, express $14.95, and California's 7.25 % of the goods.
        expect(totals).to_contain_text("$1.02")
        expect(totals).to_contain_text("$29.97")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/products",
        "/categories/back-braces",
        "/products/keelrow-light-lumbar-belt",
        "/guides",
        "/guides/dry-needling-and-ims",
        "/guides/back-pain-warning-signs",
        "/cart",
    ],
)
def test_no_page_is_wider_than_the_screen(browser: Browser, live_shop: str, path: str, width: int) -> None:
    with new_page(browser, live_shop, scripts=True, width=width) as page:
        page.goto(path)
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0


def choose_a_roller(page: Page) -> None:
    page.goto("/")
    page.locator("main").get_by_role("link", name="Foam rollers and massage").click()
    page.get_by_role("link", name="Drift Soft Foam Roller").first.click()
    page.get_by_role("link", name="45 cm (18 in)").first.click()
    expect(page).to_have_url(re.compile(f"sku={BOUGHT}"))
    expect(page.locator(f"[data-chosen-sku='{BOUGHT}']")).to_have_attribute("data-availability", "in-stock")


def change_quantity(page: Page, quantity: int) -> None:
    field = page.get_by_label("Quantity")
    field.fill(str(quantity))
    field.press("Enter")
    expect(page.get_by_text("Your cart is up to date.")).to_be_visible()
    expect(page.get_by_label("Quantity")).to_have_value(str(quantity))


def fill_in_checkout(page: Page) -> None:
    for name, value in ADDRESS.items():
        if name != "country":
            page.locator(f"[name={name}]").fill(value)
    page.get_by_label("I have read who should not use these").check()
    expect(page.get_by_text("Delivery", exact=True).first).to_be_visible()
    expect(page.get_by_text(re.compile("[Tt]ax")).first).to_be_visible()


def pay(page: Page) -> None:
    expect(page.get_by_text(re.compile("simulation", re.IGNORECASE)).first).to_be_visible()
    for name, value in CARD.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name=re.compile(r"^Pay \$")).click()
