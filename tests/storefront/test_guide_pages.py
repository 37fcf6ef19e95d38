"""Guides: warnings before products, and nothing for sale beside an emergency."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.guidance.models import Guide
from app.guidance.queries import find_guide
from app.storefront.guide_page import GuidePage
from tests.storefront.reader import Tags, read

WARNING_SIGNS = "/guides/back-pain-warning-signs"


def test_a_warning_signs_page_sells_nothing(shop_client: FlaskClient) -> None:
    page = read(shop_client, WARNING_SIGNS)
    tags = Tags(page)
    links = [link["href"] for link in tags.named("a")]
    assert not [link for link in links if link.startswith(("/products", "/categories", "/cart"))]
    assert not tags.named("form")
    assert "$" not in page
    assert "We sell" not in page.split("<main")[1].split("</main")[0]


def test_a_guide_puts_its_warning_box_before_any_product(shop_client: FlaskClient) -> None:
    main = read(shop_client, "/guides/heat-or-cold").split("<main")[1]
    assert main.index("Emergency: get help now") < main.index('href="/products/')
    assert (
        main.index("care--emergency")
        < main.index("What the evidence says")
        < main.index("Products people use")
    )


def test_a_guide_says_that_no_clinician_has_reviewed_it(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    guides = list(shop_session.scalars(select(Guide).where(Guide.is_published)))
    assert guides
    for guide in guides:
        page = read(shop_client, f"/guides/{guide.slug}")
        assert ("Not yet reviewed by a clinician." in page) is (guide.reviewed_by is None)
        assert "not medical advice" in page


def test_a_guide_names_every_product_it_recommends_and_each_product_names_the_guide(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    guide = shop_session.scalars(select(Guide).where(Guide.slug == "heat-or-cold")).one()
    page = read(shop_client, f"/guides/{guide.slug}")
    assert guide.recommendations
    for recommendation in guide.recommendations:
        address = f"/products/{recommendation.product.slug}"
        assert address in page
        assert f"/guides/{guide.slug}" in read(shop_client, address)


def test_markup_in_the_text_of_a_guide_stays_text(
    shop_client: FlaskClient, shop_session: Session, request: pytest.FixtureRequest
) -> None:
    guide = shop_session.scalars(select(Guide).where(Guide.slug == "heat-or-cold")).one()
    before = guide.body

    def put_back() -> None:
        guide.body = before
        shop_session.commit()

    request.addfinalizer(put_back)
    guide.body = (
        "## Title <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[bad](javascript:alert(1))"
    )
    shop_session.commit()
    main = read(shop_client, "/guides/heat-or-cold").split("<main")[1]
    assert "<script" not in main
    assert "<img src=x" not in main
    assert 'href="javascript' not in main


def test_products_stand_by_price_and_what_is_advised_against_comes_last(shop_session: Session) -> None:
    guide = find_guide(shop_session, "dry-needling-and-ims")
    assert guide is not None
    picks = GuidePage(guide, {}).picks
    order = [
        (bool(pick.card.evidence and pick.card.evidence.is_against), pick.card.price_from) for pick in picks
    ]
    assert order == sorted(order)
    assert {is_against for is_against, _ in order} == {False, True}
