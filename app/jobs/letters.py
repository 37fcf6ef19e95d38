"""Chooses who writes a mail: each kind of message has one writer."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from app.jobs import contact_mails, order_mails, question_mails, review_mails
from app.jobs.mail_facts import CannotBeWritten
from app.mail.letter import Letter
from app.outbox import contact_message
from app.outbox.claim import Claim

Writer = Callable[[Session, Claim], Letter]

WRITERS: Mapping[str, Writer] = {
    **dict.fromkeys(order_mails.KINDS, order_mails.write_letter),
    contact_message.KIND: contact_mails.write_letter,
    **question_mails.WRITERS,
    review_mails.KIND: review_mails.write_letter,
}
# What somebody wrote is in the shop's mailbox then, and need not lie in the database too.
FORGOTTEN_ONCE_SENT = frozenset({contact_message.KIND})


def write_letter(session: Session, claim: Claim) -> Letter:
    """Write the mail that a message asks for; raises CannotBeWritten."""
    writer = WRITERS.get(claim.kind)
    if writer is None:
        raise CannotBeWritten(f"nobody knows messages of the kind {claim.kind}")
    return writer(session, claim)
