"""Every request that the shop sends fits Stripe's own description of its API, and the SDK's."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from stripe.params import checkout

from app import clock
from app.money import Money
from app.payments.gateway import PageLine, PageRequest
from app.payments.stripe_gateway import StripeGateway
from dev.stripe_simulator.parameters import check_parameters
from tests.buyer import Buyer
from tests.payments.openapi_walker import OpenapiWalker
from tests.payments.stripe_recorder import (
    SESSION_ID,
    SESSIONS,
    SentRequest,
    StripeRecorder,
    recording,
    smallest_session,
)

SKU = "FR-DRF-30-TEA"
GOODS = PageLine("Soft foam roller", "30 cm (12 in) / Teal", Money(1400, "USD"), 2)
TAX = PageLine("Sales tax", "", Money(102, "USD"), 1)
LONGEST = PageLine("Größe & <b>Zoë's</b> 🦊 " * 9, "é" * 120, Money(99999999, "USD"), 99)
EVERY_CASE = {
    "plain": (GOODS,),
    "with tax": (GOODS, TAX),
    "long names": (LONGEST, GOODS),
    "a full cart": (*(LONGEST for _ in range(50)), TAX),
}


@pytest.fixture
def stripe() -> Iterator[StripeRecorder]:
    with recording(smallest_session) as recorder:
        yield recorder


@pytest.fixture
def gateway(stripe: StripeRecorder) -> StripeGateway:
    return StripeGateway("sk_test_contract", "whsec_contract", stripe.address)


def page_request(lines: tuple[PageLine, ...], delivery_cents: int = 595) -> PageRequest:
    return PageRequest(
        order_code="ABCD2345",
        email=f"{'m' * 64}@{'example.' * 23}com",
        lines=lines,
        delivery_name="Standard delivery " * 4,
        delivery=Money(delivery_cents, "USD"),
        success_url="https://shop.example/checkout/return?session_id={CHECKOUT_SESSION_ID}",
        cancel_url="https://shop.example/checkout/cancelled/ABCD2345?token=ab.c-d_e",
        expires_at=clock.now() + timedelta(minutes=31),
        idempotency_key="order-ABCD2345-attempt-1",
    )


def problems_by_document(document: OpenapiWalker, sent: SentRequest) -> list[str]:
    return document.problems(sent.method, sent.path, sent.query, sent.body.decode("ascii"))


def schema_of(sent: SentRequest) -> Any:
    if sent.method == "GET":
        return checkout.SessionRetrieveParams
    return checkout.SessionExpireParams if sent.path.endswith("/expire") else checkout.SessionCreateParams


def go_through_checkout(buyer: Buyer) -> None:
    """Send every kind of request: open, open again, close and open anew, find, go back."""
    buyer.add(SKU, 2)
    buyer.open_payment_page(name="Zoë <b>O'Neill</b> 🦊", region="WA", postal_code="98101")
    buyer.open_payment_page(name="Zoë <b>O'Neill</b> 🦊", region="WA", postal_code="98101")
    buyer.add("FR-PLS-30", 1)
    page = buyer.open_payment_page(region="WA", postal_code="98101", delivery_method="express")
    buyer.come_back(buyer.pay(page))


@pytest.mark.parametrize("delivery_cents", [0, 595])
@pytest.mark.parametrize("case", EVERY_CASE)
def test_opening_a_page_fits_stripes_description(
    stripe_document: OpenapiWalker,
    stripe: StripeRecorder,
    gateway: StripeGateway,
    case: str,
    delivery_cents: int,
) -> None:
    gateway.open_page(page_request(EVERY_CASE[case], delivery_cents))
    [sent] = stripe.requests
    assert (sent.method, sent.path) == ("POST", SESSIONS)
    assert problems_by_document(stripe_document, sent) == []


def test_finding_and_closing_a_page_fit_stripes_description(
    stripe_document: OpenapiWalker, stripe: StripeRecorder, gateway: StripeGateway
) -> None:
    gateway.find_page(SESSION_ID)
    gateway.expire_page(SESSION_ID)
    asked = [(sent.method, sent.path) for sent in stripe.requests]
    one = f"{SESSIONS}/{SESSION_ID}"
    assert asked == [("GET", one), ("POST", f"{one}/expire"), ("GET", one)]
    assert [problems_by_document(stripe_document, sent) for sent in stripe.requests] == [[], [], []]


def test_a_whole_checkout_fits_stripes_description(
    stripe_document: OpenapiWalker, quiet_buyer: Buyer, recorder: StripeRecorder
) -> None:
    go_through_checkout(quiet_buyer)
    kinds = {(sent.method, sent.path.count("/")) for sent in recorder.requests}
    assert kinds == {("POST", 3), ("GET", 4), ("POST", 5)}, "a checkout asks for each kind of request"
    for sent in recorder.requests:
        assert problems_by_document(stripe_document, sent) == [], sent.target


def test_a_whole_checkout_fits_the_parameter_classes_of_the_sdk(
    quiet_buyer: Buyer, recorder: StripeRecorder
) -> None:
    go_through_checkout(quiet_buyer)
    assert recorder.requests
    for sent in recorder.requests:
        assert check_parameters(sent.params, schema_of(sent)) == [], sent.target


@pytest.mark.parametrize("case", EVERY_CASE)
def test_opening_a_page_fits_the_parameter_classes_of_the_sdk(
    stripe: StripeRecorder, gateway: StripeGateway, case: str
) -> None:
    gateway.open_page(page_request(EVERY_CASE[case], 0))
    assert check_parameters(stripe.requests[0].params, checkout.SessionCreateParams) == []


def test_a_page_says_exactly_what_the_order_costs(quiet_buyer: Buyer, recorder: StripeRecorder) -> None:
    quiet_buyer.add(SKU, 3)
    began = int(time.time())
    quiet_buyer.open_payment_page(region="CA", postal_code="94110")
    params = recorder.requests[0].params
    lines = [
        (int(line["quantity"]), int(line["price_data"]["unit_amount"]), line["price_data"]["currency"])
        for line in params["line_items"].values()
    ]
    # 7.25 % of $42.00 is $3.045, rounded half up.
    assert lines == [(3, 1400, "usd"), (1, 305, "usd")]
    [option] = params["shipping_options"].values()
    assert option["shipping_rate_data"]["fixed_amount"] == {"amount": "595", "currency": "usd"}
    assert params["success_url"].endswith("/checkout/return?session_id={CHECKOUT_SESSION_ID}")
    assert 30 * 60 < int(params["expires_at"]) - began <= 24 * 3600
    assert params["payment_intent_data"]["metadata"]["order_code"] == params["client_reference_id"]
    assert (params["automatic_tax"]["enabled"], params["adaptive_pricing"]["enabled"]) == ("false", "false")
