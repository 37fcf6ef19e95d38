"""Moves of what has left the house, and the end of an order."""

from app.orders.models import Order
from app.orders.status import FulfilmentStatus, InvalidTransition, OrderStatus, PaymentStatus
from app.orders.timeline import move_fulfilment, move_order

PAYS_FOR_GOODS = frozenset({PaymentStatus.PAID, PaymentStatus.PART_REFUNDED})
SENT = frozenset({FulfilmentStatus.FULFILLED, FulfilmentStatus.DELIVERED})


class NotReadyToSend(Exception):
    """Nothing of an order may leave the house now; the text says why."""


def mark_part_fulfilled(order: Order, *, actor: str, reason: str) -> None:
    """Note that a part has left; raises NotReadyToSend, InvalidTransition."""
    _require_ready(order)
    move_fulfilment(order, FulfilmentStatus.PART_FULFILLED, actor=actor, reason=reason)


def mark_fulfilled(order: Order, *, actor: str, reason: str) -> None:
    """Note that everything has left; raises NotReadyToSend, InvalidTransition."""
    _require_ready(order)
    move_fulfilment(order, FulfilmentStatus.FULFILLED, actor=actor, reason=reason)


def mark_delivered(order: Order, *, actor: str, reason: str) -> None:
    """Note that everything has arrived; raises InvalidTransition."""
    move_fulfilment(order, FulfilmentStatus.DELIVERED, actor=actor, reason=reason)


def close_order(order: Order, *, actor: str, reason: str) -> None:
    """Note that nothing is left to do; raises InvalidTransition while something is still to be sent."""
    if order.fulfilment_status not in SENT:
        raise InvalidTransition("an order is closed when everything has left the house")
    move_order(order, OrderStatus.CLOSED, actor=actor, reason=reason)


def cancel_order(order: Order, *, actor: str, reason: str) -> None:
    """Decide that a paid order will not be sent; its money is a refund of its own.

    Raises InvalidTransition.
    """
    if order.fulfilment_status is not FulfilmentStatus.UNFULFILLED:
        raise InvalidTransition("an order of which a part has left the house is not cancelled but refunded")
    if order.order_status is not OrderStatus.PLACED:
        raise InvalidTransition("only a placed order is cancelled by a person")
    move_order(order, OrderStatus.CANCELLED, actor=actor, reason=reason)


def _require_ready(order: Order) -> None:
    if order.order_status is not OrderStatus.PLACED:
        raise NotReadyToSend(f"the order is {order.order_status}")
    if order.payment_status not in PAYS_FOR_GOODS:
        raise NotReadyToSend(f"the payment is {order.payment_status}")
    if order.is_disputed:
        raise NotReadyToSend("the payment is disputed")
    if order.needs_attention:
        raise NotReadyToSend("a person must look at the order first")
