"""Where the payment page sends a person who has changed their mind."""

import structlog
from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.orders.queries import find_order
from app.orders.status import PaymentStatus
from app.payments.gateway import GatewayRefused, GatewayUnavailable
from app.payments.models import Payment
from app.payments.queries import find_payment_for_order
from app.session import get_session
from app.storefront.orders import order_address
from app.web.order_links import is_order_token
from app.web.payments import current_attempts

log = structlog.get_logger("shop.checkout")
blueprint = Blueprint("checkout_cancellations", __name__)


@blueprint.get("/checkout/cancelled/<code>")
def show(code: str) -> ResponseReturnValue:
    """Close the payment page, give the stock back, and return to the cart.

    A GET, because a link on the payment page leads here; the signed token makes it this order's own, and a
    second visit changes nothing.
    """
    if not is_order_token(code, request.args.get("token", "")):
        abort(404)
    order = find_order(get_session(), code)
    payment = find_payment_for_order(get_session(), order.id) if order else None
    if payment is None:
        abort(404)
    if payment.order.payment_status is PaymentStatus.OPEN:
        _close(payment)
    if payment.order.payment_status is PaymentStatus.EXPIRED:
        return redirect(url_for("storefront.cart.show", notice="cancelled"), 303)
    # Paid after all, or nobody knows: only the order's own page says no more than is true.
    return redirect(order_address(code), 303)


def _close(payment: Payment) -> None:
    try:
        current_attempts().close(payment)
    except (GatewayUnavailable, GatewayRefused) as error:
        # The page ends by itself, and the job gives the stock back then.
        log.warning("payment page not closed", payment_id=payment.id, reason=str(error))
