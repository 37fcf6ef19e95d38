"""The families of the catalogue."""

from flask import Blueprint, render_template, request

from app.catalog.models import Category
from app.catalog.queries import find_category
from app.session import get_session
from app.storefront.listing import read_listing
from app.storefront.metadata.listing_meta import family_meta
from app.storefront.moved import moved_or_missing
from app.storefront.slugs import checked_slug
from app.web.page_cache import public_page

blueprint = Blueprint("categories", __name__)


@blueprint.get("/categories/<slug>")
@public_page
def show(slug: str) -> str:
    """List the products of one family."""
    session = get_session()
    category = find_category(session, checked_slug(slug)) or moved_or_missing(Category, slug)
    listing = read_listing(session, request.args, category.slug)
    return render_template(
        "storefront/categories/show.html",
        category=category,
        listing=listing,
        meta=family_meta(category, listing),
    )
