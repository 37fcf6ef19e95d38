"""Signed links by which a guest sees an order."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.config import Config

EXTENSION = "shop-config"


def current_config() -> Config:
    """Return the settings of the running shop."""
    config: Config = current_app.extensions[EXTENSION]
    return config


def order_token(code: str) -> str:
    """Sign an order's code."""
    return _serializer().dumps(code)


def is_order_token(code: str, token: str) -> bool:
    """Whether a token was signed for this order."""
    try:
        return bool(_serializer().loads(token) == code)
    except BadSignature:
        return False


def _serializer() -> URLSafeSerializer:
    # itsdangerous signs with the last key; ours signs with the first.
    return URLSafeSerializer(list(reversed(current_config().secret_keys)), salt="order-link")
