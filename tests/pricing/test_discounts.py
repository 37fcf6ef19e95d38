"""A discount code is found as people type it, while it runs, for goods of enough value."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.money import Money
from app.pricing.discounts import DiscountNeedsMore, DiscountUnknown, redeem
from app.pricing.models import Discount
from app.pricing.queries import find_discount

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def add_discount(session: Session, **changes: object) -> Discount:
    values = {"code": "SPRING-10", "name": "Spring", "parts_per_million": 100_000, "currency": "USD"}
    discount = Discount(**{**values, **changes})
    session.add(discount)
    session.commit()
    return discount


@pytest.mark.parametrize("typed", ["SPRING-10", "spring-10", "  Spring-10\t", "s p r i n g - 1 0"])
def test_finds_a_code_in_any_case_and_spacing(session: Session, typed: str) -> None:
    discount = add_discount(session)
    assert find_discount(session, typed, NOW) is discount


@pytest.mark.parametrize("typed", ["", "SPRING", "SPRING-100", "SPRING10", "x" * 20_000, "ß" * 40, "%"])
def test_knows_no_other_code(session: Session, typed: str) -> None:
    add_discount(session)
    assert find_discount(session, typed, NOW) is None


@pytest.mark.parametrize(
    ("changes", "is_running"),
    [
        ({"starts_at": NOW}, True),
        ({"starts_at": NOW + timedelta(seconds=1)}, False),
        ({"ends_at": NOW + timedelta(seconds=1)}, True),
        ({"ends_at": NOW}, False),
        ({"is_active": False}, False),
    ],
)
def test_a_code_runs_from_its_start_to_its_end(
    session: Session, changes: dict[str, object], is_running: bool
) -> None:
    add_discount(session, **changes)
    session.expire_all()
    assert (find_discount(session, "SPRING-10", NOW) is not None) is is_running


def test_says_how_much_the_goods_must_be_worth(session: Session) -> None:
    discount = add_discount(session, min_subtotal_cents=6000)
    assert redeem(session, "spring-10", goods_cents=6000, now=NOW) is discount
    with pytest.raises(DiscountNeedsMore) as refusal:
        redeem(session, "spring-10", goods_cents=5999, now=NOW)
    assert refusal.value.minimum == Money(6000, "USD")
    with pytest.raises(DiscountUnknown):
        redeem(session, "autumn", goods_cents=6000, now=NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_cents": 500},
        {"parts_per_million": None},
        {"parts_per_million": 0},
        {"parts_per_million": 1_000_001},
        {"parts_per_million": None, "amount_cents": -1},
        {"min_subtotal_cents": -1},
        {"starts_at": NOW, "ends_at": NOW},
    ],
)
def test_the_database_refuses_a_discount_that_makes_no_sense(
    session: Session, changes: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError):
        add_discount(session, **changes)
    session.rollback()


def test_a_code_may_cover_nothing_but_delivery(session: Session) -> None:
    add_discount(session, parts_per_million=0, covers_delivery=True)
    assert redeem(session, "SPRING-10", goods_cents=1, now=NOW).amount_off(5000) == 0


def test_a_code_is_there_once(session: Session) -> None:
    add_discount(session)
    with pytest.raises(IntegrityError):
        add_discount(session)
    session.rollback()
