"""Reviews that fall due: the banner at once, and after the grace period the claims go by themselves."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.catalog.queries import content_version
from app.guidance.models import Grade, Guide, Recommendation
from app.guidance.queries import is_recommended
from app.guidance.review import GRACE
from app.web.page_cache import EXTENSION, KeptPage, PageCache
from tests.reading.conftest import Age
from tests.storefront.reader import read

GUIDE = "dry-needling-and-ims"
BANNER = "This page was due for review on"
DOWN = "We have taken the product list down"
LAPSED = GRACE.days


def main_of(client: FlaskClient, slug: str) -> str:
    return read(client, f"/guides/{slug}").split("<main")[1].split("</main")[0]


def products_of(guide: Guide, *, against: bool) -> list[str]:
    return [each.product.slug for each in guide.recommendations if (each.grade is Grade.AGAINST) is against]


@pytest.mark.parametrize(("days", "is_shown"), [(-1, False), (0, True), (1, True)])
def test_the_banner_comes_on_the_day_and_not_a_day_before(
    shop_client: FlaskClient, age: Age, days: int, is_shown: bool
) -> None:
    age(GUIDE, days)
    main = main_of(shop_client, GUIDE)
    assert (BANNER in main, 'role="note"' in main) == (is_shown, is_shown)
    assert DOWN not in main


def test_an_overdue_guide_keeps_its_claims_through_the_grace_period(
    shop_client: FlaskClient, age: Age
) -> None:
    before = main_of(shop_client, GUIDE)
    guide = age(GUIDE, LAPSED - 1)
    main = main_of(shop_client, GUIDE)
    assert DOWN not in main
    assert "What the evidence says" in main
    for slug in products_of(guide, against=False):
        assert (f"/products/{slug}" in main) == (f"/products/{slug}" in before) is True


def test_a_lapsed_guide_claims_nothing_but_still_advises_against(shop_client: FlaskClient, age: Age) -> None:
    guide = age(GUIDE, LAPSED)
    main = main_of(shop_client, GUIDE)
    assert BANNER in main
    assert DOWN in main
    assert [slug for slug in products_of(guide, against=False) if f"/products/{slug}" in main] == []
    assert products_of(guide, against=True)
    for slug in products_of(guide, against=True):
        assert f"/products/{slug}" in main
    for claim in guide.claims:
        assert (f"<strong>{claim.about}:" in main) is (claim.grade is Grade.AGAINST)
    assert "Products that guidelines advise against" in main
    assert "Products people use for this" not in main


def test_the_warning_signs_hold_when_their_page_is_overdue(shop_client: FlaskClient, age: Age) -> None:
    age("back-pain-warning-signs", LAPSED)
    main = main_of(shop_client, "back-pain-warning-signs")
    assert "The warning signs below still hold." in main
    assert main.index(BANNER) < main.index("Emergency: get help now")
    assert DOWN not in main


def test_lapsed_claims_leave_the_product_pages_and_the_cards(
    shop_client: FlaskClient, shop_session: Session, age: Age
) -> None:
    guide = shop_guide(shop_session, GUIDE)
    mention = next(each for each in guide.recommendations if each.grade is not Grade.AGAINST)
    product, scope = mention.product, mention.scope
    slugs = guides_of(shop_session, product.id)
    address = f"/products/{product.slug}"
    family = f"/products?category={product.category.slug}"
    card = f'href="{address}"'
    assert is_recommended(shop_session, product.id)
    assert "What our guides say about it" in read(shop_client, address)
    for slug in slugs:
        age(slug, LAPSED)
    page = read(shop_client, address)
    assert "What the evidence says" not in page
    assert "What our guides say about it" not in page
    assert scope not in read(shop_client, family).split(card)[1].split("</article>")[0]
    shop_session.rollback()
    assert not is_recommended(shop_session, product.id)


def test_advice_against_a_product_never_lapses(
    shop_client: FlaskClient, shop_session: Session, age: Age
) -> None:
    guide = shop_guide(shop_session, GUIDE)
    slug = products_of(guide, against=True)[0]
    product_id = next(each.product_id for each in guide.recommendations if each.product.slug == slug)
    for each in guides_of(shop_session, product_id):
        age(each, LAPSED + 400)
    page = read(shop_client, f"/products/{slug}")
    assert "Guidelines advise against routine use." in page
    assert page.index("Guidelines advise against routine use.") < page.index("Add to cart")


def test_a_page_that_was_kept_yesterday_is_not_shown_today(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    path = f"/guides/{GUIDE}"
    today, version = clock.today(), content_version(shop_session)
    pages: PageCache = shop_client.application.extensions[EXTENSION]
    pages.keep((f"{path}?", version, today - timedelta(days=1)), KeptPage.of("the page of yesterday"))
    assert "the page of yesterday" not in read(shop_client, path)
    pages.keep((f"{path}?", version, today), KeptPage.of("the page of today"))
    assert read(shop_client, path) == "the page of today"


def shop_guide(session: Session, slug: str) -> Guide:
    return session.scalars(select(Guide).where(Guide.slug == slug)).one()


def guides_of(session: Session, product_id: int) -> list[str]:
    query = select(Guide.slug).join(Recommendation).where(Recommendation.product_id == product_id)
    return list(session.scalars(query))
