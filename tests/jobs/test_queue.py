"""The worker is woken after a commit, on both kinds of queue, and a broken queue breaks nothing."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.config import read_config
from app.factory import create_app
from app.jobs.queue import current_queue
from app.outbox.models import Message
from app.outbox.services import put_in_outbox
from app.session import close_database, get_session, transaction
from tests.live_shop import free_port


@pytest.fixture(params=["sqlite", "redis"])
def queue_settings(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """Where the queue is: once in a file, once in Redis."""
    kept = {"DATA_DIR": str(tmp_path)}
    return kept if request.param == "sqlite" else {**kept, "REDIS_URL": request.getfixturevalue("redis_url")}


@pytest.fixture
def app(
    shop_settings: dict[str, str], queue_settings: dict[str, str], shop_session: Session
) -> Iterator[Flask]:
    """The seeded shop with an empty queue."""
    assert shop_session
    app = create_app(read_config({**shop_settings, **queue_settings}))
    with app.app_context():
        yield app
    close_database(app)


def put(session: Session, key: str = "a") -> None:
    put_in_outbox(session, "order-confirmed", key=key, facts={"order": "PBTESTED"})


def asked() -> int:
    return int(current_queue().huey.pending_count())


def test_the_worker_is_woken_after_the_commit_and_not_before(app: Flask) -> None:
    assert app
    with transaction() as session:
        put(session)
        assert asked() == 0
    assert asked() == 1


def test_a_message_that_is_there_already_wakes_nobody(app: Flask) -> None:
    assert app
    for _ in range(2):
        with transaction() as session:
            put(session)
    assert asked() == 1


def test_nobody_is_woken_after_a_rollback_nor_by_what_comes_next(app: Flask) -> None:
    assert app
    with suppress(KeyError), transaction() as session:
        put(session)
        raise KeyError
    with transaction():
        pass
    assert asked() == 0
    assert get_session().scalar(select(func.count()).select_from(Message)) == 0


def test_a_savepoint_wakes_nobody(app: Flask) -> None:
    assert app
    with transaction() as session:
        with session.begin_nested():
            put(session)
        assert asked() == 0
    assert asked() == 1


def test_what_somebody_else_puts_in_the_queue_is_not_run(app: Flask) -> None:
    huey = current_queue().huey
    huey.storage.enqueue(b"cos\nsystem\n(S'true'\ntR.", 0)
    with pytest.raises(ValueError, match="Separator"):
        huey.dequeue()


@pytest.mark.parametrize("is_redis", [False, True], ids=["sqlite", "redis"])
def test_a_queue_that_fails_does_not_fail_what_was_committed(
    shop_settings: dict[str, str], shop_session: Session, tmp_path: Path, *, is_redis: bool
) -> None:
    settings = {"DATA_DIR": str(tmp_path)}
    if is_redis:
        settings["REDIS_URL"] = f"redis://:hunter2@127.0.0.1:{free_port()}"
    else:
        # A folder where the file should be.
        (tmp_path / "queue.db").mkdir()
    app = create_app(read_config({**shop_settings, **settings}))
    with app.app_context(), transaction() as session:
        put(session)
    close_database(app)
    assert shop_session.scalars(select(Message.key)).all() == ["a"]
