"""Gives back stock that was held for payment pages whose time is over."""

from collections import Counter

import structlog

from app import clock
from app.jobs.report import JobReport
from app.payments.attempts import Attempts
from app.payments.gateway import GatewayRefused, GatewayUnavailable, PageUnknown
from app.payments.models import Payment
from app.payments.queries import list_overdue_payments
from app.payments.services import MARGIN
from app.session import get_session
from app.web.payments import current_attempts

NOT_WELL = frozenset({"given up", "not reached", "broken"})

log = structlog.get_logger("shop.jobs")


def expire_reservations() -> JobReport:
    """Close each overdue page first; its stock is free only when nobody can pay it any more."""
    attempts = current_attempts()
    payments = list_overdue_payments(get_session(), clock.now() - MARGIN)
    outcomes = Counter(_close(attempts, payment) for payment in payments)
    if not outcomes:
        return JobReport("No payment page is overdue.")
    words = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    return JobReport(f"Overdue payment pages: {words}.", is_well=not NOT_WELL & outcomes.keys())


def _close(attempts: Attempts, payment: Payment) -> str:
    payment_id = payment.id
    try:
        return attempts.close(payment)
    except PageUnknown:
        attempts.give_up(payment)
        return "given up"
    except (GatewayUnavailable, GatewayRefused) as error:
        log.warning("payment page not closed", payment_id=payment_id, reason=str(error))
        return "not reached"
    except Exception:
        # One payment that is broken must not keep the stock of all the others.
        log.exception("payment page not closed", payment_id=payment_id)
        return "broken"
