"""The page of one order, for whoever has its signed link."""

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.guidance.advice_against import list_advice_against
from app.orders.caution_notices import list_order_notices
from app.orders.queries import find_order
from app.session import get_session
from app.web.carts import current_cart, remember_cart
from app.web.order_links import is_order_token, order_token

blueprint = Blueprint("orders", __name__)


@blueprint.get("/orders/<code>")
def show(code: str) -> ResponseReturnValue:
    """Show an order; without its token it does not exist."""
    if not is_order_token(code, request.args.get("token", "")):
        abort(404)
    order = find_order(get_session(), code)
    if order is None:
        abort(404)
    page = render_template(
        "storefront/orders/show.html",
        order=order,
        notices=list_order_notices(order),
        advice_against=list_advice_against(get_session(), order.quantities),
    )
    response = make_response(page)
    cart = current_cart(get_session())
    if cart is not None:
        # What was bought has left the cart: bring the count in the header up to date.
        remember_cart(response, cart)
    return response


def order_address(code: str) -> str:
    """Return the signed link to an order."""
    return url_for("storefront.orders.show", code=code, token=order_token(code))
