"""What a timeline says, in rows that a test can compare."""

from app.orders.models import Order, OrderEvent
from app.orders.status import Axis

Row = tuple[Axis, str, str, str, str]


def told(order: Order, since: int = 0) -> list[Row]:
    """Return axis, actor, before, after and reason of each row, leaving out the first few."""
    return [_row(event) for event in order.events[since:]]


def _row(event: OrderEvent) -> Row:
    return event.axis, event.actor, event.before, event.after, event.reason
