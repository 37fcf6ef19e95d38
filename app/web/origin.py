"""Refuses what another site makes a browser send, and bytes that no person types.

The rule is that of Go's CrossOriginProtection: a browser says where a request comes from
(`Sec-Fetch-Site`, else `Origin`); a program that says neither carries no cookies of a person.
"""

from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.exceptions import BadRequest, Forbidden

from app.config import Config

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Stripe's servers are no browser; their signature is checked instead.
SIGNED_PATHS = ("/webhooks/",)


def init_app(app: Flask, config: Config) -> None:
    """Check every request of the application."""
    own_host = urlsplit(config.base_url).netloc

    def check() -> None:
        if request.path.startswith(SIGNED_PATHS):
            return
        if request.method not in SAFE_METHODS and not _is_ours(own_host):
            raise Forbidden("This form was sent from another site, so we did not act on it.")
        if _has_nul():
            raise BadRequest("The address or the form holds a character that we cannot read.")

    app.before_request(check)


def _is_ours(own_host: str) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    sender = origin.partition("://")[2]
    return bool(sender) and sender in (request.host, own_host)


def _has_nul() -> bool:
    if "\0" in request.path:
        return True
    texts = (
        text for values in (request.args, request.form) for pair in values.items(multi=True) for text in pair
    )
    return any("\0" in text for text in texts)
