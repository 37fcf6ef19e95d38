"""Messages leave once, wait when they must, and stop nobody else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email import message_from_bytes

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.jobs.deliver_outbox import deliver_outbox
from app.jobs.report import JobReport
from app.outbox.claim import CLAIM, pause_after
from app.outbox.models import Message, MessageState
from app.outbox.services import claim_next, mark_sent
from app.session import transaction
from tests.mail.mail_server import OK, Mailbox
from tests.outbox.messages import make_due, read
from tests.outbox.paid_order import BUYER

pytestmark = pytest.mark.usefixtures("order")

Post = Callable[..., None]
Deliver = Callable[[], JobReport]


def message_ids(mailbox: Mailbox) -> list[str]:
    return [message_from_bytes(mail)["Message-ID"] for mail in mailbox.mails]


def test_a_message_leaves_once(post: Post, deliver: Deliver, mailbox: Mailbox, shop_session: Session) -> None:
    began = clock.now()
    post("a")
    post("a")
    assert deliver() == JobReport("Messages: 1 sent.")
    assert deliver() == JobReport("No message is due.")
    assert mailbox.recipients == [BUYER]
    message = read(shop_session, "a")
    assert (message.state, message.attempts, message.last_error) == (MessageState.SENT, 1, None)
    assert message.sent_at
    assert message.sent_at >= began


def test_eight_senders_at_once_send_every_message_once(
    post: Post, mail_app: Flask, mailbox: Mailbox, shop_session: Session
) -> None:
    keys = {f"message {number}" for number in range(24)}
    for key in keys:
        post(key)

    def send(_: int) -> JobReport:
        with mail_app.app_context():
            return deliver_outbox()

    with ThreadPoolExecutor(8) as senders:
        reports = list(senders.map(send, range(8)))
    assert all(report.is_well for report in reports)
    assert len(message_ids(mailbox)) == len(set(message_ids(mailbox))) == len(keys)
    states = shop_session.scalars(select(Message.state).distinct()).all()
    assert states == [MessageState.SENT]


def test_a_message_that_is_being_sent_is_nobody_elses_until_the_claim_ends(
    post: Post, deliver: Deliver, mail_app: Flask, mailbox: Mailbox, shop_session: Session
) -> None:
    post("a")
    with mail_app.app_context(), transaction() as session:
        claim = claim_next(session)
    assert claim
    assert deliver().text == "No message is due.\n1 still waiting."
    assert read(shop_session, "a").next_attempt_at > clock.now() + CLAIM - timedelta(minutes=1)
    # As after a sender that died: its claim ends.
    make_due(shop_session)
    assert deliver() == JobReport("Messages: 1 sent.")
    with mail_app.app_context(), transaction() as session:
        mark_sent(session, claim)
    assert len(mailbox.mails) == 1


def test_a_sender_that_dies_before_its_note_sends_once_more_under_the_same_id(
    post: Post, deliver: Deliver, mailbox: Mailbox, shop_session: Session
) -> None:
    post("a")
    deliver()
    make_due(shop_session, state=MessageState.WAITING, sent_at=None)
    deliver()
    first, second = message_ids(mailbox)
    assert first == second


def test_a_mail_that_is_not_taken_now_leaves_later(
    post: Post, deliver: Deliver, mailbox: Mailbox, shop_session: Session
) -> None:
    post("a")
    mailbox.answer_recipient = lambda _: "451 come back later"
    began = clock.now()
    assert deliver() == JobReport("Messages: 1 put off.\n1 still waiting.")
    message = read(shop_session, "a")
    assert message.last_error == "the mail server refused the recipient (451)"
    assert began + timedelta(minutes=1) <= message.next_attempt_at < began + timedelta(minutes=2)
    mailbox.answer_recipient = lambda _: OK
    assert deliver().text == "No message is due.\n1 still waiting."
    make_due(shop_session)
    assert deliver() == JobReport("Messages: 1 sent.")


@pytest.mark.parametrize(
    ("attempt", "minutes"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 360), (11, 360), (1000, 360)]
)
def test_the_pauses_double_up_to_six_hours(attempt: int, minutes: int) -> None:
    assert pause_after(attempt) == timedelta(minutes=minutes)


def test_a_server_that_is_away_costs_one_message_one_attempt(
    post: Post, deliver: Deliver, mailbox: Mailbox, shop_session: Session
) -> None:
    for key in ("a", "b", "c"):
        post(key)
    mailbox.is_away = True
    report = deliver()
    assert not report.is_well
    assert "no mail can be handed over" in report.text
    attempts = shop_session.scalars(select(Message.attempts).order_by(Message.id)).all()
    assert attempts == [1, 0, 0]
    mailbox.is_away = False
    make_due(shop_session)
    assert deliver() == JobReport("Messages: 3 sent.")


def test_the_longest_waiting_message_leaves_first(
    post: Post, deliver: Deliver, mailbox: Mailbox, shop_session: Session
) -> None:
    post("late")
    post("early")
    moment: datetime = clock.now() - timedelta(hours=1)
    shop_session.execute(update(Message).where(Message.key == "early").values(next_attempt_at=moment))
    shop_session.commit()
    deliver()
    early, late = read(shop_session, "early"), read(shop_session, "late")
    assert early.sent_at
    assert late.sent_at
    assert early.sent_at < late.sent_at
