"""Questions that readers send about a guide; nobody else sees one before staff have published it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UTCDateTime, enum_column
from app.guidance.models import Guide


class QuestionStatus(StrEnum):
    """What has become of a question."""

    WAITING = "waiting"
    PUBLISHED = "published"
    DECLINED = "declined"


class ReaderQuestion(Base):
    """A question as it was sent, and as it is shown with its answer once staff have published it.

    What was sent, and the address it came from, are forgotten as soon as staff have decided.
    """

    __tablename__ = "reader_questions"
    __table_args__ = (
        CheckConstraint(
            "(status = 'published') = (question IS NOT NULL AND answer IS NOT NULL)",
            name="published_has_an_answer",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), index=True)
    asked: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(String(254))
    status: Mapped[QuestionStatus] = mapped_column(enum_column(QuestionStatus), index=True)
    question: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(120))

    guide: Mapped[Guide] = relationship()
