"""The rows of the outbox, as tests read and move them."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.outbox.models import Message


def read(session: Session, key: str) -> Message:
    """Return a message as it is now."""
    session.rollback()
    query = select(Message).where(Message.key == key).execution_options(populate_existing=True)
    return session.scalars(query).one()


def make_due(session: Session, **values: object) -> None:
    """Let the time come of every message."""
    session.execute(update(Message).values(next_attempt_at=clock.now(), **values))
    session.commit()
