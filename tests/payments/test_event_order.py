"""Events of one sale in every order, and money that comes where no order waits for it."""

import secrets
from dataclasses import replace
from itertools import permutations

from app.inventory.models import MovementKind
from app.orders.models import Order
from app.orders.status import FulfilmentStatus, OrderStatus, PaymentStatus
from app.payments.stripe_gateway import StripeGateway
from tests.live_shop import SIMULATOR_KEY
from tests.payments.baskets import SKU, TOTAL_PAID
from tests.payments.books import all_disputes, all_refunds, count_movements, mails, stored_events
from tests.payments.test_stripe_contract import GOODS, page_request
from tests.payments.till import Sale, Till
from tests.stock import assert_ledger_is_right, stock_of

TOLD = ("checkout.session.completed", "charge.refunded", "refund.created", "charge.dispute.created")


def standing(order: Order) -> tuple[object, ...]:
    statuses = (order.order_status, order.payment_status, order.fulfilment_status)
    return (*statuses, order.refunded_cents, order.is_disputed, order.needs_attention is None)


def test_events_in_every_order_end_the_same(till: Till) -> None:
    on_hand, _ = stock_of(till.session, SKU)
    ways = list(permutations(range(len(TOLD))))
    for way in ways:
        known = {event["id"] for event in till.events()}
        sale = till.pay(till.open({SKU: 1}))
        till.act(f"sessions/{sale.page_id}/refund", amount="5.00")
        till.act(f"sessions/{sale.page_id}/dispute")
        new = {event["type"]: event for event in till.events() if event["id"] not in known}
        answers = till.bring([new[TOLD[number]] for number in way])
        assert [status for status, _ in answers] == [200] * 4, way
        assert standing(till.order(sale)) == (
            OrderStatus.PLACED,
            PaymentStatus.PART_REFUNDED,
            FulfilmentStatus.UNFULFILLED,
            500,
            True,
            False,
        ), way
    assert len(all_refunds(till.session)) == len(all_disputes(till.session)) == len(ways)
    assert list(count_movements(till.session, MovementKind.CONSUMED).values()) == [len(ways)]
    assert mails(till.session, "order-confirmed", "refund-made") == ["order-confirmed", "refund-made"] * len(
        ways
    )
    assert stock_of(till.session, SKU) == (on_hand - len(ways), 0)
    assert_ledger_is_right(till.session)


def test_a_page_that_expired_and_was_paid_after_all_is_paid_whichever_comes_first(till: Till) -> None:
    for way in permutations(("checkout.session.expired", "checkout.session.completed")):
        known = {event["id"] for event in till.events()}
        sale = till.open({SKU: 1})
        till.act(f"sessions/{sale.page_id}/expire")
        till.act(f"sessions/{sale.page_id}/pay-late")
        new = {event["type"]: event for event in till.events() if event["id"] not in known}
        till.bring([new[kind] for kind in way])
        assert till.order(sale).payment_status is PaymentStatus.PAID, way
    assert_ledger_is_right(till.session)


def test_late_money_is_kept_after_the_shop_gave_the_stock_back(till: Till) -> None:
    on_hand, _ = stock_of(till.session, SKU)
    sale = till.open()
    till.act(f"sessions/{sale.page_id}/expire")
    till.bring(till.events("checkout.session.expired"))
    assert till.order(sale).order_status is OrderStatus.CANCELLED
    till.act(f"sessions/{sale.page_id}/pay-late")
    assert till.bring(till.events("checkout.session.completed")) == [(200, "paid")]
    assert standing(till.order(sale))[:2] == (OrderStatus.PLACED, PaymentStatus.PAID)
    assert stock_of(till.session, SKU) == (on_hand - 3, 0)
    assert_ledger_is_right(till.session)


def test_money_on_another_page_that_names_the_order_is_put_before_a_person_once(till: Till) -> None:
    sale = till.sell()
    request = replace(page_request((GOODS,)), order_code=sale.code, idempotency_key=secrets.token_hex())
    page = StripeGateway(SIMULATOR_KEY, "", till.simulator).open_page(request)
    known = {event["id"] for event in till.events()}
    till.pay(Sale(0, "", page.id, page.url or ""))
    events = [each for each in till.events("checkout.session") if each["id"] not in known]
    assert till.bring(events) == [(200, "unknown-payment")]
    till.bring([{**event, "id": f"{event['id']}again"} for event in events])
    order = till.order(sale)
    assert f"Money came on another payment page ({page.id})" in (order.needs_attention or "")
    assert (order.payment_status, order.total_cents) == (PaymentStatus.PAID, TOTAL_PAID)
    assert mails(till.session, "needs-attention") == ["needs-attention"]
    assert [outcome for _, outcome in stored_events(till.session)] == ["unknown-payment"] * 2


def test_another_page_that_nobody_paid_asks_nobody(till: Till) -> None:
    sale = till.sell()
    request = replace(page_request((GOODS,)), order_code=sale.code, idempotency_key=secrets.token_hex())
    page = StripeGateway(SIMULATOR_KEY, "", till.simulator).open_page(request)
    till.act(f"sessions/{page.id}/expire")
    assert till.bring(till.events("checkout.session.expired")) == [(200, "unknown-payment")]
    assert till.order(sale).needs_attention is None
