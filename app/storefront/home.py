"""The front page."""

from flask import Blueprint, render_template

from app.catalog.queries import list_categories, list_products_by_slug
from app.guidance.queries import list_guides
from app.session import get_session
from app.storefront.cards import list_cards
from app.storefront.guide_page import warning_signs_first
from app.storefront.metadata.home_meta import home_meta
from app.web.page_cache import public_page

# Two plain things of each family that guidelines do not advise against.
SHOWN = (
    "drift-soft-foam-roller",
    "pebble-cork-ball",
    "barleyfield-lumbar-grain-wrap",
    "longember-air-activated-back-heat-wrap",
    "springbrook-flat-band-latex-free",
    "latticework-multi-loop-strap",
    "mossground-exercise-mat",
    "springbrook-flat-band-starter-set",
)
GUIDES_SHOWN = 6

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@public_page
def show() -> str:
    """Show the families, where to start, and a few products."""
    session = get_session()
    cards = list_cards(session, list_products_by_slug(session, SHOWN))
    return render_template(
        "storefront/home/show.html",
        meta=home_meta(),
        categories=list_categories(session),
        guides=warning_signs_first(list_guides(session))[:GUIDES_SHOWN],
        cards=[card for card in cards if not (card.evidence and card.evidence.is_against)],
    )
