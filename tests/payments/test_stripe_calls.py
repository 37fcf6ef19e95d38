"""How the shop speaks to Stripe: headers, time limits, and answers that get lost on the way."""

from collections.abc import Iterator

import pytest
import requests
import stripe
from requests.adapters import HTTPAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.orders.models import Order
from app.payments.gateway import GatewayRefused, GatewayUnavailable
from app.payments.models import Payment
from app.payments.stripe_gateway import StripeGateway
from tests.buyer import Buyer, payment_status
from tests.payments.stripe_recorder import (
    SESSION_ID,
    SESSIONS,
    SentRequest,
    StripeRecorder,
    forward_to,
    recording,
    smallest_session,
)
from tests.payments.test_stripe_contract import GOODS, SKU, page_request
from tests.stock import assert_ledger_is_right, stock_of


@pytest.fixture
def server() -> Iterator[StripeRecorder]:
    with recording(smallest_session) as recorder:
        yield recorder


@pytest.fixture
def gateway(server: StripeRecorder) -> StripeGateway:
    return StripeGateway("sk_test_calls", "whsec_calls", server.address)


def test_every_call_names_the_version_and_the_key(server: StripeRecorder, gateway: StripeGateway) -> None:
    gateway.open_page(page_request((GOODS,)))
    gateway.find_page(SESSION_ID)
    gateway.expire_page(SESSION_ID)
    assert len(server.requests) == 4
    assert {sent.headers["Stripe-Version"] for sent in server.requests} == {"2026-10-28.endive"}
    assert {sent.headers["Authorization"] for sent in server.requests} == {"Bearer sk_test_calls"}


def test_the_pinned_version_is_the_one_of_the_sdk(server: StripeRecorder, gateway: StripeGateway) -> None:
    gateway.find_page(SESSION_ID)
    assert server.requests[0].headers["Stripe-Version"] == stripe.api_version


def test_opening_a_page_carries_the_stored_key(server: StripeRecorder, gateway: StripeGateway) -> None:
    request = page_request((GOODS,))
    gateway.open_page(request)
    gateway.open_page(request)
    assert [sent.headers["Idempotency-Key"] for sent in server.requests] == ["order-ABCD2345-attempt-1"] * 2
    assert server.requests[0].body == server.requests[1].body


def test_every_call_has_time_limits(gateway: StripeGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[object] = []
    send = HTTPAdapter.send

    def note(self: HTTPAdapter, request: requests.PreparedRequest, **options: object) -> requests.Response:
        limits.append(options["timeout"])
        return send(self, request, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(HTTPAdapter, "send", note)
    gateway.open_page(page_request((GOODS,)))
    gateway.find_page(SESSION_ID)
    gateway.expire_page(SESSION_ID)
    assert limits == [(5, 15)] * 4


def test_a_lost_answer_leaves_it_open_whether_stripe_acted(
    server: StripeRecorder, gateway: StripeGateway
) -> None:
    server.answer = lambda _: None
    with pytest.raises(GatewayUnavailable):
        gateway.open_page(page_request((GOODS,)))
    assert len(server.requests) == 3, "the SDK tries twice more"
    assert {sent.headers["Idempotency-Key"] for sent in server.requests} == {"order-ABCD2345-attempt-1"}


@pytest.mark.parametrize(
    ("status", "kind", "expected"),
    [
        (400, "invalid_request_error", GatewayRefused),
        (404, "invalid_request_error", GatewayRefused),
        (400, "idempotency_error", GatewayUnavailable),
        (401, "invalid_request_error", GatewayUnavailable),
        (403, "invalid_request_error", GatewayUnavailable),
        (429, "invalid_request_error", GatewayUnavailable),
        (500, "api_error", GatewayUnavailable),
    ],
)
def test_an_error_says_whether_nothing_was_done(
    server: StripeRecorder, gateway: StripeGateway, status: int, kind: str, expected: type[Exception]
) -> None:
    text = f'{{"error": {{"type": "{kind}", "message": "maya@example.com is wrong"}}}}'.encode()
    server.answer = lambda _: (status, text)
    with pytest.raises(expected) as caught:
        gateway.find_page(SESSION_ID)
    assert "maya" not in str(caught.value), "Stripe's message may quote what was sent"


@pytest.mark.parametrize("body", [b"", b"<html>busy</html>", b"[]", b"null", b"{}"])
def test_an_answer_that_is_not_stripes_is_no_answer(
    server: StripeRecorder, gateway: StripeGateway, body: bytes
) -> None:
    server.answer = lambda _: (200, body)
    with pytest.raises(GatewayUnavailable):
        gateway.find_page(SESSION_ID)


def test_a_buyer_whose_answer_was_lost_pays_on_the_page_that_opened(
    quiet_buyer: Buyer, recorder: StripeRecorder, silent_simulator: str, shop_session: Session
) -> None:
    pass_on = forward_to(silent_simulator)
    opened: list[bytes] = []

    def act_and_hang_up(request: SentRequest) -> tuple[int, bytes] | None:
        reply = pass_on(request)
        assert reply is not None
        opened.append(reply[1])
        return None

    on_hand, _ = stock_of(shop_session, SKU)
    recorder.answer = act_and_hang_up
    quiet_buyer.add(SKU, 2)
    answer = quiet_buyer.checkout()
    assert answer.status_code == 503
    assert "Nothing was charged" in answer.text
    assert stock_of(shop_session, SKU) == (on_hand, 2), "the page may be open, so the stock stays held"

    recorder.answer = pass_on
    page = quiet_buyer.open_payment_page()
    assert page.rsplit("/", 1)[1].encode() in opened[0], "the page is the one that opened unheard"
    assert len({sent.headers["Idempotency-Key"] for sent in recorder.created()}) == 1
    assert {sent.path for sent in recorder.requests} == {SESSIONS}
    assert payment_status(quiet_buyer.come_back(quiet_buyer.pay(page)).text) == "paid"
    assert stock_of(shop_session, SKU) == (on_hand - 2, 0)
    assert (
        len(shop_session.scalars(select(Order)).all())
        == len(shop_session.scalars(select(Payment)).all())
        == 1
    )
    assert_ledger_is_right(shop_session)
