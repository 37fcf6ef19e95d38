"""Money that takes days, and money that comes after the stock was given back."""

import re
from datetime import timedelta

import pytest
import requests
from sqlalchemy import update
from sqlalchemy.orm import Session

from app import clock
from app.inventory.models import MovementKind
from app.inventory.services import reserve
from app.jobs.reconcile_payments import reconcile_payments
from app.orders.queries import find_order_for_change
from app.orders.services import mark_expired
from app.orders.status import PaymentStatus
from app.payments.models import Payment
from app.payments.outcome import Outcome
from app.session import write_transaction
from tests.buyer import ADDRESS, Buyer, payment_status
from tests.payments.books import count_movements, only_order, stored_events, wait_for
from tests.payments.signed_events import event_about
from tests.payments.till import Till
from tests.stock import assert_ledger_is_right, movements_of, stock_of

SKU = "FR-DRF-30-TEA"
OTHER_SKU = "ST-FLT-MD"
BANK_DEBIT = {"email": ADDRESS["email"], "name": ADDRESS["name"], "method": "bank_debit"}


@pytest.fixture
def released(quiet_buyer: Buyer, shop_session: Session) -> str:
    """A page that was paid at the very moment when the shop gave its stock back."""
    quiet_buyer.add(SKU, 3)
    page = quiet_buyer.open_payment_page()
    with write_transaction(shop_session):
        order = find_order_for_change(shop_session, only_order(shop_session).id)
        mark_expired(shop_session, order, actor="test", reason="the page was thought to be closed")
    assert quiet_buyer.pay(page).status_code == 303
    return page.rsplit("/", 1)[1]


def resolve(simulator: str, page: str, result: str) -> None:
    address = f"{simulator}/dev/sessions/{page.rsplit('/', 1)[1]}/resolve"
    answer = requests.post(address, data={"result": result}, timeout=10, allow_redirects=False)
    assert answer.status_code == 303


def test_money_that_comes_late_takes_stock_again(
    quiet_shop: str, released: str, shop_session: Session
) -> None:
    on_hand, reserved = stock_of(shop_session, SKU)
    assert reserved == 0
    assert event_about(released).send(quiet_shop).status_code == 200
    order = only_order(shop_session)
    assert (order.payment_status, order.needs_attention) == (PaymentStatus.PAID, None)
    assert stock_of(shop_session, SKU) == (on_hand - 3, 0)
    assert movements_of(shop_session, SKU)[-2:] == [
        (MovementKind.RESERVED, 0, 3),
        (MovementKind.CONSUMED, -3, -3),
    ]
    assert_ledger_is_right(shop_session)


def test_money_that_comes_when_all_is_sold_goes_to_a_person(
    quiet_shop: str, quiet_buyer: Buyer, released: str, shop_session: Session
) -> None:
    on_hand, _ = stock_of(shop_session, SKU)
    variant_id = only_order(shop_session).lines[0].variant_id
    with write_transaction(shop_session):
        reserve(shop_session, {variant_id: on_hand - 2}, source="everybody else")
    event = event_about(released)
    assert event.send(quiet_shop).status_code == 200
    order = only_order(shop_session)
    assert order.payment_status is PaymentStatus.PAID
    assert "not enough left" in (order.needs_attention or "")
    assert stored_events(shop_session) == [(event.id, "needs-attention")]
    assert stock_of(shop_session, SKU) == (on_hand, on_hand - 2)
    assert count_movements(shop_session, MovementKind.CONSUMED) == {}
    assert_ledger_is_right(shop_session)
    page = quiet_buyer.get(f"/checkout/return?session_id={released}")
    assert payment_status(page.text) == "paid"
    assert "We are checking this order" in page.text


