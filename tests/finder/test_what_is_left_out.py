"""What a result does not show: claims of old guides, guides that are gone, products that nobody may buy."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.catalog.models import Product
from app.guidance.finder_answers import Answers, Area, Goal, Situation, Stage
from app.guidance.models import Guide
from app.guidance.review import GRACE
from app.inventory.models import StockItem
from tests.finder.walks import ask, cards_of, heading_of, main_of, slug_of

NOTHING = "You may not need to buy anything"
HEAT = Answers(Area.LOWER_BACK, Stage.ACUTE, Goal.RELIEVE, Situation.NONE)


@pytest.fixture
def heat_guide(shop_session: Session) -> Iterator[Guide]:
    """The guide that the tests make old or take away; afterwards it is as it was."""
    guide = shop_session.scalars(select(Guide).where(Guide.slug == "heat-or-cold")).one()
    before = guide.next_review
    yield guide
    guide.next_review, guide.is_published = before, True
    shop_session.commit()


def test_a_guide_that_is_overdue_still_vouches_for_its_products(
    shop_client: FlaskClient, shop_session: Session, heat_guide: Guide
) -> None:
    heat_guide.next_review = clock.today() - GRACE + timedelta(days=1)
    shop_session.commit()
    assert len(cards_of(ask(shop_client, HEAT).text)) == 3


def test_a_guide_that_has_lapsed_is_named_without_its_claims_and_products(
    shop_client: FlaskClient, shop_session: Session, heat_guide: Guide
) -> None:
    heat_guide.next_review = clock.today() - GRACE
    shop_session.commit()
    page = ask(shop_client, HEAT).text
    assert cards_of(page) == []
    assert heading_of(page) == NOTHING
    assert 'href="/guides/heat-or-cold"' in page
    assert heat_guide.answer not in main_of(page)
    assert "overdue for its review" in main_of(page)


def test_a_guide_that_was_withdrawn_is_not_linked(
    shop_client: FlaskClient, shop_session: Session, heat_guide: Guide
) -> None:
    heat_guide.is_published = False
    shop_session.commit()
    page = ask(shop_client, HEAT).text
    assert cards_of(page) == []
    assert 'href="/guides/heat-or-cold"' not in page
    assert 'class="button" href="/guides"' in page


def test_an_unpublished_product_is_left_out_and_a_sold_out_one_says_so(
    shop_client: FlaskClient, shop_session: Session, request: pytest.FixtureRequest
) -> None:
    hidden, sold = (_product(shop_session, code) for code in ("HC-TRN", "HC-FLX"))
    stock = shop_session.scalars(
        select(StockItem).where(StockItem.variant_id.in_([variant.id for variant in sold.variants]))
    ).all()
    counts = {item.variant_id: item.on_hand for item in stock}

    def put_back() -> None:
        hidden.is_published = True
        for variant_id, count in counts.items():
            change = update(StockItem).where(StockItem.variant_id == variant_id)
            shop_session.execute(change.values(on_hand=count))
        shop_session.commit()

    request.addfinalizer(put_back)
    hidden.is_published = False
    shop_session.execute(
        update(StockItem).where(StockItem.variant_id.in_(counts)).values(on_hand=StockItem.reserved)
    )
    shop_session.commit()
    cards = {slug_of(card): card for card in cards_of(ask(shop_client, HEAT).text)}
    assert len(cards) == 2
    assert hidden.slug not in cards
    assert "Sold out" in cards[sold.slug]


def _product(session: Session, code: str) -> Product:
    return session.scalars(select(Product).where(Product.code == code)).one()
