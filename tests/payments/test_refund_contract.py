"""Every request about refunds, disputes and lost events fits Stripe's own description, and the SDK's."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
import stripe
from stripe import params
from stripe.params import checkout

from app.jobs.reconcile_payments import reconcile_payments
from app.money import Money
from app.payments.gateway import GatewayUnavailable
from app.payments.money_back import DisputeState, RefundOutcome, RefundRequest, RefundState
from app.payments.stripe_answers import HANDLED
from app.payments.stripe_gateway import StripeGateway
from dev.stripe_simulator.parameters import check_parameters
from tests.payments.openapi_walker import OpenapiWalker
from tests.payments.stripe_recorder import SentRequest, StripeRecorder, recording
from tests.payments.till import Till

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
CREATED = {"gte": str(int(SINCE.timestamp()))}
REFUND = RefundRequest("pi_1", Money(500, "USD"), "ABCD2345", "order-ABCD2345-refund-1")
# The fields that the shop cannot do without, and no others.
SMALLEST: dict[str, dict[str, Any]] = {
    "/v1/refunds": {
        "id": "re_1",
        "object": "refund",
        "amount": 500,
        "currency": "usd",
        "status": None,
        "created": 1_780_000_000,
    },
    "/v1/disputes": {
        "id": "dp_1",
        "object": "dispute",
        "amount": 500,
        "currency": "usd",
        "status": "needs_response",
        "created": 1_780_000_000,
    },
    "/v1/events": {
        "id": "evt_1",
        "object": "event",
        "type": "checkout.session.completed",
        "data": {"object": {"id": "cs_1", "object": "checkout.session"}},
    },
    "/v1/checkout/sessions": {
        "id": "cs_1",
        "object": "checkout.session",
        "status": "complete",
        "payment_status": "paid",
        "payment_intent": "pi_1",
    },
}
Call = Callable[[StripeGateway], object]
CALLS: dict[str, tuple[Call, str, str, Any, dict[str, Any]]] = {
    "make a refund": (
        lambda gateway: gateway.refund(REFUND),
        "POST",
        "/v1/refunds",
        params.RefundCreateParams,
        {
            "payment_intent": "pi_1",
            "amount": "500",
            "metadata": {"order_code": "ABCD2345", "refund_key": "order-ABCD2345-refund-1"},
        },
    ),
    "list the refunds of a payment": (
        lambda gateway: gateway.list_refunds("pi_1"),
        "GET",
        "/v1/refunds",
        params.RefundListParams,
        {"payment_intent": "pi_1", "limit": "100"},
    ),
    "list the refunds since a moment": (
        lambda gateway: gateway.list_refunds_since(SINCE),
        "GET",
        "/v1/refunds",
        params.RefundListParams,
        {"created": CREATED, "limit": "100"},
    ),
    "find the page of a payment": (
        lambda gateway: gateway.find_page_of("pi_1"),
        "GET",
        "/v1/checkout/sessions",
        checkout.SessionListParams,
        {"payment_intent": "pi_1", "limit": "1"},
    ),
    "find a dispute": (
        lambda gateway: gateway.find_dispute("dp_1"),
        "GET",
        "/v1/disputes/dp_1",
        params.DisputeRetrieveParams,
        {},
    ),
    "list the disputes since a moment": (
        lambda gateway: gateway.list_disputes_since(SINCE),
        "GET",
        "/v1/disputes",
        params.DisputeListParams,
        {"created": CREATED, "limit": "100"},
    ),
    "list the events that were lost": (
        lambda gateway: gateway.list_undelivered_events(SINCE),
        "GET",
        "/v1/events",
        params.EventListParams,
        {
            "delivery_success": "false",
            "types": {str(number): kind for number, kind in enumerate(HANDLED)},
            "created": CREATED,
            "limit": "100",
        },
    ),
}


def smallest_answer(request: SentRequest) -> tuple[int, bytes]:
    """Answer one thing to a request for one, and a list of one otherwise."""
    path = request.path.removesuffix("/dp_1")
    found: dict[str, Any] = SMALLEST[path]
    if request.method == "GET" and path == request.path:
        found = {"object": "list", "data": [found], "has_more": False, "url": path}
    return 200, json.dumps(found).encode()


@pytest.fixture
def server() -> Iterator[StripeRecorder]:
    with recording(smallest_answer) as recorder:
        yield recorder


@pytest.fixture
def gateway(server: StripeRecorder) -> StripeGateway:
    return StripeGateway("sk_test_contract", "whsec_contract", server.address)


@pytest.mark.parametrize("case", CALLS)
def test_a_request_says_what_it_must_in_the_words_of_the_sdk(
    server: StripeRecorder, gateway: StripeGateway, case: str
) -> None:
    call, method, path, schema, said = CALLS[case]
    assert call(gateway)
    [sent] = server.requests
    assert (sent.method, sent.path, sent.params) == (method, path, said)
    assert check_parameters(sent.params, schema) == []
    assert sent.headers["Stripe-Version"] == stripe.api_version
    if method == "POST":
        assert sent.headers["Idempotency-Key"] == REFUND.idempotency_key


@pytest.mark.parametrize("case", CALLS)
def test_a_request_fits_stripes_description(
    stripe_document: OpenapiWalker, server: StripeRecorder, gateway: StripeGateway, case: str
) -> None:
    CALLS[case][0](gateway)
    [sent] = server.requests
    assert stripe_document.problems(sent.method, sent.path, sent.query, sent.body.decode("ascii")) == []


def test_everything_that_the_shop_sends_after_a_sale_fits_stripes_description(
    stripe_document: OpenapiWalker, till: Till
) -> None:
    sale = till.sell()
    till.refund(sale, amount_cents=500)
    till.act(f"sessions/{sale.page_id}/refund", amount="1.00")
    till.act(f"sessions/{sale.page_id}/dispute")
    till.bring(till.events())
    till.run(reconcile_payments)
    paths = {(sent.method, sent.path.split("/")[2]) for sent in till.recorder.requests}
    assert {("POST", "refunds"), ("GET", "refunds"), ("GET", "disputes"), ("GET", "events")} <= paths
    for sent in till.recorder.requests:
        found = stripe_document.problems(sent.method, sent.path, sent.query, sent.body.decode("ascii"))
        assert found == [], sent.target


def test_every_type_of_event_that_the_shop_acts_on_is_one_that_stripe_sends() -> None:
    [literal] = get_args(params.WebhookEndpointCreateParams.__annotations__["enabled_events"])
    known = set(get_args(literal))
    assert known.issuperset(HANDLED)
    assert len(HANDLED) <= 20, "Stripe filters by at most so many"


def test_a_refund_and_a_dispute_are_read_from_the_least_that_stripe_says(gateway: StripeGateway) -> None:
    refund, dispute = gateway.refund(REFUND), gateway.find_dispute("dp_1")
    made = datetime.fromtimestamp(1_780_000_000, UTC)
    assert refund == RefundState("re_1", 500, "USD", RefundOutcome.SUCCEEDED, None, None, None, None, made)
    assert dispute == DisputeState(
        id="dp_1",
        amount_cents=500,
        currency="USD",
        status="needs_response",
        reason="unknown",
        is_open=True,
        is_lost=False,
        is_refundable=False,
        payment_intent_id=None,
        charge_id=None,
        answer_due_at=None,
        opened_at=made,
    )


@pytest.mark.parametrize("case", CALLS)
def test_an_answer_that_is_not_stripes_is_no_answer(
    server: StripeRecorder, gateway: StripeGateway, case: str
) -> None:
    bodies = [b"<html>busy</html>", b"[]", b"null"]
    server.answer = lambda _: (200, bodies.pop())
    while bodies:
        with pytest.raises(GatewayUnavailable):
            CALLS[case][0](gateway)
