"""Mails as files: whole, once for each key."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from app.mail.file_transport import FileTransport, name_file
from app.mail.letter import Letter, Sender, build_message
from app.mail.transport import MailServerUnavailable

SENDER = Sender("Plainback", "hello@plainback.example")


def read(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_keeps_a_mail_that_any_mail_program_can_open(tmp_path: Path, letter: Letter) -> None:
    FileTransport(tmp_path / "new" / "mail").send(build_message(letter, SENDER), letter.key)
    [path] = (tmp_path / "new" / "mail").iterdir()
    assert path.name == name_file(letter.key)
    mail = read(path)
    assert mail["To"] == "maya@example.com"
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == ["Thank you, Åsa."]
    assert html.get_content().splitlines() == ["<p>Thank you, Åsa.</p>"]


def test_the_same_mail_sent_twice_is_one_file(tmp_path: Path, letter: Letter) -> None:
    for _ in range(2):
        FileTransport(tmp_path).send(build_message(letter, SENDER), letter.key)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("other", ["order:A-1", "order-A:1", "../order:A:1", "order:A:1/..", "order:a:1"])
def test_every_key_has_a_file_of_its_own_inside_the_folder(other: str) -> None:
    assert name_file(other) != name_file("order:A:1")
    assert Path(name_file(other)).name == name_file(other)


def test_a_folder_that_cannot_be_written_is_a_reason_to_try_later(tmp_path: Path, letter: Letter) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(MailServerUnavailable, match=r"FileExistsError|NotADirectoryError"):
        FileTransport(tmp_path / "taken").send(build_message(letter, SENDER), letter.key)
