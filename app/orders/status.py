"""Where an order stands, on three axes that move apart from each other, and which moves are allowed."""

from collections.abc import Mapping
from enum import StrEnum


class Axis(StrEnum):
    """What a row of the timeline speaks of."""

    ORDER = "order"
    PAYMENT = "payment"
    FULFILMENT = "fulfilment"
    NOTE = "note"


class OrderStatus(StrEnum):
    """What the shop owes the buyer."""

    AWAITING_PAYMENT = "awaiting-payment"
    PLACED = "placed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class PaymentStatus(StrEnum):
    """What Stripe has said of the money of an order."""

    OPEN = "open"
    PROCESSING = "processing"
    PAID = "paid"
    PART_REFUNDED = "part-refunded"
    REFUNDED = "refunded"
    FAILED = "failed"
    EXPIRED = "expired"


class FulfilmentStatus(StrEnum):
    """How much of an order has left the house."""

    UNFULFILLED = "unfulfilled"
    PART_FULFILLED = "part-fulfilled"
    FULFILLED = "fulfilled"
    DELIVERED = "delivered"


# Stripe holds money of the buyer in these, or has given it back.
MONEY_CAME = frozenset({PaymentStatus.PAID, PaymentStatus.PART_REFUNDED, PaymentStatus.REFUNDED})

# A cancelled order comes back when money arrives late.
ORDER_MOVES: Mapping[StrEnum, frozenset[StrEnum]] = {
    OrderStatus.AWAITING_PAYMENT: frozenset({OrderStatus.PLACED, OrderStatus.CANCELLED}),
    OrderStatus.PLACED: frozenset({OrderStatus.CLOSED, OrderStatus.CANCELLED}),
    OrderStatus.CLOSED: frozenset(),
    OrderStatus.CANCELLED: frozenset({OrderStatus.PLACED}),
}
# Failed and expired lead to paid: money that comes late is still money, and never disappears.
# Refunds lead back: a bank can return one days later.
PAYMENT_MOVES: Mapping[StrEnum, frozenset[StrEnum]] = {
    PaymentStatus.OPEN: frozenset(
        {PaymentStatus.PROCESSING, PaymentStatus.PAID, PaymentStatus.FAILED, PaymentStatus.EXPIRED}
    ),
    PaymentStatus.PROCESSING: frozenset({PaymentStatus.PAID, PaymentStatus.FAILED}),
    PaymentStatus.FAILED: frozenset({PaymentStatus.PAID}),
    PaymentStatus.EXPIRED: frozenset({PaymentStatus.PAID}),
    PaymentStatus.PAID: frozenset({PaymentStatus.PART_REFUNDED, PaymentStatus.REFUNDED}),
    PaymentStatus.PART_REFUNDED: frozenset({PaymentStatus.PAID, PaymentStatus.REFUNDED}),
    PaymentStatus.REFUNDED: frozenset({PaymentStatus.PAID, PaymentStatus.PART_REFUNDED}),
}
FULFILMENT_MOVES: Mapping[StrEnum, frozenset[StrEnum]] = {
    FulfilmentStatus.UNFULFILLED: frozenset({FulfilmentStatus.PART_FULFILLED, FulfilmentStatus.FULFILLED}),
    FulfilmentStatus.PART_FULFILLED: frozenset({FulfilmentStatus.FULFILLED}),
    FulfilmentStatus.FULFILLED: frozenset({FulfilmentStatus.DELIVERED}),
    FulfilmentStatus.DELIVERED: frozenset(),
}
ALLOWED: Mapping[type[StrEnum], Mapping[StrEnum, frozenset[StrEnum]]] = {
    OrderStatus: ORDER_MOVES,
    PaymentStatus: PAYMENT_MOVES,
    FulfilmentStatus: FULFILMENT_MOVES,
}


class InvalidTransition(Exception):
    """An order cannot go from one status to the other."""


def is_allowed(before: StrEnum, after: StrEnum) -> bool:
    """Whether a status may follow another of its axis."""
    return after in ALLOWED[type(before)][before]


def check_move(before: StrEnum, after: StrEnum) -> None:
    """Refuse a move that is not allowed; raises InvalidTransition."""
    if not is_allowed(before, after):
        raise InvalidTransition(f"an order cannot go from {before} to {after}")
