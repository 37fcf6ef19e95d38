"""Every cookie that the shop sets, with its purpose and lifetime, as the privacy page names them."""

from dataclasses import dataclass

from flask import current_app

from app.web.carts import CART_COOKIE, COUNT_COOKIE, LIFETIME_SECONDS

DAY_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Cookie:
    """One cookie; without days it ends when the browser is closed."""

    name: str
    purpose: str
    days: int | None


def list_cookies() -> list[Cookie]:
    """Return the cookies of the running shop."""
    days = LIFETIME_SECONDS // DAY_SECONDS
    return [
        Cookie(CART_COOKIE, "Names your cart, so that it is still there when you come back.", days),
        Cookie(COUNT_COOKIE, "Holds how many things are in your cart, for the number at the top.", days),
        Cookie(
            str(current_app.config["SESSION_COOKIE_NAME"]),
            "Shows that the checkout form came from your own browser. "
            "After a question about a guide, it may tell the next page to show the warning signs first.",
            None,
        ),
    ]
