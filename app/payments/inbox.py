"""The inbox: every event of the provider is stored once, acted on once, and can be acted on again."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock
from app.orders.attention import ask_for_attention
from app.orders.queries import find_order_for_change
from app.payments.gateway import GatewayEvent, GatewayRefused
from app.payments.models import EventState, PaymentEvent
from app.payments.outcome import PARKED, Outcome
from app.payments.queries import find_event, find_order_id, find_page_id
from app.payments.settlements import Question, Settlements

Write = Callable[[Session, GatewayEvent, Outcome], None]


@dataclass(frozen=True)
class Inbox(Settlements):
    """The walks of an event."""

    def take_event(self, event: GatewayEvent) -> Outcome:
        """Act on an event once; the provider is asked, so the order in which events come does not matter.

        A copy that comes at the same moment waits for the first to end, and then breaks the unique key of
        the inbox: everything it did is rolled back. Raises GatewayUnavailable with nothing stored or changed.
        """
        if find_event(self.get_session(), event.id) is not None:
            return Outcome.UNCHANGED
        try:
            return self._act(event, store_event)
        except IntegrityError:
            with self.transaction() as session:
                if find_event(session, event.id) is None:
                    raise
            return Outcome.UNCHANGED

    def replay(self, event_id: str) -> Outcome:
        """Act on a stored event again, as if it had just come; raises LookupError for one that never came."""
        row = find_event(self.get_session(), event_id)
        if row is None:
            raise LookupError(event_id)
        return self._act(_event_of(row), note_replay)

    def _act(self, event: GatewayEvent, write: Write) -> Outcome:
        if not event.is_ours:
            return self._write(event, Outcome.IGNORED, write)
        try:
            session_id = self._find_page_id(event)
            if session_id is None:
                return self._write(event, Outcome.UNKNOWN, write)
            question = Question(
                session_id,
                about_refunds=event.about_refunds,
                dispute_id=event.dispute_id,
                says_failed=event.says_failed,
            )
            return self._settle(question, also=lambda session, outcome: write(session, event, outcome))
        except GatewayRefused:
            # The provider does not know what it speaks of: asking again would change nothing.
            self._tell_of_dispute(event)
            return self._write(event, Outcome.UNKNOWN, write)

    def _find_page_id(self, event: GatewayEvent) -> str | None:
        if event.session_id is not None:
            return event.session_id
        known = find_page_id(
            self.get_session(), payment_intent_id=event.payment_intent_id, charge_id=event.charge_id
        )
        if known is not None or event.payment_intent_id is None:
            return known
        # A refund can be told before the payment: the provider knows which page took the money.
        page = self._provider.find_page_of(event.payment_intent_id)
        return page.id if page else None

    def _tell_of_dispute(self, event: GatewayEvent) -> None:
        """Stop an order whose money is asked back, though nothing more can be learned about it."""
        if event.dispute_id is None:
            return
        with self.transaction() as session:
            order_id = find_order_id(
                session, payment_intent_id=event.payment_intent_id, charge_id=event.charge_id
            )
            if order_id is not None:
                reason = f"Stripe tells of dispute {event.dispute_id}. Look at it there, and send nothing."
                order = find_order_for_change(session, order_id)
                ask_for_attention(session, order, actor="stripe", reason=reason)

    def _write(self, event: GatewayEvent, outcome: Outcome, write: Write) -> Outcome:
        with self.transaction() as session:
            write(session, event, outcome)
        return outcome


def store_event(session: Session, event: GatewayEvent, outcome: Outcome) -> None:
    """Put an event in the inbox; a copy that came first is left alone.

    Two at one moment break the unique key and so one of the transactions.
    """
    if find_event(session, event.id) is not None:
        return
    now = clock.now()
    session.add(
        PaymentEvent(
            event_id=event.id,
            type=event.type,
            session_id=event.session_id,
            payment_intent_id=event.payment_intent_id,
            charge_id=event.charge_id,
            dispute_id=event.dispute_id,
            says_failed=event.says_failed,
            state=_state(outcome),
            outcome=outcome,
            received_at=now,
            handled_at=now,
            handled_count=1,
        )
    )
    session.flush()


def note_replay(session: Session, event: GatewayEvent, outcome: Outcome) -> None:
    """Note that a stored event was acted on again, and what came of it."""
    session.execute(
        update(PaymentEvent)
        .where(PaymentEvent.event_id == event.id)
        .values(
            state=_state(outcome),
            outcome=outcome,
            handled_at=clock.now(),
            handled_count=PaymentEvent.handled_count + 1,
        )
    )


def _state(outcome: Outcome) -> EventState:
    if outcome is Outcome.IGNORED:
        return EventState.IGNORED
    return EventState.PARKED if outcome in PARKED else EventState.DONE


def _event_of(row: PaymentEvent) -> GatewayEvent:
    return GatewayEvent(
        row.event_id,
        row.type,
        session_id=row.session_id,
        payment_intent_id=row.payment_intent_id,
        charge_id=row.charge_id,
        dispute_id=row.dispute_id,
        is_ours=row.state is not EventState.IGNORED,
        about_refunds=True,
        says_failed=row.says_failed,
    )
