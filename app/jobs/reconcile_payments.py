"""Asks the provider about payments of which it has told us nothing for a while."""

from collections import Counter
from datetime import timedelta

import structlog

from app import clock
from app.jobs.report import JobReport
from app.payments.attempts import Attempts
from app.payments.gateway import GatewayRefused, GatewayUnavailable
from app.payments.queries import list_unsettled_pages
from app.session import get_session
from app.web.payments import current_attempts

# A webhook that was not lost is here long before.
QUIET = timedelta(minutes=5)

log = structlog.get_logger("shop.jobs")


def reconcile_payments() -> JobReport:
    """Settle every page that waits or is processing, as its webhook would have done."""
    attempts = current_attempts()
    pages = list_unsettled_pages(get_session(), clock.now() - QUIET)
    outcomes = Counter(_settle(attempts, session_id) for session_id in pages)
    if not outcomes:
        return JobReport("No payment waits for news.")
    words = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    return JobReport(f"Payments asked about: {words}.", is_well="not reached" not in outcomes)


def _settle(attempts: Attempts, session_id: str) -> str:
    try:
        return attempts.settle_page(session_id)
    except (GatewayUnavailable, GatewayRefused) as error:
        log.warning("payment not asked about", session_id=session_id, reason=str(error))
        return "not reached"
