"""Putting things into the cart, changing how many, taking them out."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.cart.models import MAX_LINES, MAX_QUANTITY, Cart, CartFull, QuantityNotAllowed
from app.cart.queries import find_cart_for_change
from app.cart.services import open_cart
from app.catalog.models import Variant
from app.catalog.queries import find_variant
from app.session import get_session, transaction
from app.storefront.cart import cart_page
from app.storefront.cart_stock import find_cart_stock
from app.web.carts import current_cart, remember_cart

QUANTITY_MESSAGE = f"Please give a whole number from 1 to {MAX_QUANTITY}."
LONGEST_NUMBER = 9

blueprint = Blueprint("cart_items", __name__)


class CannotAdd(Exception):
    """Something does not go into the cart; the message is for the shopper."""

    def __init__(self, message: str, variant: Variant | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.variant = variant


@blueprint.post("/cart/items")
def create() -> ResponseReturnValue:
    """Put a quantity of one SKU into the cart."""
    sku = request.form.get("sku", "")
    quantity_text = request.form.get("quantity", "1")
    try:
        with transaction() as session:
            cart = _add(session, sku, quantity_text)
    except CannotAdd as problem:
        page = render_template(
            "storefront/cart_items/new.html",
            message=problem.message,
            sku=sku,
            quantity=quantity_text,
            variant=problem.variant,
            product=problem.variant.product if problem.variant else None,
        )
        return page, 422
    response = redirect(url_for("storefront.cart.show", notice="added"), 303)
    remember_cart(response, cart)
    return response


@blueprint.post("/cart/items/<int:item_id>")
def update(item_id: int) -> ResponseReturnValue:
    """Change how many of a line."""
    quantity = read_quantity(request.form.get("quantity", ""))
    if quantity is None:
        return cart_page(current_cart(get_session()), error=QUANTITY_MESSAGE), 422
    with transaction() as session:
        cart = _own_cart(session)
        item = cart.find_item(item_id) or abort(404)
        left = _available(session, cart, item.variant_id)
        if quantity > left and quantity > item.quantity:
            message = (
                f"We have {left} of {item.variant.product.name} ({item.variant.label}). Nothing was changed."
            )
            return cart_page(cart, error=message), 422
        item.change(quantity)
    return _back_to_cart(cart, "changed")


@blueprint.post("/cart/items/<int:item_id>/remove")
def destroy(item_id: int) -> ResponseReturnValue:
    """Take a line out."""
    with transaction() as session:
        cart = _own_cart(session)
        item = cart.find_item(item_id)
        if item is not None:
            cart.remove(item)
    return _back_to_cart(cart, "removed")


def read_quantity(text: str) -> int | None:
    """Read a quantity that a cart can hold, or None."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > LONGEST_NUMBER:
        return None
    return int(digits) if 1 <= int(digits) <= MAX_QUANTITY else None


def _add(session: Session, sku: str, quantity_text: str) -> Cart:
    variant = find_variant(session, sku)
    if variant is None:
        raise CannotAdd("We do not sell anything under that number. It may have left our range.")
    quantity = read_quantity(quantity_text)
    if quantity is None:
        raise CannotAdd(QUANTITY_MESSAGE, variant)
    cart = _find_own_cart(session) or open_cart(session)
    try:
        item = cart.add(variant, quantity)
    except QuantityNotAllowed:
        raise CannotAdd(f"A cart holds at most {MAX_QUANTITY} of one thing.", variant) from None
    except CartFull:
        raise CannotAdd(f"A cart holds at most {MAX_LINES} different things.", variant) from None
    left = _available(session, cart, variant.id)
    if item.quantity > left:
        raise CannotAdd(_not_enough(left, item.quantity - quantity), variant)
    return cart


def _not_enough(left: int, in_cart: int) -> str:
    if left <= 0:
        return "This is sold out at the moment."
    already = f", and {in_cart} of them in your cart already" if in_cart else ""
    return f"We have {left} left{already}."


def _available(session: Session, cart: Cart, variant_id: int) -> int:
    return find_cart_stock(session, cart.id, [variant_id]).available(variant_id)


def _own_cart(session: Session) -> Cart:
    return _find_own_cart(session) or abort(404)


def _find_own_cart(session: Session) -> Cart | None:
    cart = current_cart(session)
    # Locked and read again: another window of the same browser may be changing it.
    return find_cart_for_change(session, cart.id) if cart else None


def _back_to_cart(cart: Cart, notice: str) -> ResponseReturnValue:
    response = redirect(url_for("storefront.cart.show", notice=notice), 303)
    remember_cart(response, cart)
    return response
