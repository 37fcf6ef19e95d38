"""Error pages: what happened and what to do next, never a stack trace."""

import structlog
from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError

from app.web.request_log import request_id

WORDS = {
    400: ("We could not read that", "Something in the request was not as it should be."),
    403: ("We did not do that", "The request did not come from this shop."),
    404: (
        "We cannot find that page",
        "The address may be old or mistyped. Search for it, or go on from here.",
    ),
    405: (
        "That does not work here",
        "This address does not take that kind of request. Please go back, and use a link or button.",
    ),
    413: (
        "That is too much at once",
        "What was sent is larger than we take. Please shorten it and send it again.",
    ),
    429: ("Please wait a moment", "There were very many requests. Please try again shortly."),
    503: ("We need a moment", "Something that we depend on does not answer. Please try again shortly."),
}
OURS = (
    "Something went wrong on our side",
    "It is not your fault. Please try again, or write to us with the number below.",
)

# Written out: this room knows no door that could be asked for it.
SEARCH = "/search"

log = structlog.get_logger("shop.errors")


def init_app(app: Flask) -> None:
    """Give the application its error pages."""
    app.register_error_handler(HTTPException, _show)
    app.register_error_handler(Exception, _show_unexpected)


def _show(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    title, message = WORDS.get(status, OURS if status >= 500 else WORDS[400])
    if error.description and error.description != type(error).description:
        message = error.description
    page = render_template(
        "errors/error.html",
        status=status,
        title=title,
        message=message,
        request_id=request_id(),
        search_address=SEARCH,
    )
    headers = [(name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")]
    return page, status, headers


def _show_unexpected(error: Exception) -> ResponseReturnValue:
    log.error("unexpected error", exc_info=error)
    return _show(InternalServerError())
