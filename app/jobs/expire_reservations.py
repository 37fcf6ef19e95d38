"""Gives back stock that was held for payment pages whose time is over."""

from collections import Counter
from datetime import timedelta

from app import clock
from app.jobs.report import JobReport
from app.payments.gateway import GatewayRefused, GatewayUnavailable
from app.payments.queries import list_overdue_payments
from app.session import get_session
from app.web.payments import current_attempts

# The provider ends its page by its own clock.
MARGIN = timedelta(minutes=1)


def expire_reservations() -> JobReport:
    """Close each overdue page first; its stock is free only when nobody can pay it any more."""
    attempts = current_attempts()
    outcomes: Counter[str] = Counter()
    for payment in list_overdue_payments(get_session(), clock.now() - MARGIN):
        try:
            outcomes[attempts.close(payment)] += 1
        except (GatewayUnavailable, GatewayRefused):
            outcomes["not reached"] += 1
    if not outcomes:
        return JobReport("No payment page is overdue.")
    words = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    return JobReport(f"Overdue payment pages: {words}.", is_well="not reached" not in outcomes)
