"""Where a size is not made, other products that are made for the measure, and nothing else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Product, Variant
from app.catalog.services import publish, touch_content, unpublish
from app.guidance.queries import list_evidence_lines
from app.inventory.queries import find_stock
from app.session import write_transaction
from tests.sizing.finder import ask, find
from tests.sizing.seed_charts import SeedChart, decimal, read_seed_charts

CHARTS = read_seed_charts()
POCKET = "keelrow-pocket-belt"
LINE = "Guidelines advise against routine use."


def test_alternatives_are_made_for_the_measure_in_stock_and_low_price_first(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    found = find(shop_client, POCKET, "125", "cm")
    assert found.fit == "above"
    variants = [_variant(shop_session, sku) for sku in found.alternatives]
    assert len(variants) == 3
    for variant in variants:
        assert variant.facts.size_min_cm is not None
        assert variant.facts.size_max_cm is not None
        assert variant.facts.size_min_cm <= 125 < variant.facts.size_max_cm
        assert find_stock(shop_session, [variant.id])[variant.id].available > 0
    prices = [variant.price_cents for variant in variants]
    assert prices == sorted(prices)


def test_the_honest_line_stands_first_above_each_alternative_that_is_advised_against(
    shop_client: FlaskClient,
) -> None:
    page = ask(shop_client, POCKET, "125", "cm").text
    parts = re.split(r"data-alternative=", page)[1:]
    assert len(parts) == 3
    for part in parts:
        assert part.index(LINE) < part.index("<h4>")


@pytest.mark.parametrize("seed", CHARTS, ids=[chart.code for chart in CHARTS])
def test_what_is_advised_against_is_only_named_beside_what_is_advised_against(
    shop_client: FlaskClient, shop_session: Session, seed: SeedChart
) -> None:
    product = shop_session.scalars(select(Product).where(Product.slug == seed.slug)).one()
    lowest, highest = decimal(seed.boundaries[0]), decimal(seed.boundaries[-1])
    for cm in (lowest - 8, lowest - 1, highest, highest + 10):
        found = find(shop_client, seed.slug, str(cm), "cm")
        named = [_variant(shop_session, sku).product for sku in found.alternatives]
        assert len(named) <= 3
        assert product not in named
        lines = list_evidence_lines(shop_session, [product.id, *(other.id for other in named)])
        assert all(other.category_id == product.category_id for other in named)
        if not lines[product.id].is_against:
            assert not any(lines[other.id].is_against for other in named)


def test_a_cold_wrap_is_no_alternative_for_heat(shop_client: FlaskClient) -> None:
    warm = find(shop_client, "glowbank-cordless-heat-belt", "125", "cm").alternatives
    assert warm == ["HC-DAY-LX-3", "HC-GLW-2X"]
    assert find(shop_client, "hoarbank-cold-back-wrap", "125", "cm").alternatives == []


def test_nothing_of_the_kind_is_said_in_words(shop_client: FlaskClient) -> None:
    found = find(shop_client, "heronline-posture-reminder-strap", "140", "cm")
    assert found.alternatives == []
    assert "We have nothing else of this kind in stock" in found.text


def test_an_unpublished_product_is_no_alternative(shop_client: FlaskClient, shop_session: Session) -> None:
    before = find(shop_client, POCKET, "125", "cm").alternatives
    code = _variant(shop_session, before[0]).product.code
    with hiding(shop_session, code):
        assert before[0] not in find(shop_client, POCKET, "125", "cm").alternatives
    assert find(shop_client, POCKET, "125", "cm").alternatives == before


@contextmanager
def hiding(session: Session, code: str) -> Iterator[None]:
    """A shop without one of its products."""
    product = session.scalars(select(Product).where(Product.code == code)).one()
    with write_transaction(session):
        unpublish(session, product)
    yield
    with write_transaction(session):
        publish(session, product)
        touch_content(session)


def _variant(session: Session, sku: str) -> Variant:
    return session.scalars(select(Variant).where(Variant.sku == sku)).one()
