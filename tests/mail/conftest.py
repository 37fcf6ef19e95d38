"""A real mail server, and letters for it."""

import pytest

from app import clock
from app.mail.letter import Letter


@pytest.fixture
def letter() -> Letter:
    """A short mail with letters of another alphabet."""
    return Letter(
        key="order:PBTESTED:confirmed",
        to="maya@example.com",
        subject="Order PBTESTED is confirmed",
        text="Thank you, Åsa.\n",
        html="<p>Thank you, Åsa.</p>\n",
        written_at=clock.now(),
    )
