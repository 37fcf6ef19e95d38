"""Puts the simulator's API and pages together into one application."""

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from .api import make_api
from .developer_pages import make_developer_pages
from .money import format_amount
from .pages import format_duration, format_time, page, see_other
from .payment_page import make_payment_page
from .simulator import Simulator

_LARGEST_REQUEST = 1024 * 1024


def make_application(simulator: Simulator) -> Flask:
    """Return the WSGI application for a simulator."""
    application = Flask(__name__, static_url_path="/assets")
    application.config["MAX_CONTENT_LENGTH"] = _LARGEST_REQUEST
    application.config["MAX_FORM_PARTS"] = 10_000
    application.jinja_env.filters["money"] = format_amount
    application.jinja_env.filters["time"] = format_time
    application.jinja_env.filters["duration"] = format_duration
    for blueprint in (make_api(simulator), make_payment_page(simulator), make_developer_pages(simulator)):
        application.register_blueprint(blueprint)
    application.add_url_rule("/healthz", "healthz", lambda: {"status": "ok"})
    application.add_url_rule("/", "index", lambda: see_other("/dev"))
    application.register_error_handler(HTTPException, _not_served)
    return application


def _not_served(error: HTTPException) -> Response:
    return page("unknown.html", error.code or 500)
