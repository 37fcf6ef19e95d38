"""Whether the shop says rightly that it is alive and ready."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.config import read_config
from app.db import create_database_engine
from app.factory import create_app
from app.session import close_database


def test_a_shop_in_order_is_alive_and_ready(shop_client: FlaskClient) -> None:
    assert shop_client.get("/healthz").status_code == 200
    answer = shop_client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["status"] == "ready"


def test_a_database_without_tables_is_alive_but_not_ready(bare_client: FlaskClient) -> None:
    assert bare_client.get("/healthz").status_code == 200
    answer = bare_client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"status": "not ready", "database": "not reachable or not migrated"}


def test_a_database_whose_migrations_were_not_run_is_not_ready(
    bare_client: FlaskClient, empty_database: str
) -> None:
    engine = create_database_engine(empty_database)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    engine.dispose()
    assert bare_client.get("/readyz").status_code == 503


def test_a_shop_becomes_ready_when_it_is_migrated(bare_app: Flask) -> None:
    client = bare_app.test_client()
    assert client.get("/readyz").status_code == 503
    assert bare_app.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    assert client.get("/readyz").status_code == 200


def test_a_database_server_that_does_not_answer_is_not_ready(tmp_path: Path) -> None:
    # Nothing listens on the port of discarded bytes.
    nowhere = "postgresql+psycopg://shop:hunter2@127.0.0.1:9/shop"
    app = create_app(read_config({"DATABASE_URL": nowhere, "DATA_DIR": str(tmp_path)}))
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "hunter2" not in answer.text
    close_database(app)
