"""A reader asks: it reaches staff and no page, and nothing that was typed is lost or logged."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.guidance.models import Guide
from app.guidance.question_models import QuestionStatus
from app.outbox.models import Message
from tests.foundation.log_output import LogOutput
from tests.reading.asking import GUIDE, TEXT, THANKS, all_questions, send
from tests.storefront.reader import Tags, read

pytestmark = pytest.mark.usefixtures("shop_engine")


def test_a_question_is_kept_for_staff_and_shown_nowhere(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    answer = send(shop_client, email=" maya@example.com ")
    assert (answer.status_code, answer.location) == (303, THANKS)
    [question] = all_questions(shop_session)
    assert (question.asked, question.email) == (TEXT, "maya@example.com")
    assert (question.status, question.guide.slug) == (QuestionStatus.WAITING, GUIDE)
    for address in (f"/guides/{GUIDE}", THANKS, "/guides"):
        assert TEXT not in read(shop_client, address)


def test_staff_are_told_without_a_word_of_the_question(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    send(shop_client, email="maya@example.com")
    [question] = all_questions(shop_session)
    [message] = shop_session.scalars(select(Message)).all()
    assert (message.kind, message.facts) == ("question-asked", {"question": str(question.id)})


def test_every_guide_takes_questions_but_the_warning_signs(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    for guide in shop_session.scalars(select(Guide).where(Guide.is_published)):
        forms = [form["action"] for form in Tags(read(shop_client, f"/guides/{guide.slug}")).named("form")]
        address = f"/guides/{guide.slug}/questions"
        assert forms == ([] if guide.page_type == "safety" else ["/search", address])
    refused = send(shop_client, guide="back-pain-warning-signs")
    thanks = shop_client.get("/guides/back-pain-warning-signs/questions/thanks")
    unknown = send(shop_client, guide="no-such-guide")
    assert [answer.status_code for answer in (refused, thanks, unknown)] == [404, 404, 404]
    assert all_questions(shop_session) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Please enter your question."),
        ("   \r\n  ", "Please enter your question."),
        ("Too short.", "at least 20 characters"),
        ("x" * 1001, "at most 1000 characters"),
    ],
)
def test_a_question_of_the_wrong_length_is_sent_back(
    shop_client: FlaskClient, shop_session: Session, text: str, words: str
) -> None:
    answer = send(shop_client, text)
    assert answer.status_code == 422
    beside = answer.text.partition('id="question-error"')[2].partition("</p>")[0]
    assert words in beside
    assert '<a href="#question">' in answer.text
    assert f"{text.strip()}</textarea>" in answer.text
    assert all_questions(shop_session) == []


@pytest.mark.parametrize("text", ["x" * 20, "x" * 1000, "y" * 499 + "\r\n" + "y" * 500])
def test_a_question_of_a_length_at_the_edge_is_taken(
    shop_client: FlaskClient, shop_session: Session, text: str
) -> None:
    assert send(shop_client, text).status_code == 303
    [question] = all_questions(shop_session)
    assert question.asked == text.replace("\r\n", "\n")


def test_a_wrong_address_is_said_beside_its_field_and_the_typing_is_kept(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    typed = "Is <b>heat</b> & cold the same </textarea> to you?"
    answer = send(shop_client, typed, email="maya@")
    assert answer.status_code == 422
    assert "It should look like name@example.com" in answer.text.partition('id="email-error"')[2]
    assert 'value="maya@"' in answer.text
    assert "&lt;b&gt;heat&lt;/b&gt; &amp; cold the same &lt;/textarea&gt; to you?</textarea>" in answer.text
    assert answer.text.count("<b>heat</b>") == 0
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert all_questions(shop_session) == []


def test_characters_that_nobody_types_are_taken_out(shop_client: FlaskClient, shop_session: Session) -> None:
    send(shop_client, "Is \x1b[31mheat\x07 good\u202e for a sore back?")
    [question] = all_questions(shop_session)
    assert question.asked == "Is [31mheat good for a sore back?"


def test_a_program_that_fills_in_everything_is_thanked_and_not_heard(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    answer = send(shop_client, website="https://example.com")
    assert (answer.status_code, answer.location) == (303, THANKS)
    assert all_questions(shop_session) == []
    assert shop_session.scalars(select(Message)).all() == []


def test_a_form_of_another_site_is_refused(shop_client: FlaskClient, shop_session: Session) -> None:
    answer = shop_client.post(
        f"/guides/{GUIDE}/questions", data={"question": TEXT}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert all_questions(shop_session) == []


def test_everybody_is_thanked_with_the_emergency_card_first(shop_client: FlaskClient) -> None:
    answer = send(shop_client)
    assert (answer.location, "Set-Cookie" in answer.headers) == (THANKS, False)
    main = read(shop_client, THANKS).split("<main")[1]
    assert main.index("Emergency: get help now") < main.index("A person reads it")
    assert 'href="/guides/back-pain-warning-signs"' in main


def test_loading_a_refused_form_again_leads_back_to_the_form(shop_client: FlaskClient) -> None:
    assert send(shop_client, "short").status_code == 422
    answer = shop_client.get(f"/guides/{GUIDE}/questions")
    assert (answer.status_code, answer.location) == (302, f"/guides/{GUIDE}#ask")


def test_the_log_holds_nothing_of_a_question(
    shop_client: FlaskClient,
    log_output: LogOutput,
) -> None:
    send(shop_client, email="maya@example.com")
    send(shop_client, "short and private")
    for _ in range(6):
        send(shop_client, email="maya@example.com")
    assert len(log_output.requests()) == 8
    for private in ("warm pack", "maya", "short and private", "127.0.0.1"):
        assert private not in log_output.text


def test_the_shop_app_has_the_form_without_a_cookie(shop_app: Flask) -> None:
    answer = shop_app.test_client().get(f"/guides/{GUIDE}")
    assert "Set-Cookie" not in answer.headers
    assert "Do not write about your own health or an emergency here." in answer.text
