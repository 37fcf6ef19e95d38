"""Changes of carts that are more than one row's business."""

import secrets

from sqlalchemy.orm import Session

from app import clock
from app.cart.models import Cart
from app.cart.queries import find_cart_for_change


def open_cart(session: Session) -> Cart:
    """Begin an empty cart with a token that nobody can guess."""
    now = clock.now()
    cart = Cart(token=secrets.token_urlsafe(24), created_at=now, updated_at=now)
    session.add(cart)
    session.flush()
    return cart


def take_out_bought(session: Session, cart_id: int, bought: dict[int, int]) -> None:
    """Take paid units out of the cart they came from, quantities by variant id."""
    cart = find_cart_for_change(session, cart_id)
    if cart is not None:
        cart.take_out(bought)


def put_back(session: Session, cart_id: int, wanted: dict[int, int]) -> None:
    """Put units back into the cart they came from, as far as it can hold them, quantities by variant id."""
    cart = find_cart_for_change(session, cart_id)
    if cart is not None:
        cart.put_back(wanted)
