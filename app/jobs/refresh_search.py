"""Repairs whatever the search knows otherwise than the shop shows it."""

from app.jobs.report import JobReport
from app.search.indexing import reindex
from app.session import transaction


def refresh_search() -> JobReport:
    """Compare every entry and every word of the search with the shop."""
    with transaction() as session:
        differences = reindex(session)
    if not differences:
        return JobReport("The search knows what the shop shows.")
    return JobReport(f"{differences} rows of the search were put right.")
