"""What the shop has written down of all orders, read once, so that it can be compared with Stripe's books."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.inventory.models import MovementKind, Reservation, ReservationState, StockItem, StockMovement
from app.inventory.queries import Drift, list_drifts, list_loose_holds
from app.orders.models import Order
from app.orders.services import late_source
from app.outbox.models import Message
from app.payments.models import Payment, PaymentEvent, Refund

Units = Mapping[int, int]


@dataclass(frozen=True)
class ShopBooks:
    """Everything at one moment."""

    orders: list[Order]
    payments: list[Payment]
    refunds: list[Refund]
    events: list[PaymentEvent]
    messages: list[Message]
    held: list[Reservation]
    on_hand: Units
    moved: Mapping[tuple[str, MovementKind], Units]
    drifts: list[Drift]
    loose_holds: list[tuple[int, int, int]]

    def sold_for(self, order: Order) -> dict[int, int]:
        """The units that left the stock for an order, by variant id."""
        sold = Counter[int]()
        for source in (order.code, late_source(order)):
            sold.update(self.moved.get((source, MovementKind.CONSUMED), {}))
        return dict(sold)

    def returned_for(self, order: Order) -> dict[int, int]:
        """The units of an order that are on the shelf again, by variant id."""
        return dict(self.moved.get((order.code, MovementKind.RETURNED), {}))

    def refunds_of(self, order: Order) -> list[Refund]:
        """The refunds of an order, oldest first."""
        return [refund for refund in self.refunds if refund.payment.order_id == order.id]


def read_shop_books(session: Session) -> ShopBooks:
    """Read all of it, as the database has it now."""
    session.rollback()
    session.expire_all()
    orders = select(Order).options(selectinload(Order.lines), selectinload(Order.events)).order_by(Order.id)
    refunds = select(Refund).options(selectinload(Refund.payment), selectinload(Refund.lines))
    return ShopBooks(
        orders=list(session.scalars(orders)),
        payments=list(session.scalars(select(Payment).options(selectinload(Payment.order)))),
        refunds=list(session.scalars(refunds.order_by(Refund.id))),
        events=list(session.scalars(select(PaymentEvent))),
        messages=list(session.scalars(select(Message))),
        held=list(session.scalars(select(Reservation).where(Reservation.state == ReservationState.ACTIVE))),
        on_hand={item.variant_id: item.on_hand for item in session.scalars(select(StockItem))},
        moved=_moved(session),
        drifts=list_drifts(session),
        loose_holds=list_loose_holds(session),
    )


def _moved(session: Session) -> dict[tuple[str, MovementKind], Counter[int]]:
    """Return how many units have left or come back for each source."""
    moved: dict[tuple[str, MovementKind], Counter[int]] = defaultdict(Counter)
    query = select(StockMovement).where(
        StockMovement.kind.in_((MovementKind.CONSUMED, MovementKind.RETURNED))
    )
    for movement in session.scalars(query):
        moved[movement.source, movement.kind][movement.variant_id] += abs(movement.on_hand_change)
    return moved
