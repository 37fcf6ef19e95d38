"""Keeps mails as files: one per key, whole or not at all."""

import os
import re
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from tempfile import NamedTemporaryFile

from app.mail.letter import digest
from app.mail.transport import MailServerUnavailable


class FileTransport:
    """A folder of `.eml` files; the same mail sent twice is one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage, key: str) -> None:
        """Write the mail; it survives a power cut once this returns."""
        try:
            self._write(message.as_bytes(policy=SMTP), self.folder / name_file(key))
        except OSError as error:
            raise MailServerUnavailable(
                f"the mail folder cannot be written ({type(error).__name__})"
            ) from None

    def _write(self, content: bytes, path: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self.folder, prefix=".", suffix=".part", delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                os.replace(file.name, path)
            except OSError:
                os.unlink(file.name)
                raise
        _sync_folder(self.folder)


def name_file(key: str) -> str:
    """Return the file name of a key: readable, and another one for every key."""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", key).strip("-")[:60]
    return f"{readable}-{digest(key)[:12]}.eml"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
