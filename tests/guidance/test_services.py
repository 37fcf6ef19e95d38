"""No product is sold without a guide beside it."""

import pytest
from sqlalchemy.orm import Session

from app.catalog.queries import content_version
from app.guidance.services import (
    GuideStillNeeded,
    ProductWithoutGuide,
    publish_product,
    require_guides,
    withdraw_guide,
)
from tests.guidance.rows import add_guide, add_product


def test_publishes_a_product_that_a_guide_recommends(session: Session) -> None:
    product = add_product(session, "FR-DRF")
    add_guide(session, "rolling", product)
    publish_product(session, product)
    assert product.is_published


def test_refuses_to_publish_a_product_without_a_guide(session: Session) -> None:
    product = add_product(session, "FR-DRF")
    add_guide(session, "rolling", add_product(session, "FR-MED"))
    with pytest.raises(ProductWithoutGuide, match="FR-DRF"):
        publish_product(session, product)
    assert not product.is_published


def test_a_withdrawn_guide_does_not_count_for_publishing(session: Session) -> None:
    product = add_product(session, "FR-DRF")
    add_guide(session, "rolling", product, is_published=False)
    with pytest.raises(ProductWithoutGuide):
        publish_product(session, product)


def test_refuses_to_withdraw_the_last_guide_of_a_published_product(session: Session) -> None:
    alone = add_product(session, "FR-DRF", is_published=True)
    shared = add_product(session, "FR-MED", is_published=True)
    guide = add_guide(session, "rolling", alone, shared)
    add_guide(session, "stretching", shared)
    with pytest.raises(GuideStillNeeded) as refusal:
        withdraw_guide(session, guide)
    assert refusal.value.products == [alone]
    assert guide.is_published


def test_withdraws_a_guide_that_no_published_product_needs(session: Session) -> None:
    shared = add_product(session, "FR-MED", is_published=True)
    guide = add_guide(session, "rolling", shared, add_product(session, "FR-DRF"))
    add_guide(session, "stretching", shared)
    before = content_version(session)
    withdraw_guide(session, guide)
    assert not guide.is_published
    assert content_version(session) == before + 1


def test_withdrawing_a_guide_twice_changes_nothing_more(session: Session) -> None:
    guide = add_guide(session, "rolling")
    withdraw_guide(session, guide)
    before = content_version(session)
    withdraw_guide(session, guide)
    assert content_version(session) == before


def test_names_every_published_product_without_a_guide(session: Session) -> None:
    add_product(session, "FR-DRF", is_published=True)
    add_product(session, "FR-MED", is_published=True)
    add_product(session, "FR-PEB")
    with pytest.raises(GuideStillNeeded, match=r"FR-DRF, FR-MED$"):
        require_guides(session)