def test_a_bank_debit_holds_the_stock_until_the_money_comes(
    buyer: Buyer, simulator: str, shop_session: Session
) -> None:
    on_hand, _ = stock_of(shop_session, SKU)
    buyer.add(SKU, 2)
    page = buyer.open_payment_page()
    order_page = buyer.come_back(buyer.pay(page, BANK_DEBIT))
    assert payment_status(order_page.text) == "processing"
    # Nobody pays twice for what is on its way.
    assert "data-sku" not in buyer.get("/cart").text
    buyer.add(OTHER_SKU)
    assert stock_of(shop_session, SKU) == (on_hand, 2)
    assert only_order(shop_session).paid_at is None
    resolve(simulator, page, "succeed")
    wait_for(shop_session, PaymentStatus.PAID)
    assert stock_of(shop_session, SKU) == (on_hand - 2, 0)
    assert payment_status(buyer.get(order_page.url).text) == "paid"
    assert cart_skus(buyer) == [OTHER_SKU]
    assert_ledger_is_right(shop_session)


def test_a_bank_debit_that_fails_gives_the_stock_back(
    buyer: Buyer, simulator: str, shop_session: Session
) -> None:
    on_hand, _ = stock_of(shop_session, SKU)
    buyer.add(SKU, 2)
    page = buyer.open_payment_page()
    order_page = buyer.come_back(buyer.pay(page, BANK_DEBIT))
    wait_for(shop_session, PaymentStatus.PROCESSING)
    resolve(simulator, page, "fail")
    wait_for(shop_session, PaymentStatus.FAILED)
    assert cart_skus(buyer) == [SKU]
    assert "2 items" in buyer.get("/cart").text
    assert stock_of(shop_session, SKU) == (on_hand, 0)
    assert count_movements(shop_session, MovementKind.CONSUMED) == {}
    assert payment_status(buyer.get(order_page.url).text) == "failed"
    assert f'data-sku="{SKU}"' in buyer.get("/cart").text
    assert_ledger_is_right(shop_session)


def test_an_old_event_does_not_undo_a_payment_on_its_way(
    quiet_shop: str, quiet_buyer: Buyer, shop_session: Session
) -> None:
    quiet_buyer.add(SKU)
    page = quiet_buyer.open_payment_page()
    session_id = page.rsplit("/", 1)[1]
    quiet_buyer.pay(page, BANK_DEBIT)
    for kind in ("completed", "expired", "async_payment_failed", "completed"):
        assert event_about(session_id, f"checkout.session.{kind}").send(quiet_shop).status_code == 200
        assert only_order(shop_session).payment_status is PaymentStatus.PROCESSING
    assert [outcome for _, outcome in stored_events(shop_session)] == ["processing", *["unchanged"] * 3]


def test_the_job_hears_of_a_bank_debit_whose_webhook_was_lost(till: Till) -> None:
    on_hand, _ = stock_of(till.session, SKU)
    sale = till.open({SKU: 1})
    assert requests.post(sale.url, BANK_DEBIT, timeout=20, allow_redirects=False).status_code == 303
    assert till.settle(sale) is Outcome.PROCESSING
    till.act(f"sessions/{sale.page_id}/resolve", result="succeed")
    till.lose_events()
    assert till.run(reconcile_payments).text == "No payment waits for news."
    assert till.order(sale).payment_status is PaymentStatus.PROCESSING
    till.session.execute(update(Payment).values(opened_at=clock.now() - timedelta(minutes=6)))
    till.session.commit()
    assert till.run(reconcile_payments).text == "Payments asked about: 1 paid."
    assert till.order(sale).payment_status is PaymentStatus.PAID
    assert stock_of(till.session, SKU) == (on_hand - 1, 0)


def test_the_job_takes_the_event_of_a_debit_that_failed(till: Till) -> None:
    stock = stock_of(till.session, SKU)
    sale = till.open({SKU: 1})
    requests.post(sale.url, BANK_DEBIT, timeout=20, allow_redirects=False)
    till.bring(till.events())
    till.act(f"sessions/{sale.page_id}/resolve", result="fail")
    assert till.run(reconcile_payments).text == "Lost events: 1 failed."
    assert till.order(sale).payment_status is PaymentStatus.FAILED
    assert stock_of(till.session, SKU) == stock


def cart_skus(buyer: Buyer) -> list[str]:
    return re.findall(r'data-sku="([^"]*)"', buyer.get("/cart").text)
