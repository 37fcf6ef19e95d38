"""The ledgers of goods and of orders: the database itself refuses to change what was written."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.orders.models import Order
from app.orders.status import PaymentStatus
from tests.inventory.stocked import add_stocked_variant
from tests.orders.drafts import add_order
from tests.unguarded import GUARDED

CHANGES = (
    "UPDATE {table} SET reason = 'nothing happened'",
    "UPDATE {table} SET reason = 'nothing happened' WHERE id = (SELECT MIN(id) FROM {table})",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE id = (SELECT MIN(id) FROM {table})",
)
# SQLite has no other way than DELETE to empty a table.
TRUNCATE = "TRUNCATE {table}"


def rows(engine: Engine, table: str) -> list[object]:
    with engine.connect() as connection:
        query = text(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608 (words of this file)
        return [tuple(row) for row in connection.execute(query)]


@pytest.mark.parametrize("table", GUARDED)
def test_a_row_that_was_written_stays_as_it_is(session: Session, engine: Engine, table: str) -> None:
    add_order(session, {add_stocked_variant(session, 9): 2}, PaymentStatus.PAID)
    before = rows(engine, table)
    assert before
    for change in (*CHANGES, TRUNCATE) if engine.dialect.name == "postgresql" else CHANGES:
        statement = text(change.format(table=table))
        with pytest.raises(DBAPIError, match=f"{table} is append-only"), engine.begin() as connection:
            connection.execute(statement)
    assert rows(engine, table) == before


def test_an_order_with_a_timeline_is_not_deleted(session: Session, engine: Engine) -> None:
    order = add_order(session, {add_stocked_variant(session, 9): 2}, PaymentStatus.PAID)
    with pytest.raises(DBAPIError, match="order_events is append-only"), engine.begin() as connection:
        connection.execute(text("DELETE FROM orders"))
    assert session.get_one(Order, order.id, populate_existing=True).events
