"""Events settle orders once, in any order, however often and however many at a time they come."""

import secrets
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.inventory.models import MovementKind
from app.orders.status import PaymentStatus
from app.payments.models import Payment
from app.payments.stripe_gateway import StripeGateway
from tests.buyer import Buyer, payment_status
from tests.live_shop import SIMULATOR_KEY
from tests.payments.books import count_movements, only_order, stored_events
from tests.payments.crowd import all_at_once
from tests.payments.signed_events import event_about
from tests.payments.test_stripe_contract import GOODS, page_request
from tests.stock import assert_ledger_is_right, stock_of

SKUS = ("FR-DRF-30-TEA", "ST-FLT-MD")


@pytest.fixture
def session_id(quiet_buyer: Buyer) -> str:
    """A page that was paid, of which the shop has not heard."""
    for sku in SKUS:
        quiet_buyer.add(sku, 2)
    page = quiet_buyer.open_payment_page()
    assert quiet_buyer.pay(page).status_code == 303
    return page.rsplit("/", 1)[1]


def assert_sold_once(session: Session, before: dict[str, tuple[int, int]]) -> None:
    assert only_order(session).payment_status is PaymentStatus.PAID
    assert set(count_movements(session, MovementKind.CONSUMED).values()) == {1}
    assert len(count_movements(session, MovementKind.CONSUMED)) == len(SKUS)
    assert {sku: stock_of(session, sku) for sku in SKUS} == {
        sku: (on_hand - 2, 0) for sku, (on_hand, _) in before.items()
    }
    assert_ledger_is_right(session)


def counts(session: Session) -> dict[str, tuple[int, int]]:
    return {sku: stock_of(session, sku) for sku in SKUS}


def test_twenty_copies_at_once_sell_once(quiet_shop: str, session_id: str, shop_session: Session) -> None:
    before = counts(shop_session)
    event = event_about(session_id)
    answers = all_at_once([event] * 20, lambda copy: copy.send(quiet_shop))
    assert {answer.status_code for answer in answers} == {200}
    assert stored_events(shop_session) == [(event.id, "paid")]
    assert_sold_once(shop_session, before)


def test_many_events_and_the_return_of_the_buyer_at_once_sell_once(
    quiet_shop: str, quiet_buyer: Buyer, session_id: str, shop_session: Session
) -> None:
    before = counts(shop_session)
    cookies = quiet_buyer.http.cookies
    kinds = ("checkout.session.completed", "checkout.session.async_payment_succeeded") * 4
    events = [event_about(session_id, kind) for kind in kinds]

    def act(number: int) -> int:
        if number < len(events):
            return events[number].send(quiet_shop).status_code
        returning = Buyer(quiet_shop)
        returning.http.cookies.update(cookies)
        answer = returning.get(f"/checkout/return?session_id={session_id}")
        returning.close()
        assert payment_status(answer.text) == "paid"
        return answer.status_code

    assert set(all_at_once(range(len(events) + 4), act)) == {200}
    assert sorted(event_id for event_id, _ in stored_events(shop_session)) == sorted(
        each.id for each in events
    )
    assert_sold_once(shop_session, before)


@pytest.mark.parametrize("kind", ["checkout.session.expired", "checkout.session.async_payment_failed"])
def test_what_an_event_claims_counts_for_nothing_beside_the_page(
    quiet_shop: str, session_id: str, shop_session: Session, kind: str
) -> None:
    before = counts(shop_session)
    assert event_about(session_id, kind).send(quiet_shop).status_code == 200
    assert_sold_once(shop_session, before)


def test_an_event_of_a_page_that_is_still_open_changes_nothing(
    quiet_shop: str, quiet_buyer: Buyer, shop_session: Session
) -> None:
    quiet_buyer.add(SKUS[0])
    page = quiet_buyer.open_payment_page()
    event = event_about(page.rsplit("/", 1)[1])
    assert event.send(quiet_shop).status_code == 200
    assert stored_events(shop_session) == [(event.id, "unchanged")]
    assert only_order(shop_session).payment_status is PaymentStatus.OPEN


def test_parks_an_event_of_a_page_that_is_not_the_shops(
    quiet_shop: str, silent_simulator: str, shop_session: Session
) -> None:
    request = replace(page_request((GOODS,)), idempotency_key=secrets.token_hex())
    foreign = StripeGateway(SIMULATOR_KEY, "", silent_simulator).open_page(request)
    event = event_about(foreign.id)
    assert event.send(quiet_shop).status_code == 200
    assert stored_events(shop_session) == [(event.id, "unknown-payment")]


def test_keeps_an_event_of_a_page_that_stripe_does_not_know(
    quiet_shop: str, session_id: str, shop_session: Session
) -> None:
    event = event_about("cs_test_of_nobody")
    assert event.send(quiet_shop).status_code == 200
    assert stored_events(shop_session) == [(event.id, "unknown-payment")]
    assert only_order(shop_session).payment_status is PaymentStatus.OPEN


def test_an_event_that_comes_while_stripe_is_down_is_taken_later(
    shop_app: Flask, quiet_shop: str, session_id: str, shop_session: Session
) -> None:
    before = counts(shop_session)
    event = event_about(session_id)
    # This shop shares the database, and cannot reach Stripe.
    assert event.send_to(shop_app.test_client()).status_code == 503
    assert stored_events(shop_session) == []
    assert only_order(shop_session).payment_status is PaymentStatus.OPEN
    assert counts(shop_session) == before
    assert event.send(quiet_shop).status_code == 200
    assert stored_events(shop_session) == [(event.id, "paid")]
    assert_sold_once(shop_session, before)


DIFFERENCES: dict[str, tuple[dict[Any, Any], str]] = {
    "more": ({Payment.amount_cents: Payment.amount_cents - 1}, "Stripe charged"),
    "less": ({Payment.amount_cents: Payment.amount_cents + 1}, "Stripe charged"),
    "another currency": ({Payment.currency: "EUR"}, "Stripe charged"),
    "another mode": ({Payment.is_live: True}, "mode"),
}


@pytest.mark.parametrize("case", DIFFERENCES)
def test_a_payment_that_differs_from_the_order_goes_to_a_person(
    quiet_shop: str, quiet_buyer: Buyer, session_id: str, shop_session: Session, case: str
) -> None:
    before = counts(shop_session)
    changes, words = DIFFERENCES[case]
    shop_session.execute(update(Payment).values(changes))
    shop_session.commit()
    event = event_about(session_id)
    assert event.send(quiet_shop).status_code == 200
    assert event_about(session_id).send(quiet_shop).status_code == 200
    order = only_order(shop_session)
    assert order.payment_status is PaymentStatus.OPEN
    assert words in (order.needs_attention or "")
    assert len(order.events) == 2, "placed, and put before a person once"
    assert stored_events(shop_session)[0] == (event.id, "amount-differs")
    assert counts(shop_session) == before, "the stock stays held until a person has looked"
    page = quiet_buyer.get(f"/checkout/return?session_id={session_id}")
    assert payment_status(page.text) == "open"
    assert "We are checking this order" in page.text
