"""The page of a search: what stands first, what is said, and what is not kept."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.catalog.models import Product
from app.catalog.services import touch_content
from app.session import write_transaction
from tests.storefront.reader import Tags, read


def main_of(client: FlaskClient, address: str) -> str:
    return read(client, address).split("<main")[1].split("<footer")[0]


def test_without_words_there_is_the_form_and_where_to_begin(shop_client: FlaskClient) -> None:
    main = main_of(shop_client, "/search")
    assert 'name="q"' in main
    assert "/categories/heat-cold" in main
    assert "/guides/back-pain-warning-signs" in main


def test_products_and_guides_stand_on_one_page(shop_client: FlaskClient) -> None:
    main = main_of(shop_client, "/search?q=foam+roller")
    assert main.index("/products/drift-soft-foam-roller") < main.index("/guides/foam-rolling-safely")
    main = main_of(shop_client, "/search?q=heat+or+cold")
    assert main.index("/guides/heat-or-cold") < main.index('class="card"')


@pytest.mark.parametrize(
    "query", ["numb+legs+foam+roller", "cant+pee+heat", "chest+pain", "cancer+heating+pad"]
)
def test_a_warning_sign_puts_the_emergency_line_and_the_safety_page_before_everything(
    shop_client: FlaskClient, query: str
) -> None:
    main = main_of(shop_client, f"/search?q={query}")
    call, page = main.index("Call 911 (999 UK, 112 EU)"), main.index("/guides/back-pain-warning-signs")
    products = main.find('class="card"')
    guides = main.find('class="guide-card')
    assert "care--emergency" in main
    assert call < page
    assert all(place == -1 or place > page for place in (products, guides))


def test_a_warning_stays_on_the_later_pages_too(shop_client: FlaskClient) -> None:
    main = main_of(shop_client, "/search?q=numb+roller&page=2")
    assert main.index("Call 911") < main.index('class="card"')


def test_bad_news_stands_before_the_price(shop_client: FlaskClient) -> None:
    main = main_of(shop_client, "/search?q=keelrow+light+lumbar+belt")
    card = main.split('class="card"')[1]
    assert "keelrow-light-lumbar-belt" in card
    assert card.index("Guidelines advise against") < card.index("card__price")


def test_what_guidelines_advise_against_is_not_found_by_what_it_is_said_to_be_for(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    for query in ("short term support during a task", "back pain relief"):
        slugs = re.findall(
            r'card__name"><a href="/products/([a-z0-9-]+)"', main_of(shop_client, f"/search?q={query}")
        )
        assert not any(slug.startswith(("keelrow", "crosstie")) for slug in slugs[:3]), (query, slugs)


def test_a_correction_is_said(shop_client: FlaskClient) -> None:
    main = main_of(shop_client, "/search?q=sciatca")
    assert re.search(r"We took “sciatca” for <strong>sciatica</strong>", main)


def test_answers_to_part_of_the_words_are_called_so(shop_client: FlaskClient) -> None:
    assert "Nothing here has all of your words" in main_of(
        shop_client, "/search?q=purple+zzgadget+roller+roller+band"
    )


def test_long_words_are_cut_with_a_message(shop_client: FlaskClient) -> None:
    assert "searched for the first 100 letters" in main_of(shop_client, "/search?q=" + "foam+roller+" * 30)


def test_nothing_found_is_friendly_and_is_not_kept(shop_client: FlaskClient) -> None:
    answer = shop_client.get("/search?q=unicorn")
    assert answer.status_code == 200
    assert "We found nothing for these words" in answer.text
    assert "/categories/heat-cold" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_results_are_not_for_search_engines_but_the_form_is(shop_client: FlaskClient) -> None:
    assert '<meta name="robots" content="noindex">' in read(shop_client, "/search?q=heat")
    empty = read(shop_client, "/search")
    assert "noindex" not in empty
    assert any(link.get("rel") == "canonical" for link in Tags(empty).named("link"))


def test_every_product_of_a_wide_search_stands_on_one_of_its_pages(shop_client: FlaskClient) -> None:
    main = main_of(shop_client, "/search?q=band")
    total = int(re.search(r"(\d+) products?", main)[1])  # type: ignore[index]
    pages = -(-total // 12)
    slugs = [
        slug
        for page in range(1, pages + 1)
        for slug in re.findall(
            r'card__name"><a href="/products/([a-z0-9-]+)"',
            main_of(shop_client, f"/search?q=band&page={page}"),
        )
    ]
    assert len(slugs) == len(set(slugs)) == total


def test_a_repeated_search_is_answered_without_the_page(shop_client: FlaskClient) -> None:
    first = shop_client.get("/search?q=heat")
    again = shop_client.get("/search?q=heat", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_an_unpublished_product_leaves_the_page_at_once(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    address, product_page = "/search?q=drift+soft", "/products/drift-soft-foam-roller"
    assert product_page in main_of(shop_client, address)
    for is_published in (False, True):
        with write_transaction(shop_session):
            shop_session.query(Product).filter_by(code="FR-DRF").one().is_published = is_published
            touch_content(shop_session)
        assert (product_page in main_of(shop_client, address)) is is_published


def test_every_page_with_a_menu_has_the_search_and_the_warning_signs_have_none(
    shop_client: FlaskClient,
) -> None:
    for address in ("/", "/products", "/guides/heat-or-cold", "/cart"):
        assert 'id="site-search"' in read(shop_client, address)
    assert 'name="q"' not in read(shop_client, "/guides/back-pain-warning-signs")


def test_the_field_of_the_header_has_a_label(shop_client: FlaskClient) -> None:
    labels = {label.get("for") for label in Tags(read(shop_client, "/")).named("label")}
    assert "site-search" in labels


def test_suggestions_are_titles_with_addresses_and_follow_the_content(shop_client: FlaskClient) -> None:
    answer = shop_client.get("/search/suggestions?q=heat")
    assert answer.mimetype == "application/json"
    assert 0 < len(answer.get_json()) <= 8
    assert answer.get_json()[0] == {
        "title": "Heat or cold for back pain?",
        "kind": "Guide",
        "address": "/guides/heat-or-cold",
    }
    tag = answer.headers["ETag"]
    assert shop_client.get("/search/suggestions?q=heat", headers={"If-None-Match": tag}).status_code == 304
    assert "Set-Cookie" not in answer.headers


def test_the_first_suggestion_for_a_warning_sign_is_the_safety_page(shop_client: FlaskClient) -> None:
    found = shop_client.get("/search/suggestions?q=bladder").get_json()
    assert found[0]["address"] == "/guides/back-pain-warning-signs"


def test_suggestions_for_nothing_are_none(shop_client: FlaskClient) -> None:
    assert shop_client.get("/search/suggestions").get_json() == []
