"""The size finder as a page: it asks, answers, and carries the variant to the product page."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.catalog.queries import find_variant
from app.inventory.queries import find_stock
from app.inventory.services import release, reserve
from app.session import write_transaction
from tests.sizing.finder import ask, find
from tests.sizing.seed_charts import SeedChart, decimal, read_seed_charts
from tests.storefront.reader import Tags, counted_statements, read

CHARTS = read_seed_charts()
BELT = "keelrow-light-lumbar-belt"
COLD_WRAP = "hoarbank-cold-back-wrap"
STRAP = "heronline-posture-reminder-strap"
AGAINST = "Guidelines advise against routine use."
every_chart = pytest.mark.parametrize("seed", CHARTS, ids=[chart.code for chart in CHARTS])


@every_chart
def test_every_size_is_found_and_carried_to_the_product_page(
    shop_client: FlaskClient, seed: SeedChart
) -> None:
    for name, low, _ in seed.sizes:
        found = find(shop_client, seed.slug, str(decimal(low)), "cm")
        assert found.size == name
        assert found.link is not None
        page = read(shop_client, found.link)
        assert found.link.endswith("?sku=" + Tags(page).having("data-chosen-sku")[0]["data-chosen-sku"])
        assert f"Size: <span>{name}</span>" in page


@every_chart
def test_below_and_at_the_end_of_a_chart_no_size_is_named(shop_client: FlaskClient, seed: SeedChart) -> None:
    too_small = find(shop_client, seed.slug, str(decimal(seed.boundaries[0]) - 1), "cm")
    too_large = find(shop_client, seed.slug, str(decimal(seed.boundaries[-1])), "cm")
    assert (too_small.fit, too_small.size, too_small.link) == ("below", None, None)
    assert (too_large.fit, too_large.size, too_large.link) == ("above", None, None)
    assert "Not made in your size" in too_small.text


@every_chart
def test_the_page_shows_drawing_words_and_chart_and_the_product_leads_there(
    shop_client: FlaskClient, seed: SeedChart
) -> None:
    address = f"/products/{seed.slug}/size"
    product = Tags(read(shop_client, f"/products/{seed.slug}"))
    assert [link for link in product.named("a") if link.get("href") == address]
    page = read(shop_client, address)
    (drawing,) = [tag for tag in Tags(page).named("svg") if tag.get("role") == "img"]
    assert drawing["aria-label"].startswith("Drawing: ")
    assert drawing["class"] == "figure"
    for words in ("How to measure", "thin layer", "Breathe out", "snug, not tight", "string", "ask someone"):
        assert words in page
    for name, low, high in seed.sizes:
        assert f"{name}</th>" in page
        assert f"{low} to {high} cm" in page


def test_inches_come_first_and_are_chosen(shop_client: FlaskClient) -> None:
    units = [
        tag
        for tag in Tags(read(shop_client, f"/products/{BELT}/size")).named("input")
        if tag["name"] == "unit"
    ]
    assert [(tag["value"], "checked" in tag) for tag in units] == [("in", True), ("cm", False)]


@pytest.mark.parametrize("typed", ["33.5", "33,5", "33 1/2", "33½", '33.5"', "33.5 in"])
def test_a_measure_may_be_written_in_many_ways(shop_client: FlaskClient, typed: str) -> None:
    found = find(shop_client, BELT, typed, "in")
    assert found.size == "M"
    assert "You measured 33.5 in (85.09 cm)." in found.text


def test_a_rounded_boundary_does_not_move_anyone(shop_client: FlaskClient) -> None:
    # 92 cm, where L begins, is 36.22 in: it rounds to 36.2 in, which is 91.95 cm.
    assert find(shop_client, BELT, "36.2", "in").size == "M"
    assert find(shop_client, BELT, "36.25", "in").size == "L"
    assert find(shop_client, BELT, "91.99999", "cm").size == "M"


def test_on_the_line_between_two_sizes_the_larger_is_taken_and_the_reason_said(
    shop_client: FlaskClient,
) -> None:
    found = find(shop_client, BELT, "92", "cm")
    assert found.size == "L"
    assert "exactly where M ends and L begins" in found.text
    assert "Next best: M, but only if the tape says so." in found.text


def test_in_the_middle_of_a_size_there_is_no_next_best(shop_client: FlaskClient) -> None:
    assert "Next best: none." in find(shop_client, BELT, "86", "cm").text


def test_the_same_size_in_another_color_is_listed(shop_client: FlaskClient) -> None:
    found = find(shop_client, BELT, "86", "cm")
    assert found.link == f"/products/{BELT}?sku=BR-KLL-M-BLK"
    assert "M / Beige" in found.text
    assert f"/products/{BELT}?sku=BR-KLL-M-BGE" in ask(shop_client, BELT, "86", "cm").text


def test_the_link_leads_to_the_first_color_in_stock(shop_client: FlaskClient, shop_session: Session) -> None:
    # 3XL is sold out in black from the beginning.
    found = find(shop_client, BELT, "140", "cm")
    assert found.link == f"/products/{BELT}?sku=BR-KLL-3XL-BGE"
    assert "sold out at the moment" not in found.text
    assert "3XL / Black , sold out" in found.text


def test_a_size_that_is_sold_out_is_named_all_the_same(shop_client: FlaskClient) -> None:
    found = find(shop_client, COLD_WRAP, "85", "cm")
    assert (found.size, found.link) == ("M", f"/products/{COLD_WRAP}?sku=HC-FRB-M")
    assert "Size M is sold out at the moment." in found.text
    assert "Next best: none." in found.text


def test_the_answer_follows_the_stock_at_once(shop_client: FlaskClient, shop_session: Session) -> None:
    assert "sold out at the moment" not in find(shop_client, COLD_WRAP, "95", "cm").text
    with write_transaction(shop_session):
        variant = find_variant(shop_session, "HC-FRB-L")
        assert variant is not None
        left = find_stock(shop_session, [variant.id])[variant.id].available
        reserve(shop_session, {variant.id: left}, source="a test")
    found = find(shop_client, COLD_WRAP, "95", "cm")
    with write_transaction(shop_session):
        release(shop_session, source="a test")
    assert found.size == "L"
    assert "Size L is sold out at the moment." in found.text


def test_advice_against_a_product_stands_before_everything_else(shop_client: FlaskClient) -> None:
    asked = read(shop_client, f"/products/{BELT}/size").split("<main")[1]
    assert asked.index(AGAINST) < asked.index("<form")
    answered = ask(shop_client, BELT, "86", "cm").text.split("<main")[1]
    assert answered.index(AGAINST) < answered.index("Your size is M")


def test_a_product_without_such_advice_shows_none(shop_client: FlaskClient) -> None:
    assert AGAINST not in read(shop_client, f"/products/{STRAP}/size")


@pytest.mark.parametrize(
    "slug", ["drift-soft-foam-roller", "no-such-thing", "tarnlight-gel-pack", "UPPER", "a" * 200]
)
def test_a_product_without_sizes_has_no_finder(shop_client: FlaskClient, slug: str) -> None:
    assert shop_client.get(f"/products/{slug}/size").status_code == 404
    assert ask(shop_client, slug, "86", "cm").status_code == 404


def test_other_products_offer_no_finder(shop_client: FlaskClient) -> None:
    address = "/products/drift-soft-foam-roller"
    assert f"{address}/size" not in read(shop_client, address)


def test_a_page_takes_a_fixed_number_of_statements(shop_client: FlaskClient) -> None:
    counts = {}
    for name, most, measure in (("asked", 9, None), ("found", 9, "86"), ("not made", 12, "200")):
        with counted_statements() as statements:
            if measure is None:
                read(shop_client, f"/products/{BELT}/size")
            else:
                find(shop_client, BELT, measure, "cm")
        counts[name] = (len(statements), most)
    assert all(found == most for found, most in counts.values()), counts
