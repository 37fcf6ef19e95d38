"""Where the payment page sends a person who has paid."""

import structlog
from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from app.payments.gateway import GatewayRefused, GatewayUnavailable
from app.payments.queries import find_payment
from app.session import get_session
from app.storefront.orders import order_address
from app.web.carts import current_cart
from app.web.payments import current_attempts

LONGEST_ID = 255

log = structlog.get_logger("shop.checkout")
blueprint = Blueprint("checkout_returns", __name__)


@blueprint.get("/checkout/return")
def show() -> ResponseReturnValue:
    """Settle the payment, then show the order to the browser whose cart it came from, and to no other."""
    session_id = request.args.get("session_id", "")[:LONGEST_ID]
    payment = find_payment(get_session(), session_id, order_code="")
    if payment is None:
        abort(404)
    order = payment.order
    try:
        outcome = current_attempts().settle_page(session_id)
        log.info("returned from payment page", outcome=outcome, order=order.code)
    except (GatewayUnavailable, GatewayRefused) as error:
        raise ServiceUnavailable(
            "We cannot reach the payment service, so we do not know yet whether you have paid. "
            "Please load this page again in a minute, and do not pay twice."
        ) from error
    cart = current_cart(get_session())
    if cart is None or cart.id != order.cart_id:
        return render_template("storefront/checkout/returned.html")
    return redirect(order_address(order.code), 303)
