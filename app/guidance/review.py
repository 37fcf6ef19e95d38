"""When a guide must be looked at again, and what happens when nobody does."""

from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement

from app.guidance.models import Guide

# An overdue guide says so at once; after this long its claims leave the product pages.
GRACE = timedelta(days=60)


class ReviewState(StrEnum):
    """Where a guide stands with its review."""

    CURRENT = "current"
    OVERDUE = "overdue"
    LAPSED = "lapsed"


def review_state(guide: Guide, today: date) -> ReviewState:
    """Say whether a guide's next review is ahead, behind, or so far behind that its claims are not used."""
    if guide.next_review > today:
        return ReviewState.CURRENT
    return ReviewState.OVERDUE if lapses_on(guide) > today else ReviewState.LAPSED


def lapses_on(guide: Guide) -> date:
    """Return the first day on which the claims of a guide that nobody reviews are not used any more."""
    return guide.next_review + GRACE


def is_in_date(today: date) -> ColumnElement[bool]:
    """Choose the guides whose review has not lapsed."""
    return Guide.next_review > today - GRACE
