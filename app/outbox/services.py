"""Changes of the outbox."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.outbox.claim import CLAIM, MOST_ATTEMPTS, Claim, pause_after
from app.outbox.models import Message, MessageState
from app.outbox.queries import list_due_ids

NEWS = "outbox-has-news"
# The fact that is an address which nothing else keeps: it is forgotten as soon as nobody will write there.
ADDRESS = "to"


def put_in_outbox(session: Session, kind: str, *, key: str, facts: Mapping[str, str]) -> None:
    """Write a message that leaves when this transaction has committed; a known key is left alone."""
    if session.scalar(select(Message.id).where(Message.key == key)) is not None:
        return
    now = clock.now()
    session.add(
        Message(
            key=key,
            kind=kind,
            facts=dict(facts),
            state=MessageState.WAITING,
            attempts=0,
            next_attempt_at=now,
            created_at=now,
        )
    )
    session.flush()
    session.info[NEWS] = True


def take_news(session: Session) -> bool:
    """Whether a message was put in the outbox since this was asked last."""
    return bool(session.info.pop(NEWS, False))


def claim_next(session: Session) -> Claim | None:
    """Take the next due message for one sender; None when no message is due.

    The claim is one guarded UPDATE, so of several senders one gets it. Commit before sending.
    """
    now = clock.now()
    while ids := list_due_ids(session, now):
        for message_id in ids:
            claim = _claim(session, message_id, now)
            if claim is not None:
                return claim
    return None


def _claim(session: Session, message_id: int, now: datetime) -> Claim | None:
    statement = (
        update(Message)
        .where(
            Message.id == message_id,
            Message.state == MessageState.WAITING,
            Message.next_attempt_at <= now,
        )
        .values(attempts=Message.attempts + 1, next_attempt_at=now + CLAIM)
        .returning(Message.id, Message.key, Message.kind, Message.facts, Message.attempts, Message.created_at)
    )
    row = session.execute(statement.execution_options(synchronize_session=False)).one_or_none()
    return Claim(*row) if row else None


def mark_sent(session: Session, claim: Claim) -> None:
    """Note that a message has left, also when the claim has ended meanwhile."""
    session.execute(
        update(Message)
        .where(Message.id == claim.message_id, Message.state == MessageState.WAITING)
        .values(state=MessageState.SENT, sent_at=clock.now(), last_error=None, facts=_without_address(claim))
    )


def forget_facts(session: Session, claim: Claim) -> None:
    """Erase what a message was about; only after it has left."""
    session.execute(update(Message).where(Message.id == claim.message_id).values(facts={}))


def put_off(session: Session, claim: Claim, reason: str) -> bool:
    """Let a message wait for its next attempt, or give it up after the last; whether it still waits."""
    if claim.attempt >= MOST_ATTEMPTS:
        give_up(session, claim, f"{reason}; given up after {claim.attempt} attempts")
        return False
    _change(session, claim, next_attempt_at=clock.now() + pause_after(claim.attempt), last_error=reason)
    return True


def give_up(session: Session, claim: Claim, reason: str) -> None:
    """Note why a message will never leave."""
    _change(session, claim, state=MessageState.GIVEN_UP, last_error=reason, facts=_without_address(claim))


def _without_address(claim: Claim) -> dict[str, str]:
    return {name: value for name, value in claim.facts.items() if name != ADDRESS}


def try_again(session: Session, key: str) -> bool:
    """Let a message that was given up leave after all, with all its attempts; whether there was one."""
    statement = (
        update(Message)
        .where(Message.key == key, Message.state == MessageState.GIVEN_UP)
        .values(state=MessageState.WAITING, attempts=0, next_attempt_at=clock.now())
        .returning(Message.id)
    )
    is_found = session.execute(statement).one_or_none() is not None
    session.info[NEWS] = is_found
    return is_found


def _change(session: Session, claim: Claim, **values: object) -> None:
    # Only while the claim is ours: another sender may have taken the message over since.
    session.execute(
        update(Message)
        .where(
            Message.id == claim.message_id,
            Message.state == MessageState.WAITING,
            Message.attempts == claim.attempt,
        )
        .values(**values)
    )
