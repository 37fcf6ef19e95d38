"""Takes questions of readers, and lets staff publish or decline them; nothing is shown before that."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.catalog.services import touch_content
from app.guidance.claims import find_banned_claims
from app.guidance.models import Guide
from app.guidance.question_models import QuestionStatus, ReaderQuestion
from app.outbox.services import ADDRESS, put_in_outbox

ASKED = "question-asked"
ANSWERED = "question-answered"


class QuestionDecided(Exception):
    """Somebody has published or declined the question already."""

    def __init__(self, question: ReaderQuestion) -> None:
        super().__init__(f"question {question.id} is {question.status.value} already")
        self.question = question


class WordingRefused(Exception):
    """Words that the shop may not publish; the text says which, and what to write instead."""


def ask(session: Session, guide: Guide, text: str, email: str | None) -> ReaderQuestion:
    """Keep a question for staff and tell them that one waits; the mail holds nothing of it."""
    question = ReaderQuestion(
        guide_id=guide.id,
        asked=text,
        email=email or None,
        status=QuestionStatus.WAITING,
        asked_at=clock.now(),
    )
    session.add(question)
    session.flush()
    put_in_outbox(session, ASKED, key=f"{ASKED}:{question.id}", facts={"question": str(question.id)})
    return question


def publish_question(session: Session, question: ReaderQuestion, shown: str, answer: str, actor: str) -> None:
    """Show a question in the words of staff with its answer, and mail it to a reader who left an address.

    Raises WordingRefused for words that may not be published, QuestionDecided when it does not wait.
    """
    shown, answer = shown.strip(), answer.strip()
    _refuse_wording(shown, answer)
    _hold_waiting(session, question)
    if question.email:
        facts = {"question": str(question.id), ADDRESS: question.email}
        put_in_outbox(session, ANSWERED, key=f"{ANSWERED}:{question.id}", facts=facts)
    question.question, question.answer = shown, answer
    _decide(question, QuestionStatus.PUBLISHED, actor)
    touch_content(session)


def decline(session: Session, question: ReaderQuestion, actor: str) -> None:
    """Forget a question without an answer; raises QuestionDecided when it does not wait."""
    _hold_waiting(session, question)
    _decide(question, QuestionStatus.DECLINED, actor)


def _refuse_wording(shown: str, answer: str) -> None:
    if not shown or not answer:
        raise WordingRefused("a question is published with words of its own and with an answer")
    banned = [claim for text in (shown, answer) for claim in find_banned_claims(text)]
    if banned:
        raise WordingRefused(
            " ".join(f'"{claim.words}" may not be published: {claim.advice}' for claim in banned)
        )


def _hold_waiting(session: Session, question: ReaderQuestion) -> None:
    # Of two who decide at the same moment, the second reads what the first has done.
    statement = select(ReaderQuestion).where(ReaderQuestion.id == question.id).with_for_update()
    session.scalars(statement.execution_options(populate_existing=True)).one()
    if question.status is not QuestionStatus.WAITING:
        raise QuestionDecided(question)


def _decide(question: ReaderQuestion, status: QuestionStatus, actor: str) -> None:
    question.status = status
    question.asked = None
    question.email = None
    question.decided_at = clock.now()
    question.decided_by = actor
