"""Reads of orders."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.guidance.caution_models import CautionVersion
from app.inventory.models import Reservation, ReservationState
from app.orders.models import Order, OrderLine, OrderLineCaution
from app.orders.status import PaymentStatus

_CAUTIONS = selectinload(Order.lines).selectinload(OrderLine.cautions)


def find_order(session: Session, code: str) -> Order | None:
    """Return an order with its lines and the cautions that they were sold under (3 statements)."""
    version = _CAUTIONS.joinedload(OrderLineCaution.version, innerjoin=True)
    words = version.joinedload(CautionVersion.caution, innerjoin=True)
    query = select(Order).where(Order.code == code).options(words)
    return session.scalars(query).one_or_none()


def find_order_for_change(session: Session, order_id: int) -> Order:
    """Return an order with its lines, locked until the transaction ends."""
    query = (
        select(Order)
        .where(Order.id == order_id)
        .options(selectinload(Order.lines))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one()


def find_order_by_code(session: Session, code: str) -> Order | None:
    """Return an order with its lines and timeline, locked until the transaction ends."""
    query = select(Order).where(Order.code == code).options(selectinload(Order.events)).with_for_update()
    query = query.execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def list_open_orders_for_cart(session: Session, cart_id: int) -> list[Order]:
    """Return the orders of a cart that still wait for their payment, oldest first."""
    query = (
        select(Order)
        .where(Order.cart_id == cart_id, Order.payment_status == PaymentStatus.OPEN)
        .options(_CAUTIONS)
        .order_by(Order.id)
    )
    return list(session.scalars(query))


def count_held_for_cart(session: Session, cart_id: int) -> dict[int, int]:
    """Return how many units of each variant the open orders of a cart hold, by variant id (1 statement)."""
    query = (
        select(Reservation.variant_id, func.sum(Reservation.quantity))
        .join(Order, Order.code == Reservation.source)
        .where(
            Order.cart_id == cart_id,
            Order.payment_status == PaymentStatus.OPEN,
            Reservation.state == ReservationState.ACTIVE,
        )
        .group_by(Reservation.variant_id)
    )
    return {variant_id: int(units) for variant_id, units in session.execute(query)}


def list_orders_needing_attention(session: Session) -> list[Order]:
    """Return the orders that wait for a person, oldest first."""
    return list(session.scalars(select(Order).where(Order.needs_attention.is_not(None)).order_by(Order.id)))
