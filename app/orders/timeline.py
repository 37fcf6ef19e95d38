"""Moves of an order on its axes: each is checked, stamped and told on the timeline."""

from enum import StrEnum

from app import clock
from app.orders.models import Order, OrderEvent
from app.orders.status import Axis, FulfilmentStatus, OrderStatus, PaymentStatus, check_move


def move_order(order: Order, after: OrderStatus, *, actor: str, reason: str) -> None:
    """Change what the shop owes the buyer; raises InvalidTransition."""
    before = order.order_status
    check_move(before, after)
    order.order_status = after
    order.order_changed_at = clock.now()
    tell(order, Axis.ORDER, before, after, actor=actor, reason=reason)


def move_payment(order: Order, after: PaymentStatus, *, actor: str, reason: str) -> None:
    """Change where the money stands; raises InvalidTransition."""
    before = order.payment_status
    check_move(before, after)
    order.payment_status = after
    order.payment_changed_at = clock.now()
    tell(order, Axis.PAYMENT, before, after, actor=actor, reason=reason)


def move_fulfilment(order: Order, after: FulfilmentStatus, *, actor: str, reason: str) -> None:
    """Change how much has left the house; raises InvalidTransition."""
    before = order.fulfilment_status
    check_move(before, after)
    order.fulfilment_status = after
    order.fulfilment_changed_at = clock.now()
    tell(order, Axis.FULFILMENT, before, after, actor=actor, reason=reason)


def note(order: Order, *, actor: str, reason: str) -> None:
    """Write down something that moves no axis."""
    tell(order, Axis.NOTE, "", "", actor=actor, reason=reason)


def tell(
    order: Order, axis: Axis, before: StrEnum | str, after: StrEnum | str, *, actor: str, reason: str
) -> None:
    """Add a row to the timeline."""
    order.events.append(
        OrderEvent(actor=actor, axis=axis, before=before, after=after, reason=reason, created_at=clock.now())
    )
