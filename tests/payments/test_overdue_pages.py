"""The job that frees the stock of pages whose time is over, whatever has become of them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.inventory.models import StockItem
from app.jobs.expire_reservations import expire_reservations
from app.jobs.registry import Job, run_job
from app.jobs.report import JobReport
from app.orders.models import Order
from app.orders.status import PaymentStatus
from app.payments.models import Payment
from app.payments.outcome import Outcome
from app.session import get_session
from app.web.payments import current_attempts
from tests.buyer import Buyer
from tests.payments.books import only_order
from tests.payments.stripe_recorder import StripeRecorder
from tests.stock import assert_ledger_is_right, stock_of

SKU = "FR-DRF-30-TEA"
OTHER_SKU = "ST-FLT-MD"
UNKNOWN = b'{"error": {"type": "invalid_request_error", "code": "resource_missing", "message": "No such"}}'


@pytest.fixture
def page(quiet_buyer: Buyer, shop_session: Session) -> str:
    """A payment page whose time is over by the shop's clock."""
    quiet_buyer.add(SKU, 2)
    page = quiet_buyer.open_payment_page()
    make_overdue(shop_session)
    return page


@pytest.fixture
def run(quiet_app: Flask) -> Callable[[], JobReport]:
    """Run the job."""

    def run() -> JobReport:
        with quiet_app.app_context():
            return expire_reservations()

    return run


def make_overdue(session: Session) -> None:
    session.execute(update(Payment).values(expires_at=clock.now() - timedelta(minutes=5)))
    session.commit()


def test_leaves_pages_alone_whose_time_is_not_over(
    run: Callable[[], JobReport], quiet_buyer: Buyer, shop_session: Session
) -> None:
    quiet_buyer.add(SKU)
    quiet_buyer.open_payment_page()
    assert run().text == "No payment page is overdue."
    assert only_order(shop_session).payment_status is PaymentStatus.OPEN


def test_closes_the_page_and_frees_the_stock(
    run: Callable[[], JobReport], page: str, shop_session: Session, quiet_buyer: Buyer
) -> None:
    assert run() == JobReport("Overdue payment pages: 1 expired.")
    assert only_order(shop_session).payment_status is PaymentStatus.EXPIRED
    assert stock_of(shop_session, SKU)[1] == 0
    assert quiet_buyer.pay(page).status_code != 303
    assert_ledger_is_right(shop_session)


def test_a_page_that_nobody_noted_is_found_by_its_key_and_closed(
    quiet_app: Flask, quiet_buyer: Buyer, shop_session: Session
) -> None:
    quiet_buyer.add(SKU, 2)
    page = quiet_buyer.open_payment_page()
    # As a process leaves it that dies between Stripe's answer and its own note.
    shop_session.execute(update(Payment).values(session_id=None))
    shop_session.commit()
    with quiet_app.app_context():
        payment = get_session().scalars(select(Payment)).one()
        assert current_attempts().close(payment) is Outcome.EXPIRED
    assert quiet_buyer.pay(page).status_code != 303
    assert stock_of(shop_session, SKU)[1] == 0
    assert_ledger_is_right(shop_session)


def test_finds_a_payment_that_nobody_told_of(
    run: Callable[[], JobReport], page: str, quiet_buyer: Buyer, shop_session: Session
) -> None:
    on_hand, _ = stock_of(shop_session, SKU)
    assert quiet_buyer.pay(page).status_code == 303
    assert run() == JobReport("Overdue payment pages: 1 paid.")
    assert only_order(shop_session).payment_status is PaymentStatus.PAID
    assert stock_of(shop_session, SKU) == (on_hand - 2, 0)


def test_gives_up_a_page_that_stripe_does_not_know(
    run: Callable[[], JobReport], page: str, recorder: StripeRecorder, shop_session: Session
) -> None:
    assert page
    recorder.answer = lambda _: (404, UNKNOWN)
    assert run() == JobReport("Overdue payment pages: 1 given up.", is_well=False)
    order = only_order(shop_session)
    assert order.payment_status is PaymentStatus.EXPIRED
    assert "another account" in (order.needs_attention or "")
    assert stock_of(shop_session, SKU)[1] == 0
    assert run().is_well
    assert_ledger_is_right(shop_session)


def test_keeps_the_stock_while_stripe_is_not_reached(
    run: Callable[[], JobReport], page: str, recorder: StripeRecorder, shop_session: Session
) -> None:
    assert page
    recorder.answer = lambda _: (503, b"busy")
    assert run() == JobReport("Overdue payment pages: 1 not reached.", is_well=False)
    assert only_order(shop_session).payment_status is PaymentStatus.OPEN
    assert stock_of(shop_session, SKU)[1] == 2


def test_a_broken_order_does_not_keep_the_stock_of_the_others(
    run: Callable[[], JobReport], page: str, quiet_shop: str, shop_session: Session
) -> None:
    assert page
    other = Buyer(quiet_shop)
    other.add(OTHER_SKU)
    other.open_payment_page()
    other.close()
    make_overdue(shop_session)
    first, second = shop_session.scalars(select(Order).order_by(Order.id))
    # Somebody has repaired the counts by hand: what the first order holds cannot be given back.
    broken = StockItem.variant_id == first.lines[0].variant_id
    shop_session.execute(update(StockItem).where(broken).values(reserved=0))
    shop_session.commit()
    assert run() == JobReport("Overdue payment pages: 1 broken, 1 expired.", is_well=False)
    shop_session.expire_all()
    assert [first.payment_status, second.payment_status] == [PaymentStatus.OPEN, PaymentStatus.EXPIRED]


def test_a_job_that_breaks_is_noted_and_stops_nothing(quiet_app: Flask, tmp_path: Path) -> None:
    def read() -> JobReport:
        return JobReport((tmp_path / "missing").read_text())

    with quiet_app.app_context():
        report = run_job(Job("read", timedelta(minutes=1), read))
    assert report == JobReport("The job broke: FileNotFoundError. The log says more.", is_well=False)
