"""What the guidance pages read: nothing unpublished, in a fixed number of statements."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.guidance.models import (
    Basis,
    Claim,
    ClaimSource,
    Grade,
    Guide,
    GuideChange,
    GuideSource,
    Role,
    Source,
)
from app.guidance.queries import find_guide, list_guides, list_recommendations_for
from tests.guidance.rows import add_guide, add_product
from tests.guidance.statements import counted_statements


def test_lists_published_guides_in_their_order(session: Session) -> None:
    add_guide(session, "second").position = 2
    add_guide(session, "first").position = 1
    add_guide(session, "draft", is_published=False)
    assert [guide.slug for guide in list_guides(session)] == ["first", "second"]


def test_finds_no_guide_that_is_not_published(session: Session) -> None:
    add_guide(session, "draft", is_published=False)
    assert find_guide(session, "draft") is None


def test_leaves_unpublished_products_off_a_guide(session: Session) -> None:
    shown = add_product(session, "FR-DRF", is_published=True)
    add_guide(session, "rolling", add_product(session, "FR-MED"), shown)
    guide = find_guide(session, "rolling")
    assert guide is not None
    assert [each.product for each in guide.recommendations] == [shown]


def test_lists_no_recommendations_of_withdrawn_guides_or_unpublished_products(session: Session) -> None:
    shown = add_product(session, "FR-DRF", is_published=True)
    hidden = add_product(session, "FR-MED")
    rolling = add_guide(session, "rolling", shown, hidden)
    add_guide(session, "draft", shown, is_published=False)
    assert [each.guide for each in list_recommendations_for(session, shown.id)] == [rolling]
    assert list_recommendations_for(session, hidden.id) == []


def show_guide(session: Session, _product_id: int) -> None:
    guide = find_guide(session, "rolling")
    assert guide is not None
    for each in guide.recommendations:
        _ = (each.product.category.name, list(each.product.variants), list(each.product.images))
    _ = ([each.source.title for each in guide.sources], [each.note for each in guide.changes])
    _ = [[cited.source_id for cited in each.sources] for each in guide.claims]


def show_product(session: Session, product_id: int) -> None:
    for each in list_recommendations_for(session, product_id):
        _ = (each.guide.title, each.product.name)


def show_index(session: Session, _product_id: int) -> None:
    for guide in list_guides(session):
        _ = guide.title


@pytest.mark.parametrize(("show", "statements"), [(show_guide, 8), (show_product, 1), (show_index, 1)])
@pytest.mark.parametrize("size", [1, 5])
def test_reads_a_page_in_a_fixed_number_of_statements(
    session: Session, show: Callable[[Session, int], None], statements: int, size: int
) -> None:
    products = [add_product(session, f"FR-{number}", is_published=True) for number in range(size)]
    for slug in ["rolling", *(f"guide-{number}" for number in range(size))]:
        _add_parts(add_guide(session, slug, *products), size)
    session.flush()
    product_id = products[0].id
    session.expunge_all()
    with counted_statements(session) as sent:
        show(session, product_id)
    assert len(sent) == statements, sent


def _add_parts(guide: Guide, size: int) -> None:
    for number in range(size):
        source = Source(
            key=f"{guide.slug}-{number}"[:20],
            authors="A",
            title="T",
            publication="P",
            year=2020,
            url="https://x",
        )
        guide.sources.append(GuideSource(source=source, position=number))
        claim = Claim(
            key=f"claim-{number}",
            about="A",
            role=Role.UNKNOWN,
            grade=Grade.D,
            basis=Basis.DIRECT,
            scope="S",
            position=number,
            sources=[ClaimSource(source=source, position=1)],
        )
        guide.claims.append(claim)
        guide.changes.append(GuideChange(changed_on=guide.published_on, note="N", position=number))
