"""A paid order of the seeded shop, written row by row: mails only read it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.catalog.models import Variant
from app.orders.models import Order, OrderLine
from app.orders.status import FulfilmentStatus, OrderStatus, PaymentStatus
from app.session import write_transaction

BUYER = "maya@example.com"


def add_paid_order(session: Session, code: str = "PBTESTED", **changes: object) -> Order:
    """Write an order of two products with a discount and commit it."""
    now = clock.now()
    facts: dict[str, object] = {
        "email": BUYER,
        "name": "Maya Lindqvist",
        "line1": "12 Alder Street",
        "line2": "",
        "city": "Portland",
        "region": "OR",
        "postal_code": "97201",
        "country": "US",
        "phone": "",
        "delivery_method": "standard",
        "delivery_name": "Standard delivery",
        "currency": "USD",
        "subtotal_cents": 8450,
        "discount_cents": 845,
        "discount_name": "Ten off for two",
        "delivery_cents": 595,
        "tax_cents": 684,
        "total_cents": 8884,
        **changes,
    }
    with write_transaction(session):
        order = Order(
            code=code,
            cart_id=1,
            order_status=OrderStatus.PLACED,
            payment_status=PaymentStatus.PAID,
            fulfilment_status=FulfilmentStatus.UNFULFILLED,
            placed_at=now,
            paid_at=now,
            order_changed_at=now,
            payment_changed_at=now,
            fulfilment_changed_at=now,
            **facts,
        )
        order.lines = _lines(session)
        session.add(order)
    return order


def _lines(session: Session) -> list[OrderLine]:
    variants = session.scalars(select(Variant).order_by(Variant.id).limit(2)).all()
    names = (("Drift soft foam roller", "30 cm, teal", 2, 2475), ("Slate <flat> heat pack", "", 1, 3500))
    return [
        OrderLine(
            variant_id=variant.id,
            sku=variant.sku,
            product_name=name,
            variant_label=label,
            quantity=quantity,
            unit_price_cents=cents,
            currency="USD",
        )
        for variant, (name, label, quantity, cents) in zip(variants, names, strict=True)
    ]
