"""JSON-LD says what the page says, and nothing more."""

import json
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.catalog.models import Product
from app.catalog.services import touch_content
from app.guidance.claims import find_banned_claims
from app.guidance.models import Guide
from app.guidance.review import GRACE
from app.pricing.delivery import list_offers
from app.pricing.place import Place
from app.pricing.queries import list_delivery_rates
from app.session import write_transaction
from app.storefront.returns_policy import RETURN_DAYS
from app.storefront.structured_data.guides import guide_data
from app.web.filters import json_ld
from tests.discoverability.heads import BASE, head_of, read_head, texts_in, variants_in
from tests.storefront.reader import Tags, read

STOCK = {"in-stock": "InStock", "low": "LimitedAvailability", "out": "OutOfStock"}


def test_every_variant_has_the_price_and_the_stock_of_its_page(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    seen = set()
    for product in shop_session.scalars(select(Product)):
        page = read(shop_client, f"/products/{product.slug}")
        shown = {tag["data-sku"]: tag for tag in Tags(page).having("data-sku")}
        variants = variants_in(head_of(page).blocks[0])
        assert [variant["sku"] for variant in variants] == list(shown)
        for variant in variants:
            offer, tag = variant["offers"], shown[variant["sku"]]
            assert offer["price"] == f"{int(tag['data-price-cents']) / 100:.2f}"
            assert offer["priceCurrency"] == "USD"
            assert offer["availability"] == f"https://schema.org/{STOCK[tag['data-availability']]}"
            assert offer["url"] == f"{BASE}/products/{product.slug}?sku={variant['sku']}"
            seen.add(tag["data-availability"])
    assert seen == set(STOCK)


def test_a_product_with_versions_is_a_group_of_them(shop_client: FlaskClient) -> None:
    group = read_head(shop_client, "/products/keelrow-light-lumbar-belt").block("ProductGroup")
    assert group["productGroupID"] == "BR-KLL"
    assert group["variesBy"] == ["https://schema.org/color", "https://schema.org/size"]
    first = group["hasVariant"][0]
    assert (first["size"], first["color"]) == ("XS", "Black")


def test_every_variant_says_what_sending_it_costs_as_the_checkout_does(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    for product in shop_session.scalars(select(Product)):
        variants = variants_in(read_head(shop_client, f"/products/{product.slug}").blocks[0])
        every = [details for variant in variants for details in variant["offers"]["shippingDetails"]]
        written = {details["@id"]: details for details in every if "@type" in details}
        for variant, row in zip(variants, product.variants, strict=True):
            named = [written[details["@id"]] for details in variant["offers"]["shippingDetails"]]
            for region in ("NY", "AK", "DC"):
                prices = [
                    details["shippingRate"]["value"]
                    for details in named
                    if region in details["shippingDestination"]["addressRegion"]
                ]
                ways = list_offers(
                    list_delivery_rates(shop_session, Place("US", region)),
                    weight_g=row.facts.shipping_weight_g,
                    goods_cents=row.price_cents,
                    is_covered=False,
                )
                assert prices == [way.price.decimal for way in ways], row.sku


def test_every_variant_names_the_returns_policy(shop_client: FlaskClient) -> None:
    variants = variants_in(read_head(shop_client, "/products/keelrow-light-lumbar-belt").blocks[0])
    policies = [variant["offers"]["hasMerchantReturnPolicy"] for variant in variants]
    assert policies[0]["merchantReturnDays"] == RETURN_DAYS == 30
    assert policies[0]["returnPolicyCategory"].endswith("/MerchantReturnFiniteReturnWindow")
    assert {policy["@id"] for policy in policies} == {policies[0]["@id"]}


def test_no_block_of_any_page_rates_grades_or_claims_anything(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    products = [f"/products/{slug}" for slug in shop_session.scalars(select(Product.slug))]
    guides = [f"/guides/{slug}" for slug in shop_session.scalars(select(Guide.slug))]
    for address in ["/", "/guides", *products, *guides]:
        for block in read_head(shop_client, address).blocks:
            text = json.dumps(block)
            assert block["@context"] == "https://schema.org"
            assert '"aggregateRating"' not in text
            assert '"review"' not in text
            assert "evidence (" not in text
            # Titles of studies are theirs.
            block.pop("citation", None)
            assert [find_banned_claims(words) for words in texts_in(block) if find_banned_claims(words)] == []


def test_breadcrumbs_are_those_of_the_page(shop_client: FlaskClient) -> None:
    for address in (
        "/products/drift-soft-foam-roller",
        "/categories/heat-cold",
        "/guides/sciatica",
        "/guides",
    ):
        page = read(shop_client, address)
        steps = head_of(page).block("BreadcrumbList")["itemListElement"]
        shown = page[page.index('class="breadcrumbs__list"') :]
        shown = shown[: shown.index("</ol>")]
        links = [f"{BASE}{link['href']}" for link in Tags(shown).named("a")]
        assert [step["item"] for step in steps] == [*links, BASE + address]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert all(step["name"] in shown.replace("&#39;", "'") for step in steps)


def test_every_guide_is_an_article_with_its_dates_and_sources(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    for guide in shop_session.scalars(select(Guide)):
        article = read_head(shop_client, f"/guides/{guide.slug}").block("Article")
        assert article["headline"] == guide.title
        assert len(guide.title) <= 110
        assert article["datePublished"] == guide.published_on.isoformat()
        assert article["dateModified"] == max(each.changed_on for each in guide.changes).isoformat()
        assert [cited["url"] for cited in article["citation"]] == [each.source.url for each in guide.sources]
        assert "reviewedBy" not in article["mainEntityOfPage"]
        assert "lastReviewed" not in article["mainEntityOfPage"]


def guide(**values: object) -> Guide:
    usual = {
        "title": "Rolling",
        "description": "Rolling may ease a sore back.",
        "published_on": date(2026, 11, 1),
        "next_review": date(2027, 11, 1),
        "changes": [],
        "sources": [],
    }
    return Guide(**{**usual, **values})


def test_a_reviewer_and_the_day_are_said_when_there_was_one(shop_app: Flask) -> None:
    reviewed = guide(reviewed_by="Ada Lowe, physical therapist", last_reviewed=date(2026, 11, 9))
    with shop_app.test_request_context():
        page = guide_data(reviewed, "/guides/rolling", "", date(2026, 11, 22))["mainEntityOfPage"]
    assert page["reviewedBy"] == {"@type": "Person", "name": "Ada Lowe, physical therapist"}
    assert page["lastReviewed"] == "2026-11-09"


@pytest.mark.parametrize(("days_late", "says"), [(0, True), (59, True), (60, False), (400, False)])
def test_a_guide_whose_review_has_lapsed_says_nothing_of_what_it_found(
    shop_app: Flask, days_late: int, says: bool
) -> None:
    assert timedelta(days=60) == GRACE
    today = date(2027, 11, 1) + timedelta(days=days_late)
    with shop_app.test_request_context():
        article = guide_data(guide(), "/guides/rolling", "", today)
    assert ("description" in article, "citation" in article) == (says, says)
    assert article["headline"] == "Rolling"


def test_the_front_page_names_the_shop_and_a_search_only_if_there_is_one(
    shop_app: Flask, shop_client: FlaskClient
) -> None:
    head = read_head(shop_client, "/")
    assert head.block("Organization")["url"] == f"{BASE}/"
    logo = head.block("Organization")["logo"].removeprefix(BASE)
    assert shop_client.get(logo, buffered=True).status_code == 200
    action = head.block("WebSite").get("potentialAction")
    assert (action is not None) is any(rule.rule == "/search" for rule in shop_app.url_map.iter_rules())
    if action:
        assert action["target"]["urlTemplate"] == f"{BASE}/search?q={{search_term_string}}"


def test_a_hostile_name_is_only_a_name_in_its_page(shop_client: FlaskClient, shop_session: Session) -> None:
    product = shop_session.scalars(select(Product).where(Product.code == "FR-DRF")).one()
    names = ("\"><script>alert('1')</script><!-- & ", product.name)
    found = []
    for name in names:
        with write_transaction(shop_session):
            shop_session.execute(update(Product).where(Product.id == product.id).values(name=name))
            touch_content(shop_session)
        page = read(shop_client, f"/products/{product.slug}")
        assert "<script>alert" not in page
        head = head_of(page)
        found.append([head.blocks[0]["name"], head.meta["og:title"].removesuffix(" – Plainback")])  # noqa: RUF001
    assert found == [[name, name] for name in names]


HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "]]> & \u2028 ' \"",
    "\\u003c/script>",
    "a\x00b\x1f",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_can_end_a_block_of_data(name: str) -> None:
    written = str(json_ld({"name": name}))
    assert not set("<>&'") & set(written)
    assert written.isascii()
    assert json.loads(written) == {"name": name}
