"""Old addresses of things that were renamed: they answer with the new one, query string and all."""

from typing import NoReturn

from flask import abort, redirect, request, url_for
from sqlalchemy import ColumnExpressionArgument
from werkzeug.exceptions import HTTPException

from app.catalog.addresses import Addressed, find_new_slug
from app.session import get_session


class Moved(HTTPException):
    """What was asked for has another address now."""

    code = 301

    def __init__(self, address: str) -> None:
        super().__init__(response=redirect(address, 301))


def moved_or_missing(
    model: type[Addressed], slug: str, *conditions: ColumnExpressionArgument[bool]
) -> NoReturn:
    """Lead on from a slug that a thing had before, or say that there is nothing (1 statement)."""
    new_slug = find_new_slug(get_session(), model, slug, *conditions)
    if new_slug is None or request.endpoint is None:
        abort(404)
    arguments = {**(request.view_args or {}), "slug": new_slug}
    query = request.query_string.decode("ascii", "replace")
    address = url_for(request.endpoint, **arguments)
    raise Moved(f"{address}?{query}" if query else address)
