"""Where mails go, as MAIL_URL says it: a folder, or a mail server."""

import ipaddress
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

FORMS = "must be file:FOLDER, smtp://USER:PASSWORD@HOST:PORT or smtps://…"
PORTS = {"smtp": 587, "smtps": 465}
HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]*:[0-9a-f:.]*", re.ASCII)


@dataclass(frozen=True)
class MailFolder:
    """Mails are kept as files and go nowhere."""

    folder: Path


@dataclass(frozen=True)
class MailServer:
    """Mails are handed to a server; `speaks_tls` from the first byte, otherwise as soon as it offers that."""

    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    speaks_tls: bool = False

    @property
    def is_this_machine(self) -> bool:
        """Whether nothing leaves the machine on the way to the server."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def read_mail_url(url: str) -> MailFolder | MailServer:
    """Read where mails go; raises ValueError, whose words never hold the value and its password."""
    scheme, _, rest = url.partition(":")
    if scheme == "file":
        return _folder(rest)
    if scheme in PORTS and rest.startswith("//"):
        return _server(url)
    raise ValueError(FORMS)


def _folder(text: str) -> MailFolder:
    folder = Path(text).absolute()
    if not text or (folder.exists() and not folder.is_dir()):
        raise ValueError("must name a folder after file:")
    return MailFolder(folder)


def _server(url: str) -> MailServer:
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
        host = parts.hostname or ""
    except ValueError:
        raise ValueError(FORMS) from None
    # Whatever stands after the host is a piece of a password that was not percent-encoded.
    if parts.path.strip("/") or parts.query or parts.fragment or not HOST.fullmatch(host):
        raise ValueError(f"{FORMS}; percent-encode special characters of the password")
    user, password = _credentials(parts)
    return MailServer(host, port, user, password, speaks_tls=parts.scheme == "smtps")


def _credentials(parts: SplitResult) -> tuple[str, str]:
    try:
        user, password = (unquote(text or "", errors="strict") for text in (parts.username, parts.password))
    except UnicodeDecodeError:
        raise ValueError("holds a user or password that is not well percent-encoded") from None
    if bool(user) != bool(password):
        raise ValueError("must hold both a user and a password, or neither")
    if not all(text.isascii() and text.isprintable() for text in (user, password)):
        raise ValueError("must hold a user and password of printable ASCII characters")
    return user, password
