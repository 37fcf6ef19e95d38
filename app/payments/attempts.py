"""Paying as a walk: our transaction, the provider's call with none open, our transaction again."""

from dataclasses import dataclass

from app.money import Money
from app.orders.attention import ask_for_attention, has_asked
from app.orders.models import Order
from app.orders.queries import find_order_for_change
from app.payments.gateway import GatewayRefused, PageLine, PageRequest, SessionState, TaxAddress
from app.payments.models import Payment
from app.payments.outcome import Outcome
from app.payments.queries import find_payment, find_payment_for_order
from app.payments.services import abandon, record_page
from app.payments.settlements import Question, Settlements

UNKNOWN_PAGE = "Stripe does not know the payment page"


@dataclass(frozen=True)
class Attempts(Settlements):
    """The walks of a payment page."""

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
        return self._settle(Question(session_id), ask_page=lambda: self._provider.expire_page(session_id))

    def give_up(self, payment: Payment) -> None:
        """Give back the stock of a page that the provider does not know."""
        with self.transaction() as session:
            abandon(session, payment.order_id, reason=UNKNOWN_PAGE, is_strange=True)

    def give_up_unopened(self, payment: Payment) -> None:
        """Give back the stock of a page that was never noted, so that nobody has its address.

        If it did open, its time is over; money that came all the same still names the order.
        """
        order_id = payment.order_id
        with self.transaction() as session:
            found = find_payment_for_order(session, order_id)
            if found is not None and found.session_id is None:
                abandon(session, order_id, reason="no payment page was opened")

    def report_missing(self, session_id: str) -> None:
        """Ask for a person when the provider has forgotten a page whose money was on its way."""
        with self.transaction() as session:
            payment = find_payment(session, session_id, order_code="")
            if payment is not None:
                order, reason = find_order_for_change(session, payment.order_id), f"{UNKNOWN_PAGE} any more."
                if not has_asked(order, reason):
                    ask_for_attention(session, order, actor="shop", reason=reason)


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
        tax_address=_tax_address(order) if order.is_tax_later else None,
    )


def _goods(order: Order) -> list[PageLine]:
    return [page_line(line.product_name, line.variant_label, line.net, line.quantity) for line in order.lines]


def page_line(name: str, label: str, net: Money, quantity: int) -> PageLine:
    """Say a line with the price that is charged; units that do not cost whole cents each are said as one."""
    each, rest = divmod(net.cents, quantity)
    if rest:
        return PageLine(f"{quantity} pieces: {name}", label, net, 1)
    return PageLine(name, label, Money(each, net.currency), quantity)


def _tax_address(order: Order) -> TaxAddress:
    return TaxAddress(
        order.name, order.line1, order.line2, order.city, order.region, order.postal_code, order.country
    )


def _tax(order: Order) -> list[PageLine]:
    if order.tax_cents == 0:
        return []
    return [PageLine("Sales tax", "", Money(order.tax_cents, order.currency), 1)]
