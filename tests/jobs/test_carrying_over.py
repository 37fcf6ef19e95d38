"""What was sold before orders had three axes is all there after the upgrade, and says where it stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.db import create_database_engine
from app.inventory.models import Reservation
from app.inventory.queries import list_drifts, list_loose_holds
from app.inventory.services import Returned, restock
from app.jobs.schema import upgrade
from app.orders.models import Order, OrderEvent
from app.orders.queries import find_order_for_change
from app.orders.services import mark_paid, mark_refunded
from app.orders.status import Axis, FulfilmentStatus
from app.payments.models import Payment, PaymentEvent
from tests.jobs.first_shop import PAID_AT, PLACED_AT, columns_of, open_first_shop, read_all

ORDER_STATUSES = {
    "paid": "placed",
    "open": "awaiting-payment",
    "expired": "cancelled",
    "processing": "awaiting-payment",
    "failed": "cancelled",
}
EVENT_STATES = {
    "paid": "done",
    "unchanged": "done",
    "expired": "done",
    "unknown-session": "parked",
    "needs-attention": "parked",
}


@pytest.fixture
def address(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path}/carried.db"
        return
    first = make_url(request.getfixturevalue("postgres_address")).set(drivername="postgresql+psycopg")
    server = create_database_engine(first.render_as_string(hide_password=False))
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE IF EXISTS carried"))
        connection.execute(text("CREATE DATABASE carried"))
    server.dispose()
    yield first.set(database="carried").render_as_string(hide_password=False)


@pytest.fixture
def old(address: str) -> Iterator[Engine]:
    """A shop of the first schema."""
    engine = open_first_shop(address)
    yield engine
    engine.dispose()


@pytest.fixture
def carried(old: Engine) -> Iterator[Session]:
    """The same shop after the upgrade."""
    upgrade(old)
    with Session(old) as session:
        yield session


def test_every_row_keeps_what_it_said_and_what_it_refers_to(old: Engine) -> None:
    with old.connect() as connection:
        columns = columns_of(connection)
        before = read_all(connection, columns)
    assert all(before.values())
    upgrade(old)
    with old.connect() as connection:
        assert read_all(connection, columns) == before
    with Session(old) as session:
        for order in session.scalars(select(Order)):
            assert [line.order_id for line in order.lines] == [order.id]
            assert [event.order_id for event in order.events] == [order.id]
        assert [payment.order.id for payment in session.scalars(select(Payment))] == [1, 2, 3, 4, 5]


def test_every_order_stands_where_its_payment_says(carried: Session) -> None:
    orders = list(carried.scalars(select(Order)))
    assert {order.payment_status: order.order_status for order in orders} == ORDER_STATUSES
    for order in orders:
        assert order.fulfilment_status is FulfilmentStatus.UNFULFILLED
        assert (order.discount_cents, order.refunded_cents, order.is_disputed) == (0, 0, False)
        assert order.order_changed_at == order.fulfilment_changed_at == PLACED_AT
        assert order.payment_changed_at == (PAID_AT if order.payment_status == "paid" else PLACED_AT)


def test_the_timeline_speaks_of_the_payment_and_events_are_done_or_wait_for_a_person(
    carried: Session,
) -> None:
    assert set(carried.scalars(select(OrderEvent.axis))) == {Axis.PAYMENT}
    events = list(carried.scalars(select(PaymentEvent)))
    assert {event.outcome: event.state for event in events} == EVENT_STATES
    assert {(event.handled_at, event.handled_count) for event in events} == {(PAID_AT, 1)}
    assert set(carried.scalars(select(Reservation.held_until))) == {PLACED_AT}


def test_counts_still_equal_the_ledger(carried: Session) -> None:
    assert not list_drifts(carried)
    assert not list_loose_holds(carried)


def test_business_goes_on_with_the_orders_that_were_there(carried: Session) -> None:
    paid, waiting, expired = (find_order_for_change(carried, number) for number in (1, 2, 3))
    assert mark_paid(carried, waiting, actor="stripe")
    assert mark_paid(carried, expired, actor="stripe")
    mark_refunded(paid, 500, actor="stripe")
    restock(carried, [Returned(1, 1, "came back", "staff", "ORDER-1", "refund:1:11:returned")])
    carried.commit()
    assert [each.payment_status for each in (waiting, expired, paid)] == ["paid", "paid", "part-refunded"]
    assert not list_drifts(carried)


@pytest.mark.parametrize("table", ["stock_movements", "order_events"])
@pytest.mark.parametrize("change", ["UPDATE {} SET reason = ''", "DELETE FROM {}"])
def test_old_rows_of_the_ledgers_are_guarded_too(carried: Session, table: str, change: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        carried.execute(text(change.format(table)))
    carried.rollback()
