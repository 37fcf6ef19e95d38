"""A mail as the shop writes it, and its form on the wire."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from app.mail.transport import MailRefused

ENCODING = "quoted-printable"


@dataclass(frozen=True)
class Sender:
    """Who writes."""

    name: str
    email: str


@dataclass(frozen=True)
class Letter:
    """One mail; the same key always makes the same Message-ID, so that a second copy is recognizable."""

    key: str
    to: str
    subject: str
    text: str
    html: str
    written_at: datetime
    # Whom an answer goes to, when not to the sender.
    reply_to: str = ""


def build_message(letter: Letter, sender: Sender) -> EmailMessage:
    """Put a mail in the form that servers take; raises MailRefused when an address cannot be written."""
    message = EmailMessage()
    message["From"] = _address(sender.email, _one_line(sender.name))
    message["To"] = _address(letter.to)
    if letter.reply_to:
        message["Reply-To"] = _address(letter.reply_to)
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{digest(letter.key)}@{_domain(sender.email)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte=ENCODING)
    message.add_alternative(letter.html, subtype="html", cte=ENCODING)
    return message


def digest(key: str) -> str:
    """Return a name made of a key that holds only letters and digits."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _address(email: str, name: str = "") -> Address:
    try:
        local, _, _ = email.rpartition("@")
        return Address(display_name=name, addr_spec=f"{local}@{_domain(email)}")
    except (ValueError, IndexError, HeaderParseError):
        # The error's own words repeat the address.
        raise MailRefused("the address cannot be written in a mail") from None


def _domain(email: str) -> str:
    domain = email.rpartition("@")[2]
    return domain if domain.isascii() else domain.encode("idna").decode("ascii")


def _one_line(text: str) -> str:
    """Take out what could begin another header."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
