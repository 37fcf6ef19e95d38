"""Pages for developers: what is stored, and forms for what the world outside would do.

Every form may be sent without its page, as tests do: POST with form fields. The answer is 303 when it was
done, 422 with the reason when it cannot be done, 404 for what does not exist.

POST /dev/faults       one rule by which things go wrong; rules add up and survive a restart
    kind=              events: drop, delay, duplicate, reorder; requests to the API: lose-reply, server-error,
                       slow; refunds: refund-fails, refund-pending, refund-requires-action
    count=             for the next so many (default 1, reorder 2); with only chance=: until cleared
    chance= seed=      percent from 0 to 100; the same seed (default 0) decides alike
    match=             events: how the type begins; requests: how the path begins, after a method and a space
                       if only that method is meant; empty for everything
    seconds=           delay (default 5), slow (default 2), longest hold of reorder (default 1)
    copies=            duplicate: how many are sent at once (default 2)
POST /dev/faults/clear kind= or id= for some of the rules, neither for all
POST /dev/clock        minutes=, hours=, days=: put forward; what is due by then has happened when it answers
POST /dev/events/<id>/send
POST /dev/events/send-dropped
POST /dev/sessions/<id>/expire, pay-late
POST /dev/sessions/<id>/resolve    result=succeed or fail
POST /dev/sessions/<id>/refund     amount= such as 12.50 (empty: what is left), reason=
POST /dev/sessions/<id>/dispute    amount=, reason= (default fraudulent), inquiry=1 to ask before disputing
POST /dev/refunds/<id>/succeed, cancel, fail (reason=, default expired_or_canceled_card)
POST /dev/disputes/<id>/review, win, lose, escalate, withdraw, reinstate
"""

from flask import Blueprint

from .errors import ApiError
from .event_pages import add_event_pages
from .fault_pages import add_fault_pages
from .pages import page, refuse_foreign_forms
from .session_pages import add_session_pages
from .simulator import Simulator


def make_developer_pages(simulator: Simulator) -> Blueprint:
    """Return the developer pages as a blueprint."""
    blueprint = Blueprint("developer", __name__, url_prefix="/dev")
    refuse_foreign_forms(blueprint)
    add_session_pages(blueprint, simulator)
    add_event_pages(blueprint, simulator)
    add_fault_pages(blueprint, simulator)
    blueprint.register_error_handler(ApiError, lambda _: page("unknown.html", 404))
    return blueprint
