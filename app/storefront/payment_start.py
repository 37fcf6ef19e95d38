"""From a finished checkout form to the address of the payment page."""

from datetime import timedelta

from flask import url_for
from sqlalchemy.orm import Session

from app import clock
from app.cart.queries import find_cart_for_change
from app.orders.draft import OrderDraft
from app.orders.models import Order
from app.orders.queries import list_open_orders_for_cart
from app.orders.services import mark_paid, place_order
from app.orders.status import MONEY_CAME, PaymentStatus
from app.payments.attempts import Attempts
from app.payments.gateway import GatewayRefused, GatewayUnavailable, PageUnknown, SessionStatus
from app.payments.models import Payment
from app.payments.queries import find_payment_for_order
from app.payments.services import HOLD, open_payment
from app.session import get_session, transaction
from app.storefront.orders import order_address
from app.web.order_links import current_config, order_token
from app.web.payments import current_attempts

# A page that ends sooner is no place to send a person to look for a card.
ENOUGH_TIME = timedelta(minutes=10)
ACTOR = "shopper"
TRIES = 3
COMING = MONEY_CAME | {PaymentStatus.PROCESSING}


class CartChanged(Exception):
    """The cart is no longer what the shopper has asked to pay for."""


class AlreadyPaid(Exception):
    """Money for the cart came a moment ago, on a page that was still open."""

    def __init__(self, order: Order) -> None:
        super().__init__(order.code)
        self.order = order


def start_payment(draft: OrderDraft) -> str:
    """Place the order, hold its stock and open its payment page; returns the page's address.

    An order that costs nothing has no payment page: it is placed at once, and the address is its own.

    An order that is the same and still open is used again, so that a double click pays once; any other
    open order of the cart is closed first. Raises InsufficientStock, CautionsChanged, AlreadyPaid,
    CartChanged, GatewayUnavailable, GatewayRefused.
    """
    attempts = current_attempts()
    for _ in range(TRIES):
        address = _use_or_close_earlier(attempts, draft)
        if address is not None:
            return address
        order = _place(draft)
        if order is not None:
            return _address_of(attempts, order)
    raise GatewayUnavailable("the cart is being paid for in another window")


def _use_or_close_earlier(attempts: Attempts, draft: OrderDraft) -> str | None:
    for order in list_open_orders_for_cart(get_session(), draft.cart_id):
        payment = find_payment_for_order(get_session(), order.id)
        if payment is None:
            continue
        if draft.is_same_as(order) and payment.expires_at - clock.now() > ENOUGH_TIME:
            address = _find_open_page(attempts, payment)
            if address is not None:
                return address
        try:
            attempts.close(payment)
        except PageUnknown:
            # Nobody can pay there, and a person looks at why.
            attempts.give_up(payment)
            continue
        # The order, not what closing did: the webhook may have come first.
        if order.payment_status in COMING or order.needs_attention:
            raise AlreadyPaid(order)
    return None


def _find_open_page(attempts: Attempts, payment: Payment) -> str | None:
    if payment.session_id is None:
        try:
            return _address(attempts, payment)
        except GatewayRefused:
            # It never opened, and there is too little time left to open it now.
            return None
    try:
        state = attempts.find_page(payment.session_id)
    except PageUnknown:
        return None
    return state.url if state.status is SessionStatus.OPEN else None


def _address_of(attempts: Attempts, order: Order) -> str:
    payment = find_payment_for_order(get_session(), order.id)
    return order_address(order.code) if payment is None else _address(attempts, payment)


def _place(draft: OrderDraft) -> Order | None:
    with transaction() as session:
        cart = find_cart_for_change(session, draft.cart_id)
        if list_open_orders_for_cart(session, draft.cart_id):
            # Another window came between: look again at what it has opened.
            return None
        if cart is None or cart.quantities != draft.quantities:
            raise CartChanged
        order = place_order(session, draft, actor=ACTOR, held_until=clock.now() + HOLD)
        if draft.quote.is_free:
            mark_paid(session, order, actor=ACTOR, reason="nothing to pay")
        else:
            _open_payment(session, order)
        return order


def _open_payment(session: Session, order: Order) -> None:
    base = current_config().base_url
    cancel = url_for("storefront.checkout_cancellations.show", code=order.code, token=order_token(order.code))
    open_payment(
        session,
        order,
        success_url=f"{base}/checkout/return?session_id={{CHECKOUT_SESSION_ID}}",
        cancel_url=base + cancel,
        is_live=current_attempts().gateway.is_live,
    )


def _address(attempts: Attempts, payment: Payment) -> str:
    state = attempts.open_page(payment)
    if state.url is None:
        raise GatewayUnavailable("the payment page has no address")
    return state.url
