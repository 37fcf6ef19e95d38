"""Reads the questions of readers; only staff see those that are not published."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.guidance.question_models import QuestionStatus, ReaderQuestion


def list_published_questions(session: Session, guide_id: int) -> list[ReaderQuestion]:
    """List what is shown on a guide's page, the newest decision first (1 statement)."""
    statement = (
        select(ReaderQuestion)
        .where(ReaderQuestion.guide_id == guide_id, ReaderQuestion.status == QuestionStatus.PUBLISHED)
        .order_by(ReaderQuestion.decided_at.desc(), ReaderQuestion.id.desc())
    )
    return list(session.scalars(statement))


def list_waiting(session: Session) -> list[ReaderQuestion]:
    """List the questions that nobody has decided on with their guides, the oldest first (1 statement)."""
    statement = (
        select(ReaderQuestion)
        .where(ReaderQuestion.status == QuestionStatus.WAITING)
        .options(joinedload(ReaderQuestion.guide, innerjoin=True))
        .order_by(ReaderQuestion.asked_at, ReaderQuestion.id)
    )
    return list(session.scalars(statement))


def find_question(session: Session, question_id: int) -> ReaderQuestion | None:
    """Find a question with its guide (1 statement)."""
    statement = (
        select(ReaderQuestion)
        .where(ReaderQuestion.id == question_id)
        .options(joinedload(ReaderQuestion.guide, innerjoin=True))
    )
    return session.scalars(statement).one_or_none()
