"""What is mailed about questions and reviews, to whom, and what the outbox forgets."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.guidance.models import Guide
from app.guidance.question_models import ReaderQuestion
from app.guidance.question_queries import find_question
from app.guidance.questions import ask, decline, publish_question
from app.jobs.remind_reviews import remind_reviews
from app.jobs.report import JobReport
from app.outbox.models import MessageState
from app.session import transaction, write_transaction
from tests.mail.mail_server import Mailbox
from tests.outbox.conftest import deliver, mail_app, mailbox, post
from tests.outbox.messages import read
from tests.reading.asking import GUIDE, TEXT
from tests.reading.conftest import Age

__all__ = ["deliver", "mail_app", "mailbox", "post"]

SHOP = "hello@plainback.example"
MAYA = "maya@example.com"
SHOWN = "How long may a warm pack <stay> on?"
ANSWER = "For 15 to 20 minutes."

Deliver = Callable[[], JobReport]


def ask_about_heat(app: Flask) -> int:
    with app.app_context(), transaction() as session:
        guide = session.scalars(select(Guide).where(Guide.slug == GUIDE)).one()
        return ask(session, guide, TEXT, MAYA).id


def mails(mailbox: Mailbox) -> list[EmailMessage]:
    found = [message_from_bytes(each, policy=default) for each in mailbox.mails]
    assert all(isinstance(each, EmailMessage) for each in found)
    return found


def words(mail: EmailMessage) -> str:
    parts = [mail.get_body((kind,)) for kind in ("plain", "html")]
    return "\n".join(part.get_content() for part in parts if part)


def test_staff_read_that_a_question_waits_and_how_to_read_it(
    mail_app: Flask, deliver: Deliver, mailbox: Mailbox
) -> None:
    number = ask_about_heat(mail_app)
    assert deliver().is_well
    [mail] = mails(mailbox)
    assert (mail["To"], mail["Subject"].startswith("A question waits for you: ")) == (SHOP, True)
    assert "flask questions list" in words(mail)
    assert f"flask questions answer {number}" in words(mail)
    assert "warm pack" not in words(mail)
    assert MAYA not in words(mail)


def test_the_reader_gets_the_answer_and_the_outbox_forgets_the_address(
    mail_app: Flask, shop_session: Session, deliver: Deliver, mailbox: Mailbox
) -> None:
    number = ask_about_heat(mail_app)
    publish(mail_app, number)
    key = f"question-answered:{number}"
    assert read(shop_session, key).facts == {"question": str(number), "to": MAYA}
    assert deliver().is_well
    mail = mails(mailbox)[-1]
    assert mail["To"] == MAYA
    assert ANSWER in words(mail)
    assert "How long may a warm pack &lt;stay&gt; on?" in words(mail)
    assert TEXT not in words(mail)
    assert f"http://127.0.0.1:8000/guides/{GUIDE}#questions" in words(mail)
    message = read(shop_session, key)
    assert (message.state, message.facts) == (MessageState.SENT, {"question": str(number)})


def test_an_answer_that_cannot_leave_is_given_up_without_the_address(
    mail_app: Flask, shop_session: Session, deliver: Deliver
) -> None:
    number = ask_about_heat(mail_app)
    publish(mail_app, number)
    key = f"question-answered:{number}"
    with write_transaction(shop_session):
        read(shop_session, key).facts = {"question": "none", "to": MAYA}
    assert not deliver().is_well
    message = read(shop_session, key)
    assert (message.state, message.facts) == (MessageState.GIVEN_UP, {"question": "none"})
    assert message.last_error == "there is no question none"


def test_a_declined_question_mails_nobody_but_staff(
    mail_app: Flask, deliver: Deliver, mailbox: Mailbox
) -> None:
    number = ask_about_heat(mail_app)
    with mail_app.app_context(), transaction() as session:
        decline(session, question_of(session, number), "Ida")
    assert deliver().is_well
    assert [mail["To"] for mail in mails(mailbox)] == [SHOP]


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        (-3, ("Soon due for review: ", "From that day on")),
        (3, ("Overdue for review: ", "its claims leave product pages")),
        (70, ("Off product pages: ", "Advice against products stays.")),
    ],
)
def test_staff_read_what_becomes_of_a_guide_that_is_due(  # noqa: PLR0917
    mail_app: Flask, deliver: Deliver, mailbox: Mailbox, age: Age, days: int, wanted: tuple[str, str]
) -> None:
    subject, says = wanted
    guide = age(GUIDE, days)
    with mail_app.app_context():
        remind_reviews()
    assert deliver().is_well
    [mail] = mails(mailbox)
    assert (mail["To"], mail["Subject"]) == (SHOP, f"{subject}{guide.title}")
    assert says in words(mail)
    assert "flask guides due" in words(mail)
    assert f"http://127.0.0.1:8000/guides/{GUIDE}" in words(mail)


def publish(app: Flask, number: int) -> None:
    with app.app_context(), transaction() as session:
        publish_question(session, question_of(session, number), SHOWN, ANSWER, "Ida")


def question_of(session: Session, number: int) -> ReaderQuestion:
    question = find_question(session, number)
    assert question is not None
    return question
