"""Stripe that is away, fails for good, or has forgotten: jobs stop early, and no stock is held for ever."""

from datetime import timedelta

import pytest
import requests
from sqlalchemy import select, update

from app import clock
from app.jobs.expire_reservations import SAFETY, expire_reservations
from app.jobs.reconcile_payments import reconcile_payments
from app.jobs.report import JobReport
from app.orders.attention import settle_attention
from app.orders.models import Order
from app.orders.status import PaymentStatus
from app.payments.gateway import GatewayUnavailable
from app.payments.models import Payment
from app.session import write_transaction
from tests.buyer import ADDRESS, hidden
from tests.payments.baskets import SKU
from tests.payments.books import mails, only_order
from tests.payments.stripe_recorder import SESSIONS, SentRequest
from tests.payments.test_late_money import BANK_DEBIT
from tests.payments.test_overdue_pages import UNKNOWN
from tests.payments.till import Sale, Till
from tests.stock import assert_ledger_is_right, stock_of
from tests.stripe_books import read_stripe_books

# An answer in nobody's words: the library does not repeat the call, which keeps the tests quick.
AWAY = (200, b"<h1>Be back soon</h1>")
BROKEN = (500, b'{"error": {"type": "api_error", "message": "sorry"}}')


def age(till: Till, minutes: float) -> None:
    """Let every page have been opened, and its time be over, so long ago."""
    before = clock.now() - timedelta(minutes=minutes)
    till.session.execute(update(Payment).values(opened_at=before, expires_at=before))
    till.session.commit()


def pages_asked_about(till: Till) -> set[str]:
    return {each.path.split("/")[4] for each in till.recorder.requests if each.path.startswith(SESSIONS)}


def go_away(till: Till) -> None:
    till.recorder.requests.clear()
    till.recorder.answer = lambda _: AWAY


def test_the_expiry_stops_after_three_unanswered_calls(till: Till) -> None:
    sales = [till.open({SKU: 1}) for _ in range(5)]
    age(till, 6)
    pass_on = till.recorder.answer
    go_away(till)
    assert till.run(expire_reservations) == JobReport("Overdue payment pages: 3 not reached.", is_well=False)
    assert pages_asked_about(till) == {sale.page_id for sale in sales[:3]}
    assert stock_of(till.session, SKU)[1] == 5
    till.recorder.answer = pass_on
    assert till.run(expire_reservations) == JobReport("Overdue payment pages: 5 expired.")
    assert stock_of(till.session, SKU)[1] == 0


def test_two_unanswered_calls_keep_nobody_else_waiting(till: Till) -> None:
    sales = [till.open({SKU: 1}) for _ in range(5)]
    age(till, 6)
    pass_on = till.recorder.answer
    dead = {sale.page_id for sale in sales[:2]}
    till.recorder.answer = lambda each: AWAY if dead & set(each.path.split("/")) else pass_on(each)
    report = till.run(expire_reservations)
    assert report == JobReport("Overdue payment pages: 3 expired, 2 not reached.", is_well=False)
    assert stock_of(till.session, SKU)[1] == 2


def test_the_comparison_stops_after_three_unanswered_calls(till: Till) -> None:
    sales = [till.open({SKU: 1}) for _ in range(5)]
    age(till, 6)
    go_away(till)
    report = till.run(reconcile_payments)
    assert report == JobReport(
        "Payments asked about: 3 not reached. Lost events: 1 not reached. "
        "Refunds compared: 1 not reached. Disputes compared: 1 not reached.",
        is_well=False,
    )
    others = [each.path for each in till.recorder.requests if not each.path.startswith(SESSIONS)]
    assert (pages_asked_about(till), sorted(others)) == (
        {sale.page_id for sale in sales[:3]},
        ["/v1/disputes", "/v1/events", "/v1/refunds"],
    )
    assert len(till.recorder.requests) == 6


@pytest.fixture
def never_noted(till: Till) -> Sale:
    """A page that Stripe has opened while every answer, then and later, says that it failed."""
    pass_on = till.recorder.answer

    def fail(request: SentRequest) -> tuple[int, bytes] | None:
        if (request.method, request.path) != ("POST", SESSIONS):
            return pass_on(request)
        if not read_stripe_books(till.simulator).pages:
            pass_on(request)
        return BROKEN

    till.recorder.answer = fail
    with pytest.raises(GatewayUnavailable):
        till.open()
    [page] = read_stripe_books(till.simulator).pages
    order = only_order(till.session)
    return Sale(order.id, order.code, page["id"], page["url"])


