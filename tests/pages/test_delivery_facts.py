"""What pages say of delivery and returns is what the data and the code say."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.catalog.services import touch_content
from app.catalog.units import write_weight
from app.jobs.seed import SEED_FOLDER
from app.money import format_money
from app.payments.services import HOLD
from app.pricing.loading import load_pricing
from app.pricing.models import DeliveryRate
from app.pricing.seed import read_pricing
from app.session import write_transaction
from app.storefront.returns_policy import RETURN_DAYS
from app.storefront.returns_rules import RULES
from tests.buyer import Buyer
from tests.pages.page_text import blocks_of
from tests.storefront.reader import read

PAGE = "/delivery-and-returns"
ROLLER = "/products/drift-soft-foam-roller"
FAMILIES = {
    "foam-rollers": ROLLER,
    "heat-cold": "/products/barleyfield-lumbar-grain-wrap",
    "back-braces": "/products/keelrow-light-lumbar-belt",
    "stretching-aids": "/products/mossground-exercise-mat",
}


@pytest.fixture
def first_rate(shop_session: Session) -> Iterator[Callable[[int], None]]:
    """Change the price of the first rate; it is put back at the end."""
    rate = shop_session.scalars(select(DeliveryRate).order_by(DeliveryRate.id)).first()
    assert rate is not None
    before = rate.price_cents

    def change(cents: int) -> None:
        with write_transaction(shop_session):
            shop_session.execute(
                update(DeliveryRate).where(DeliveryRate.id == rate.id).values(price_cents=cents)
            )
            touch_content(shop_session)

    yield change
    change(before)


def test_every_rate_stands_on_the_page(shop_client: FlaskClient, shop_session: Session) -> None:
    words = " ".join(blocks_of(read(shop_client, PAGE)))
    rates = shop_session.scalars(select(DeliveryRate)).all()
    assert len(rates) > 5
    for rate in rates:
        assert rate.up_to_g is not None
        free = rate.free_from_cents
        price = format_money(rate.price_cents, "USD")
        threshold = "Not free" if free is None else format_money(free, "USD")
        assert f"Up to {write_weight(rate.up_to_g)} {price} {threshold}" in words
        assert rate.zone.name in words


@pytest.mark.parametrize("address", [PAGE, ROLLER])
def test_a_changed_price_is_on_the_page_at_once(
    shop_client: FlaskClient, first_rate: Callable[[int], None], address: str
) -> None:
    assert "$5.95" in read(shop_client, address)
    first_rate(733)
    changed = read(shop_client, address)
    assert "$7.33" in changed
    assert "$5.95" not in changed


def test_loading_changed_prices_renews_the_pages(
    shop_client: FlaskClient, shop_session: Session, first_rate: Callable[[int], None]
) -> None:
    first_rate(733)
    assert "$7.33" in read(shop_client, PAGE)
    with write_transaction(shop_session):
        load_pricing(shop_session, read_pricing(SEED_FOLDER, "USD", []))
    assert "$5.95" in read(shop_client, PAGE)


def test_the_product_page_says_what_the_checkout_asks_for(buyer: Buyer) -> None:
    buyer.add("FR-DRF-30-TEA")
    checkout, product = buyer.get("/checkout").text, buyer.get(ROLLER).text
    assert "$5.95" in checkout
    assert "Contiguous United States: $5.95, free for goods from $60.00." in " ".join(product.split())


@pytest.mark.parametrize("family", FAMILIES)
def test_a_product_says_if_it_can_come_back(shop_client: FlaskClient, family: str) -> None:
    words = " ".join(blocks_of(read(shop_client, FAMILIES[family])))
    assert f"You have {RETURN_DAYS} days to send it back. {RULES[family]}" in words
    assert RULES[family] in " ".join(blocks_of(read(shop_client, PAGE)))


@pytest.mark.parametrize("address", [PAGE, "/terms", "/accessibility"])
def test_the_time_for_which_goods_are_held_is_the_true_one(shop_client: FlaskClient, address: str) -> None:
    assert f"for {HOLD.total_seconds() / 60:g} minutes" in read(shop_client, address)


@pytest.mark.parametrize("address", ["/delivery-and-returns", "/terms", "/privacy"])
def test_the_checkout_names_the_rules_beside_its_button(shop_client: FlaskClient, address: str) -> None:
    shop_client.post("/cart/items", data={"sku": "FR-DRF-30-TEA", "quantity": "1"})
    page = read(shop_client, "/checkout")
    after_button = page[page.index("Continue to payment") : page.index("<footer")]
    assert f'href="{address}" target="_blank"' in after_button
