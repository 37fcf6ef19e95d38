"""Hands mails to a mail server, one connection for each."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from app.mail.transport import MailNotTaken, MailRefused, MailServerUnavailable
from app.mail_url import MailServer

TIMEOUT_SECONDS = 20.0


class SmtpTransport:
    """A mail server. What it says is kept out of every error, because it repeats addresses."""

    def __init__(self, server: MailServer, timeout: float = TIMEOUT_SECONDS) -> None:
        self.server = server
        self.timeout = timeout

    def send(self, message: EmailMessage, key: str) -> None:  # noqa: ARG002 (its Message-ID is made of the key)
        """Hand the mail over; returns when the server has taken it."""
        with self._connection(message) as connection:
            try:
                connection.send_message(message)
            except smtplib.SMTPRecipientsRefused as refusal:
                code, _ = next(iter(refusal.recipients.values()))
                raise _refusal("the recipient", code) from None
            except smtplib.SMTPDataError as refusal:
                raise _refusal("the mail", refusal.smtp_code) from None
            except smtplib.SMTPNotSupportedError:
                raise MailRefused("the mail server takes only addresses in ASCII") from None
            except (OSError, smtplib.SMTPException) as error:
                raise _unavailable(error) from None

    @contextmanager
    def _connection(self, message: EmailMessage) -> Iterator[smtplib.SMTP]:
        connection = None
        try:
            connection = self._connect(own_name=str(message["Message-ID"]).strip("<>").partition("@")[2])
            self._encrypt(connection)
            if self.server.user:
                connection.login(self.server.user, self.server.password)
        except (OSError, smtplib.SMTPException) as error:
            if connection is not None:
                connection.close()
            raise _unavailable(error) from None
        try:
            yield connection
        finally:
            # The mail is taken or refused already: a bad farewell changes nothing.
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()
            connection.close()

    def _connect(self, own_name: str) -> smtplib.SMTP:
        # A name of our own: to look one up can take as long as the mail.
        server, timeout = self.server, self.timeout
        if server.speaks_tls:
            return smtplib.SMTP_SSL(server.host, server.port, own_name, timeout=timeout, context=self._tls())
        return smtplib.SMTP(server.host, server.port, own_name, timeout=timeout)

    def _encrypt(self, connection: smtplib.SMTP) -> None:
        connection.ehlo_or_helo_if_needed()
        if self.server.speaks_tls:
            return
        if connection.has_extn("starttls"):
            connection.starttls(context=self._tls())
        elif self.server.user and not self.server.is_this_machine:
            raise smtplib.SMTPNotSupportedError("no password without encryption")

    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self.server.is_this_machine:
            # Nobody issues certificates for these names, and nothing leaves the machine.
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def _refusal(what: str, code: int) -> MailRefused | MailNotTaken:
    words = f"the mail server refused {what} ({code})"
    return MailRefused(words) if 500 <= code < 600 else MailNotTaken(words)


def _unavailable(error: Exception) -> MailServerUnavailable:
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return MailServerUnavailable("the mail server offers no encryption, or no way to sign in")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return MailServerUnavailable(f"the mail server refused the sign-in ({error.smtp_code})")
    if isinstance(error, smtplib.SMTPSenderRefused):
        return MailServerUnavailable(f"the mail server refused the sender ({error.smtp_code})")
    return MailServerUnavailable(f"the mail server was not reached ({type(error).__name__})")
