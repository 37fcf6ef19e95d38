"""From a draft to an order whose stock is held."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from app import clock
from app.guidance.caution_queries import list_caution_versions_for
from app.inventory.services import reserve
from app.orders.draft import OrderDraft, caution_ids
from app.orders.models import Order, OrderLine, OrderLineCaution
from app.orders.status import Axis, FulfilmentStatus, OrderStatus, PaymentStatus
from app.orders.timeline import tell

# Without the letters and digits that are mistaken for each other on the phone.
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8


class CautionsChanged(Exception):
    """The cautions that the shopper has read are no longer those of the goods."""


def place_order(
    session: Session, draft: OrderDraft, *, actor: str, held_until: datetime | None = None
) -> Order:
    """Write a pending order and hold its stock, all lines or none.

    Each line keeps the words of the cautions it is sold under, and of the shopper only that they were read.
    Raises CautionsChanged, InsufficientStock.
    """
    if caution_ids(list_caution_versions_for(session, draft.quantities)) != draft.cautions:
        raise CautionsChanged
    now = clock.now()
    order = Order(
        code="".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH)),
        cart_id=draft.cart_id,
        **asdict(draft.recipient),
        delivery_method=draft.delivery_method,
        delivery_name=draft.delivery_name,
        **_amounts(draft),
        order_status=OrderStatus.AWAITING_PAYMENT,
        payment_status=PaymentStatus.OPEN,
        fulfilment_status=FulfilmentStatus.UNFULFILLED,
        is_disputed=False,
        placed_at=now,
        cautions_acknowledged_at=now if draft.cautions else None,
        order_changed_at=now,
        payment_changed_at=now,
        fulfilment_changed_at=now,
        lines=_lines(draft),
    )
    tell(order, Axis.PAYMENT, "", PaymentStatus.OPEN, actor=actor, reason="order placed, stock held")
    session.add(order)
    session.flush()
    reserve(session, order.quantities, source=order.code, held_until=held_until)
    return order


def _amounts(draft: OrderDraft) -> dict[str, int | str]:
    quote = draft.quote
    return {
        "currency": quote.currency,
        "subtotal_cents": quote.subtotal.cents,
        "discount_cents": quote.discount.cents,
        "discount_name": quote.discount_name,
        "delivery_cents": quote.delivery.cents,
        "tax_cents": quote.tax.cents if quote.tax else 0,
        "delivery_tax_cents": quote.delivery_tax_cents,
        "is_tax_later": draft.is_tax_later,
        "total_cents": quote.total.cents,
        "refunded_cents": 0,
    }


def _lines(draft: OrderDraft) -> list[OrderLine]:
    return [
        OrderLine(
            variant_id=line.variant_id,
            sku=line.sku,
            product_name=line.name,
            variant_label=line.label,
            quantity=line.quantity,
            unit_price_cents=line.unit_price.cents,
            discount_cents=line.discount_cents,
            tax_cents=line.tax_cents,
            currency=line.unit_price.currency,
            cautions=_cautions(draft.cautions.get(line.variant_id, ())),
        )
        for line in draft.quote.lines
    ]


def _cautions(version_ids: Iterable[int]) -> list[OrderLineCaution]:
    return [
        OrderLineCaution(caution_version_id=version_id, position=position)
        for position, version_id in enumerate(version_ids, start=1)
    ]
