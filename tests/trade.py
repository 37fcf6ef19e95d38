"""Undoes what a test has sold, so that the seeded shop is new again."""

from sqlalchemy import Engine, func, select, update

from app.cart.models import Cart, CartItem
from app.db import Base
from app.guidance.question_models import ReaderQuestion
from app.inventory.models import Reservation, StockItem, StockMovement
from app.orders.models import Order, OrderEvent, OrderLine, OrderLineCaution
from app.outbox.models import Message
from app.payments.models import Dispute, Payment, PaymentEvent, Refund, RefundLine
from app.runs.models import JobRun
from tests.unguarded import unguarded

KEPT_SOURCE = "seed"
TRADE: tuple[type[Base], ...] = (
    Message,
    PaymentEvent,
    Dispute,
    RefundLine,
    Refund,
    Payment,
    OrderEvent,
    OrderLineCaution,
    OrderLine,
    Order,
    CartItem,
    Cart,
    Reservation,
    ReaderQuestion,
    JobRun,
)


def forget_trade(engine: Engine) -> None:
    """Delete carts, orders, payments and their movements; counts go back to the opening stock."""
    with engine.begin() as connection, unguarded(connection):
        for model in TRADE:
            connection.execute(model.__table__.delete())  # type: ignore[attr-defined]
        connection.execute(
            StockMovement.__table__.delete().where(StockMovement.source != KEPT_SOURCE)  # type: ignore[attr-defined]
        )
        opening = (
            select(func.coalesce(func.sum(StockMovement.on_hand_change), 0))
            .where(StockMovement.variant_id == StockItem.variant_id)
            .scalar_subquery()
        )
        connection.execute(update(StockItem).values(reserved=0, on_hand=opening))
