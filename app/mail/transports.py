"""Opens the way that the settings name."""

from app.mail.file_transport import FileTransport
from app.mail.smtp_transport import SmtpTransport
from app.mail.transport import MailTransport
from app.mail_url import MailFolder, MailServer


def open_transport(mail: MailFolder | MailServer) -> MailTransport:
    """Return the way to a folder or to a mail server."""
    return FileTransport(mail.folder) if isinstance(mail, MailFolder) else SmtpTransport(mail)
