"""Giving money back, as a walk: the refund is written down, the provider is asked, its answer is settled."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.orm import Session

from app import clock
from app.orders.models import Order
from app.orders.queries import find_order_for_change
from app.payments.gateway import GatewayRefused
from app.payments.models import Refund, RefundStatus
from app.payments.money_back import RefundRequest, RefundState
from app.payments.queries import find_payment_for_order, find_refund
from app.payments.refund_limits import RefundRefused
from app.payments.refunds import RefundPlan, begin_refund, refuse_refund, withdraw_refund, write_refund
from app.payments.settlements import Question, Settlements

# Stripe keeps a key for at least a day.
KEY_LIFETIME = timedelta(hours=23)


@dataclass(frozen=True)
class Refunds(Settlements):
    """The walks of a refund."""

    def make(self, order_id: int, plan: RefundPlan) -> Refund:
        """Write a refund and send it; raises RefundRefused, by us or by the provider.

        Raises GatewayUnavailable when nobody knows whether the provider heard: the job sends it again with
        the same key.
        """
        with self.transaction() as session:
            order = find_order_for_change(session, order_id)
            payment = find_payment_for_order(session, order_id)
            if payment is None:
                raise RefundRefused("Nothing was charged for this order.")
            refund_id = write_refund(session, payment, order, plan).id
        return self._send(refund_id, is_first=True)

    def send(self, refund_id: int, *, actor: str) -> Refund:
        """Send a prepared refund, or again one of which nobody knows; what is further on is left alone."""
        with self.transaction() as session:
            order, refund = _lock(session, refund_id)
            is_first = begin_refund(order, refund, actor=actor)
        return self._send(refund_id, is_first=is_first)

    def withdraw(self, refund_id: int, *, actor: str) -> Refund:
        """Drop a prepared refund; raises RefundRefused."""
        with self.transaction() as session:
            order, refund = _lock(session, refund_id)
            withdraw_refund(order, refund, actor=actor)
        return refund

    def _send(self, refund_id: int, *, is_first: bool) -> Refund:
        refund = self._existing(refund_id)
        payment = refund.payment
        if refund.status is RefundStatus.REQUESTED and payment.payment_intent_id and payment.session_id:
            session_id, answered = payment.session_id, None
            if is_first or not self._is_known(refund, payment.payment_intent_id):
                answered = self._ask_for(refund, payment.payment_intent_id)
            self._settle(Question(session_id, about_refunds=True, answered=answered))
        return self._existing(refund_id)

    def _is_known(self, refund: Refund, payment_intent_id: str) -> bool:
        # The provider forgets a key after a day: what it has done under it is looked for first.
        key, requested_at = refund.idempotency_key, refund.requested_at
        try:
            return any(state.key == key for state in self._provider.list_refunds(payment_intent_id))
        except GatewayRefused:
            # A server without that list: its memory of the key is all there is to go by.
            if requested_at is not None and clock.now() - requested_at < KEY_LIFETIME:
                return False
            raise

    def _ask_for(self, refund: Refund, payment_intent_id: str) -> RefundState:
        refund_id, code = refund.id, refund.payment.order.code
        request = RefundRequest(payment_intent_id, refund.amount, code, refund.idempotency_key)
        try:
            return replace(self._provider.refund(request), key=request.idempotency_key)
        except GatewayRefused as error:
            with self.transaction() as session:
                order, refund = _lock(session, refund_id)
                refuse_refund(session, order, refund, why="Stripe refused it")
            raise RefundRefused(f"Stripe refused this refund: {error}") from error

    def _existing(self, refund_id: int) -> Refund:
        return _find(self.get_session(), refund_id)


def _lock(session: Session, refund_id: int) -> tuple[Order, Refund]:
    order = find_order_for_change(session, _find(session, refund_id).payment.order_id)
    # Read again: it may have moved while the order was locked by somebody else.
    return order, _find(session, refund_id)


def _find(session: Session, refund_id: int) -> Refund:
    refund = find_refund(session, refund_id)
    if refund is None:
        raise LookupError(f"there is no refund {refund_id}")
    return refund
