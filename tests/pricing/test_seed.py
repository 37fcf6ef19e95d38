"""The spreadsheets of delivery, tax and discounts: every fault is named, loading twice changes nothing."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.seed_problem import SeedProblem
from app.jobs.seed import SEED_FOLDER
from app.pricing.models import DeliveryRate, DeliveryZone, DeliveryZonePlace, Discount, TaxRate
from app.pricing.place import Place
from app.pricing.queries import list_tax_rates
from app.pricing.seed import load_pricing, read_pricing
from app.pricing.tax import TaxRates

FILES = ("delivery_methods", "delivery_zones", "delivery_rates", "tax_rates", "discounts")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(SEED_FOLDER / f"{name}.csv", tmp_path)
    return tmp_path


def add_line(folder: Path, file: str, line: str) -> None:
    with (folder / f"{file}.csv").open("a") as stream:
        stream.write(f"{line}\n")


def faults(folder: Path) -> list[str]:
    problems: list[SeedProblem] = []
    read_pricing(folder, "USD", problems)
    return [str(problem) for problem in problems]


def load(session: Session, folder: Path) -> tuple[int, int]:
    problems: list[SeedProblem] = []
    report = load_pricing(session, read_pricing(folder, "USD", problems))
    session.commit()
    assert problems == []
    return report.created, report.updated


def test_loading_twice_changes_nothing(session: Session, folder: Path) -> None:
    assert load(session, folder)[0] > 0
    assert load(session, folder) == (0, 0)


def test_steps_of_weight_that_the_file_no_longer_has_are_gone(session: Session, folder: Path) -> None:
    load(session, folder)
    path = folder / "delivery_rates.csv"
    path.write_text(path.read_text().replace("standard,us-48,10000,", "standard,us-48,12000,"))
    assert load(session, folder) == (1, 1)
    zone = select(DeliveryZone.id).where(DeliveryZone.code == "us-48").scalar_subquery()
    limits = set(session.scalars(select(DeliveryRate.up_to_g).where(DeliveryRate.zone_id == zone)))
    assert 12_000 in limits
    assert load(session, folder) == (0, 0)


def test_a_place_that_moves_to_another_zone_is_in_one_only(session: Session, folder: Path) -> None:
    load(session, folder)
    path = folder / "delivery_zones.csv"
    path.write_text(path.read_text().replace("US-AK|US-HI", "US-AK"))
    add_line(folder, "delivery_zones", "islands,Islands,US-HI,3")
    load(session, folder)
    islands = session.scalars(select(DeliveryZone).where(DeliveryZone.code == "islands")).one()
    [place] = session.scalars(select(DeliveryZonePlace).where(DeliveryZonePlace.region == "HI"))
    assert place.zone_id == islands.id


def test_a_class_of_goods_gets_its_own_rate(session: Session, folder: Path) -> None:
    add_line(folder, "tax_rates", "US,TX,medical,Texas sales tax,0,no")
    load(session, folder)
    rates = TaxRates(list_tax_rates(session, Place("US", "TX")))
    assert (rates.rate_of("general"), rates.rate_of("medical"), rates.delivery_rate) == (62_500, 0, 62_500)
    assert list_tax_rates(session, Place("US", "OR")) == []
    assert len(session.scalars(select(TaxRate)).all()) == 5


def test_a_discount_is_read_with_its_dates_and_staff_may_stop_it(session: Session, folder: Path) -> None:
    add_line(folder, "discounts", "GOODWILL-7,Goodwill,100,,,yes,2026-12-01,2026-12-02T08:00Z")
    load(session, folder)
    discount = session.scalars(select(Discount).where(Discount.code == "GOODWILL-7")).one()
    assert (discount.parts_per_million, discount.amount_cents) == (1_000_000, None)
    assert discount.covers_delivery
    assert discount.starts_at == datetime(2026, 12, 1, tzinfo=UTC)
    assert discount.ends_at == datetime(2026, 12, 2, 8, tzinfo=UTC)
    discount.is_active = False
    session.commit()
    assert load(session, folder) == (0, 0)
    assert not discount.is_active


@pytest.mark.parametrize(
    ("file", "line", "at", "fault"),
    [
        ("delivery_zones", "x,X,Alaska,3", "line 4, column places", '"Alaska" is not a country'),
        ("delivery_zones", "x,X,US-HI,3", "line 4, column places", '"US-HI" is on line 3'),
        ("delivery_rates", "drone,us-48,1,1,", "line 10, column method", 'there is no method'),
        ("delivery_rates", "express,mars,1,1,", "line 10, column zone", 'there is no zone'),
        ("delivery_rates", "express,us-48,0,1,", "line 10, column up_to_g", '"0" is not more'),
        ("delivery_rates", "express,us-48,1,-1,", "line 10, column price", '"-1" is not an'),
        ("delivery_rates", "express,us-far,5000,1,", "line 10, column method", "repeats line 9"),
        ("tax_rates", "US,CA,general,Tax,5,no", "line 6, column country", "repeats line 2"),
        ("tax_rates", "US,OR,Food,Tax,5,no", "line 6, column tax_class", '"Food" is not'),
        ("tax_rates", "US,OR,food,Tax,101,no", "line 6, column percent", '"101" is not'),
        ("discounts", "TEN,Ten,10,5.00,,no,,", "line 3, column percent", "is needed, or an amount"),
        ("discounts", "TEN,Ten,,,,yes,,", "line 3, column percent", "is needed, or an amount"),
        ("discounts", "TEN,Ten,0,,,no,,", "line 3, column percent", "takes nothing off"),
        ("discounts", "ten,Ten,10,,,no,,", "line 3, column code", '"ten" is not capitals'),
        ("discounts", "TEN,Ten,10,,,no,soon,", "line 3, column starts", '"soon" is not a moment'),
        ("discounts", "TEN,Ten,10,,,no,2026-12-02,2026-12-01", "line 3, column ends", "is not after"),
    ],
)  # fmt: skip
def test_names_what_is_wrong(folder: Path, file: str, line: str, at: str, fault: str) -> None:
    add_line(folder, file, line)
    [found] = faults(folder)
    assert found.startswith(f"{file}.csv {at}: {fault}")


def test_a_missing_file_makes_no_other_file_look_wrong(folder: Path) -> None:
    (folder / "delivery_zones.csv").unlink()
    assert faults(folder) == ["delivery_zones.csv: is missing"]
