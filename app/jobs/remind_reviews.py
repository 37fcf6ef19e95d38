"""Reminds staff of guides that are due for review: once when soon due, when overdue and when lapsed."""

from datetime import timedelta

from app import clock
from app.guidance.review_queries import list_due_guides
from app.jobs.report import JobReport
from app.jobs.review_mails import KIND, review_facts
from app.outbox.services import put_in_outbox
from app.session import transaction

AHEAD = timedelta(days=30)


def remind_reviews() -> JobReport:
    """Write one mail for each guide and state; a review that is done starts anew with its next date."""
    today = clock.today()
    with transaction() as session:
        due = list_due_guides(session, today, today + AHEAD)
        for each in due:
            guide, state = each.guide, each.state
            # A known key is left alone, so every state is told of once.
            key = f"{KIND}:{guide.slug}:{guide.next_review}:{state.value}"
            put_in_outbox(session, KIND, key=key, facts=review_facts(guide, state))
    words = ", ".join(f"{each.guide.slug} {_when(each.days)}" for each in due)
    return JobReport(f"Reviews: {words}." if due else "No review is due in the next 30 days.")


def _when(days: int) -> str:
    if days > 0:
        return f"in {days} days"
    return f"since {-days} days" if days else "today"
