"""What the contact form sends to the shop: the message, to be answered by replying."""

from flask import render_template
from sqlalchemy.orm import Session

from app.jobs.mail_facts import require_facts
from app.mail.letter import Letter
from app.outbox.claim import Claim
from app.outbox.contact_message import ContactMessage
from app.web.order_links import current_config


def write_letter(_session: Session, claim: Claim) -> Letter:
    """Write the mail that carries a message to the shop; raises CannotBeWritten."""
    require_facts(claim, ("email", "text"))
    message = ContactMessage.from_facts(claim.facts)
    subject = f"Contact form, order {message.order}" if message.order else "Contact form"
    facts = {"subject": subject, "message": message}
    return Letter(
        key=claim.key,
        to=current_config().shop.email,
        subject=subject,
        text=render_template("mails/contact-message.txt", **facts),
        html=render_template("mails/contact-message.html", **facts),
        written_at=claim.created_at,
        reply_to=message.email,
    )
