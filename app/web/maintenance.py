"""The shop closed for a while: shoppers read why, and what must not wait goes on."""

import os
from pathlib import Path

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue

from app.config import Config
from app.guidance.emergency import EMERGENCY_CARD
from app.web.origin import SAFE_METHODS
from app.web.request_log import request_id

FILE = "maintenance"
RETRY_AFTER_SECONDS = 300
# Stripe tells of payments, machines ask whether we live, and the page needs its style sheets.
OPEN_FOLDERS = ("/webhooks/", "/static/")
OPEN_ADDRESSES = frozenset({"/healthz", "/readyz", "/metrics"})


def init_app(app: Flask, config: Config) -> None:
    """Answer shoppers with the maintenance page while the shop is closed; nothing else is asked for it."""

    def answer() -> ResponseReturnValue | None:
        is_open = request.path in OPEN_ADDRESSES or request.path.startswith(OPEN_FOLDERS)
        if is_open or not is_closed(config):
            return None
        page = render_template(
            "errors/maintenance.html",
            card=EMERGENCY_CARD,
            is_form=request.method not in SAFE_METHODS,
            request_id=request_id(),
        )
        return page, 503, {"Retry-After": str(RETRY_AFTER_SECONDS)}

    app.before_request(answer)


def is_closed(config: Config) -> bool:
    """Whether the shop is closed on this machine."""
    return os.path.exists(_file(config))


def close_shop(config: Config) -> None:
    """Close the shop on this machine; one that is closed stays so."""
    config.data_dir.mkdir(parents=True, exist_ok=True)
    _file(config).touch()


def open_shop(config: Config) -> None:
    """Open the shop on this machine; one that is open stays so."""
    _file(config).unlink(missing_ok=True)


def _file(config: Config) -> Path:
    # A file and no row: the database may be what is worked on.
    return config.data_dir / FILE
