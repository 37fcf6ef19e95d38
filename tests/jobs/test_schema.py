"""The schema comes whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import OperationalError

from app.db import create_database_engine
from app.jobs.schema import upgrade


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    """A new database file."""
    engine = create_database_engine(f"sqlite:///{tmp_path}/shop.db")
    yield engine
    engine.dispose()


def test_a_migration_that_breaks_half_way_leaves_nothing_behind(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE payments (id INTEGER)"))
    with pytest.raises(OperationalError, match="payments"):
        upgrade(empty)
    assert inspect(empty).get_table_names() == ["payments"]
    with empty.begin() as connection:
        connection.execute(text("DROP TABLE payments"))
    upgrade(empty)
    assert "stock_items" in inspect(empty).get_table_names()
