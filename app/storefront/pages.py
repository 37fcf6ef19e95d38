"""The pages about the shop itself; what they say of prices, cookies and times is read from data and code."""

from flask import Blueprint, render_template

from app.config import TaxSource
from app.guidance.queries import list_guides
from app.payments.services import HOLD
from app.pricing.queries import list_all_delivery_rates
from app.session import get_session
from app.storefront.checkout_form import COUNTRIES
from app.storefront.delivery_terms import list_zone_terms
from app.storefront.returns_policy import RETURN_DAYS
from app.storefront.returns_rules import BANK_DAYS, REFUND_WORKING_DAYS, RULES
from app.web.cookies import list_cookies
from app.web.order_links import current_config
from app.web.page_cache import public_page

blueprint = Blueprint("pages", __name__)


@blueprint.get("/about")
@public_page
def about() -> str:
    """Say who sells here, and how what is sold and said is chosen."""
    guides = list_guides(get_session())
    return _page("about", guides=guides, reviewed=[guide for guide in guides if guide.reviewed_by])


@blueprint.get("/delivery-and-returns")
@public_page
def delivery() -> str:
    """Say what delivery costs and what can be sent back."""
    return _page(
        "delivery",
        zones=list_zone_terms(list_all_delivery_rates(get_session())),
        countries=list(COUNTRIES.values()),
        refund_days=REFUND_WORKING_DAYS,
        bank_days=BANK_DAYS,
        rules=RULES.values(),
    )


@blueprint.get("/privacy")
@public_page
def privacy() -> str:
    """Say what is kept of a person, for what and how long."""
    return _page("privacy", cookies=list_cookies())


@blueprint.get("/terms")
@public_page
def terms() -> str:
    """Say under which terms the shop sells."""
    return _page("terms")


@blueprint.get("/accessibility")
@public_page
def accessibility() -> str:
    """Say how far the shop can be used by everyone, and how that was found out."""
    return _page("accessibility")


def _page(name: str, **facts: object) -> str:
    config = current_config()
    return render_template(
        f"storefront/pages/{name}.html",
        is_demonstration=not config.is_production,
        is_taxed_by_stripe=config.tax_source is TaxSource.STRIPE,
        return_days=RETURN_DAYS,
        hold_minutes=int(HOLD.total_seconds()) // 60,
        **facts,
    )
