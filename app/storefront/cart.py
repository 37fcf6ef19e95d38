"""The cart page."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.cart.models import Cart
from app.money import Money
from app.session import get_session
from app.storefront.cart_lines import cart_lines
from app.web.carts import current_cart, remember_cart
from app.web.order_links import current_config

NOTICES = {
    "added": "Added to your cart.",
    "changed": "Your cart is up to date.",
    "removed": "Removed from your cart.",
    "cancelled": "You left the payment page and nothing was charged. Your cart is as you left it.",
}

blueprint = Blueprint("cart", __name__)


@blueprint.get("/cart")
def show() -> ResponseReturnValue:
    """Show what is in the cart."""
    cart = current_cart(get_session())
    response = make_response(cart_page(cart, notice=NOTICES.get(request.args.get("notice", ""))))
    if cart is not None:
        remember_cart(response, cart)
    return response


def cart_page(cart: Cart | None, *, notice: str | None = None, error: str | None = None) -> str:
    """Render the cart, with what was done or what went wrong."""
    lines = cart_lines(get_session(), cart)
    currency = current_config().shop.currency
    return render_template(
        "storefront/cart/show.html",
        lines=lines,
        subtotal=Money(sum(line.total.cents for line in lines), currency) if lines else None,
        count=sum(line.quantity for line in lines),
        notice=notice,
        error=error,
    )
