"""The search knows what the shop shows, at once, and nothing else."""

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.catalog.models import Product
from app.catalog.queries import content_version
from app.catalog.services import publish, unpublish
from app.guidance.models import Grade, Guide, Recommendation
from app.search.indexing import index_guide, index_product, reindex
from app.search.models import SearchEntry, SearchTrigram, SearchWord
from app.search.queries import search, suggest
from tests.guidance.rows import add_guide, add_product


@pytest.fixture
def roller(session: Session) -> Product:
    """A published product with a guide, in the search."""
    product = add_product(session, "ZEPHYR", is_published=True)
    add_guide(session, "zephyr-rolling", product)
    reindex(session)
    return product


def found(session: Session, query: str) -> list[str]:
    return [hit.slug for hit in search(session, query).hits]


def test_a_published_product_is_found(session: Session, roller: Product) -> None:
    assert roller.slug in found(session, "zephyr")


def test_an_unpublished_product_is_not_found_even_before_the_index_knows(
    session: Session, roller: Product
) -> None:
    unpublish(session, roller)
    session.flush()
    assert roller.slug not in found(session, "zephyr")
    assert roller.slug not in [hit.slug for hit in suggest(session, "zeph")]


def test_a_product_leaves_the_index_and_comes_back(session: Session, roller: Product) -> None:
    unpublish(session, roller)
    index_product(session, roller)
    assert session.scalar(select(SearchEntry.id).where(SearchEntry.slug == roller.slug)) is None
    publish(session, roller)
    index_product(session, roller)
    assert roller.slug in found(session, "zephyr")


def test_a_new_name_is_found_and_the_old_one_is_not(session: Session, roller: Product) -> None:
    roller.name = "Quillon"
    index_product(session, roller)
    session.flush()
    assert found(session, "quillon") == [roller.slug]
    assert found(session, "quilon") == [roller.slug]


def test_a_withdrawn_guide_is_not_found(session: Session, roller: Product) -> None:
    guide = session.scalars(select(Guide)).one()
    assert guide.slug in found(session, "zephyr rolling")
    guide.is_published = False
    session.flush()
    assert guide.slug not in found(session, "zephyr rolling")
    index_guide(session, guide)
    assert session.scalar(select(SearchEntry.id).where(SearchEntry.slug == guide.slug)) is None


def test_advice_against_a_product_takes_its_text_out_of_the_search(session: Session, roller: Product) -> None:
    roller.intended_use = "Soothes everything."
    index_product(session, roller)
    assert found(session, "soothes") == [roller.slug]
    session.execute(update(Recommendation).values(grade=Grade.AGAINST))
    index_guide(session, session.scalars(select(Guide)).one())
    assert found(session, "soothes") == []
    assert roller.slug in found(session, "zephyr")


def test_a_change_of_the_search_is_a_change_of_the_content(session: Session, roller: Product) -> None:
    before = content_version(session)
    roller.name = "Quillon"
    index_product(session, roller)
    assert content_version(session) > before


def test_refreshing_repairs_what_was_forgotten_and_then_changes_nothing(
    session: Session, roller: Product
) -> None:
    roller.name = "Quillon"
    session.execute(update(SearchWord).values(entries=7))
    assert reindex(session) > 0
    assert roller.slug in found(session, "quillon")
    version = content_version(session)
    assert reindex(session) == 0
    assert content_version(session) == version


def test_words_that_no_page_holds_any_more_are_forgotten(session: Session, roller: Product) -> None:
    roller.name = "Quillon"
    roller.code = roller.slug = "quillon"
    session.scalars(select(Guide)).one().title = "Rolling"
    reindex(session)
    counted = select(func.count()).select_from(SearchTrigram).where(SearchTrigram.word == "zephyr")
    # The words of its family are its own still.
    roller.category.name = "Things"
    reindex(session)
    assert session.scalar(counted) == 0
    assert session.get(SearchWord, "zephyr") is None
