"""Staff publish or decline: only what is published is shown, and what was sent is forgotten."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.guidance.models import Guide
from app.guidance.question_models import QuestionStatus, ReaderQuestion
from app.guidance.questions import QuestionDecided, WordingRefused, ask, decline, publish_question
from app.outbox.models import Message, MessageState
from app.session import write_transaction
from tests.reading.asking import GUIDE, TEXT, all_questions, run, send
from tests.storefront.reader import read

SHOWN = "How long may a warm pack stay on?"
ANSWER = "For 15 to 20 minutes.\n\nCheck your skin at 5 minutes."
BY = ("--by", "Ida")
MAYA = "maya@example.com"


@pytest.fixture
def question(shop_session: Session) -> ReaderQuestion:
    """A question that waits."""
    with write_transaction(shop_session):
        guide = shop_session.scalars(select(Guide).where(Guide.slug == GUIDE)).one()
        return ask(shop_session, guide, TEXT, MAYA)


def test_a_published_question_stands_on_its_page_at_once(
    shop_client: FlaskClient, shop_session: Session, question: ReaderQuestion
) -> None:
    assert "Questions from readers" not in read(shop_client, f"/guides/{GUIDE}")
    with write_transaction(shop_session):
        publish_question(shop_session, question, SHOWN, ANSWER, "Ida")
    page = read(shop_client, f"/guides/{GUIDE}")
    assert "Questions from readers" in page
    assert f">{SHOWN}</h3>" in page
    assert "<p>For 15 to 20 minutes.</p><p>Check your skin at 5 minutes.</p>" in page
    assert TEXT not in page
    assert SHOWN not in read(shop_client, "/guides/stretching-basics")


def test_a_declined_question_is_on_no_page(
    shop_client: FlaskClient, shop_session: Session, question: ReaderQuestion
) -> None:
    with write_transaction(shop_session):
        decline(shop_session, question, "Ida")
    page = read(shop_client, f"/guides/{GUIDE}")
    assert "Questions from readers" not in page
    assert TEXT not in page


@pytest.mark.parametrize("is_published", [True, False])
def test_what_was_sent_is_forgotten_when_staff_have_decided(
    shop_session: Session, question: ReaderQuestion, is_published: bool
) -> None:
    with write_transaction(shop_session):
        if is_published:
            publish_question(shop_session, question, SHOWN, ANSWER, "Ida")
        else:
            decline(shop_session, question, "Ida")
    [row] = all_questions(shop_session)
    assert (row.asked, row.email, row.decided_by) == (None, None, "Ida")
    assert row.decided_at is not None
    mails = shop_session.scalars(select(Message).where(Message.kind == "question-answered")).all()
    assert [mail.facts for mail in mails] == ([{"question": str(row.id), "to": MAYA}] if is_published else [])


def test_a_question_is_decided_once(shop_session: Session, question: ReaderQuestion) -> None:
    with write_transaction(shop_session):
        decline(shop_session, question, "Ida")
    with pytest.raises(QuestionDecided, match="declined already"), write_transaction(shop_session):
        publish_question(shop_session, question, SHOWN, ANSWER, "Bo")
    assert [row.status for row in all_questions(shop_session)] == [QuestionStatus.DECLINED]


@pytest.mark.parametrize(
    ("shown", "answer", "words"),
    [
        ("Does heat cure my back?", ANSWER, "cure"),
        (SHOWN, "Heat will ease your pain.", "will ease your pain"),
        (SHOWN, "  ", "with an answer"),
        (" ", ANSWER, "with words of its own"),
    ],
)
def test_wording_that_the_shop_may_not_publish_is_refused(
    shop_session: Session, question: ReaderQuestion, shown: str, answer: str, words: str
) -> None:
    with pytest.raises(WordingRefused, match=words), write_transaction(shop_session):
        publish_question(shop_session, question, shown, answer, "Ida")
    [row] = all_questions(shop_session)
    assert (row.status, row.asked, row.email) == (QuestionStatus.WAITING, TEXT, MAYA)


def test_markup_in_a_published_question_is_shown_and_never_run(
    shop_client: FlaskClient, shop_session: Session, question: ReaderQuestion
) -> None:
    with write_transaction(shop_session):
        publish_question(shop_session, question, "Is <script>alert(1)</script> ok?", "<img src=x>", "Ida")
    main = read(shop_client, f"/guides/{GUIDE}").split("<main")[1].split("</main")[0]
    assert "Is &lt;script&gt;alert(1)&lt;/script&gt; ok?" in main
    assert "<p>&lt;img src=x&gt;</p>" in main
    assert "<script" not in main


def test_staff_read_answer_and_decline_on_the_command_line(
    shop_app: Flask, shop_client: FlaskClient, shop_session: Session
) -> None:
    send(shop_client, email=MAYA)
    send(shop_client, "Another question about heat and cold.\nIn two lines.")
    first, second = (row.id for row in all_questions(shop_session))
    listed = run(shop_app, "questions", "list")[1]
    assert f"question {first}  " in listed
    assert f"{GUIDE}  (wants the answer by mail)\n  {TEXT}\n" in listed
    assert "  Another question about heat and cold.\n  In two lines.\n" in listed
    assert MAYA not in listed
    words = ("--question", SHOWN, "--answer", ANSWER, *BY)
    assert run(shop_app, "questions", "answer", first, *words) == (
        0,
        f"question {first} is on the page {GUIDE}\n",
    )
    assert run(shop_app, "questions", "decline", second, *BY)[0] == 0
    assert run(shop_app, "questions", "list") == (0, "")
    code, told = run(shop_app, "questions", "decline", first, *BY)
    assert (code, f"question {first} is published already" in told) == (1, True)
    code, told = run(shop_app, "questions", "answer", 999999, *words)
    assert (code, "There is no question 999999." in told) == (1, True)


def test_the_command_line_says_which_words_may_not_be_published(
    shop_app: Flask, question: ReaderQuestion
) -> None:
    words = ("--question", SHOWN, "--answer", "It cures you.", *BY)
    code, told = run(shop_app, "questions", "answer", question.id, *words)
    assert (code, '"cures" may not be published' in told) == (1, True)


def test_an_outbox_message_waits_until_it_has_left(shop_session: Session, question: ReaderQuestion) -> None:
    [message] = shop_session.scalars(select(Message)).all()
    assert (message.state, message.key) == (MessageState.WAITING, f"question-asked:{question.id}")
