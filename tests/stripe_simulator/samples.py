"""Requests and card details for the tests."""

from typing import Any

ALWAYS_PAYS = "4242 4242 4242 4242"
DECLINED = "4000000000000002"
NO_FUNDS = "4000000000009995"
ASKS_FOR_AUTHENTICATION = "4000002500003155"
DISPUTED = "4000000000000259"
RETURN = "http://127.0.0.1:9/checkout/return?session_id={CHECKOUT_SESSION_ID}"


def line(
    amount: int = 1250, quantity: int = 1, name: str = "Foam roller", currency: str = "usd"
) -> dict[str, Any]:
    """Return a line item of a request; the amount is in cents."""
    price = {"currency": currency, "unit_amount": amount, "product_data": {"name": name}}
    return {"price_data": price, "quantity": quantity}


def shipping(amount: int = 495) -> dict[str, Any]:
    """Return a shipping option of a request; the amount is in cents."""
    fixed = {"amount": amount, "currency": "usd"}
    return {"shipping_rate_data": {"type": "fixed_amount", "display_name": "Standard", "fixed_amount": fixed}}


def order(**changes: Any) -> dict[str, Any]:
    """Return a request for a session of 29.95 dollars, with changes; None leaves a parameter out."""
    request: dict[str, Any] = {
        "mode": "payment",
        "success_url": RETURN,
        "cancel_url": "http://127.0.0.1:9/cart",
        "line_items": [line(1250, 2)],
        "shipping_options": [shipping(495)],
        "automatic_tax": {"enabled": False},
        **changes,
    }
    return {name: value for name, value in request.items() if value is not None}


def card_form(number: str = ALWAYS_PAYS, **changes: str) -> dict[str, str]:
    """Return what a customer types on the payment page."""
    typed = {
        "email": "ada@example.com",
        "card_number": number,
        "expiry": "12 / 34",
        "cvc": "123",
        "name": "Ada B",
    }
    return {**typed, **changes}
