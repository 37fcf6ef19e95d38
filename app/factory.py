"""Puts the shop together: wiring and nothing else."""

import os

from dotenv import dotenv_values
from flask import Flask

from app import jobs, storefront, webhooks
from app import session as database
from app.config import Config, ConfigError, read_config
from app.db import create_database_engine
from app.payments.gateway import PaymentGateway
from app.payments.stripe_gateway import StripeGateway
from app.web import (
    assets,
    errors,
    filters,
    headers,
    health,
    maintenance,
    order_links,
    origin,
    page_cache,
    payments,
    rate_limits,
    request_log,
)

LARGEST_FORM = 256 * 1024


def create_app(config: Config | None = None, gateway: PaymentGateway | None = None) -> Flask:
    """Build the application from settings (by default the environment and `.env`) and a payment provider."""
    config = config or _read_config_or_stop()
    app = Flask(__name__, template_folder="../templates", static_folder="../static")
    _set_up(app, config)
    app.extensions[order_links.EXTENSION] = config
    database.init_app(app, create_database_engine(config.database_url))
    payments.init_app(app, gateway or _stripe(config))
    request_log.init_app(app)
    maintenance.init_app(app, config)
    origin.init_app(app, config)
    headers.init_app(app, config)
    errors.init_app(app)
    assets.init_app(app, config.media_dir)
    page_cache.init_app(app)
    rate_limits.init_app(app, config)
    filters.init_app(app, config)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(storefront.blueprint)
    app.register_blueprint(webhooks.blueprint)
    jobs.init_app(app)
    return app


def _set_up(app: Flask, config: Config) -> None:
    if config.is_production and app.debug:
        raise ConfigError(
            "FLASK_DEBUG must not be set in production: its pages show the code and run commands"
        )
    first, *older = config.secret_keys
    app.config.update(
        SECRET_KEY=first,
        SECRET_KEY_FALLBACKS=older,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        SESSION_COOKIE_NAME="session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.base_url.startswith("https://"),
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _stripe(config: Config) -> StripeGateway:
    stripe = config.stripe
    return StripeGateway(stripe.api_key, stripe.webhook_secret, stripe.api_base)


def _read_config_or_stop() -> Config:
    try:
        return read_config({**_dotenv(), **os.environ})
    except ConfigError as error:
        # A sentence for whoever starts the shop, in place of a stack trace.
        raise SystemExit(f"The shop cannot start: {error}") from None


def _dotenv() -> dict[str, str]:
    return {name: value for name, value in dotenv_values(".env").items() if value is not None}
