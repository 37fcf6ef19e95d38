"""Gives back stock that was held for payment pages whose time is over."""

from datetime import timedelta

from app import clock
from app.jobs.patience import each, is_well, words
from app.jobs.report import JobReport
from app.payments.attempts import Attempts
from app.payments.gateway import GatewayUnavailable, PageUnknown
from app.payments.models import Payment
from app.payments.queries import list_overdue_payments
from app.payments.services import MARGIN
from app.session import get_session
from app.web.payments import current_attempts

# For a page that nobody could open: its own time limit has long passed, whatever the provider knows of it.
SAFETY = timedelta(minutes=10)


def expire_reservations() -> JobReport:
    """Close each overdue page first; its stock is free only when nobody can pay it any more."""
    attempts = current_attempts()
    outcomes = each(
        lambda: list_overdue_payments(get_session(), clock.now() - MARGIN),
        lambda payment: _close(attempts, payment),
    )
    if not outcomes:
        return JobReport("No payment page is overdue.")
    return JobReport(f"Overdue payment pages: {words(outcomes)}.", is_well=is_well(outcomes))


def _close(attempts: Attempts, payment: Payment) -> str:
    was_opened, expired_at = payment.session_id is not None, payment.expires_at
    try:
        return attempts.close(payment)
    except PageUnknown:
        attempts.give_up(payment)
        return "given up"
    except GatewayUnavailable:
        if was_opened or clock.now() - expired_at < SAFETY:
            raise
        # Stripe repeats a failure that it has stored under the key, for as long as it keeps the key.
        attempts.give_up_unopened(payment)
        return "expired"
