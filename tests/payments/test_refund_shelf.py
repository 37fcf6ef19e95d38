"""Which goods go back on the shelf is chosen apart from the money, and never more than were sold."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.catalog.models import Variant
from app.catalog.services import touch_content
from app.inventory.models import MovementKind, StockItem
from app.inventory.services import reserve
from app.orders.fulfilling import cancel_order
from app.orders.queries import find_order_for_change
from app.orders.services import mark_expired
from app.orders.status import OrderStatus, PaymentStatus
from app.payments.models import RefundStatus
from app.payments.outcome import Outcome
from app.payments.refund_limits import RefundRefused
from app.session import write_transaction
from tests.payments.baskets import OTHER_SKU, SKU
from tests.payments.books import all_refunds
from tests.payments.till import Sale, Till
from tests.stock import assert_ledger_is_right, movements_of, stock_of


def line_of(till: Till, sale: Sale) -> int:
    return till.order(sale).lines[0].id


@pytest.mark.parametrize(
    ("units", "shelf"),
    [(3, 3), (3, 1), (1, 3), (0, 2)],
    ids=["all", "one is broken", "kept money", "goods only"],
)
def test_goods_and_money_are_chosen_apart(till: Till, units: int, shelf: int) -> None:
    sale = till.sell()
    on_hand, _ = stock_of(till.session, SKU)
    line = line_of(till, sale)
    amount = {} if units else {"amount_cents": 100}
    refund = till.refund(sale, units={line: units}, restock={line: shelf}, **amount)
    assert [(part.quantity, part.restocked) for part in refund.lines] == [(units, shelf)]
    assert stock_of(till.session, SKU) == (on_hand + shelf, 0)
    assert movements_of(till.session, SKU)[-1] == (MovementKind.RETURNED, shelf, 0)
    assert_ledger_is_right(till.session)


def test_never_more_goes_back_on_the_shelf_than_was_sold(till: Till) -> None:
    sale = till.sell()
    on_hand, _ = stock_of(till.session, SKU)
    line = line_of(till, sale)
    for shelf in (4, -1):
        with pytest.raises(RefundRefused, match="only 3 can go back on the shelf"):
            till.refund(sale, amount_cents=100, restock={line: shelf})
    till.refund(sale, amount_cents=100, restock={line: 2})
    with pytest.raises(RefundRefused, match="only 1 can go back on the shelf"):
        till.refund(sale, amount_cents=100, restock={line: 2})
    till.refund(sale, amount_cents=100, restock={line: 1})
    assert stock_of(till.session, SKU) == (on_hand + 3, 0)
    assert len(all_refunds(till.session)) == 2


def test_units_on_their_way_back_are_counted_before_stripe_has_answered(till: Till) -> None:
    sale = till.sell()
    line = line_of(till, sale)
    pass_on, till.recorder.answer = till.recorder.answer, lambda _: (503, b"busy")
    with pytest.raises(Exception, match="APIError"):
        till.refund(sale, amount_cents=100, restock={line: 2})
    till.recorder.answer = pass_on
    with pytest.raises(RefundRefused, match="only 1 can go back on the shelf"):
        till.refund(sale, amount_cents=100, restock={line: 2})


def expired_and_paid(till: Till) -> Sale:
    """Sell on a page whose stock was given back the moment before."""
    sale = till.open()
    with write_transaction(till.session):
        order = find_order_for_change(till.session, sale.order_id)
        mark_expired(till.session, order, actor="test", reason="thought to be closed")
    return till.pay(sale)


def test_goods_of_late_money_go_back_as_well(till: Till) -> None:
    sale = expired_and_paid(till)
    assert till.settle(sale) is Outcome.PAID
    on_hand, _ = stock_of(till.session, SKU)
    till.refund(sale, is_whole=True, restock={line_of(till, sale): 3})
    assert stock_of(till.session, SKU) == (on_hand + 3, 0)
    assert_ledger_is_right(till.session)


def test_no_goods_come_back_of_an_order_that_never_had_any(till: Till) -> None:
    sale = expired_and_paid(till)
    on_hand, _ = stock_of(till.session, SKU)
    with write_transaction(till.session):
        variant_id = till.session.merge(till.order(sale)).lines[0].variant_id
        reserve(till.session, {variant_id: on_hand}, source="everybody else")
    assert till.settle(sale) is Outcome.NEEDS_ATTENTION
    with pytest.raises(RefundRefused, match="only 0 can go back on the shelf"):
        till.refund(sale, amount_cents=1, restock={line_of(till, sale): 1})
    assert stock_of(till.session, SKU) == (on_hand, on_hand)


def test_an_order_that_staff_cancelled_gives_back_money_and_goods_and_stays_cancelled(till: Till) -> None:
    on_hand, _ = stock_of(till.session, SKU)
    sale = till.sell()
    with write_transaction(till.session):
        cancel_order(till.order(sale), actor="staff", reason="sold out at the supplier")
    till.refund(sale, is_whole=True, restock={line_of(till, sale): 3})
    order = till.order(sale)
    assert (order.order_status, order.payment_status) == (OrderStatus.CANCELLED, PaymentStatus.REFUNDED)
    assert stock_of(till.session, SKU) == (on_hand, 0)


@pytest.fixture
def always_news(shop_session: Session) -> Iterator[None]:
    """Let whatever comes back of two things be news for the pages."""
    query = select(StockItem).join(Variant).where(Variant.sku.in_((SKU, OTHER_SKU)))
    usual = {item.variant_id: item.low_threshold for item in shop_session.scalars(query)}
    change = update(StockItem).where(StockItem.variant_id.in_(usual))
    shop_session.execute(change.values(low_threshold=StockItem.on_hand - 1))
    shop_session.commit()
    yield
    shop_session.rollback()
    for variant_id, threshold in usual.items():
        back = update(StockItem).where(StockItem.variant_id == variant_id)
        shop_session.execute(back.values(low_threshold=threshold))
    shop_session.commit()


@pytest.mark.usefixtures("always_news")
def test_goods_that_come_back_wait_for_no_one_in_a_circle(till: Till) -> None:
    sale = till.sell({SKU: 1, OTHER_SKU: 1})
    lines = till.order(sale).lines
    shelf = {line.id: 1 for line in lines}
    last = max(line.variant_id for line in lines)
    with ThreadPoolExecutor(1) as pool, write_transaction(till.session):
        # Somebody who buys holds the stock of one thing, and then tells the pages.
        till.session.execute(select(StockItem).where(StockItem.variant_id == last).with_for_update())
        refunding = pool.submit(lambda: till.refund(sale, is_whole=True, restock=shelf))
        wait([refunding], timeout=1.5)
        touch_content(till.session)
    assert refunding.result(0).status is RefundStatus.SUCCEEDED
    assert till.order(sale).payment_status is PaymentStatus.REFUNDED
    assert_ledger_is_right(till.session)
