"""Feeds that other programs read."""

from flask import Blueprint, render_template, url_for

from app.session import get_session
from app.storefront.feed_items import list_feed_items
from app.storefront.metadata.absolute import absolute
from app.storefront.metadata.any_page import DESCRIPTION
from app.web.page_cache import public_document

blueprint = Blueprint("feeds", __name__)


@blueprint.get("/feeds/products.xml")
@public_document("application/xml")
def products() -> str:
    """List every variant on sale in the form that product searches take (RSS 2.0 with Google's names)."""
    return render_template(
        "storefront/feeds/products.xml",
        items=list_feed_items(get_session()),
        home=absolute(url_for("storefront.home.show")),
        description=DESCRIPTION,
    )
