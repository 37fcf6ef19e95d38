"""The worker as people run it: a process that sends what was put in the outbox within seconds."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.config import read_config
from app.factory import create_app
from app.jobs.registry import JOBS
from app.outbox.services import put_in_outbox
from app.runs.queries import list_runs
from app.session import close_database, transaction
from tests.outbox.paid_order import add_paid_order


@pytest.fixture
def settings(
    request: pytest.FixtureRequest, shop_settings: dict[str, str], database_kind: str, tmp_path: Path
) -> dict[str, str]:
    """The settings of a shop on one machine, all in files, and of one on several: PostgreSQL and Redis."""
    kept = {**shop_settings, "DATA_DIR": str(tmp_path)}
    if database_kind == "sqlite":
        return kept
    return {**kept, "REDIS_URL": request.getfixturevalue("redis_url")}


@contextmanager
def working(settings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker; at the end it stops when it is told to."""
    command = [sys.executable, "-m", "flask", "--app", "app.factory", "jobs", "work"]
    process = subprocess.Popen(command, env={**os.environ, **settings}, stderr=subprocess.DEVNULL)
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    finally:
        process.kill()
        process.wait()


def wait_until(condition: Callable[[], object], patience: float = 20) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def test_two_workers_send_once_within_seconds_what_a_transaction_put_in_the_outbox(
    settings: dict[str, str], shop_session: Session, tmp_path: Path
) -> None:
    add_paid_order(shop_session)

    def have_all_jobs_ended() -> bool:
        shop_session.rollback()
        runs = list_runs(shop_session)
        return runs.keys() == JOBS.keys() and all(not run.claimed_until for run in runs.values())

    app = create_app(read_config(settings))
    with working(settings), working(settings):
        wait_until(have_all_jobs_ended)
        with app.app_context(), transaction() as session:
            put_in_outbox(session, "order-confirmed", key="a", facts={"order": "PBTESTED"})
        # Far less than until the next tick of the clock.
        wait_until(lambda: list(tmp_path.glob("mail/*.eml")), patience=8)
    close_database(app)
