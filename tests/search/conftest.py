"""Both databases at once, and the judged list."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from app.db import create_database_engine
from app.jobs.schema import upgrade
from app.jobs.seed import SEED_FOLDER, load_seed
from app.session import write_transaction


@dataclass(frozen=True)
class Judged:
    """What a shopper or reader types, and which pages should be among the first so many."""

    query: str
    expected: frozenset[str]
    within: int
    about: str


@pytest.fixture(scope="session")
def judged() -> list[Judged]:
    """The judged list, written down by people who thought as shoppers and readers."""
    with (Path(__file__).parent / "judged.csv").open(newline="") as file:
        return [
            Judged(row["query"], frozenset(row["expected"].split("|")), int(row["within"]), row["about"])
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="session")
def both_addresses(postgres_address: str, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The seeded shop twice: on SQLite and on PostgreSQL."""
    server_address = make_url(postgres_address).set(drivername="postgresql+psycopg")
    server = create_database_engine(server_address.render_as_string(hide_password=False))
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE IF EXISTS search_twin"))
        connection.execute(text("CREATE DATABASE search_twin"))
    server.dispose()
    addresses = [
        f"sqlite:///{tmp_path_factory.mktemp('search')}/twin.db",
        server_address.set(database="search_twin").render_as_string(hide_password=False),
    ]
    for address in addresses:
        engine = create_database_engine(address)
        upgrade(engine)
        with Session(engine) as session, write_transaction(session):
            load_seed(session, SEED_FOLDER)
        engine.dispose()
    return addresses


@pytest.fixture
def both(both_addresses: list[str]) -> Iterator[list[Session]]:
    """A session on each database with the same shop in it; nothing is kept."""
    engines = [create_database_engine(address) for address in both_addresses]
    sessions = [Session(engine, expire_on_commit=False) for engine in engines]
    yield sessions
    for session in sessions:
        session.rollback()
        session.close()
    for engine in engines:
        engine.dispose()
