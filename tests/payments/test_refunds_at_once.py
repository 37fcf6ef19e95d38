"""People who give money back at the same moment: never more than was paid, and each gets an answer."""

from collections.abc import Callable

from app.orders.status import PaymentStatus
from app.payments.models import RefundStatus
from app.payments.refund_limits import RefundRefused
from tests.payments.baskets import SKU, TOTAL_PAID
from tests.payments.books import all_refunds, mails
from tests.payments.crowd import all_at_once
from tests.payments.till import Sale, Till
from tests.stock import assert_ledger_is_right, stock_of
from tests.stripe_books import read_stripe_books

PEOPLE = 4


def answers(till: Till, act: Callable[[], object]) -> list[str]:
    """Let several people do the same; returns "done" or why not, sorted."""

    def try_it(_: int) -> str:
        try:
            act()
        except RefundRefused as refusal:
            return str(refusal)
        return "done"

    return sorted(all_at_once(range(PEOPLE), try_it), reverse=True)


def returned(till: Till) -> int:
    [charge] = read_stripe_books(till.simulator).charges
    return int(charge["amount_refunded"])


def sold(till: Till) -> tuple[Sale, int]:
    sale = till.sell()
    return sale, till.order(sale).lines[0].id


def test_the_whole_money_goes_back_once(till: Till) -> None:
    sale, _ = sold(till)
    given = answers(till, lambda: till.refund(sale, is_whole=True))
    assert [word == "done" for word in given].count(True) == 1
    assert [refund.status for refund in all_refunds(till.session)] == [RefundStatus.SUCCEEDED]
    assert returned(till) == TOTAL_PAID
    assert till.order(sale).payment_status is PaymentStatus.REFUNDED
    assert mails(till.session, "refund-made") == ["refund-made"]


def test_amounts_go_back_as_long_as_something_is_left(till: Till) -> None:
    sale, _ = sold(till)
    given = answers(till, lambda: till.refund(sale, amount_cents=2000))
    assert given.count("done") == 2
    assert set(given) == {"done", "Only $8.38 is left to refund."}
    assert returned(till) == till.order(sale).refunded_cents == 4000


def test_the_same_units_go_back_on_the_shelf_once(till: Till) -> None:
    sale, line = sold(till)
    on_hand, _ = stock_of(till.session, SKU)
    given = answers(till, lambda: till.refund(sale, units={line: 2}, restock={line: 2}))
    assert given.count("done") == 1
    assert stock_of(till.session, SKU) == (on_hand + 2, 0)
    assert returned(till) == 2801
    assert_ledger_is_right(till.session)
