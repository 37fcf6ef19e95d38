"""Addresses as other sites need them: with the shop's own host, whatever host was asked."""

from app.web.order_links import current_config


def absolute(path: str) -> str:
    """Return the full address of a path of the shop."""
    return f"{current_config().base_url}{path}"
