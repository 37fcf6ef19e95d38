"""What all pages for people have in common: rendering, security headers, and refusal of foreign forms."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse


def page(template: str, status: int = 200, form_target: str | None = None, **context: Any) -> Response:
    """Return a page; `form_target` is an address outside to which a form's answer may redirect."""
    allowed = "'self'"
    if form_target:
        address = urlsplit(form_target)
        allowed += f" {address.scheme}://{address.netloc.rpartition('@')[2]}"
    response = Response(render_template(template, **context), status, mimetype="text/html")
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action {allowed}"
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def format_time(timestamp: float) -> str:
    """Return a time as UTC date and clock."""
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def format_duration(seconds: float) -> str:
    """Return a duration as days, hours and minutes."""
    hours, minutes = divmod(round(seconds / 60), 60)
    days, hours = divmod(hours, 24)
    parts = {"d": days, "h": hours, "min": minutes}
    return " ".join(f"{number} {unit}" for unit, number in parts.items() if number) or "less than a minute"


def see_other(address: str) -> AnyResponse:
    """Return a 303 redirect."""
    return redirect(address, 303)


def refuse_foreign_forms(blueprint: Blueprint) -> None:
    """Answer 403 to forms that a page of another site sends."""

    def check() -> None:
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") not in (
            "same-origin",
            "none",
        ):
            abort(403)

    blueprint.before_request(check)
