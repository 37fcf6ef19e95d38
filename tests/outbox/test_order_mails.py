"""What the mails about orders say, to whom, and that their link opens the order."""

import re
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.jobs.order_mails import KINDS
from app.jobs.report import JobReport
from app.orders.models import Order
from tests.mail.mail_server import Mailbox
from tests.outbox.paid_order import BUYER

pytestmark = pytest.mark.usefixtures("order")

SHOP = "hello@plainback.example"
FACTS = {"amount_cents": "1234", "reason": "The buyer's bank asks <why>."}
LINK = re.compile(r"http://127\.0\.0\.1:8000(/orders/PBTESTED\?token=[\w.-]+)")

Write = Callable[[str], EmailMessage]


@pytest.fixture
def write(post: Callable[..., None], deliver: Callable[[], JobReport], mailbox: Mailbox) -> Write:
    """Send a mail of a kind; returns it as it arrived."""

    def write(kind: str) -> EmailMessage:
        post(f"key of {kind}", kind, **FACTS)
        assert deliver().is_well
        message = message_from_bytes(mailbox.mails[-1], policy=default)
        assert isinstance(message, EmailMessage)
        return message

    return write


def parts(message: EmailMessage) -> tuple[str, str]:
    """Return the text and the HTML as people read them."""
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    words = re.sub(r"<style>.*?</style>|<[^>]+>", " ", html.get_content(), flags=re.DOTALL)
    return " ".join(text.get_content().split()), " ".join(unescape(words).split())


def test_a_confirmation_holds_everything_about_the_order(write: Write) -> None:
    message = write("order-confirmed")
    assert message["Subject"] == "Order PBTESTED is confirmed"
    for words in parts(message):
        for expected in (
            "PBTESTED",
            "2 \N{MULTIPLICATION SIGN} Drift soft foam roller",
            "30 cm, teal",
            "$49.50",
            "1 \N{MULTIPLICATION SIGN} Slate <flat> heat pack",
            "$35.00",
            "$84.50",
            "Discount (Ten off for two)",
            "-$8.45",
            "Delivery (Standard delivery)",
            "$5.95",
            "$6.84",
            "$88.84",
            "Maya Lindqvist",
            "12 Alder Street",
            "Portland, OR 97201",
            "United States",
        ):
            assert expected in words


def test_a_confirmation_says_nothing_of_a_discount_that_there_is_not(
    write: Write, shop_session: Session
) -> None:
    shop_session.execute(
        update(Order).values(discount_cents=0, discount_name="", total_cents=8450 + 595 + 684)
    )
    shop_session.commit()
    for words in parts(write("order-confirmed")):
        assert "Discount" not in words
        assert "$97.29" in words


@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_goes_to_whom_it_concerns_and_links_to_the_order(
    write: Write, mail_app: Flask, kind: str
) -> None:
    message = write(kind)
    assert message["To"] == (SHOP if KINDS[kind].is_for_shop else BUYER)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    links = [LINK.search(unescape(part.get_content())) for part in (text, html)]
    for link in links:
        assert link
        page = mail_app.test_client().get(link[1])
        assert page.status_code == 200
        assert 'data-order-code="PBTESTED"' in page.text


@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_is_calm_asks_nobody_else_for_anything_and_needs_no_scripts(
    write: Write, kind: str
) -> None:
    message = write(kind)
    html = message.get_body(("html",))
    assert html is not None
    source = html.get_content()
    assert re.findall(r"<(?:script|img|link|iframe|form)\b|url\(|@import", source) == []
    assert re.findall(r'"https?://(?!127\.0\.0\.1:8000/)', source) == []
    for words in (*parts(message), message["Subject"]):
        assert "!" not in words


@pytest.mark.parametrize("kind", ["refund-made", "refund-failed"])
def test_a_refund_says_how_much(write: Write, kind: str) -> None:
    for words in parts(write(kind)):
        assert "$12.34" in words


def test_a_refund_says_how_long_banks_take(write: Write) -> None:
    for words in parts(write("refund-made")):
        assert "5 to 10 days" in words


def test_the_shop_reads_why_an_order_needs_a_person(write: Write) -> None:
    for words in parts(write("needs-attention")):
        assert FACTS["reason"] in words
