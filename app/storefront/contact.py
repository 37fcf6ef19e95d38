"""Writing to the shop; whoever does is always told the same about safety."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import RateLimitExceeded

from app.guidance.emergency import EMERGENCY_CARD
from app.outbox.contact_message import send_to_shop
from app.session import transaction
from app.storefront.contact_form import LONGEST, ContactForm
from app.web.page_cache import public_page
from app.web.rate_limits import limiter, seconds_to_wait

MOST = "5 per hour"
ANSWER_WORKING_DAYS = 2

blueprint = Blueprint("contact", __name__)


def _was_taken(response: Response) -> bool:
    return response.status_code == 303


@blueprint.get("/contact")
@public_page
def new() -> str:
    """Show the form."""
    return _page(ContactForm())


@blueprint.post("/contact")
@limiter.limit(MOST, deduct_when=_was_taken)
def create() -> ResponseReturnValue:
    """Send a message to the shop; a faulty one is shown again with what was typed."""
    form = ContactForm(request.form)
    if not form.validate():
        return _page(form), 422
    with transaction() as session:
        send_to_shop(session, form.read())
    return redirect(url_for("storefront.contact.thanks"), 303)


@blueprint.get("/contact/thanks")
@public_page
def thanks() -> str:
    """Give the fixed reply: emergencies, no medical advice, when an answer comes."""
    return render_template("storefront/contact/thanks.html", card=EMERGENCY_CARD, days=ANSWER_WORKING_DAYS)


@blueprint.errorhandler(RateLimitExceeded)
def too_many(_error: RateLimitExceeded) -> ResponseReturnValue:
    """Show the form again with what was typed, and say when to send it."""
    form = ContactForm(request.form)
    seconds = seconds_to_wait()
    minutes = -(-seconds // 60)
    form.message.errors = [
        "We can take 5 messages an hour from one address, so this one was not sent. "
        f"Please try again in {minutes} minute{'s' if minutes > 1 else ''}. What you typed is still below."
    ]
    return _page(form), 429, {"Retry-After": str(seconds)}


def _page(form: ContactForm) -> str:
    return render_template(
        "storefront/contact/new.html", form=form, longest=LONGEST, days=ANSWER_WORKING_DAYS
    )
