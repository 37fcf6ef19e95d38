"""The cautions of an order as they stood when it was placed."""

from app.guidance.caution_words import CautionNotice, list_notices
from app.orders.models import Order


def list_order_notices(order: Order) -> list[CautionNotice]:
    """Name each caution of an order once, with the goods that carry it."""
    return list_notices(
        (line.product_name, [caution.version for caution in line.cautions]) for line in order.lines
    )
