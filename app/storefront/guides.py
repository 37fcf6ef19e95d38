"""Guides to back pain: the list of all, and the page of one."""

from flask import Blueprint, render_template

from app.guidance.models import Guide
from app.guidance.queries import find_guide, list_guides
from app.guidance.question_queries import list_published_questions
from app.session import get_session
from app.storefront.cards import find_stock_of
from app.storefront.guide_page import GuidePage, warning_signs_first
from app.storefront.metadata.guide_meta import guide_meta
from app.storefront.metadata.listing_meta import all_guides_meta
from app.storefront.moved import moved_or_missing
from app.storefront.question_form import QuestionForm
from app.storefront.slugs import checked_slug
from app.web.page_cache import public_page

blueprint = Blueprint("guides", __name__)


@blueprint.get("/guides")
@public_page
def index() -> str:
    """List all guides, the warning signs first."""
    guides = warning_signs_first(list_guides(get_session()))
    return render_template("storefront/guides/index.html", guides=guides, meta=all_guides_meta())


@blueprint.get("/guides/<slug>")
@public_page
def show(slug: str) -> str:
    """Show one guide with what people use for it."""
    guide = find_guide(get_session(), checked_slug(slug))
    guide = guide or moved_or_missing(Guide, slug, Guide.is_published)
    return guide_page(guide, QuestionForm())


def guide_page(guide: Guide, form: QuestionForm) -> str:
    """Show one guide, with a question as it was typed."""
    session = get_session()
    stock = find_stock_of(session, [each.product for each in guide.recommendations])
    return render_template(
        "storefront/guides/show.html",
        guide=guide,
        page=GuidePage(guide, stock),
        meta=guide_meta(guide),
        questions=list_published_questions(session, guide.id),
        form=form,
    )
