"""The cart of a browser: a cookie that names it, and a readable one with its count."""

import re

from flask import current_app, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.cart.models import Cart
from app.cart.queries import find_cart

CART_COOKIE = "cart"
# For the script that shows the count in the header; it says nothing else about the person.
COUNT_COOKIE = "cart_count"
LIFETIME_SECONDS = 60 * 24 * 3600
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


def current_cart(session: Session) -> Cart | None:
    """Return the cart that the browser names; None when it names none, or nonsense."""
    token = request.cookies.get(CART_COOKIE, "")
    return find_cart(session, token) if TOKEN.fullmatch(token) else None


def remember_cart(response: Response, cart: Cart) -> None:
    """Tell the browser which cart is its own and how much is in it."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    for name, value, is_hidden in ((CART_COOKIE, cart.token, True), (COUNT_COOKIE, str(cart.count), False)):
        response.set_cookie(
            name, value, max_age=LIFETIME_SECONDS, httponly=is_hidden, samesite="Lax", secure=secure
        )
