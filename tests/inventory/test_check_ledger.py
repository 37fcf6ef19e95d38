"""The job that compares counts with the ledger and with what is held."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.catalog.models import Variant
from app.inventory.models import Reservation, ReservationState, StockItem
from app.inventory.queries import list_loose_holds
from app.inventory.services import reserve
from app.jobs.check_ledger import check_ledger
from app.jobs.report import JobReport
from tests.inventory.stocked import add_stocked_variant

SOURCE = "order:1"


@pytest.fixture
def check(shop_app: Flask) -> Callable[[], JobReport]:
    """Run the job."""

    def check() -> JobReport:
        with shop_app.app_context():
            return check_ledger()

    return check


@pytest.fixture
def held(shop_session: Session) -> int:
    """A variant of which two units are held; returns its id."""
    variant_id = shop_session.scalars(select(Variant.id).join(StockItem).where(StockItem.on_hand > 5)).first()
    assert variant_id is not None
    reserve(shop_session, {variant_id: 2}, source=SOURCE)
    shop_session.commit()
    return variant_id


def counts_become(session: Session, variant_id: int, **values: object) -> None:
    session.execute(update(StockItem).where(StockItem.variant_id == variant_id).values(**values))
    session.commit()


def test_says_that_all_is_well(check: Callable[[], JobReport], held: int) -> None:
    assert held
    assert check() == JobReport("Stock on hand and reserved equal the ledger.")


def test_names_a_count_that_drifted(check: Callable[[], JobReport], held: int, shop_session: Session) -> None:
    on_hand = shop_session.get_one(StockItem, held).on_hand
    counts_become(shop_session, held, on_hand=on_hand + 1)
    report = check()
    assert report.text == (f"variant {held}: on hand {on_hand + 1}, ledger {on_hand}; reserved 2, ledger 2")
    assert not report.is_well


def test_names_every_count_that_is_not_held_by_anybody(
    check: Callable[[], JobReport], held: int, shop_session: Session
) -> None:
    on_hand = shop_session.get_one(StockItem, held).on_hand
    counts_become(shop_session, held, reserved=3)
    assert check().text.splitlines() == [
        f"variant {held}: on hand {on_hand}, ledger {on_hand}; reserved 3, ledger 2",
        f"variant {held}: reserved 3, but orders hold 2",
    ]


def test_names_a_hold_that_ended_without_its_movement(
    check: Callable[[], JobReport], held: int, shop_session: Session
) -> None:
    shop_session.execute(update(Reservation).values(state=ReservationState.RELEASED))
    shop_session.commit()
    assert check() == JobReport(f"variant {held}: reserved 2, but orders hold 0", is_well=False)


def test_the_command_ends_badly_when_something_is_not_well(
    shop_app: Flask, held: int, shop_session: Session
) -> None:
    runner = shop_app.test_cli_runner()
    assert runner.invoke(args=["jobs", "run", "check-ledger"]).exit_code == 0
    counts_become(shop_session, held, on_hand=StockItem.on_hand + 1)
    result = runner.invoke(args=["jobs", "run", "check-ledger"])
    assert result.exit_code == 1
    assert f"variant {held}: on hand" in result.output


def test_holds_are_summed_for_each_variant(session: Session) -> None:
    first, second = add_stocked_variant(session, 9), add_stocked_variant(session, 9)
    reserve(session, {first: 2, second: 1}, source="order:1")
    reserve(session, {first: 3}, source="order:2")
    assert list_loose_holds(session) == []
    counts_become(session, first, reserved=4)
    counts_become(session, second, reserved=0)
    assert list_loose_holds(session) == [(first, 4, 5), (second, 0, 1)]
