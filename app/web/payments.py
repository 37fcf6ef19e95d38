"""The payment walks of the running shop."""

from flask import Flask, current_app

from app.payments.attempts import Attempts
from app.payments.gateway import PaymentGateway
from app.payments.inbox import Inbox
from app.payments.refunding import Refunds
from app.session import end_reading, get_session, transaction

EXTENSION = "shop-payments"


def init_app(app: Flask, gateway: PaymentGateway) -> None:
    """Give the application its payment provider."""
    app.extensions[EXTENSION] = gateway


def current_attempts() -> Attempts:
    """Return the walks of a payment page."""
    return Attempts(_gateway(), transaction, get_session, end_reading)


def current_inbox() -> Inbox:
    """Return the walks of an event."""
    return Inbox(_gateway(), transaction, get_session, end_reading)


def current_refunds() -> Refunds:
    """Return the walks of a refund."""
    return Refunds(_gateway(), transaction, get_session, end_reading)


def _gateway() -> PaymentGateway:
    gateway: PaymentGateway = current_app.extensions[EXTENSION]
    return gateway
