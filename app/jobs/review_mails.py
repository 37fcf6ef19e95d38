"""What the shop writes to its staff about guides that are due for review."""

from collections.abc import Mapping
from datetime import date

from flask import render_template
from sqlalchemy.orm import Session

from app.guidance.models import Guide
from app.guidance.review import GRACE, ReviewState
from app.guidance.review_queries import find_guide_by_slug
from app.jobs.mail_facts import CannotBeWritten, require_facts
from app.jobs.question_mails import guide_link
from app.mail.letter import Letter
from app.outbox.claim import Claim
from app.web.order_links import current_config

KIND = "review-due"
SUBJECTS: Mapping[str, str] = {
    ReviewState.CURRENT: "Soon due for review: {title}",
    ReviewState.OVERDUE: "Overdue for review: {title}",
    ReviewState.LAPSED: "Off product pages: {title}",
}


def review_facts(guide: Guide, state: ReviewState) -> dict[str, str]:
    """Return what a reminder says, as a message holds it."""
    return {"guide": guide.slug, "state": state.value, "due": guide.next_review.isoformat()}


def write_letter(session: Session, claim: Claim) -> Letter:
    """Tell staff where a guide stood with its review on the day of the reminder; raises CannotBeWritten."""
    require_facts(claim, ("guide", "state", "due"))
    guide = find_guide_by_slug(session, claim.facts["guide"])
    state = claim.facts["state"]
    if guide is None or state not in SUBJECTS:
        raise CannotBeWritten(f"there is no guide {claim.facts['guide']}, or no state {state}")
    due = date.fromisoformat(claim.facts["due"])
    subject = SUBJECTS[state].format(title=guide.title)
    facts = {
        "subject": subject,
        "guide": guide,
        "state": state,
        "due": due,
        "lapses": due + GRACE,
        "link": guide_link(guide.slug),
    }
    return Letter(
        key=claim.key,
        to=current_config().shop.email,
        subject=subject,
        text=render_template("mails/review-due.txt", **facts),
        html=render_template("mails/review-due.html", **facts),
        written_at=claim.created_at,
    )
