"""What shoppers can list and find, in how many statements."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.loading import load_catalog
from app.catalog.models import Product
from app.catalog.queries import (
    ProductPage,
    Sort,
    content_version,
    find_category,
    find_product,
    find_variant,
    list_categories,
    list_products,
)
from app.catalog.seed import CatalogSeed, read_seed
from app.catalog.services import publish, unpublish
from tests.catalog.statement_log import log_statements

SEED_FOLDER = Path(__file__).parents[2] / "seed_data"


@pytest.fixture(scope="module")
def seed() -> CatalogSeed:
    return read_seed(SEED_FOLDER)


@pytest.fixture
def shop(session: Session, seed: CatalogSeed) -> Session:
    """The whole catalogue, published."""
    load_catalog(session, seed)
    for product in session.scalars(select(Product)):
        product.is_published = True
    session.commit()
    session.expunge_all()
    return session


def lowest_prices(page: ProductPage) -> list[int]:
    return [min(variant.price_cents for variant in product.variants) for product in page.items]


def test_lists_families_in_their_order(shop: Session) -> None:
    slugs = [category.slug for category in list_categories(shop)]
    assert slugs == ["foam-rollers", "heat-cold", "back-braces", "stretching-aids"]


def test_finds_a_family_by_slug(shop: Session) -> None:
    category = find_category(shop, "heat-cold")
    assert category is not None
    assert category.name == "Heat and cold"
    assert find_category(shop, "shoes") is None


def test_featured_order_is_that_of_the_seed_files(shop: Session, seed: CatalogSeed) -> None:
    page = list_products(shop, per_page=100)
    assert [product.code for product in page.items] == [row.code for row in seed.products]


def test_pages_hold_every_product_once(shop: Session) -> None:
    pages = [list_products(shop, page=number, sort=Sort.PRICE_LOW) for number in (1, 2, 3)]
    assert [len(page.items) for page in pages] == [24, 24, 22]
    assert {page.total for page in pages} == {70}
    assert {page.pages for page in pages} == {3}
    assert len({product.id for page in pages for product in page.items}) == 70


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-4, 1), (99, 3), (10**30, 3)])
def test_a_page_outside_of_the_list_is_the_nearest_one_inside(shop: Session, asked: int, given: int) -> None:
    page = list_products(shop, page=asked)
    assert page.page == given
    assert page.items


def test_sorts_by_the_lowest_price_of_a_product(shop: Session) -> None:
    low = lowest_prices(list_products(shop, sort=Sort.PRICE_LOW, per_page=100))
    high = lowest_prices(list_products(shop, sort=Sort.PRICE_HIGH, per_page=100))
    assert low == sorted(low)
    assert high == sorted(low, reverse=True)


def test_products_of_the_same_price_keep_one_order(shop: Session) -> None:
    page = list_products(shop, sort=Sort.PRICE_HIGH, per_page=100)
    keys = [(-price, product.id) for price, product in zip(lowest_prices(page), page.items, strict=True)]
    assert keys == sorted(keys)


def test_sorts_by_name(shop: Session) -> None:
    names = [product.name.lower() for product in list_products(shop, sort=Sort.NAME, per_page=100).items]
    assert names == sorted(names)


def test_lists_one_family(shop: Session) -> None:
    page = list_products(shop, category="foam-rollers")
    assert page.total == 18
    assert {product.category.slug for product in page.items} == {"foam-rollers"}


def test_a_family_that_is_not_there_is_an_empty_page(shop: Session) -> None:
    assert list_products(shop, category="shoes") == ProductPage(items=[], total=0, page=1, pages=1)


def test_shoppers_do_not_see_what_is_not_published(shop: Session) -> None:
    product = find_product(shop, "drift-soft-foam-roller")
    assert product is not None
    unpublish(shop, product)
    shop.commit()
    assert find_product(shop, "drift-soft-foam-roller") is None
    assert find_variant(shop, "FR-DRF-30-TEA") is None
    assert list_products(shop).total == 69


def test_publishing_changes_the_content_version_once(shop: Session) -> None:
    product = shop.scalars(select(Product)).first()
    assert product is not None
    before = content_version(shop)
    publish(shop, product)
    assert content_version(shop) == before
    unpublish(shop, product)
    publish(shop, product)
    assert content_version(shop) == before + 2


def test_the_content_version_is_zero_before_anything_was_shown(session: Session) -> None:
    assert content_version(session) == 0


@pytest.mark.parametrize("per_page", [1, 24, 100])
def test_a_list_takes_four_statements_whatever_its_size(shop: Session, per_page: int) -> None:
    with log_statements() as statements:
        for product in list_products(shop, per_page=per_page).items:
            assert product.category.name
            assert product.variants[0].price_cents
            assert product.images[0].alt
    assert len(statements) == 4


@pytest.mark.parametrize(
    "slug", ["drift-soft-foam-roller", "keelrow-light-lumbar-belt", "glowbank-cordless-heat-belt"]
)
def test_a_product_page_takes_seven_statements(shop: Session, slug: str) -> None:
    with log_statements() as statements:
        product = find_product(shop, slug)
        assert product is not None
        assert product.category.name
        assert all(value.value for option in product.options for value in option.values)
        for variant in product.variants:
            assert variant.product is product
            assert variant.facts.material
            assert all(value.option.name for value in variant.option_values)
        assert product.images
        assert product.tags
    assert len(statements) == 7


def test_a_variant_comes_with_its_product_in_three_statements(shop: Session) -> None:
    with log_statements() as statements:
        variant = find_variant(shop, "FR-DRF-30-TEA")
        assert variant is not None
        assert variant.product.images[0].alt
        assert [value.option.name for value in variant.option_values] == ["Length", "Color"]
        assert variant.facts.firmness == "soft"
    assert len(statements) == 3
