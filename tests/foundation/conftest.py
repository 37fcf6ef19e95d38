"""What the tests of the foundation share: an empty database, the shop's log, settings that may be spoiled."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.engine import make_url

from app.config import read_config
from app.db import create_database_engine
from app.factory import create_app
from app.session import close_database
from tests.foundation.log_output import LogOutput


@pytest.fixture
def empty_database(
    database_kind: str, databases: dict[str, str], request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """The address of a database without a single table."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    server = create_database_engine(databases["small"])
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE IF EXISTS empty"))
        connection.execute(text("CREATE DATABASE empty"))
    yield make_url(databases["small"]).set(database="empty").render_as_string(hide_password=False)
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE empty WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def bare_app(empty_database: str, tmp_path: Path) -> Iterator[Flask]:
    """The shop on a database without tables: whatever asks it fails."""
    app = create_app(read_config({"DATABASE_URL": empty_database, "DATA_DIR": str(tmp_path)}))
    yield app
    close_database(app)


@pytest.fixture
def bare_client(bare_app: Flask) -> FlaskClient:
    """A browser at the shop without tables."""
    return bare_app.test_client()


@pytest.fixture
def log_output(shop_app: Flask) -> Iterator[LogOutput]:
    """What the shop writes to its log meanwhile, in the form in which it writes it."""
    assert shop_app
    handler = next(
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler, logging.StreamHandler)
        and isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)
    )
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield LogOutput(stream)
    handler.setStream(before)
