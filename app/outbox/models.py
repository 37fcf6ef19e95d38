"""Messages to send, written in the transaction that causes them and sent when it has committed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UTCDateTime, enum_column


class MessageState(StrEnum):
    """What has become of a message."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given-up"


class Message(Base):
    """One message, once: its key is unique; `facts` name what it speaks of, never what it says.

    An address among them (`to`) goes when the message has left or was given up.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_a_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, str]] = mapped_column(JSON)
    state: Mapped[MessageState] = mapped_column(enum_column(MessageState), index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    # Also the end of the claim of whoever is sending it now: nobody else takes it before.
    next_attempt_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    last_error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
