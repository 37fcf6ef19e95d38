"""The transaction boundary: one session per request or command, and the only place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app, g
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

EXTENSION = "shop-database"


def init_app(app: Flask, engine: Engine) -> None:
    """Give the application its database."""
    # Rows stay readable after the commit, so that a view can answer with what it has just saved.
    app.extensions[EXTENSION] = sessionmaker(engine, expire_on_commit=False)
    app.teardown_appcontext(_close)


def close_database(app: Flask) -> None:
    """Close every connection of an application that has ended."""
    engine: Engine = app.extensions[EXTENSION].kw["bind"]
    engine.dispose()


def get_session() -> Session:
    """Return the session of this request, for reading."""
    if "db_session" not in g:
        g.db_session = current_app.extensions[EXTENSION]()
    session: Session = g.db_session
    return session


def end_reading() -> None:
    """Give the connection back before something slow; what was read stays readable."""
    get_session().commit()


@contextmanager
def transaction() -> Iterator[Session]:
    """Change things: commits at the end of the block, rolls everything back when it raises."""
    session = get_session()
    with write_transaction(session):
        yield session


@contextmanager
def write_transaction(session: Session) -> Iterator[Session]:
    """Make one write transaction of a session outside a request."""
    session.rollback()
    try:
        if session.get_bind().dialect.name == "sqlite":
            # A write that follows a read would fail at once when another writer came between.
            session.connection().exec_driver_sql("BEGIN IMMEDIATE")
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def _close(_error: BaseException | None) -> None:
    session: Session | None = g.pop("db_session", None)
    if session is not None:
        session.close()
