"""Mails handed to a real mail server, in all its moods."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from app.mail.letter import Letter, Sender, build_message
from app.mail.smtp_transport import SmtpTransport
from app.mail.transport import MailNotTaken, MailRefused, MailServerUnavailable
from app.mail_url import MailServer
from tests.live_shop import free_port
from tests.mail.mail_server import OK, PASSWORD, USER, Mailbox, asking_for_password, certificate, mail_server

# Leads to this machine, but is no loopback address: it stands for a server elsewhere.
ELSEWHERE = "0.0.0.0"  # noqa: S104 (connected to, and only in tests)


def send(letter: Letter, server: MailServer, timeout: float = 5) -> None:
    message = build_message(letter, Sender("Plainback", "hello@plainback.example"))
    SmtpTransport(server, timeout).send(message, letter.key)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A server that takes everything from everyone."""
    with mail_server() as mailbox:
        yield mailbox


def test_a_mail_arrives(mailbox: Mailbox, letter: Letter) -> None:
    send(letter, MailServer("127.0.0.1", mailbox.port))
    [mail] = mailbox.mails
    assert mailbox.recipients == ["maya@example.com"]
    assert message_from_bytes(mail)["Subject"] == letter.subject


@pytest.mark.parametrize(
    ("answer", "error"),
    [("451 busy with maya@example.com", MailNotTaken), ("550 no maya@example.com", MailRefused)],
)
def test_a_refused_recipient_waits_or_is_given_up_and_is_never_named(
    mailbox: Mailbox, letter: Letter, answer: str, error: type[Exception]
) -> None:
    mailbox.answer_recipient = lambda _: answer
    with pytest.raises(error) as refusal:
        send(letter, MailServer("127.0.0.1", mailbox.port))
    assert str(refusal.value) == f"the mail server refused the recipient ({answer[:3]})"
    mailbox.answer_recipient = lambda _: OK
    send(letter, MailServer("127.0.0.1", mailbox.port))
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize(("answer", "error"), [("452 full", MailNotTaken), ("554 no", MailRefused)])
def test_a_refused_mail_waits_or_is_given_up(
    mailbox: Mailbox, letter: Letter, answer: str, error: type[Exception]
) -> None:
    mailbox.answer_mail = lambda: answer
    with pytest.raises(error, match=answer[:3]):
        send(letter, MailServer("127.0.0.1", mailbox.port))


def test_nobody_there_is_a_reason_to_try_later(letter: Letter) -> None:
    with pytest.raises(MailServerUnavailable, match="ConnectionRefusedError"):
        send(letter, MailServer("127.0.0.1", free_port()))


def test_a_server_that_says_nothing_is_left_after_a_while(letter: Letter) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as mute,
        pytest.raises(MailServerUnavailable, match="not reached"),
    ):
        send(letter, MailServer("127.0.0.1", mute.getsockname()[1]), timeout=0.3)


def test_signs_in_where_a_password_is_asked_for(letter: Letter) -> None:
    with mail_server(**asking_for_password()) as mailbox:
        send(letter, MailServer("127.0.0.1", mailbox.port, USER, PASSWORD))
        assert mailbox.signed_in == [True]
        with pytest.raises(MailServerUnavailable, match="sign-in \\(535\\)"):
            send(letter, MailServer("127.0.0.1", mailbox.port, USER, "wrong"))


def test_encrypts_as_soon_as_the_server_offers_it(letter: Letter, tmp_path: Path) -> None:
    context, _ = certificate(tmp_path, "127.0.0.1")
    with mail_server(**asking_for_password(tls_context=context, require_starttls=True)) as mailbox:
        send(letter, MailServer("127.0.0.1", mailbox.port, USER, PASSWORD))
        assert (mailbox.encrypted, mailbox.signed_in) == ([True], [True])


def test_never_sends_a_password_in_the_clear_to_another_machine(letter: Letter) -> None:
    with mail_server(ELSEWHERE, **asking_for_password()) as mailbox:
        with pytest.raises(MailServerUnavailable, match="no encryption"):
            send(letter, MailServer(ELSEWHERE, mailbox.port, USER, PASSWORD))
        assert mailbox.mails == []


@pytest.mark.parametrize("speaks_tls", [False, True], ids=["starttls", "tls"])
def test_trusts_another_machine_only_with_a_certificate_for_its_name(
    letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, speaks_tls: bool
) -> None:
    context, public = certificate(tmp_path, ELSEWHERE)
    encryption = {"ssl_context": context} if speaks_tls else {"tls_context": context}
    with mail_server(ELSEWHERE, **encryption) as mailbox:
        server = MailServer(ELSEWHERE, mailbox.port, speaks_tls=speaks_tls)
        with pytest.raises(MailServerUnavailable, match="SSLCertVerificationError"):
            send(letter, server)
        # The system's own list of whom to trust.
        monkeypatch.setenv("SSL_CERT_FILE", str(public))
        send(letter, server)
        assert len(mailbox.mails) == 1
