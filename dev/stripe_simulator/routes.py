"""What the simulator offers of Stripe's API: paths, the SDK's parameter classes, what requests do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stripe import params as root
from stripe.params import checkout

from .customers import create_customer, update_customer
from .dispute_steps import take_step
from .errors import no_such
from .events import oldest_shown, present_event
from .listing import list_objects, page_of, refuse_both
from .refund_outcomes import end_refund
from .refunds import create_refund, update_refund
from .session_creation import create_session
from .sessions import expire_due_sessions, expire_session, get_session
from .simulator import Simulator
from .store import Record

Run = Callable[[Simulator, dict[str, Any], str], dict[str, Any]]


@dataclass(frozen=True)
class Route:
    """One method and path of the API; `run` gets the parameters read by `schema` and the id in the path.

    `unsets` says that it is an update, in which an empty value removes a key of metadata.
    """

    method: str
    path: str
    schema: Any
    run: Run
    unsets: bool = False


def _create_session(simulator: Simulator, params: dict[str, Any], _: str) -> dict[str, Any]:
    return create_session(simulator, params).body


def _retrieve_session(simulator: Simulator, _: dict[str, Any], identifier: str) -> dict[str, Any]:
    return get_session(simulator, identifier).body


def _list_sessions(simulator: Simulator, params: dict[str, Any], _: str) -> dict[str, Any]:
    expire_due_sessions(simulator)
    return list_objects(
        simulator, "checkout.session", params, "/v1/checkout/sessions", lambda record: record.body
    )


def _expire_session(simulator: Simulator, _: dict[str, Any], identifier: str) -> dict[str, Any]:
    return expire_session(simulator, identifier).body


def _line_items(simulator: Simulator, params: dict[str, Any], identifier: str) -> dict[str, Any]:
    items = get_session(simulator, identifier).private["line_items"]
    return page_of(items, params, f"/v1/checkout/sessions/{identifier}/line_items")


def _create_refund(simulator: Simulator, params: dict[str, Any], _: str) -> dict[str, Any]:
    return create_refund(simulator, params).body


def _update_refund(simulator: Simulator, params: dict[str, Any], identifier: str) -> dict[str, Any]:
    return update_refund(simulator, identifier, params).body


def _cancel_refund(simulator: Simulator, _: dict[str, Any], identifier: str) -> dict[str, Any]:
    return end_refund(simulator, identifier, "canceled").body


def _close_dispute(simulator: Simulator, _: dict[str, Any], identifier: str) -> dict[str, Any]:
    return take_step(simulator, identifier, "lose").body


def _create_customer(simulator: Simulator, params: dict[str, Any], _: str) -> dict[str, Any]:
    return create_customer(simulator, params).body


def _update_customer(simulator: Simulator, params: dict[str, Any], identifier: str) -> dict[str, Any]:
    return update_customer(simulator, identifier, params).body


def _list_events(simulator: Simulator, params: dict[str, Any], _: str) -> dict[str, Any]:
    refuse_both(params, "type", "types")
    return list_objects(
        simulator,
        "event",
        params,
        "/v1/events",
        lambda record: present_event(simulator, record),
        since=oldest_shown(simulator),
    )


def _retrieve_event(simulator: Simulator, _: dict[str, Any], identifier: str) -> dict[str, Any]:
    event = simulator.require("event", identifier, "id")
    if event.body["created"] < oldest_shown(simulator):
        raise no_such("event", identifier, "id")
    return present_event(simulator, event)


def _body(record: Record) -> dict[str, Any]:
    return record.body


def _plain(kind: str, path: str, param: str, list_schema: Any, retrieve_schema: Any) -> list[Route]:
    def show_list(simulator: Simulator, params: dict[str, Any], _: str) -> dict[str, Any]:
        return list_objects(simulator, kind, params, path, _body)

    def retrieve(simulator: Simulator, _: dict[str, Any], identifier: str) -> dict[str, Any]:
        return simulator.require(kind, identifier, param).body

    return [
        Route("GET", path, list_schema, show_list),
        Route("GET", f"{path}/<identifier>", retrieve_schema, retrieve),
    ]


_SESSIONS = "/v1/checkout/sessions"
ROUTES: list[Route] = [
    Route("POST", _SESSIONS, checkout.SessionCreateParams, _create_session),
    Route("GET", _SESSIONS, checkout.SessionListParams, _list_sessions),
    Route("GET", f"{_SESSIONS}/<identifier>", checkout.SessionRetrieveParams, _retrieve_session),
    Route("POST", f"{_SESSIONS}/<identifier>/expire", checkout.SessionExpireParams, _expire_session),
    Route("GET", f"{_SESSIONS}/<identifier>/line_items", checkout.SessionListLineItemsParams, _line_items),
    Route("POST", "/v1/refunds", root.RefundCreateParams, _create_refund),
    Route("POST", "/v1/refunds/<identifier>", root.RefundUpdateParams, _update_refund, unsets=True),
    Route("POST", "/v1/refunds/<identifier>/cancel", root.RefundCancelParams, _cancel_refund),
    Route("POST", "/v1/disputes/<identifier>/close", root.DisputeCloseParams, _close_dispute),
    Route("POST", "/v1/customers", root.CustomerCreateParams, _create_customer),
    Route("POST", "/v1/customers/<identifier>", root.CustomerUpdateParams, _update_customer, unsets=True),
    Route("GET", "/v1/events", root.EventListParams, _list_events),
    Route("GET", "/v1/events/<identifier>", root.EventRetrieveParams, _retrieve_event),
    *_plain("charge", "/v1/charges", "id", root.ChargeListParams, root.ChargeRetrieveParams),
    *_plain("customer", "/v1/customers", "customer", root.CustomerListParams, root.CustomerRetrieveParams),
    *_plain("dispute", "/v1/disputes", "dispute", root.DisputeListParams, root.DisputeRetrieveParams),
    *_plain(
        "payment_intent",
        "/v1/payment_intents",
        "intent",
        root.PaymentIntentListParams,
        root.PaymentIntentRetrieveParams,
    ),
    *_plain("refund", "/v1/refunds", "id", root.RefundListParams, root.RefundRetrieveParams),
]
