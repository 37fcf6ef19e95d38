"""Paying as a walk: our transaction, the provider's call with none open, our transaction again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.money import Money
from app.orders.models import Order
from app.payments.gateway import (
    GatewayEvent,
    GatewayRefused,
    PageLine,
    PageRequest,
    PaymentGateway,
    SessionState,
)
from app.payments.models import Payment
from app.payments.queries import find_event
from app.payments.services import Outcome, abandon, record_page, settle, store_event

Transaction = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True)
class Attempts:
    """The walks of a payment, over one provider and one kind of transaction."""

    gateway: PaymentGateway
    transaction: Transaction
    end_reading: Callable[[], None]

    def open_page(self, payment: Payment) -> SessionState:
        """Open the page of a payment and note its id; asking again answers the same page.

        Raises GatewayUnavailable when nobody knows whether a page opened: the order then waits for
        `close` or for the job. Raises GatewayRefused when no page opened: the stock is then given back.
        """
        try:
            state = self._provider.open_page(page_request(payment))
        except GatewayRefused:
            with self.transaction() as session:
                abandon(session, payment.order_id, reason="Stripe would not open a payment page")
            raise
        with self.transaction() as session:
            record_page(session, payment.id, state.id)
        return state

    def close(self, payment: Payment) -> Outcome:
        """Close the page of a payment first, and give the stock back only when that is certain.

        Raises GatewayUnavailable, and PageUnknown for a page that the provider has never heard of.
        """
        try:
            session_id = payment.session_id or self.open_page(payment).id
        except GatewayRefused:
            return Outcome.EXPIRED
        state = self._provider.expire_page(session_id)
        with self.transaction() as session:
            return settle(session, state)

    def give_up(self, payment: Payment) -> None:
        """Give back the stock of a page whose time is over and that the provider does not know."""
        with self.transaction() as session:
            reason = "Stripe does not know the payment page"
            abandon(session, payment.order_id, reason=reason, is_strange=True)

    def find_page(self, session_id: str) -> SessionState:
        """Ask the provider what has become of a page, and change nothing."""
        return self._provider.find_page(session_id)

    def settle_page(self, session_id: str) -> Outcome:
        """Ask the provider what has become of a page and bring the order to it."""
        state = self._provider.find_page(session_id)
        with self.transaction() as session:
            return settle(session, state)

    def take_event(self, event: GatewayEvent) -> Outcome:
        """Act on an event once; the page is asked for, so the order in which events come does not matter.

        A copy that comes at the same moment waits for the first to end, and then breaks the unique key of
        the inbox: everything it did is rolled back.
        """
        state = self._ask_about(event)
        try:
            return self._act_once(event, state)
        except IntegrityError:
            with self.transaction() as session:
                if find_event(session, event.id) is None:
                    raise
            return Outcome.UNCHANGED

    def _ask_about(self, event: GatewayEvent) -> SessionState | None:
        if event.session_id is None:
            return None
        try:
            state = self._provider.find_page(event.session_id)
        except GatewayRefused:
            # The provider does not know the page: the event is kept, and asking again would change nothing.
            return None
        return replace(state, has_failed=True) if state.has_failed is None and event.says_failed else state

    def _act_once(self, event: GatewayEvent, state: SessionState | None) -> Outcome:
        with self.transaction() as session:
            if find_event(session, event.id) is not None:
                return Outcome.UNCHANGED
            missing = Outcome.UNKNOWN if event.session_id else Outcome.UNCHANGED
            outcome = settle(session, state) if state else missing
            store_event(session, event, outcome)
            return outcome

    @property
    def _provider(self) -> PaymentGateway:
        # The provider may take seconds: no transaction, not even a reading one, waits for it.
        self.end_reading()
        return self.gateway


def page_request(payment: Payment) -> PageRequest:
    """Say what a payment's page shows, from stored facts only, so that it is the same each time."""
    order = payment.order
    return PageRequest(
        order_code=order.code,
        email=order.email,
        lines=(*_goods(order), *_tax(order)),
        delivery_name=order.delivery_name,
        delivery=order.delivery,
        success_url=payment.success_url,
        cancel_url=payment.cancel_url,
        expires_at=payment.expires_at,
        idempotency_key=payment.idempotency_key,
    )


def _goods(order: Order) -> list[PageLine]:
    return [
        PageLine(line.product_name, line.variant_label, line.unit_price, line.quantity)
        for line in order.lines
    ]


def _tax(order: Order) -> list[PageLine]:
    if order.tax_cents == 0:
        return []
    return [PageLine("Sales tax", "", Money(order.tax_cents, order.currency), 1)]
