"""Questions of readers about a guide: they go to staff, and to nobody else before staff have decided."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import RateLimitExceeded

from app.guidance.models import Guide
from app.guidance.queries import find_guide
from app.guidance.questions import ask
from app.session import get_session, transaction
from app.storefront.guide_page import SAFETY
from app.storefront.guides import guide_page
from app.storefront.question_form import QuestionForm
from app.storefront.slugs import checked_slug
from app.web.rate_limits import limiter, seconds_to_wait

MOST = "5 per hour"

blueprint = Blueprint("guide_questions", __name__)


def _was_taken(response: Response) -> bool:
    return response.status_code == 303


@blueprint.post("/guides/<slug>/questions")
@limiter.limit(MOST, deduct_when=_was_taken)
def create(slug: str) -> ResponseReturnValue:
    """Keep a question for staff; whoever got something wrong sees the page again with what was typed."""
    guide = _find_askable(slug)
    form = QuestionForm(request.form)
    if not form.is_from_program:
        if not form.validate():
            return guide_page(guide, form), 422
        with transaction() as session:
            ask(session, guide, form.question.data or "", form.email.data or None)
    return redirect(url_for("storefront.guide_questions.thanks", slug=slug), 303)


@blueprint.get("/guides/<slug>/questions")
def new(slug: str) -> ResponseReturnValue:
    """Lead whoever loads the answer of a refused form again back to the form."""
    guide = _find_askable(slug)
    return redirect(url_for("storefront.guides.show", slug=guide.slug, _anchor="ask"), 302)


@blueprint.get("/guides/<slug>/questions/thanks")
def thanks(slug: str) -> str:
    """Say what happens now, with the emergency card for all: who needs it is not kept."""
    return render_template("storefront/guide_questions/thanks.html", guide=_find_askable(slug))


@blueprint.errorhandler(RateLimitExceeded)
def too_many(_error: RateLimitExceeded) -> ResponseReturnValue:
    """Show the page again with what was typed, and say when to send it."""
    guide = _find_askable(str((request.view_args or {})["slug"]))
    form = QuestionForm(request.form)
    seconds = seconds_to_wait()
    minutes = -(-seconds // 60)
    form.problem = (
        "We can take 5 questions an hour from one address, so this one was not sent. "
        f"Please try again in {minutes} minute{'s' if minutes > 1 else ''}. "
        "What you typed is still below."
    )
    return guide_page(guide, form), 429, {"Retry-After": str(seconds)}


def _find_askable(slug: str) -> Guide:
    guide = find_guide(get_session(), checked_slug(slug))
    if guide is None or guide.page_type == SAFETY:
        abort(404)
    return guide
