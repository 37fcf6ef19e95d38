"""Writing to the shop: one mail for each message, nothing typed is lost, safety always comes."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.guidance.emergency import EMERGENCY_CARD
from app.jobs.deliver_outbox import deliver_outbox
from app.outbox.models import Message, MessageState
from app.storefront.contact_form import LONGEST
from tests.foundation.log_output import LogOutput
from tests.mail.mail_server import Mailbox
from tests.pages.page_text import blocks_of
from tests.storefront.checkout_pages import CheckoutAnswer, read_answer
from tests.storefront.reader import read

GOOD = {
    "name": "Maya Lindqvist",
    "email": "maya@example.com",
    "order": "PBTESTED",
    "message": "Where is my parcel?\r\n\r\nIt is <b>late</b>, Åsa says.",
    "website": "",
}


def send(client: FlaskClient, **changes: str) -> CheckoutAnswer:
    return read_answer(client.post("/contact", data={**GOOD, **changes}))


def messages(session: Session) -> list[Message]:
    session.rollback()
    return list(session.scalars(select(Message).execution_options(populate_existing=True)))


def deliver(app: Flask, mailbox: Mailbox) -> EmailMessage:
    """Send what is due, and return the one mail that arrived."""
    with app.app_context():
        assert deliver_outbox().is_well
    [mail] = mailbox.mails
    parsed = message_from_bytes(mail, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_a_message_becomes_one_mail_to_the_shop_that_is_answered_by_replying(
    shop_app: Flask, shop_client: FlaskClient, mailbox: Mailbox
) -> None:
    answer = shop_client.post("/contact", data=GOOD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/contact/thanks")
    mail = deliver(shop_app, mailbox)
    assert (mail["To"], mail["Reply-To"]) == ("hello@plainback.example", GOOD["email"])
    assert mail["Subject"] == "Contact form, order PBTESTED"
    plain, html = (part.get_content() for part in mail.iter_parts())
    for part in (GOOD["name"], "Where is my parcel?", "Åsa says."):
        assert part in plain
        assert part in html
    assert "It is <b>late</b>" in plain
    assert "It is &lt;b&gt;late&lt;/b&gt;" in html


def test_what_was_written_is_erased_once_the_mail_has_left(
    shop_app: Flask, shop_client: FlaskClient, mailbox: Mailbox, shop_session: Session
) -> None:
    send(shop_client)
    [waiting] = messages(shop_session)
    assert waiting.facts["text"].startswith("Where is my parcel?")
    assert "maya" not in waiting.key
    deliver(shop_app, mailbox)
    [sent] = messages(shop_session)
    assert (sent.state, sent.facts) == (MessageState.SENT, {})


def test_a_message_waits_unharmed_while_no_mail_can_be_handed_over(
    shop_app: Flask, shop_client: FlaskClient, mailbox: Mailbox, shop_session: Session
) -> None:
    mailbox.is_away = True
    send(shop_client)
    with shop_app.app_context():
        deliver_outbox()
    [waiting] = messages(shop_session)
    assert waiting.state is MessageState.WAITING
    assert waiting.facts["email"] == GOOD["email"]


def test_nothing_of_a_message_is_logged(
    shop_app: Flask, shop_client: FlaskClient, mailbox: Mailbox, log_output: LogOutput
) -> None:
    send(shop_client)
    send(shop_client, email="maya.wrong")
    deliver(shop_app, mailbox)
    assert len(log_output.requests()) == 2
    for secret in ("maya", "Maya", "PBTESTED", "parcel"):
        assert secret not in log_output.text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", ""),
        ("email", "maya"),
        ("email", "maya@example.com\r\nBcc: all@example.org"),
        ("email", "a" * 250 + "@example.com"),
        ("message", ""),
        ("message", " \r\n\t "),
        ("message", "x" * (LONGEST + 1)),
        ("name", "x" * 121),
        ("order", "x" * 41),
    ],
)
def test_a_faulty_field_is_named_beside_itself_and_the_rest_is_kept(
    shop_client: FlaskClient, shop_session: Session, field: str, typed: str
) -> None:
    answer = send(shop_client, **{field: typed})
    assert answer.status == 422
    assert answer.fields_with_errors() == {field}
    assert answer.has_error_beside(field)
    assert f'<a href="#{field}">' in answer.text
    assert "data-error-summary" in answer.text
    kept = {"name": GOOD["name"], "email": GOOD["email"], "order": GOOD["order"]}
    for name in kept.keys() - {field}:
        assert answer.value_of(name) == kept[name]
    if field != "message":
        assert "It is &lt;b&gt;late&lt;/b&gt;, Åsa says.</textarea>" in answer.text
    assert messages(shop_session) == []


def test_the_longest_message_counts_a_line_break_once(shop_client: FlaskClient) -> None:
    text = "x" * (LONGEST - 2) + "\r\n" + "y"
    assert shop_client.post("/contact", data={**GOOD, "message": text}).status_code == 303


def test_only_an_address_and_a_message_are_needed(
    shop_app: Flask, shop_client: FlaskClient, mailbox: Mailbox
) -> None:
    assert shop_client.post("/contact", data={**GOOD, "name": "", "order": ""}).status_code == 303
    mail = deliver(shop_app, mailbox)
    assert mail["Subject"] == "Contact form"


@pytest.mark.parametrize("attack", ["\r\nBcc: all@example.org", "\nBcc: all@example.org", "\u2028Bcc: x"])
def test_no_header_can_be_added_through_an_order_number(
    shop_app: Flask, shop_client: FlaskClient, mailbox: Mailbox, attack: str
) -> None:
    assert shop_client.post("/contact", data={**GOOD, "order": f"PB1{attack}"}).status_code == 303
    assert deliver(shop_app, mailbox)["Bcc"] is None


def test_a_program_that_fills_in_everything_is_told_so_and_a_person_sends_again(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    answer = send(shop_client, website="https://example.com")
    assert answer.status == 422
    assert "leave the last field empty" in answer.text
    assert "example.com/" not in answer.text
    assert 'value="https:' not in answer.text
    assert messages(shop_session) == []


def test_more_than_five_messages_an_hour_have_to_wait_and_lose_nothing(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    for _ in range(5):
        assert shop_client.post("/contact", data=GOOD).status_code == 303
    answer = shop_client.post("/contact", data=GOOD)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert "What you typed is still below." in answer.text
    assert "Åsa says.</textarea>" in answer.text
    assert len(messages(shop_session)) == 5


def test_a_message_sent_from_another_site_is_refused(shop_client: FlaskClient, shop_session: Session) -> None:
    answer = shop_client.post("/contact", data=GOOD, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert messages(shop_session) == []


def test_the_safety_reply_is_always_there(shop_client: FlaskClient) -> None:
    words = blocks_of(read(shop_client, "/contact/thanks"))
    together = " ".join(words)
    assert "Call 911 (999 UK, 112 EU) or go to an emergency department now" in words
    assert set(EMERGENCY_CARD.items) <= set(words)
    assert "We cannot give medical advice." in together
    assert "Ask a licensed physical therapist or your doctor." in together
    assert "We aim to answer within 2 working days" in together


def test_the_form_says_before_anything_that_it_is_not_for_emergencies(shop_client: FlaskClient) -> None:
    page = read(shop_client, "/contact")
    assert page.index("Call 911 (999 UK, 112 EU)") < page.index('method="post"')


def test_the_emergency_card_is_the_one_of_the_guides(project_folder: Path) -> None:
    boxes = yaml.safe_load((project_folder / "seed_data/guides/warning-boxes.yaml").read_text())
    assert EMERGENCY_CARD.as_json() == boxes["RF-SHORT"]
