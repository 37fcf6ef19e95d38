"""An answer that was asked for before newer news were written never overwrites them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine, select, update

from app.orders.status import PaymentStatus
from app.payments.models import Payment
from app.payments.outcome import Outcome
from tests.payments.baskets import SKU
from tests.payments.books import all_disputes, all_refunds, mails, stored_events
from tests.payments.stripe_recorder import SentRequest
from tests.payments.till import Till
from tests.stock import assert_ledger_is_right

PATIENCE = 20


@dataclass
class Held:
    """An answer of Stripe on its way, and what the walk that waits for it ended in."""

    has_answered: threading.Event = field(default_factory=threading.Event)
    may_arrive: threading.Event = field(default_factory=threading.Event)
    results: list[object] = field(default_factory=list)


@contextmanager
def held_back(till: Till, path: str, walk: Callable[[], object]) -> Iterator[Held]:
    """Begin a walk, and hold back Stripe's first answer about a path while the block is run."""
    held, pass_on = Held(), till.recorder.answer

    def answer(request: SentRequest) -> tuple[int, bytes] | None:
        reply = pass_on(request)
        if request.path.startswith(path) and not held.has_answered.is_set():
            held.has_answered.set()
            assert held.may_arrive.wait(PATIENCE)
        return reply

    till.recorder.answer = answer
    walking = threading.Thread(target=lambda: held.results.append(walk()))
    walking.start()
    try:
        assert held.has_answered.wait(PATIENCE)
        yield held
    finally:
        held.may_arrive.set()
        walking.join(PATIENCE)


def test_an_old_answer_without_a_refund_does_not_undo_it(till: Till) -> None:
    sale = till.sell()
    with held_back(till, f"/v1/checkout/sessions/{sale.page_id}", lambda: till.settle(sale)) as held:
        till.act(f"sessions/{sale.page_id}/refund", amount="5.00")
        assert till.bring(till.events("refund.created")) == [(200, "updated")]
    assert held.results == [Outcome.UNCHANGED]
    order = till.order(sale)
    assert (order.payment_status, order.refunded_cents) == (PaymentStatus.PART_REFUNDED, 500)
    assert [refund.amount_cents for refund in all_refunds(till.session)] == [500]


def test_an_old_list_of_refunds_does_not_bring_back_one_that_failed(till: Till) -> None:
    sale = till.sell()
    number = till.refund(sale, amount_cents=500).provider_id
    with held_back(till, "/v1/refunds", lambda: till.settle(sale)) as held:
        till.act(f"refunds/{number}/fail")
        till.bring(till.events("refund.failed"))
    assert held.results == [Outcome.UNCHANGED]
    order = till.order(sale)
    assert (order.payment_status, order.refunded_cents) == (PaymentStatus.PAID, 0)
    assert [refund.status for refund in all_refunds(till.session)] == ["failed"]


def test_an_old_answer_about_a_dispute_does_not_open_it_again(till: Till) -> None:
    sale = till.sell()
    till.act(f"sessions/{sale.page_id}/dispute")
    created = till.events("charge.dispute.created")
    number = created[0]["data"]["object"]["id"]
    with held_back(till, "/v1/disputes", lambda: till.bring(created)) as held:
        till.act(f"disputes/{number}/win")
        assert till.bring(till.events("charge.dispute.closed")) == [(200, "updated")]
    assert held.results == [[(200, "unchanged")]]
    assert not till.order(sale).is_disputed
    assert [dispute.status for dispute in all_disputes(till.session)] == ["won"]


def test_an_old_answer_of_an_open_page_does_not_undo_a_payment(till: Till) -> None:
    sale = till.open()
    with held_back(till, f"/v1/checkout/sessions/{sale.page_id}", lambda: till.settle(sale)) as held:
        till.pay(sale)
        assert till.bring(till.events("checkout.session.completed")) == [(200, "paid")]
    assert held.results == [Outcome.UNCHANGED]
    assert till.order(sale).payment_status is PaymentStatus.PAID
    assert mails(till.session) == ["order-confirmed"]
    assert_ledger_is_right(till.session)


def test_a_payment_that_never_stands_still_is_asked_about_later(till: Till, shop_engine: Engine) -> None:
    sale = till.pay(till.open({SKU: 1}))
    pass_on = till.recorder.answer

    def answer(request: SentRequest) -> tuple[int, bytes] | None:
        with shop_engine.begin() as connection:
            connection.execute(update(Payment).values(revision=Payment.revision + 1))
        return pass_on(request)

    till.recorder.answer = answer
    events = till.events("checkout.session.completed")
    assert till.bring(events) == [(503, "try again")]
    assert stored_events(till.session) == []
    assert till.order(sale).payment_status is PaymentStatus.OPEN
    till.recorder.answer = pass_on
    assert till.bring(events) == [(200, "paid")]


def test_only_news_that_change_something_make_older_answers_old(till: Till) -> None:
    sale = till.sell()
    revision = till.session.scalars(select(Payment.revision)).one()
    assert revision == 1
    for _ in range(3):
        assert till.settle(sale) is Outcome.UNCHANGED
    till.session.rollback()
    assert till.session.scalars(select(Payment.revision)).one() == revision