def test_a_page_that_was_never_noted_is_given_up_ten_minutes_after_its_time(
    till: Till, never_noted: Sale
) -> None:
    on_hand, reserved = stock_of(till.session, SKU)
    assert reserved == 3
    age(till, SAFETY / timedelta(minutes=1) - 1)
    assert till.run(expire_reservations) == JobReport("Overdue payment pages: 1 not reached.", is_well=False)
    assert stock_of(till.session, SKU) == (on_hand, 3)
    age(till, SAFETY / timedelta(minutes=1) + 1)
    assert till.run(expire_reservations) == JobReport("Overdue payment pages: 1 expired.")
    assert till.order(never_noted).payment_status is PaymentStatus.EXPIRED
    assert stock_of(till.session, SKU) == (on_hand, 0)
    assert till.run(expire_reservations) == JobReport("No payment page is overdue.")
    assert_ledger_is_right(till.session)


def test_money_of_a_page_that_was_given_up_finds_its_order_by_code(till: Till, never_noted: Sale) -> None:
    on_hand, _ = stock_of(till.session, SKU)
    age(till, SAFETY / timedelta(minutes=1) + 1)
    till.run(expire_reservations)
    till.pay(never_noted)
    assert till.bring(till.events("checkout.session.completed")) == [(200, "paid")]
    order = till.order(never_noted)
    assert (order.payment_status, order.needs_attention) == (PaymentStatus.PAID, None)
    assert till.session.scalars(select(Payment.session_id)).one() == never_noted.page_id
    assert stock_of(till.session, SKU) == (on_hand - 3, 0)
    assert_ledger_is_right(till.session)


def test_a_cart_whose_page_stripe_does_not_know_gets_a_new_one_at_once(till: Till) -> None:
    browser, pass_on = till.app.test_client(), till.recorder.answer
    browser.post("/cart/items", data={"sku": SKU, "quantity": "2"})

    def pay_for_cart() -> str:
        token = hidden(browser.get("/checkout").text, "csrf_token")
        form = {**ADDRESS, "delivery_method": "standard", "acknowledge_cautions": "y", "csrf_token": token}
        answer = browser.post("/checkout", data=form)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    first = pay_for_cart()
    lost = first.rsplit("/", 1)[1]
    till.recorder.answer = lambda each: (404, UNKNOWN) if lost in each.path else pass_on(each)
    second = pay_for_cart()
    assert second != first
    till.session.rollback()
    old, new = till.session.scalars(select(Order).order_by(Order.id))
    assert (old.payment_status, new.payment_status) == (PaymentStatus.EXPIRED, PaymentStatus.OPEN)
    assert ("another account" in (old.needs_attention or ""), new.needs_attention) == (True, None)
    assert stock_of(till.session, SKU)[1] == 2
    assert requests.get(second, timeout=20).ok
    assert_ledger_is_right(till.session)


@pytest.fixture
def forgotten(till: Till) -> Sale:
    """A bank debit on its way whose page Stripe does not know any more."""
    sale = till.open()
    requests.post(sale.url, BANK_DEBIT, timeout=20, allow_redirects=False)
    till.settle(sale)
    age(till, 6)
    till.lose_events()
    pass_on = till.recorder.answer
    till.recorder.answer = lambda each: (404, UNKNOWN) if sale.page_id in each.path else pass_on(each)
    return sale


def test_a_debit_whose_page_stripe_has_forgotten_asks_for_a_person_once(till: Till, forgotten: Sale) -> None:
    for _ in range(2):
        assert till.run(reconcile_payments).text == "Payments asked about: 1 unknown."
    order = till.order(forgotten)
    assert order.payment_status is PaymentStatus.PROCESSING
    assert "does not know the payment page" in (order.needs_attention or "")
    assert mails(till.session, "needs-attention") == ["needs-attention"]
    assert stock_of(till.session, SKU)[1] == 3, "the money may still come"


def test_a_person_who_has_settled_a_forgotten_page_is_not_asked_again(till: Till, forgotten: Sale) -> None:
    till.run(reconcile_payments)
    with write_transaction(till.session):
        settle_attention(till.order(forgotten), actor="staff", reason="asked Stripe")
    till.run(reconcile_payments)
    assert till.order(forgotten).needs_attention is None
    assert mails(till.session, "needs-attention") == ["needs-attention"]
