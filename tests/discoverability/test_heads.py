"""Titles, descriptions, canonical addresses and link previews."""

from collections import Counter

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Category, Product
from app.catalog.pictures import shared_size
from app.guidance.claims import find_banned_claims
from app.guidance.models import Grade, Guide, Recommendation
from tests.discoverability.heads import BASE, read_head
from tests.storefront.reader import counted_statements, read

ROLLER = "/products/drift-soft-foam-roller"
FAMILY = "/categories/foam-rollers"
LISTS = (
    "/",
    "/products",
    "/products?page=2",
    "/products?page=3",
    "/guides",
    "/categories/back-braces?page=1",
)


@pytest.fixture
def addresses(shop_session: Session) -> list[str]:
    """Every page of the shop that search engines may keep."""
    found = [*LISTS[:-1]]
    for model, folder in ((Product, "products"), (Guide, "guides"), (Category, "categories")):
        found += [f"/{folder}/{slug}" for slug in shop_session.scalars(select(model.slug))]
    return found


def test_titles_and_descriptions_fit_and_are_each_their_own(
    shop_client: FlaskClient, addresses: list[str]
) -> None:
    heads = {address: read_head(shop_client, address) for address in addresses}
    for address, head in heads.items():
        assert 10 <= len(head.title) <= 60, address
        assert 50 <= len(head.meta["description"]) <= 155, (address, head.meta["description"])
        assert find_banned_claims(head.title) == find_banned_claims(head.meta["description"]) == []
        assert not head.is_kept_out, address
    for kind in ("titles", "descriptions"):
        counts = Counter(
            head.title if kind == "titles" else head.meta["description"] for head in heads.values()
        )
        assert [text for text, count in counts.items() if count > 1] == []


def test_a_canonical_address_is_the_page_itself_without_the_rest(
    shop_client: FlaskClient, addresses: list[str]
) -> None:
    for address in addresses:
        mark = "&" if "?" in address else "?"
        assert read_head(shop_client, f"{address}{mark}utm_source=mail").canonical == BASE + address


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        (f"{ROLLER}?sku=FR-DRF-45-GRY&gclid=1", ROLLER),
        ("/products?page=1", "/products"),
        ("/products?page=999", "/products?page=3"),
        ("/products?category=foam-rollers", FAMILY),
        (f"{FAMILY}?page=nonsense", FAMILY),
        ("/?ref=somebody", "/"),
    ],
)
def test_several_addresses_of_one_page_have_one_canonical(
    shop_client: FlaskClient, address: str, canonical: str
) -> None:
    head = read_head(shop_client, address)
    assert head.canonical == head.meta["og:url"] == BASE + canonical


@pytest.mark.parametrize(
    "address",
    [
        "/products?sort=name",
        f"{FAMILY}?sort=price-low",
        "/products?category=foam-rollers&sort=name",
        "/cart",
        "/nowhere",
        "/products/nothing",
    ],
)
def test_what_is_no_page_of_its_own_is_not_kept(shop_client: FlaskClient, address: str) -> None:
    answer = shop_client.get(address)
    assert '<meta name="robots" content="noindex">' in answer.text
    assert 'rel="canonical"' not in answer.text
    assert "og:url" not in answer.text


def test_pages_of_one_person_and_answers_to_forms_are_not_kept(shop_client: FlaskClient) -> None:
    shop_client.post("/cart/items", data={"sku": "FR-DRF-45-GRY", "quantity": "2"})
    answers = [
        shop_client.get("/cart"),
        shop_client.get("/checkout"),
        shop_client.post("/checkout", data={"email": "nobody"}),
        shop_client.post("/cart/items", data={"sku": "NONE"}),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 422, 422]
    for answer in answers:
        assert '<meta name="robots" content="noindex">' in answer.text
        assert "ld+json" not in answer.text


def test_advice_against_a_product_stands_first_in_its_description(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    advised_against = select(Recommendation.product_id).where(Recommendation.grade == Grade.AGAINST)
    against = set(shop_session.scalars(advised_against))
    assert against
    for product in shop_session.scalars(select(Product)):
        head = read_head(shop_client, f"/products/{product.slug}")
        said = [head.meta["description"], head.meta["og:description"], head.blocks[0]["description"]]
        for text in said:
            assert text.startswith("Guidelines advise against") is (product.id in against), product.code


def test_every_product_shows_its_own_picture_in_a_preview(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    for product in shop_session.scalars(select(Product)):
        head = read_head(shop_client, f"/products/{product.slug}")
        names = {f"{BASE}/media/{image.file}-{min(image.width, 1200)}.jpg": image for image in product.images}
        image = names[head.meta["og:image"]]
        assert head.meta["og:image:alt"] == image.alt
        size = (int(head.meta["og:image:width"]), int(head.meta["og:image:height"]))
        assert size == shared_size(image.width, image.height)
        assert head.meta["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize("address", ["/", "/guides", "/guides/heat-or-cold", FAMILY])
def test_other_pages_show_a_picture_of_the_shop_that_is_there(shop_client: FlaskClient, address: str) -> None:
    picture = read_head(shop_client, address).meta["og:image"].removeprefix(BASE)
    answer = shop_client.get(picture, buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")


def test_the_same_words_stand_in_the_page_and_in_its_preview(shop_client: FlaskClient) -> None:
    head = read_head(shop_client, "/guides/heat-or-cold")
    assert head.meta["og:title"] == head.title
    assert head.meta["og:description"] == head.meta["description"]
    assert (head.meta["og:type"], head.meta["article:published_time"]) == ("article", "2026-11-22")


@pytest.mark.parametrize(("address", "more"), [("/", 0), (ROLLER, 1), (FAMILY, 0), ("/guides", 0)])
def test_a_head_takes_one_statement_on_a_product_and_none_elsewhere(
    shop_client: FlaskClient, address: str, more: int
) -> None:
    with counted_statements() as statements:
        read(shop_client, address)
    # What sending costs is the one thing that a head says and its page does not.
    assert len([text for text in statements if "delivery_rates" in text]) == more
    assert len(statements) == len(set(statements))
