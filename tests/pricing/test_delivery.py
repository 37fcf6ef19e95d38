"""Delivery costs what its zone, its weight and the value of the goods say."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.money import Money
from app.pricing.models import DeliveryRate
from app.pricing.place import Place
from app.pricing.queries import list_delivery_rates
from tests.guidance.statements import counted_statements
from tests.pricing.tariff import add_tariff, offered

OREGON, ALASKA, HAWAII = Place("US", "OR"), Place("US", "AK"), Place("US", "HI")
UNKNOWN, ABROAD = Place("US"), Place("DE", "BY")


def usd(cents: int) -> Money:
    return Money(cents, "USD")


def test_a_part_of_a_country_has_the_prices_of_its_own_zone(session: Session) -> None:
    add_tariff(session)
    for place in (OREGON, UNKNOWN):
        assert offered(session, place, weight_g=500) == {"standard": usd(595), "express": usd(1495)}
    for place in (ALASKA, HAWAII):
        assert offered(session, place, weight_g=500) == {"standard": usd(1495)}


def test_nothing_is_sent_to_a_place_in_no_zone(session: Session) -> None:
    add_tariff(session)
    assert offered(session, ABROAD, weight_g=500) == {}


@pytest.mark.parametrize(
    ("weight_g", "prices"),
    [
        (1, {"standard": 595, "express": 1495}),
        (10_000, {"standard": 595, "express": 1495}),
        (10_001, {"standard": 1295}),
        (30_000, {"standard": 1295}),
        (30_001, {"standard": 4995}),
        (900_000, {"standard": 4995}),
    ],
)
def test_the_lowest_limit_that_the_parcel_keeps_counts(
    session: Session, weight_g: int, prices: dict[str, int]
) -> None:
    add_tariff(session)
    expected = {code: usd(cents) for code, cents in prices.items()}
    assert offered(session, OREGON, weight_g=weight_g) == expected


def test_a_parcel_can_be_too_heavy_for_every_method(session: Session) -> None:
    add_tariff(session)
    assert offered(session, ALASKA, weight_g=5001) == {}


@pytest.mark.parametrize(
    ("goods_cents", "weight_g", "price"),
    [(5999, 500, 595), (6000, 500, 0), (14_999, 20_000, 1295), (15_000, 20_000, 0), (99_999, 40_000, 4995)],
)
def test_delivery_is_free_from_the_threshold_of_its_step_on(
    session: Session, goods_cents: int, weight_g: int, price: int
) -> None:
    add_tariff(session)
    prices = offered(session, OREGON, weight_g=weight_g, goods_cents=goods_cents)
    assert prices["standard"] == usd(price)


def test_a_discount_can_cover_delivery(session: Session) -> None:
    add_tariff(session)
    assert set(offered(session, OREGON, weight_g=500, is_covered=True).values()) == {usd(0)}


def test_rates_are_read_in_one_statement(session: Session) -> None:
    add_tariff(session)
    session.expunge_all()
    with counted_statements(session) as sent:
        names = [rate.method.name for rate in list_delivery_rates(session, OREGON)]
    assert (len(sent), len(names)) == (1, 4)


def test_a_zone_has_one_price_for_parcels_of_any_weight(session: Session) -> None:
    add_tariff(session)
    unlimited = next(rate for rate in list_delivery_rates(session, OREGON) if rate.up_to_g is None)
    again = {name: getattr(unlimited, name) for name in ("method_id", "zone_id", "up_to_g", "price_cents")}
    session.add(DeliveryRate(**again))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_ordinary_parcels_cost_what_the_seed_says(shop_session: Session) -> None:
    for place in (OREGON, UNKNOWN):
        assert offered(shop_session, place, weight_g=900, goods_cents=5999) == {
            "standard": usd(595),
            "express": usd(1495),
        }
        assert offered(shop_session, place, weight_g=900, goods_cents=6000)["standard"] == usd(0)
    assert offered(shop_session, ALASKA, weight_g=900, goods_cents=6000)["standard"] > usd(595)
    assert offered(shop_session, OREGON, weight_g=500_000) == {}
