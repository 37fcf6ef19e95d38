"""What the tests of the pages share: the shop's log, its mail server, its messages."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from flask import Flask

from tests.foundation.log_output import LogOutput
from tests.mail.mail_server import Mailbox, mail_server


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server that takes everything."""
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def shop_settings(shop_settings: dict[str, str], mailbox: Mailbox) -> dict[str, str]:
    """The environment of a seeded shop that sends its mails to the server."""
    return {**shop_settings, "MAIL_URL": f"smtp://127.0.0.1:{mailbox.port}"}


@pytest.fixture
def log_output(shop_app: Flask) -> Iterator[LogOutput]:
    """What the shop writes to its log meanwhile, in the form in which it writes it."""
    assert shop_app
    handler = next(
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler, logging.StreamHandler)
        and isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)
    )
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield LogOutput(stream)
    handler.setStream(before)
