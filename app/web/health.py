"""Whether the shop is alive, and whether it is ready to serve."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app import clock
from app.runs.queries import find_last_sign_of_life
from app.session import get_session

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
# The worker has something to do every minute.
LATELY = timedelta(minutes=5)

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say that the process answers."""
    return {"status": "alive"}


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Say whether the database answers and is migrated, and whether the worker was seen lately."""
    problem = _find_problem()
    return ({"status": "not ready", "problem": problem}, 503) if problem else {"status": "ready"}


def _find_problem() -> str | None:
    session = get_session()
    try:
        revision = session.scalar(text("SELECT version_num FROM alembic_version"))
        if revision != _newest_revision():
            return "the database is not migrated"
        seen = find_last_sign_of_life(session)
    except SQLAlchemyError:
        return "the database does not answer, or is not migrated"
    return None if seen and clock.now() - seen < LATELY else "the worker was not seen lately"


@cache
def _newest_revision() -> str | None:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()
