"""Search over products and guides, and suggestions for whoever is still typing."""

import structlog
from flask import Blueprint, Response, current_app, jsonify, render_template, request
from sqlalchemy.exc import SQLAlchemyError

from app import clock
from app.catalog.queries import content_version, list_categories
from app.guidance.queries import list_guides
from app.search.misses import count_miss, countable
from app.search.queries import suggest
from app.session import get_session, transaction
from app.storefront.guide_page import warning_signs_first
from app.storefront.listing import read_page
from app.storefront.search_page import SearchPage, read_search_page
from app.storefront.suggestions import Suggestion
from app.web.page_cache import ASK_EACH_TIME, public_page

LONGEST_QUERY = 100
GUIDES_TO_START_WITH = 6

blueprint = Blueprint("searches", __name__)
log = structlog.get_logger("shop.search")


class _NothingFound(Exception):
    """A search that found nothing is counted each time, so its page is not kept."""

    def __init__(self, page: SearchPage) -> None:
        super().__init__()
        self.page = page


@blueprint.get("/search")
def show() -> Response:
    """Show what the words of `?q=` find; without words the form and places to begin."""
    try:
        return _found()
    except _NothingFound as nothing:
        _count(nothing.page.query)
        return current_app.make_response(_render(nothing.page))


@blueprint.get("/search/suggestions")
def suggestions() -> Response:
    """Return at most 8 titles for what has been typed, as JSON: title, kind, address."""
    query, _ = _read_query()
    session = get_session()
    tag = f"{content_version(session)}-{clock.today():%Y%m%d}"
    hits = suggest(session, query) if query else []
    response = jsonify([Suggestion.of(hit).as_json() for hit in hits])
    response.headers["Cache-Control"] = ASK_EACH_TIME
    response.set_etag(tag, weak=True)
    response.make_conditional(request)
    return response


@public_page
def _found() -> str:
    query, is_cut = _read_query()
    page = read_search_page(get_session(), query, read_page(request.args.get("page", "")), is_cut=is_cut)
    if query and page.is_empty:
        raise _NothingFound(page)
    return _render(page)


def _read_query() -> tuple[str, bool]:
    """Return the words asked for on one line, and whether some were cut off."""
    typed = " ".join(request.args.get("q", "").split())
    return typed[:LONGEST_QUERY].rstrip(), len(typed) > LONGEST_QUERY


def _render(page: SearchPage) -> str:
    session = get_session()
    is_start = page.is_empty
    guides = warning_signs_first(list_guides(session))[:GUIDES_TO_START_WITH] if is_start else []
    return render_template(
        "storefront/searches/show.html",
        page=page,
        categories=list_categories(session) if is_start else [],
        start_guides=guides,
        finder=next((rule.rule for rule in current_app.url_map.iter_rules() if rule.rule == "/finder"), None),
    )


def _count(query: str) -> None:
    words = countable(query)
    if words is None:
        return
    try:
        with transaction() as session:
            count_miss(session, words, clock.today())
    except SQLAlchemyError:
        # Whoever searches must not wait for a statistic, nor fail by it. The words stay out of the log.
        log.warning("a search that found nothing was not counted")
