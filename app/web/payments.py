"""The payment walks of the running shop."""

from flask import Flask, current_app

from app.payments.attempts import Attempts
from app.payments.gateway import PaymentGateway
from app.session import end_reading, transaction

EXTENSION = "shop-payments"


def init_app(app: Flask, gateway: PaymentGateway) -> None:
    """Give the application its payment provider."""
    app.extensions[EXTENSION] = Attempts(gateway, transaction, end_reading)


def current_attempts() -> Attempts:
    """Return the payment walks of the running shop."""
    attempts: Attempts = current_app.extensions[EXTENSION]
    return attempts
