"""What a way for mails must do, and what can go wrong on it; no words of it hold an address."""

from email.message import EmailMessage
from typing import Protocol


class MailRefused(Exception):
    """This mail will never be taken."""


class MailNotTaken(Exception):
    """This mail was not taken now; another might be."""


class MailServerUnavailable(Exception):
    """No mail can be handed over now."""


class MailTransport(Protocol):
    """A way for mails."""

    def send(self, message: EmailMessage, key: str) -> None:
        """Hand a mail over; raises MailRefused, MailNotTaken or MailServerUnavailable."""
