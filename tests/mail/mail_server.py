"""A mail server of our own that speaks SMTP, keeps what it takes, and refuses what it is told to."""

import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from tests.live_shop import free_port

USER, PASSWORD = "shop", "p/ss w@rd"
OK = "250 taken"


@dataclass
class Mailbox:
    """What arrived, and what the server answers; `encrypted` says how each mail came."""

    port: int = 0
    mails: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    signed_in: list[bool] = field(default_factory=list)
    answer_recipient: Callable[[str], str] = lambda _: OK
    answer_mail: Callable[[], str] = lambda: OK
    is_away: bool = False

    async def handle_RCPT(  # noqa: N802 (the library's own name)
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        answer = self.answer_recipient(address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_MAIL(  # noqa: N802 (the library's own name)
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        envelope.mail_from = address
        return "421 closing" if self.is_away else OK

    async def handle_DATA(self, _server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802 (the library's own name)
        answer = self.answer_mail()
        if answer == OK:
            self.mails.append(envelope.original_content or b"")
            self.recipients += envelope.rcpt_tos
            self.encrypted.append(session.ssl is not None)
            self.signed_in.append(bool(session.authenticated))
        return answer


@contextmanager
def mail_server(host: str = "127.0.0.1", **options: Any) -> Iterator[Mailbox]:
    """Run a server on a free port of this machine."""
    mailbox = Mailbox()
    mailbox.port = free_port()
    controller = Controller(mailbox, hostname=host, port=mailbox.port, **options)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def asking_for_password(**options: Any) -> dict[str, Any]:
    """Return the options of a server at which one can sign in."""

    def check(
        _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword
    ) -> AuthResult:
        is_known = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_known, handled=is_known)

    return {"authenticator": check, "auth_require_tls": False, **options}


def certificate(folder: Path, address: str) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for an address; returns what a server needs, and the file that makes it trusted."""
    key, public = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=mail"),
            *("-addext", f"subjectAltName=IP:{address}", "-keyout", str(key), "-out", str(public)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, key)
    return context, public
