"""Reads of the outbox."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.outbox.models import Message, MessageState


def list_due_ids(session: Session, now: datetime, limit: int = 20) -> list[int]:
    """Return the ids of messages that should leave now, the one that waits longest first."""
    query = (
        select(Message.id)
        .where(Message.state == MessageState.WAITING, Message.next_attempt_at <= now)
        .order_by(Message.next_attempt_at, Message.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def count_waiting(session: Session) -> int:
    """Return how many messages still have to leave."""
    query = select(func.count()).select_from(Message).where(Message.state == MessageState.WAITING)
    return session.scalar(query) or 0


def list_given_up(session: Session, since: datetime, limit: int = 20) -> list[Message]:
    """Return messages that were tried after a moment for the last time, the newest first."""
    query = (
        select(Message)
        .where(Message.state == MessageState.GIVEN_UP, Message.next_attempt_at > since)
        .order_by(Message.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def list_unsent(session: Session) -> list[Message]:
    """Return every message that has not left, whether it is still tried or not."""
    query = select(Message).where(Message.state != MessageState.SENT).order_by(Message.id)
    return list(session.scalars(query))
