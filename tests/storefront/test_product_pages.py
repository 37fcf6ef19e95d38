"""The page of a product: honest first, every variant stated, the picker."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Product
from app.inventory.models import StockItem
from tests.storefront.reader import Tags, read

BRACE = "/products/keelrow-light-lumbar-belt"
ROLLER = "/products/drift-soft-foam-roller"
BAND = "/products/springbrook-flat-band-latex-free"
SPARSE = "/products/ridgeline-textured-roller"


def test_every_variant_states_its_price_and_availability(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    for product in shop_session.scalars(select(Product).where(Product.is_published)):
        stated = {
            tag["data-sku"]: tag
            for tag in Tags(read(shop_client, f"/products/{product.slug}")).having("data-sku")
        }
        assert set(stated) == {variant.sku for variant in product.variants}
        for variant in product.variants:
            assert stated[variant.sku]["data-price-cents"] == str(variant.price_cents)
            assert stated[variant.sku]["data-availability"] in {"in-stock", "low", "out"}


def test_the_chosen_variant_is_the_one_that_is_added(shop_client: FlaskClient) -> None:
    tags = Tags(read(shop_client, f"{ROLLER}?sku=FR-DRF-45-GRY"))
    assert [field["value"] for field in tags.named("input") if field.get("name") == "sku"] == [
        "FR-DRF-45-GRY"
    ]
    assert [tag["data-chosen-sku"] for tag in tags.having("data-chosen-sku")] == ["FR-DRF-45-GRY"]


def test_a_sold_out_variant_says_so_and_cannot_be_added(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    sold_out = shop_session.scalars(select(StockItem).where(StockItem.on_hand == 0)).all()
    in_stock = shop_session.scalars(select(StockItem).where(StockItem.on_hand > 9).limit(5)).all()
    assert sold_out
    assert in_stock
    for item in (*sold_out, *in_stock):
        page = read(shop_client, f"/products/{item.variant.product.slug}?sku={item.variant.sku}")
        is_out = Tags(page).having("data-chosen-sku")[0]["data-availability"] == "out"
        assert is_out is (item in sold_out)
        assert ("sold out, so it cannot go in the cart" in page) is is_out
        assert ("Add to cart" in page) is not is_out


def test_the_picture_follows_the_chosen_color(shop_client: FlaskClient) -> None:
    first = {}
    for sku in ("FR-DRF-45-GRY", "FR-DRF-45-TEA"):
        first[sku] = Tags(read(shop_client, f"{ROLLER}?sku={sku}")).named("img")[0]["alt"]
    assert "gray" in first["FR-DRF-45-GRY"]
    assert "teal" in first["FR-DRF-45-TEA"]


def test_every_choice_of_the_picker_leads_to_a_variant_that_exists(shop_client: FlaskClient) -> None:
    first = Tags(read(shop_client, SPARSE))
    skus = [tag["data-sku"] for tag in first.having("data-sku")]
    said = ""
    for sku in skus:
        page = read(shop_client, f"{SPARSE}?sku={sku}")
        picker = page[page.index('class="picker') : page.index('name="sku"')]
        targets = {link["href"].split("sku=")[1] for link in Tags(picker).named("a")}
        assert sku in targets
        assert targets <= set(skus)
        said += picker
    assert "not in 66 cm (26 in)" in said


def test_advice_against_a_product_stands_above_its_price(shop_client: FlaskClient) -> None:
    main = read(shop_client, BRACE).split("<main")[1]
    assert main.index("Guidelines advise against routine use") < main.index("data-price-cents")


@pytest.mark.parametrize("address", [BAND, "/categories/stretching-aids"])
def test_a_product_that_was_not_tested_shows_no_letter(shop_client: FlaskClient, address: str) -> None:
    main = read(shop_client, address).split("<main")[1]
    assert "Not tested itself." in main
    assert not re.search(r"\([ABC]\)", main)


def test_staff_only_facts_never_reach_a_page(shop_client: FlaskClient, shop_session: Session) -> None:
    for product in shop_session.scalars(select(Product).where(Product.is_published)):
        page = read(shop_client, f"/products/{product.slug}")
        assert product.us_regulation_to_confirm not in page
        assert not re.search(r"\b(?:FSA|HSA)\b|needs-letter|likely-eligible", page)
