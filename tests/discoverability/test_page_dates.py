"""A page is dated by the last real change of what it shows."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.catalog.models import Image, Product, ProductTag, TagAxis
from app.guidance.models import Claim, ClaimSource, Guide, GuideChange, Recommendation
from tests.guidance.statements import counted_statements

LONG_AGO = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def shop(shop_session: Session) -> Iterator[Session]:
    """The seeded shop with all dates long ago; whatever a test changes is undone."""
    for model in (Product, Guide):
        shop_session.execute(update(model).values(changed_at=LONG_AGO))
    yield shop_session
    shop_session.rollback()


def product_of(session: Session) -> Product:
    # One with options, pictures and several variants.
    return session.scalars(select(Product).where(Product.code == "FR-DRF")).one()


PRODUCT_CHANGES: dict[str, Callable[[Product], None]] = {
    "name": lambda product: setattr(product, "name", "Another"),
    "published": lambda product: setattr(product, "is_published", False),
    "price": lambda product: setattr(product.variants[0], "price_cents", 1),
    "fact": lambda product: setattr(product.variants[0].facts, "material", "Cork"),
    "picture": lambda product: setattr(product.images[0], "alt", "Another"),
    "new picture": lambda product: product.images.append(
        Image(file="new", alt="New", width=1, height=1, position=9)
    ),
    "option": lambda product: setattr(product.options[0], "name", "Another"),
    "value": lambda product: setattr(product.options[0].values[0], "value", "Another"),
    "tag gone": lambda product: product.tags.remove(product.tags[0]),
    "new tag": lambda product: product.tags.append(ProductTag(axis=TagAxis.GOAL, key="another", position=9)),
}


@pytest.mark.parametrize("name", PRODUCT_CHANGES)
def test_a_change_dates_the_page_of_its_product_and_no_other(shop: Session, name: str) -> None:
    product = product_of(shop)
    PRODUCT_CHANGES[name](product)
    shop.flush()
    changed = shop.scalars(select(Product.code).where(Product.changed_at > LONG_AGO)).all()
    assert changed == [product.code]


GUIDE_PARTS: tuple[tuple[type[object], str], ...] = (
    (Guide, "body"),
    (Claim, "scope"),
    (GuideChange, "note"),
    (Recommendation, "reason"),
)


@pytest.mark.parametrize(("model", "attribute"), GUIDE_PARTS)
def test_a_change_of_any_part_dates_its_guide(shop: Session, model: type[object], attribute: str) -> None:
    row = shop.scalars(select(model).limit(1)).one()
    setattr(row, attribute, "Another.")
    shop.flush()
    assert len(shop.scalars(select(Guide.id).where(Guide.changed_at > LONG_AGO)).all()) == 1


def test_a_source_taken_from_a_claim_dates_its_guide(shop: Session) -> None:
    shop.delete(shop.scalars(select(ClaimSource).limit(1)).one())
    shop.flush()
    assert len(shop.scalars(select(Guide.id).where(Guide.changed_at > LONG_AGO)).all()) == 1


def test_what_a_guide_says_of_a_product_dates_both_pages(shop: Session) -> None:
    link = shop.scalars(select(Recommendation).limit(1)).one()
    link.reason = "Another."
    shop.flush()
    assert shop.scalars(select(Product.id).where(Product.changed_at > LONG_AGO)).all() == [link.product_id]


def test_setting_what_is_there_already_writes_nothing(shop: Session) -> None:
    product = product_of(shop)
    with counted_statements(shop) as sent:
        product.name = str(product.name)
        shop.flush()
    assert [statement for statement in sent if not statement.startswith("SELECT")] == []
