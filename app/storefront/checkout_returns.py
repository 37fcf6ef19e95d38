"""Where the payment page sends a person who has paid."""

import structlog
from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from app.orders.status import MONEY_CAME
from app.payments.gateway import GatewayRefused, GatewayUnavailable
from app.payments.queries import find_payment
from app.session import get_session
from app.storefront.orders import order_address
from app.web.carts import current_cart
from app.web.payments import current_attempts

LONGEST_ID = 255
UNSURE = (
    "We cannot reach the payment service, so we do not know yet whether you have paid. "
    "Please load this page again in a minute, and do not pay twice."
)

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
    if order.payment_status not in MONEY_CAME:
        _settle(session_id)
    cart = current_cart(get_session())
    if cart is None or cart.id != order.cart_id:
        return render_template("storefront/checkout/returned.html")
    return redirect(order_address(order.code), 303)


def _settle(session_id: str) -> None:
    try:
        outcome = current_attempts().settle_page(session_id)
    except (GatewayUnavailable, GatewayRefused) as error:
        log.warning("payment not asked for", session_id=session_id, reason=str(error))
        raise ServiceUnavailable(UNSURE) from error
    log.info("returned from payment page", outcome=outcome, session_id=session_id)
