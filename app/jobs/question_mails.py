"""What the shop writes about questions of readers: to staff that one waits, to the reader the answer."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from flask import current_app, render_template
from sqlalchemy.orm import Session

from app.guidance.question_models import QuestionStatus, ReaderQuestion
from app.guidance.question_queries import find_question
from app.guidance.questions import ANSWERED, ASKED
from app.jobs.mail_facts import CannotBeWritten, require_facts
from app.mail.letter import Letter
from app.outbox.claim import Claim
from app.outbox.services import ADDRESS
from app.web.order_links import current_config


def write_asked(session: Session, claim: Claim) -> Letter:
    """Tell staff that a question waits, without a word of it; raises CannotBeWritten."""
    question = _question(session, claim)
    subject = f"A question waits for you: {question.guide.title}"
    return _letter(claim, current_config().shop.email, subject, question)


def write_answered(session: Session, claim: Claim) -> Letter:
    """Send a reader the answer that was published; raises CannotBeWritten."""
    require_facts(claim, [ADDRESS])
    question = _question(session, claim)
    if question.status is not QuestionStatus.PUBLISHED:
        raise CannotBeWritten(f"question {question.id} has no answer")
    return _letter(claim, claim.facts[ADDRESS], f"Your question about: {question.guide.title}", question)


WRITERS: Mapping[str, Callable[[Session, Claim], Letter]] = {ASKED: write_asked, ANSWERED: write_answered}


def guide_link(slug: str) -> str:
    """Return the whole address of a guide, also outside a request."""
    base = urlsplit(current_config().base_url)
    routes = current_app.url_map.bind(base.netloc, url_scheme=base.scheme)
    return routes.build("storefront.guides.show", {"slug": slug}, force_external=True)


def _question(session: Session, claim: Claim) -> ReaderQuestion:
    require_facts(claim, ["question"])
    number = claim.facts["question"]
    is_number = number.isascii() and number.isdigit()
    question = find_question(session, int(number)) if is_number else None
    if question is None:
        raise CannotBeWritten(f"there is no question {number}")
    return question


def _letter(claim: Claim, to: str, subject: str, question: ReaderQuestion) -> Letter:
    facts = {"subject": subject, "question": question, "link": guide_link(question.guide.slug)}
    return Letter(
        key=claim.key,
        to=to,
        subject=subject,
        text=render_template(f"mails/{claim.kind}.txt", **facts),
        html=render_template(f"mails/{claim.kind}.html", **facts),
        written_at=claim.created_at,
    )
