"""What else speaks Stripe's API may say less than Stripe does, or say it differently."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.orders.status import PaymentStatus
from app.payments.gateway import GatewayUnavailable, PageUnknown, SessionState, SessionStatus
from app.payments.stripe_gateway import StripeGateway
from tests.buyer import Buyer
from tests.payments.books import only_order, stored_events
from tests.payments.signed_events import event_about
from tests.payments.stripe_recorder import SESSION_ID, SentRequest, StripeRecorder, forward_to, recording
from tests.payments.test_late_money import BANK_DEBIT, SKU, resolve
from tests.stock import assert_ledger_is_right, stock_of

PAID: dict[str, Any] = {
    "id": SESSION_ID,
    "status": "complete",
    "payment_status": "paid",
    "amount_total": 2100,
    "currency": "usd",
    "livemode": False,
    "metadata": {"order_code": "ABCD2345"},
    "client_reference_id": "ABCD2345",
    "url": None,
    "payment_intent": {"id": "pi_1", "status": "succeeded", "latest_charge": {"id": "ch_1"}},
}


@pytest.fixture
def find() -> Iterator[Callable[[dict[str, Any]], SessionState]]:
    """Ask for a page at a server that answers with the given session."""
    with recording(lambda _: (200, b"{}")) as server:

        def ask(session: dict[str, Any]) -> SessionState:
            server.answer = lambda _: (200, json.dumps(session).encode())
            return StripeGateway("sk_test_others", "whsec_others", server.address).find_page(SESSION_ID)

        yield ask


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in PAID.items() if name not in names}


@pytest.mark.parametrize("missing", ["livemode", "metadata", "client_reference_id", "url", "payment_intent"])
def test_a_payment_is_read_without_what_is_optional(
    find: Callable[[dict[str, Any]], SessionState], missing: str
) -> None:
    state = find(without(missing))
    assert (state.status, state.is_paid, state.is_live) == (SessionStatus.COMPLETE, True, False)
    assert state.order_code == "ABCD2345"


@pytest.mark.parametrize("missing", ["id", "status", "payment_status"])
def test_a_payment_is_not_read_without_what_decides(
    find: Callable[[dict[str, Any]], SessionState], missing: str
) -> None:
    with pytest.raises(GatewayUnavailable):
        find(without(missing))


def test_a_payment_that_is_not_spelled_out_keeps_its_id(
    find: Callable[[dict[str, Any]], SessionState],
) -> None:
    assert find({**PAID, "payment_intent": "pi_1"}).payment_intent_id == "pi_1"
    assert find({**PAID, "payment_intent": {"id": "pi_1", "status": "succeeded"}}).charge_id is None


WORDED = b'{"error": {"type": "invalid_request_error", "message": "not open"}}'


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, WORDED),
        (402, WORDED),
        (404, WORDED),
        (409, WORDED),
        (422, WORDED),
        (400, b'{"error": "not open"}'),
    ],
)
def test_a_page_that_cannot_be_closed_is_asked_what_it_is(status: int, body: bytes) -> None:
    def answer(request: SentRequest) -> tuple[int, bytes]:
        if request.path.endswith("/expire"):
            return status, body
        return 200, json.dumps(PAID).encode()

    with recording(answer) as server:
        state = StripeGateway("sk_test_others", "", server.address).expire_page(SESSION_ID)
    assert (state.status, state.is_paid) == (SessionStatus.COMPLETE, True)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"error": {"type": "invalid_request_error", "code": "resource_missing"}}', PageUnknown),
        (b'{"error": "Not found"}', GatewayUnavailable),
        (b'{"error": ["Not found"]}', GatewayUnavailable),
        (b'{"detail": "Not found"}', GatewayUnavailable),
        (b"<h1>Not found</h1>", GatewayUnavailable),
    ],
)
def test_only_stripes_own_words_say_that_a_page_is_unknown(body: bytes, expected: type[Exception]) -> None:
    with recording(lambda _: (404, body)) as server, pytest.raises(expected) as caught:
        StripeGateway("sk_test_others", "", server.address).find_page(SESSION_ID)
    assert caught.type is expected


def test_a_debit_fails_by_its_event_where_the_page_does_not_tell(
    quiet_shop: str,
    quiet_buyer: Buyer,
    recorder: StripeRecorder,
    silent_simulator: str,
    shop_session: Session,
) -> None:
    pass_on = forward_to(silent_simulator)

    def fold(request: SentRequest) -> tuple[int, bytes] | None:
        reply = pass_on(request)
        assert reply is not None
        session = json.loads(reply[1])
        if isinstance(session.get("payment_intent"), dict):
            session["payment_intent"] = session["payment_intent"]["id"]
        return reply[0], json.dumps(session).encode()

    recorder.answer = fold
    on_hand, _ = stock_of(shop_session, SKU)
    quiet_buyer.add(SKU)
    page = quiet_buyer.open_payment_page()
    session_id = page.rsplit("/", 1)[1]
    quiet_buyer.pay(page, BANK_DEBIT)
    assert event_about(session_id).send(quiet_shop).status_code == 200
    assert only_order(shop_session).payment_status is PaymentStatus.PROCESSING
    resolve(silent_simulator, page, "fail")
    assert event_about(session_id, "checkout.session.async_payment_failed").send(quiet_shop).ok
    assert only_order(shop_session).payment_status is PaymentStatus.FAILED
    assert [outcome for _, outcome in stored_events(shop_session)] == ["processing", "failed"]
    assert stock_of(shop_session, SKU) == (on_hand, 0)
    assert_ledger_is_right(shop_session)
