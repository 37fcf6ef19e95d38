"""Wakes the worker when a transaction that put a message in the outbox has committed."""

import structlog
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from app import session as database
from app.jobs.queue import EXTENSION, Queue
from app.outbox.services import take_news

log = structlog.get_logger("shop.jobs")


def init_app(app: Flask) -> None:
    """Watch every session of the application."""
    queue: Queue = app.extensions[EXTENSION]

    def wake(session: Session) -> None:
        # A savepoint that ends is no commit.
        if not session.in_nested_transaction() and take_news(session):
            _ask(queue)

    sessions = app.extensions[database.EXTENSION]
    event.listen(sessions, "after_commit", wake)
    event.listen(sessions, "after_rollback", take_news)


def _ask(queue: Queue) -> None:
    try:
        queue.ask_for_delivery()
    except Exception as error:
        # What was committed stays so; the clock sends the message within a minute.
        log.warning("worker not woken", reason=type(error).__name__)
