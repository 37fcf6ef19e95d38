"""The finder: warning signs first, then four questions, then a guide and perhaps a few products.

Nobody's answers are kept: they travel in the bodies of two forms, and each page is worked out from its form
alone. This is the one place where an accepted form is answered 200 and not 303: a redirect would carry the
answers in an address, or need somewhere to keep them.
"""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.guidance.care_advice import EMERGENCY_NUMBERS, WARNING_GUIDE, Country, country_of, group_signs
from app.guidance.finder_queries import find_finder_review
from app.guidance.queries import find_guide
from app.guidance.triage import NoRuleFits
from app.session import get_session
from app.storefront.finder_form import (
    NO_SIGN,
    QUESTIONS,
    SIGNS_FIELD,
    UNANSWERED,
    QuestionsForm,
    SignsForm,
)
from app.storefront.finder_page import find_result
from app.web.order_links import current_config

COUNTRIES = (
    (Country.US, "United States"),
    (Country.UK, "United Kingdom"),
    (Country.EU, "European Union"),
    (Country.ELSEWHERE, "Somewhere else"),
)
# Not for the pages with a form: without a referrer some browsers name no origin, and the form is refused.
NO_REFERRER = {"Referrer-Policy": "no-referrer"}

blueprint = Blueprint("finder", __name__)


@blueprint.get("/finder")
def show() -> str:
    """Ask for the warning signs."""
    return _signs_page(SignsForm(_home()))


@blueprint.post("/finder")
def check_signs() -> ResponseReturnValue:
    """Give care advice when there is a sign, else ask the four questions."""
    form = SignsForm.read(request.form)
    if form.urgencies:
        return _care_page(form)
    # A sign that no list knows is no sign, but nobody goes on with it either.
    if form.ticked or not form.has_none:
        return _signs_page(SignsForm(form.country, form.ticked, error=UNANSWERED)), 422
    return _questions_page(QuestionsForm())


@blueprint.post("/finder/results")
def results() -> ResponseReturnValue:
    """Show what the table says to the answers."""
    if request.form.get(SIGNS_FIELD) != NO_SIGN:
        return _signs_page(SignsForm(_home(), error=UNANSWERED)), 422
    form = QuestionsForm.read(request.form)
    if form.answers is None:
        return _questions_page(form), 422
    session = get_session()
    try:
        result = find_result(session, form.answers)
    except NoRuleFits:
        abort(503)
    review = find_finder_review(session)
    page = render_template("storefront/finder/results.html", result=result, review=review)
    return page, NO_REFERRER


@blueprint.get("/finder/results")
def begin_again() -> ResponseReturnValue:
    """Lead somebody who reloads the address of a result to the beginning."""
    return redirect(url_for("storefront.finder.show"), 303)


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Keep the pages out of caches and search engines."""
    response.headers["Cache-Control"] = "no-store"
    if request.method == "POST":
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _home() -> Country:
    return country_of(current_config().shop.country)


def _signs_page(form: SignsForm) -> str:
    # Without the warning signs there is no finder.
    guide = find_guide(get_session(), WARNING_GUIDE) or abort(503)
    return render_template(
        "storefront/finder/show.html",
        form=form,
        groups=group_signs(guide.warning_cards),
        countries=COUNTRIES,
        no_sign=NO_SIGN,
        review=find_finder_review(get_session()),
    )


def _care_page(form: SignsForm) -> ResponseReturnValue:
    page = render_template(
        "storefront/finder/care.html",
        urgencies=form.urgencies,
        country=form.country,
        number=EMERGENCY_NUMBERS.get(form.country),
        warning_guide=WARNING_GUIDE,
    )
    return page, NO_REFERRER


def _questions_page(form: QuestionsForm) -> str:
    return render_template(
        "storefront/finder/questions.html",
        form=form,
        questions=QUESTIONS,
        signs_field=SIGNS_FIELD,
        no_sign=NO_SIGN,
    )
