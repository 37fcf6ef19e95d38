"""How often one address may send something that a person must read.

The counts lie in Redis where there is one, so that all processes count together; else each counts for itself.
"""

import logging
from math import ceil

from flask import Flask, request
from flask_limiter import Limiter

from app import clock
from app.config import Config

# Somebody waits for a page while the count is asked for.
PATIENCE_SECONDS = 3
HOUR_SECONDS = 3600


def _sender() -> str:
    # The shop reads no header of a proxy: anybody could write one.
    return request.remote_addr or "unknown"


# A count that cannot be kept stops nobody.
# The window moves: with one that begins on the hour, twice as many come through around it.
limiter = Limiter(
    _sender,
    key_prefix="shop",
    strategy="moving-window",
    swallow_errors=True,
)


def init_app(app: Flask, config: Config) -> None:
    """Give the application its counts."""
    app.config["RATELIMIT_STORAGE_URI"] = config.redis_url or "memory://"
    if config.redis_url:
        timeouts = {"socket_connect_timeout": PATIENCE_SECONDS, "socket_timeout": PATIENCE_SECONDS}
        app.config["RATELIMIT_STORAGE_OPTIONS"] = timeouts
    limiter.init_app(app)
    # It would write down the address of whoever has sent too much.
    logging.getLogger("flask-limiter").setLevel(logging.WARNING)


def seconds_to_wait() -> int:
    """Return how long the sender of this request has to wait; an hour when that cannot be told."""
    limit = limiter.current_limit
    if limit is None:
        return HOUR_SECONDS
    return min(HOUR_SECONDS, max(1, ceil(limit.reset_at - clock.now().timestamp())))
