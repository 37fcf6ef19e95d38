"""A message from the contact form, on its way to the shop's own mailbox."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from uuid import uuid4

from sqlalchemy.orm import Session

from app.outbox.services import put_in_outbox

KIND = "contact-message"


@dataclass(frozen=True)
class ContactMessage:
    """What somebody wrote to the shop; name and order number may be empty."""

    name: str
    email: str
    order: str
    text: str

    @classmethod
    def from_facts(cls, facts: Mapping[str, str]) -> "ContactMessage":
        """Read it back from the outbox; what is missing is empty."""
        return cls(*(facts.get(name, "") for name in ("name", "email", "order", "text")))


def send_to_shop(session: Session, message: ContactMessage) -> None:
    """Let the message leave when this transaction has committed."""
    # A key says nothing of the person, because keys are listed and logged.
    put_in_outbox(session, KIND, key=f"contact:{uuid4().hex}", facts=asdict(message))
