"""Whether the shop says rightly that it is alive and ready."""

from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.config import read_config
from app.db import create_database_engine
from app.factory import create_app
from app.runs.queries import list_runs
from app.session import close_database, write_transaction


def test_a_shop_in_order_is_alive_and_ready(shop_app: Flask) -> None:
    work(shop_app)
    client = shop_app.test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ready"})


def test_a_shop_whose_worker_was_not_seen_lately_is_not_ready(shop_app: Flask, shop_session: Session) -> None:
    client = shop_app.test_client()
    assert client.get("/readyz").json == {
        "status": "not ready",
        "problem": "the worker was not seen lately",
    }
    work(shop_app)
    with write_transaction(shop_session):
        for run in list_runs(shop_session).values():
            run.started_at -= timedelta(minutes=6)
    assert client.get("/readyz").status_code == 503


def test_a_database_of_an_older_shop_is_not_ready(bare_app: Flask, empty_database: str) -> None:
    assert bare_app.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    work(bare_app)
    engine = create_database_engine(empty_database)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    engine.dispose()
    answer = bare_app.test_client().get("/readyz")
    assert answer.json == {"status": "not ready", "problem": "the database is not migrated"}


def test_a_database_without_tables_is_alive_but_not_ready(bare_client: FlaskClient) -> None:
    assert bare_client.get("/healthz").status_code == 200
    answer = bare_client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {
        "status": "not ready",
        "problem": "the database does not answer, or is not migrated",
    }


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
    work(bare_app)
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


def work(app: Flask) -> None:
    """Let the worker do one job."""
    assert app.test_cli_runner().invoke(args=["jobs", "run", "check-ledger"]).exit_code == 0
