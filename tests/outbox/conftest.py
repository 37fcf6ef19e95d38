"""A shop whose mails go to a real mail server, and one paid order to write about."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.config import read_config
from app.factory import create_app
from app.jobs.deliver_outbox import deliver_outbox
from app.jobs.report import JobReport
from app.orders.models import Order
from app.outbox.services import put_in_outbox
from app.session import close_database, transaction
from tests.mail.mail_server import Mailbox, mail_server
from tests.outbox.paid_order import add_paid_order


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server that takes everything."""
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def mail_app(shop_settings: dict[str, str], shop_engine: Engine, mailbox: Mailbox) -> Iterator[Flask]:
    """The seeded shop, which sends its mails to the server."""
    assert shop_engine
    app = create_app(read_config({**shop_settings, "MAIL_URL": f"smtp://127.0.0.1:{mailbox.port}"}))
    yield app
    close_database(app)


@pytest.fixture
def order(shop_session: Session) -> Order:
    """A paid order."""
    return add_paid_order(shop_session)


@pytest.fixture
def post(mail_app: Flask) -> Callable[..., None]:
    """Put a message in the outbox and commit."""

    def post(key: str, kind: str = "order-confirmed", **facts: str) -> None:
        with mail_app.app_context(), transaction() as session:
            put_in_outbox(session, kind, key=key, facts={"order": "PBTESTED", **facts})

    return post


@pytest.fixture
def deliver(mail_app: Flask) -> Callable[[], JobReport]:
    """Send what is due."""

    def deliver() -> JobReport:
        with mail_app.app_context():
            return deliver_outbox()

    return deliver
