"""Asks the provider about everything of which it may have told us in vain."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from app import clock
from app.jobs.patience import each, is_well, words
from app.jobs.report import JobReport
from app.payments.gateway import GatewayEvent, PageUnknown
from app.payments.models import RefundStatus
from app.payments.queries import (
    find_page_id,
    list_dispute_words,
    list_known_events,
    list_refund_words,
    list_requested_refunds,
    list_unsettled_pages,
)
from app.session import get_session
from app.web.payments import current_attempts, current_inbox, current_refunds

# A webhook that was not lost is here long before.
QUIET = timedelta(minutes=5)
# A refund is asked for within seconds; the process that was at it is dead.
SENDING = timedelta(minutes=2)
# Stripe lists events of 30 days; refunds and disputes are compared as far back.
LOOKBACK = timedelta(days=30)
ACTOR = "clock"


def reconcile_payments() -> JobReport:
    """Settle pages that wait, take lost events, send refunds again, compare refunds and disputes."""
    now = clock.now()
    parts = (
        ("Payments asked about", _settle_pages(now)),
        ("Lost events", _take_lost_events(now)),
        ("Refunds sent again", _send_refunds(now)),
        ("Refunds compared", _compare_refunds(now)),
        ("Disputes compared", _compare_disputes(now)),
    )
    told = [f"{name}: {words(outcomes)}." for name, outcomes in parts if outcomes]
    return JobReport(
        " ".join(told) or "No payment waits for news.",
        is_well=all(is_well(outcomes) for _, outcomes in parts),
    )


def _settle_pages(now: datetime) -> Counter[str]:
    attempts = current_attempts()

    def settle(session_id: str) -> str:
        try:
            return attempts.settle_page(session_id)
        except PageUnknown:
            attempts.report_missing(session_id)
            return "unknown"

    return each(lambda: list_unsettled_pages(get_session(), now - QUIET), settle)


def _take_lost_events(now: datetime) -> Counter[str]:
    inbox = current_inbox()

    def lost() -> Iterable[GatewayEvent]:
        events = {event.id: event for event in inbox.gateway.list_undelivered_events(now - LOOKBACK)}
        known = list_known_events(get_session(), events)
        # The oldest first, though no order would do harm.
        return [event for event in reversed(events.values()) if event.id not in known]

    return each(lost, inbox.take_event)


def _send_refunds(now: datetime) -> Counter[str]:
    refunds = current_refunds()

    def send(refund_id: int) -> str:
        return refunds.send(refund_id, actor=ACTOR).status

    return each(lambda: list_requested_refunds(get_session(), now - SENDING), send)


def _compare_refunds(now: datetime) -> Counter[str]:
    attempts = current_attempts()

    def changed() -> Iterable[tuple[str | None, str | None]]:
        states = {state.id: state for state in attempts.gateway.list_refunds_since(now - LOOKBACK)}
        known = list_refund_words(get_session(), states)
        return [
            (state.payment_intent_id, state.charge_id)
            for state in states.values()
            if known.get(state.id) != RefundStatus(state.outcome.value)
        ]

    def settle(payment: tuple[str | None, str | None]) -> str:
        page_id = find_page_id(get_session(), payment_intent_id=payment[0], charge_id=payment[1])
        return attempts.settle_page(page_id, about_refunds=True) if page_id else "of no payment of ours"

    return each(changed, settle)


def _compare_disputes(now: datetime) -> Counter[str]:
    attempts = current_attempts()

    def changed() -> Iterable[tuple[str, str | None, str | None]]:
        states = {state.id: state for state in attempts.gateway.list_disputes_since(now - LOOKBACK)}
        known = list_dispute_words(get_session(), states)
        return [
            (state.id, state.payment_intent_id, state.charge_id)
            for state in states.values()
            if known.get(state.id) != state.status
        ]

    def settle(dispute: tuple[str, str | None, str | None]) -> str:
        page_id = find_page_id(get_session(), payment_intent_id=dispute[1], charge_id=dispute[2])
        return attempts.settle_dispute(page_id, dispute[0]) if page_id else "of no payment of ours"

    return each(changed, settle)
