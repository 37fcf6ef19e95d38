"""What can still be given back of an order: money, units, delivery, and units for the shelf."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.inventory.queries import count_consumed, count_returned
from app.money import Money, units_worth
from app.orders.models import Order, OrderLine
from app.orders.services import late_source
from app.orders.status import MONEY_CAME
from app.payments.models import Payment, Refund, RefundLine, RefundStatus
from app.payments.queries import list_lost_disputes, list_open_disputes, list_refunds

# Money of these refunds is gone or will be; of the others it has stayed.
LIVE = frozenset(
    {RefundStatus.PREPARED, RefundStatus.REQUESTED, RefundStatus.PENDING, RefundStatus.SUCCEEDED}
)
NOT_YET_ON_SHELF = frozenset({RefundStatus.PREPARED, RefundStatus.REQUESTED})


class RefundRefused(Exception):
    """This refund cannot be made; the text says why, for the person who asked."""


@dataclass(frozen=True)
class RefundLimits:
    """What is left of an order; `stopped` says why nothing may be refunded now, if anything does."""

    order: Order
    live: tuple[Refund, ...]
    left_cents: int
    on_shelf_left: dict[int, int]
    stopped: str | None = None

    @property
    def units_left(self) -> dict[int, int]:
        """The units that were not refunded, by order line id; lines without any are left out."""
        done = Counter[int]()
        for line in self._refund_lines:
            done[line.order_line_id] += line.quantity
        left = {line.id: line.quantity - done[line.id] for line in self.order.lines}
        return {line_id: units for line_id, units in left.items() if units > 0}

    @property
    def delivery_left(self) -> int:
        """What was paid for the delivery and was not refunded, in minor units."""
        paid = self.order.delivery_cents + self.order.delivery_tax_cents
        return max(0, paid - sum(refund.delivery_cents for refund in self.live))

    def lines(self, units: dict[int, int], shelf: dict[int, int]) -> list[RefundLine]:
        """Write the lines of a refund; raises RefundRefused for more units than are left."""
        known = {line.id for line in self.order.lines}
        if not known.issuperset({*units, *shelf}):
            raise RefundRefused("This line is not part of the order.")
        self._check_shelf(shelf)
        return [
            RefundLine(
                order_line_id=line.id,
                quantity=units.get(line.id, 0),
                restocked=shelf.get(line.id, 0),
                amount_cents=self._worth(line, units.get(line.id, 0)),
            )
            for line in self.order.lines
            if units.get(line.id) or shelf.get(line.id)
        ]

    def check(self, amount_cents: int) -> None:
        """Refuse an amount that is not there; raises RefundRefused."""
        if self.stopped:
            raise RefundRefused(self.stopped)
        left = Money(self.left_cents, self.order.currency)
        if amount_cents <= 0:
            raise RefundRefused(f"There is nothing to refund; {left} is left.")
        if amount_cents > self.left_cents:
            raise RefundRefused(f"Only {left} is left to refund.")

    @property
    def _refund_lines(self) -> list[RefundLine]:
        return [line for refund in self.live for line in refund.lines]

    def _worth(self, line: OrderLine, units: int) -> int:
        """Price units by what all refunded units are worth together: the last one takes what is left."""
        left = self.units_left.get(line.id, 0)
        if not 0 <= units <= left:
            raise RefundRefused(f"{line.product_name}: only {left} of {line.quantity} are left to refund.")
        if units == 0:
            return 0
        paid = sum(each.amount_cents for each in self._refund_lines if each.order_line_id == line.id)
        done = line.quantity - left
        return max(0, units_worth(line.paid.cents, done + units, of=line.quantity, after=0) - paid)

    def _check_shelf(self, shelf: dict[int, int]) -> None:
        for line in self.order.lines:
            left = self.on_shelf_left.get(line.variant_id, 0)
            if not 0 <= shelf.get(line.id, 0) <= left:
                raise RefundRefused(f"{line.product_name}: only {left} can go back on the shelf.")


def find_limits(session: Session, payment: Payment, order: Order) -> RefundLimits:
    """Read what is left of an order; the caller holds its lock, so that it stays so."""
    live = tuple(refund for refund in list_refunds(session, payment.id) if refund.status in LIVE)
    gone = max(order.refunded_cents, sum(refund.amount_cents for refund in live))
    gone += sum(dispute.amount_cents for dispute in list_lost_disputes(session, payment.id))
    return RefundLimits(
        order=order,
        live=live,
        left_cents=max(0, order.total_cents - gone),
        on_shelf_left=_on_shelf_left(session, order, live),
        stopped=_why_stopped(session, payment, order),
    )


def _on_shelf_left(session: Session, order: Order, live: tuple[Refund, ...]) -> dict[int, int]:
    left = Counter(count_consumed(session, (order.code, late_source(order))))
    left.subtract(count_returned(session, (order.code,)))
    variants = {line.id: line.variant_id for line in order.lines}
    for refund in live:
        if refund.status in NOT_YET_ON_SHELF:
            left.subtract({variants[line.order_line_id]: line.restocked for line in refund.lines})
    return dict(left)


def _why_stopped(session: Session, payment: Payment, order: Order) -> str | None:
    if order.payment_status not in MONEY_CAME:
        return f"No money has come for this order (it is {order.payment_status})."
    if payment.payment_intent_id is None:
        return "Stripe has not said which payment this is, so it cannot be refunded from here."
    if any(not dispute.is_refundable for dispute in list_open_disputes(session, payment.id)):
        return "The payment is disputed: Stripe refunds nothing until that is decided."
    return None
