"""The seeded shop on SQLite, visited once: its pages say the same on every database."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.config import read_config
from app.db import create_database_engine
from app.factory import create_app
from app.guidance.models import Source
from app.jobs.schema import upgrade
from app.jobs.seed import SEED_FOLDER, load_seed
from app.session import close_database, get_session, write_transaction
from tests.claims_lint.lint import Lint
from tests.foundation.crawl import Crawl, crawl


@pytest.fixture(scope="package")
def read_only_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The seeded shop; tests that ask for it only look at it."""
    config = read_config({"DATA_DIR": str(tmp_path_factory.mktemp("linted-shop"))})
    engine = create_database_engine(config.database_url)
    upgrade(engine)
    with Session(engine) as session, write_transaction(session):
        load_seed(session, SEED_FOLDER)
    engine.dispose()
    app = create_app(config)
    yield app
    close_database(app)


@pytest.fixture(scope="package")
def visited(read_only_shop: Flask) -> Crawl:
    """Every page that links lead to."""
    return crawl(read_only_shop.test_client(), "http://127.0.0.1:8000")


@pytest.fixture
def lint(read_only_shop: Flask) -> Lint:
    """A lint that knows the titles of the sources."""
    with read_only_shop.app_context():
        titles = get_session().scalars(select(Source.title)).all()
    return Lint(cited=sorted(titles, key=len, reverse=True))
