"""Messages that cannot leave are given up, which shows, stops nobody else, and names nobody."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from app import clock
from app.jobs.report import JobReport
from app.orders.models import Order
from app.outbox.claim import MOST_ATTEMPTS, pause_after
from app.outbox.models import Message, MessageState
from tests.mail.mail_server import OK, Mailbox
from tests.outbox.messages import make_due, read
from tests.outbox.paid_order import BUYER

pytestmark = pytest.mark.usefixtures("order")

Post = Callable[..., None]
Deliver = Callable[[], JobReport]


def test_a_message_is_given_up_after_its_last_attempt_and_that_shows(
    post: Post, deliver: Deliver, mailbox: Mailbox, shop_session: Session
) -> None:
    post("a")
    mailbox.answer_recipient = lambda _: "451 come back later"
    for attempt in range(1, MOST_ATTEMPTS):
        make_due(shop_session)
        began = clock.now()
        assert deliver().is_well
        assert read(shop_session, "a").next_attempt_at >= began + pause_after(attempt)
    make_due(shop_session)
    report = deliver()
    assert not report.is_well
    assert (
        "Given up: a (the mail server refused the recipient (451); given up after 12 attempts)" in report.text
    )
    assert not deliver().is_well
    shop_session.execute(update(Message).values(next_attempt_at=clock.now() - timedelta(days=1)))
    shop_session.commit()
    assert deliver() == JobReport("No message is due.")


def test_a_mail_that_will_never_be_taken_is_given_up_at_once(
    post: Post, deliver: Deliver, mailbox: Mailbox, shop_session: Session
) -> None:
    post("a")
    mailbox.answer_recipient = lambda address: f"550 no such person: {address}"
    report = deliver()
    assert report == JobReport(
        "Messages: 1 given up.\nGiven up: a (the mail server refused the recipient (550))", is_well=False
    )
    message = read(shop_session, "a")
    assert (message.state, message.sent_at) == (MessageState.GIVEN_UP, None)


@pytest.mark.parametrize(
    ("kind", "facts", "reason"),
    [
        ("postcard", {}, "nobody knows messages of the kind postcard"),
        ("../order-confirmed", {}, "nobody knows messages of the kind ../order-confirmed"),
        ("order-confirmed", {"order": "NOBODYS1"}, "there is no order NOBODYS1"),
        ("order-confirmed", {"order": ""}, "the message does not say: order"),
        ("refund-made", {}, "the message does not say: amount_cents"),
        ("refund-failed", {"amount_cents": "-5"}, "the message does not say an amount in cents"),
        ("needs-attention", {}, "the message does not say: reason"),
    ],
)
def test_a_message_that_makes_no_mail_is_given_up_and_stops_no_other(
    post: Post,
    deliver: Deliver,
    mailbox: Mailbox,
    shop_session: Session,
    *,
    kind: str,
    facts: dict[str, str],
    reason: str,
) -> None:
    post("wrong", kind, **facts)
    post("right")
    report = deliver()
    assert report == JobReport(f"Messages: 1 given up, 1 sent.\nGiven up: wrong ({reason})", is_well=False)
    assert read(shop_session, "wrong").last_error == reason
    assert len(mailbox.mails) == 1


def test_an_address_that_no_mail_can_have_is_given_up_and_stops_no_other(
    post: Post, deliver: Deliver, mailbox: Mailbox, shop_session: Session, order: Order
) -> None:
    shop_session.execute(update(Order).values(email="maya@example.com\r\nBcc: all@example.org"))
    shop_session.commit()
    post("wrong")
    post("right", "needs-attention", reason="Look at it.")
    assert deliver().text.startswith("Messages: 1 given up, 1 sent.")
    assert mailbox.recipients == ["hello@plainback.example"]


@pytest.mark.parametrize("answer", [OK, "451 not now, maya@example.com", "550 never, maya@example.com"])
def test_the_log_and_the_note_say_what_happened_and_not_to_whom(
    post: Post,
    deliver: Deliver,
    mailbox: Mailbox,
    shop_session: Session,
    caplog: pytest.LogCaptureFixture,
    *,
    answer: str,
) -> None:
    post("a")
    mailbox.answer_recipient = lambda _: answer
    with caplog.at_level(logging.INFO):
        report = deliver()
    # The test's own mail server writes a log too.
    log = " ".join(str(record.msg) for record in caplog.records if record.name != "mail.log")
    words = f"{log} {report.text} {read(shop_session, 'a').last_error}"
    assert "message sent" in words if answer == OK else answer[:3] in words
    for secret in (BUYER, "Lindqvist", "Alder", "token="):
        assert secret not in words


def test_a_message_that_was_given_up_leaves_after_all_when_somebody_says_so(
    post: Post, deliver: Deliver, mailbox: Mailbox, mail_app: Flask
) -> None:
    runner = mail_app.test_cli_runner()
    assert runner.invoke(args=["outbox", "list"]).stdout == ""
    post("a")
    assert "a  next " in runner.invoke(args=["outbox", "list"]).stdout
    mailbox.answer_recipient = lambda _: "550 no"
    deliver()
    said = runner.invoke(args=["outbox", "list"]).stdout
    assert said == "a  given-up  attempts 1  the mail server refused the recipient (550)\n"
    mailbox.answer_recipient = lambda _: OK
    assert runner.invoke(args=["outbox", "retry", "a"]).exit_code == 0
    assert deliver() == JobReport("Messages: 1 sent.")
    assert runner.invoke(args=["outbox", "retry", "a"]).exit_code == 1
    assert runner.invoke(args=["outbox", "list"]).stdout == ""
